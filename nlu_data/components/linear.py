"""The linear model behind topics and languages: support vectors with calibrated confidence."""

from typing import Dict, List, Tuple, Union

import joblib
import numpy as np
import scipy.sparse as sp
from scipy.optimize import minimize_scalar
from sklearn.model_selection import StratifiedShuffleSplit
from sklearn.svm import LinearSVC

# With fewer examples of a label there is nothing to hold out.
_FEWEST_TO_CALIBRATE = 5
# Starting processes takes longer than learning from fewer examples.
_FEWEST_TO_SHARE = 5000
# A number that no label has.
_REST = -1


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
        features = features.astype("float64")  # what liblinear works with: converted once
        if self._held_out and int(np.bincount(numbers).min()) >= _FEWEST_TO_CALIBRATE:
            # One number is found as well from half of the examples, in half the time.
            split = StratifiedShuffleSplit(1, train_size=0.5, test_size=self._held_out, random_state=1)
            train, test = next(split.split(features, numbers))
            weights, bias = self._learn(features[train], numbers[train])
            self.temperature = _temperature(features[test] @ weights + bias, numbers[test])
        self._weights, self._bias = self._learn(features, numbers)
        return self

    def probabilities(self, features: sp.csr_matrix) -> np.ndarray:
        """One row a text, one column a label; rows sum to 1."""
        return _softmax((features @ self._weights + self._bias) * self.temperature)

    def _learn(self, features: sp.csr_matrix, numbers: np.ndarray) -> Tuple[np.ndarray, np.ndarray]:
        """Weights (feature, label) and bias; features by rows, because a text touches only a few hundred of them.

        Each label is learnt against all others for itself, so every core takes its share of the labels.
        """
        labels = len(self.labels)
        if labels == 2:  # scikit-learn keeps one side only
            svm = self._svm("balanced").fit(features, numbers)
            weights, bias = np.vstack([-svm.coef_, svm.coef_]), np.concatenate([-svm.intercept_, svm.intercept_])
        else:
            cores = joblib.cpu_count() if len(numbers) >= _FEWEST_TO_SHARE else 1
            shares = np.array_split(np.arange(labels), min(cores, labels // 2))
            learnt = joblib.Parallel(len(shares))(
                joblib.delayed(self._share)(features, numbers, share) for share in shares
            )
            weights, bias = (np.concatenate(parts) for parts in zip(*learnt))
        return np.ascontiguousarray(weights.T, dtype="float32"), bias.astype("float32")

    def _share(self, features: sp.csr_matrix, numbers: np.ndarray, share: np.ndarray) -> Tuple[np.ndarray, np.ndarray]:
        """One row of weights, and the bias, for each of some labels."""
        balance = len(numbers) / (len(self.labels) * np.bincount(numbers))
        svm = self._svm({label: balance[label] for label in share})
        svm.fit(features, np.where(np.isin(numbers, share), numbers, _REST))
        own = svm.classes_ != _REST
        return svm.coef_[own], svm.intercept_[own]

    def _svm(self, balance: Union[str, Dict[int, float]]) -> LinearSVC:
        # liblinear's own tolerance: scikit-learn's, a thousand times as strict, takes half as long again for nothing.
        return LinearSVC(C=self._c, class_weight=balance, random_state=1, tol=0.1)


def _softmax(margins: np.ndarray) -> np.ndarray:
    powers = np.exp(margins - margins.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def _temperature(margins: np.ndarray, numbers: np.ndarray) -> float:
    rows = np.arange(len(numbers))

    def loss(log_scale: float) -> float:
        return float(-np.log(_softmax(margins * np.exp(log_scale))[rows, numbers] + 1e-12).mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-1, 4), method="bounded").x))
