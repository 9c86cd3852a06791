"""The linear model behind topics and languages: support vectors with calibrated confidence."""

from typing import List, Tuple

import numpy as np
import scipy.sparse as sp
from scipy.optimize import minimize_scalar
from sklearn.model_selection import StratifiedShuffleSplit
from sklearn.svm import LinearSVC

# With fewer examples of a label there is nothing to hold out.
_FEWEST_TO_CALIBRATE = 5


class LinearModel:
    """One-against-all linear support vectors whose margins become probabilities by a temperature.

    The temperature is found on margins of examples that the model had not seen (a share `held_out` of them), so that a
    confidence of 0.8 means right eight times in ten on texts like the training ones.
    """

    def __init__(self, c: float, held_out: float) -> None:
        self._c, self._held_out = c, held_out
        self.labels: List[str] = []
        self.temperature = 1.0

    def fit(self, features: sp.csr_matrix, labels: List[str]) -> "LinearModel":
        """Learn from one row of features a label."""
        names, numbers = np.unique(labels, return_inverse=True)
        self.labels = [str(name) for name in names]
        if self._held_out and int(np.bincount(numbers).min()) >= _FEWEST_TO_CALIBRATE:
            # One number is found as well from half of the examples, in half the time.
            split = StratifiedShuffleSplit(1, train_size=0.5, test_size=self._held_out, random_state=1)
            train, test = next(split.split(features, numbers))
            weights, bias = _of(self._svm().fit(features[train], numbers[train]))
            self.temperature = _temperature(features[test] @ weights + bias, numbers[test])
        self._weights, self._bias = _of(self._svm().fit(features, numbers))
        return self

    def probabilities(self, features: sp.csr_matrix) -> np.ndarray:
        """One row a text, one column a label; rows sum to 1."""
        return _softmax((features @ self._weights + self._bias) * self.temperature)

    def _svm(self) -> LinearSVC:
        return LinearSVC(C=self._c, class_weight="balanced", random_state=1)


def _of(svm: LinearSVC) -> Tuple[np.ndarray, np.ndarray]:
    """Weights (feature, label) and bias; features by rows, because a text touches only a few hundred of them."""
    weights, bias = svm.coef_, svm.intercept_
    if len(weights) == 1:  # of two labels scikit-learn keeps one side only
        weights, bias = np.vstack([-weights, weights]), np.concatenate([-bias, bias])
    return np.ascontiguousarray(weights.T, dtype="float32"), bias.astype("float32")


def _softmax(margins: np.ndarray) -> np.ndarray:
    powers = np.exp(margins - margins.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def _temperature(margins: np.ndarray, numbers: np.ndarray) -> float:
    rows = np.arange(len(numbers))

    def loss(log_scale: float) -> float:
        return float(-np.log(_softmax(margins * np.exp(log_scale))[rows, numbers] + 1e-12).mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-1, 4), method="bounded").x))
