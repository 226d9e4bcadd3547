"""The intent classifier as a Rasa component."""

from __future__ import annotations

from typing import Any

import joblib
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.intent_model import IntentModel

_RANKED = 10


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearIntentClassifier(GraphComponent):
    """Ranks the intents of a message; needs no other component before it."""

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource, model: IntentModel) -> None:
        self._storage = storage
        self._resource = resource
        self._model = model

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``regularisation``: the inverse strength C of the support vector machine."""
        return {"regularisation": 0.5}

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
    ) -> LinearIntentClassifier:
        """An untrained component."""
        return cls(config, model_storage, resource, IntentModel(config["regularisation"]))

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LinearIntentClassifier:
        """The trained component."""
        with model_storage.read_from(resource) as folder:
            model = joblib.load(folder / "intents.joblib")
        model.probabilities(["你好"])  # loads the sentence encoder now, not at the first citizen's question
        return cls(config, model_storage, resource, model)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from all examples written in words; payloads (``/choose``) never reach a classifier."""
        examples = [example for example in training_data.intent_examples if not example.get(TEXT).startswith("/")]
        self._model.fit([example.get(TEXT) for example in examples], [example.get(INTENT) for example in examples])
        with self._storage.write_to(self._resource) as folder:
            joblib.dump(self._model, folder / "intents.joblib")
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set ``intent`` and ``intent_ranking`` of every message with text."""
        for message in messages:
            text = message.get(TEXT)
            if not text:
                continue
            ranking = [
                {INTENT_NAME_KEY: intent, PREDICTED_CONFIDENCE_KEY: confidence}
                for intent, confidence in self._model.ranking(text)[:_RANKED]
            ]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages
