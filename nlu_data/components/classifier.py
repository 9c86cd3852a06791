"""The intent classifier: a linear model over all sentence features, with calibrated confidence."""

from typing import Any, Dict, List, Optional, Type

import joblib
import numpy as np
import scipy.sparse as sp
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu_data.components.linear import LinearModel

_FILE = "linear.joblib"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearIntentClassifier(IntentClassifier, GraphComponent):
    """Sets `intent` and `intent_ranking` from the sentence features of the featurizers before it."""

    @classmethod
    def required_components(cls) -> List[Type]:
        """At least one featurizer."""
        return [Featurizer]

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """What can be set.

        `c`: inverse regularisation; `held_out`: the share of the examples that calibrates; `ranking_length`: topics
        reported; `weights`: how many times worse it is to miss a topic than to miss another (1 where nothing is said).
        """
        return {"c": 0.5, "held_out": 0.2, "ranking_length": 6, "weights": {}}

    def __init__(
        self, config: Dict[str, Any], storage: ModelStorage, resource: Resource, model: Optional[LinearModel] = None
    ) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._model = model

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "LinearIntentClassifier":
        """An untrained component."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples of all intents and store the model."""
        examples = [message for message in training_data.intent_examples if message.get(TEXT)]
        features = sp.vstack([_features(message) for message in examples], format="csr")
        self._model = LinearModel(self._config["c"], self._config["held_out"])
        self._model.fit(features, [message.get(INTENT) for message in examples])
        with self._storage.write_to(self._resource) as folder:
            joblib.dump(self._model, folder / _FILE)
        return self._resource

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_kwargs: Any,
    ) -> "LinearIntentClassifier":
        """The component as it was trained."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, joblib.load(folder / _FILE))

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Components after this one may read its predictions."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Set intent and ranking of messages that have a text."""
        for message in messages:
            if message.get(TEXT) and self._model:
                chances = self._weighted(self._model.probabilities(_features(message))[0])
                best = np.argsort(-chances)[: self._config["ranking_length"]]
                ranking = [{"name": self._model.labels[i], "confidence": float(chances[i])} for i in best]
                message.set(INTENT, ranking[0], add_to_output=True)
                message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages

    def _weighted(self, chances: np.ndarray) -> np.ndarray:
        """Calibrated probabilities, shifted towards what must not be missed."""
        weights = self._config["weights"]
        if not weights or self._model is None:
            return chances
        shifted = chances * [weights.get(label, 1.0) for label in self._model.labels]
        return shifted / shifted.sum()


def _features(message: Message) -> sp.csr_matrix:
    rows = [f.features for f in message.features if f.attribute == TEXT and f.type == FEATURE_TYPE_SENTENCE]
    return sp.hstack([sp.csr_matrix(row) for row in rows], format="csr", dtype="float32")
