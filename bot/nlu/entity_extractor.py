"""Facts, regions and aspects as Rasa entities."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.catalogue import load
from bot.nlu.said import Said, SaidFinder
from bot.settings import knowledge_folder


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class CatalogueEntityExtractor(GraphComponent):
    """Entity = fact id (or ``aspect``), value = value id; the words come from the knowledge folder."""

    def __init__(self, finder: SaidFinder) -> None:
        self._finder = finder

    @staticmethod
    def required_packages() -> list[str]:
        """What has to be installed."""
        return ["spacy"]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> CatalogueEntityExtractor:
        """A component that knows the words of the knowledge folder as it is now."""
        return cls(SaidFinder(load(knowledge_folder())))

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the entities of every message with text."""
        for message in messages:
            text = message.get(TEXT)
            if text:
                found = [_entity(said) for said in self._finder.find(text)]
                message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
        return messages


def _entity(said: Said) -> dict[str, Any]:
    return {
        "entity": said.name,
        "value": said.value,
        "start": said.start,
        "end": said.end,
        "extractor": CatalogueEntityExtractor.__name__,
    }
