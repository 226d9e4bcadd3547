"""The intent classifier as a Rasa component."""

from __future__ import annotations

from typing import Any

import joblib
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.catalogue import load
from bot.courtesies import without_courtesies
from bot.nlu import clauses
from bot.nlu.encoder import sentence_encoder
from bot.nlu.intent_model import IntentModel
from bot.nlu.rejection import Threshold
from bot.settings import knowledge_folder

FALLBACK = "nlu_fallback"
OUT_OF_SCOPE = "out_of_scope"
FRAGMENTS = ("inform",)
"""Intents of answers to questions of ours, given in words that people also begin their stories with."""
_RANKED = 10


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifier(GraphComponent):
    """Ranks the intents of a message and says ``nlu_fallback`` when none is believed; needs no component before it."""

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource, model: IntentModel) -> None:
        self._storage = storage
        self._resource = resource
        self._model = model
        self._topics = {topic.intent: topic.id for topic in load(knowledge_folder()).topics.values()}

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``ridge``: how much the answers are smoothed; ``width``: how near a known phrase must be to count;
        ``margin``: by how much the best intent must lead the second."""
        return {"ridge": 0.2, "width": 2.0, "margin": 0.05}

    @staticmethod
    def required_packages() -> list[str]:
        """What has to be installed; Rasa wants names that are module and distribution alike."""
        return ["scipy", "opencc"]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> IntentClassifier:
        """An untrained component."""
        return cls(config, model_storage, resource, _untrained(config))

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> IntentClassifier:
        """The trained component."""
        with model_storage.read_from(resource) as folder:
            model = joblib.load(folder / "intents.joblib")
        sentence_encoder().keep_to_one_thread()
        model.load()  # now, not at the first citizen's question
        return cls(config, model_storage, resource, model)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from all examples written in words; payloads (``/choose``) never reach a classifier."""
        examples = [example for example in training_data.intent_examples if not example.get(TEXT).startswith("/")]
        texts, intents = zip(*((example.get(TEXT), example.get(INTENT)) for example in examples), strict=True)
        self._model.fit(texts, intents, outside_intents(), FRAGMENTS)
        with self._storage.write_to(self._resource) as folder:
            joblib.dump(self._model, folder / "intents.joblib")
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set ``intent`` and ``intent_ranking`` of every message with text."""
        for message in messages:
            text = message.get(TEXT)
            if text:
                self._understand(message, text)
        return messages

    def _understand(self, message: Message, text: str) -> None:
        text = without_courtesies(text)
        whole, *parts = self._model.rankings([text, *self._worth_reading(clauses.sentences(text))])
        ranking = judged(whole, self._model.threshold)
        if ranking[0][INTENT_NAME_KEY] == clauses.INSULT:
            parts = self._model.rankings(clauses.clauses(text))
        heard = clauses.heard_in(parts, self._topics, ranking[0][INTENT_NAME_KEY])
        if heard.intent:
            ranking = [{INTENT_NAME_KEY: heard.intent, PREDICTED_CONFIDENCE_KEY: heard.confidence}, *ranking]
        message.set(INTENT, ranking[0], add_to_output=True)
        message.set("intent_ranking", ranking[:_RANKED], add_to_output=True)
        entities = [_entity("also", self._topics[intent]) for intent in heard.also]
        if heard.rude:
            entities.append(_entity("rude", "yes"))
        if entities:
            message.set(ENTITIES, message.get(ENTITIES, []) + entities, add_to_output=True)

    def _worth_reading(self, parts: list[str]) -> list[str]:
        """The parts, or none where a first look at them shows that they say no more than the whole."""
        if parts and clauses.may_say_more(self._model.glances(parts), self._topics):
            return parts
        return []


def _entity(name: str, value: str) -> dict[str, Any]:
    return {"entity": name, "value": value, "extractor": IntentClassifier.__name__}


def outside_intents() -> set[str]:
    """The intents of questions that are not ours: answered elsewhere, or nowhere."""
    return {OUT_OF_SCOPE, *load(knowledge_folder()).referrals}


def judged(ranking: list[tuple[str, float]], threshold: Threshold) -> list[dict[str, Any]]:
    """The best intents as Rasa writes them, led by ``nlu_fallback`` when the best is not believed."""
    entries = [{INTENT_NAME_KEY: intent, PREDICTED_CONFIDENCE_KEY: confidence} for intent, confidence in ranking]
    best, second = ranking[0][1], ranking[1][1]
    if threshold.accepts(best, second):
        return entries
    return [{INTENT_NAME_KEY: FALLBACK, PREDICTED_CONFIDENCE_KEY: 1 - best}, *entries]


def _untrained(config: dict[str, Any]) -> IntentModel:
    return IntentModel(ridge=config["ridge"], width=config["width"], margin=config["margin"])
