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
from scipy.optimize import minimize_scalar
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

_FILE = "linear.joblib"


class LinearModel:
    """One-against-all linear support vectors whose margins become probabilities by a temperature.

    The temperature is found on margins of examples that the model had not seen (cross-validation), so that a
    confidence of 0.8 means right eight times in ten on questions like the training ones.
    """

    def __init__(self, c: float, folds: int) -> None:
        self._c, self._folds = c, folds
        self.labels: List[str] = []
        self.temperature = 1.0

    def fit(self, features: sp.csr_matrix, labels: List[str]) -> "LinearModel":
        """Learn from one row of features a label."""
        names, numbers = np.unique(labels, return_inverse=True)
        self.labels = [str(name) for name in names]
        margins = np.zeros((len(labels), len(names)))
        rarest = int(np.bincount(numbers).min())
        if self._folds > 1 and rarest >= self._folds:
            for train, test in StratifiedKFold(self._folds, shuffle=True, random_state=1).split(features, numbers):
                margins[test] = self._svm().fit(features[train], numbers[train]).decision_function(features[test])
            self.temperature = _temperature(margins, numbers)
        svm = self._svm().fit(features, numbers)
        # Features by rows: a message touches a few hundred of them, so only those rows are read.
        self._weights = np.ascontiguousarray(svm.coef_.T, dtype="float32")
        self._bias = svm.intercept_.astype("float32")
        return self

    def probabilities(self, features: sp.csr_matrix) -> np.ndarray:
        """One row a message, one column a label; rows sum to 1."""
        return _softmax((features @ self._weights + self._bias) * self.temperature)

    def _svm(self) -> LinearSVC:
        return LinearSVC(C=self._c, class_weight="balanced", random_state=1)


def _softmax(margins: np.ndarray) -> np.ndarray:
    powers = np.exp(margins - margins.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def _temperature(margins: np.ndarray, numbers: np.ndarray) -> float:
    rows = np.arange(len(numbers))

    def loss(log_scale: float) -> float:
        return float(-np.log(_softmax(margins * np.exp(log_scale))[rows, numbers] + 1e-12).mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-1, 4), method="bounded").x))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearIntentClassifier(IntentClassifier, GraphComponent):
    """Sets `intent` and `intent_ranking` from the sentence features of the featurizers before it."""

    @classmethod
    def required_components(cls) -> List[Type]:
        """At least one featurizer."""
        return [Featurizer]

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """`c`: inverse regularisation; `folds`: of the calibration (1 = none); `ranking_length`: topics reported."""
        return {"c": 0.5, "folds": 3, "ranking_length": 6}

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
        self._model = LinearModel(self._config["c"], self._config["folds"])
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
                chances = self._model.probabilities(_features(message))[0]
                best = np.argsort(-chances)[: self._config["ranking_length"]]
                ranking = [{"name": self._model.labels[i], "confidence": float(chances[i])} for i in best]
                message.set(INTENT, ranking[0], add_to_output=True)
                message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages


def _features(message: Message) -> sp.csr_matrix:
    rows = [f.features for f in message.features if f.attribute == TEXT and f.type == FEATURE_TYPE_SENTENCE]
    return sp.hstack(rows, format="csr", dtype="float32")
