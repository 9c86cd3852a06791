"""Word and letter n-grams of the normalised text, and of its transliteration to ASCII."""

from typing import Any, Dict, List, Optional

import joblib
import numpy as np
import scipy.sparse as sp
from anyascii import anyascii
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.sparse_featurizer.sparse_featurizer import SparseFeaturizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.feature_extraction.text import TfidfVectorizer

from nlu_data.components.featurizer import ReadsText
from nlu_data.text.normalise import normalise

_FILE = "vectorizers.joblib"


def ascii_view(normalised: str) -> str:
    """The text in Latin letters: romanised Arabic or Ukrainian then shares n-grams with the native script."""
    return str(anyascii(normalised)).lower()


class Views:
    """The n-gram views of a text, fitted together; `transform` gives one row a text."""

    def __init__(self, letters: int = 4, ascii_letters: int = 4) -> None:
        common = {"lowercase": False, "sublinear_tf": True, "dtype": np.float32}
        self.words = TfidfVectorizer(token_pattern=r"\S+", ngram_range=(1, 2), min_df=2, **common)
        self.letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, letters), min_df=3, **common)
        self.ascii = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, ascii_letters), min_df=3, **common)

    def fit(self, texts: List[str]) -> "Views":
        """Learn the n-grams of raw texts."""
        normalised = [normalise(text) for text in texts]
        self.words.fit(normalised)
        self.letters.fit(normalised)
        self.ascii.fit([ascii_view(text) for text in normalised])
        return self

    def transform(self, texts: List[str]) -> sp.csr_matrix:
        """Features of raw texts, float32, one row a text."""
        normalised = [normalise(text) for text in texts]
        plain = [ascii_view(text) for text in normalised]
        return sp.hstack(
            [self.words.transform(normalised), self.letters.transform(normalised), self.ascii.transform(plain)],
            format="csr",
            dtype="float32",
        )


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class NgramFeaturizer(ReadsText, SparseFeaturizer, GraphComponent):
    """Adds the n-gram views as a sentence feature."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """`letters`, `ascii_letters`: the longest letter n-gram of each view."""
        return {**SparseFeaturizer.get_default_config(), "letters": 4, "ascii_letters": 4}

    def __init__(
        self,
        config: Dict[str, Any],
        name: str,
        storage: ModelStorage,
        resource: Resource,
        views: Optional[Views] = None,
    ) -> None:
        super().__init__(name, config)
        self._storage = storage
        self._resource = resource
        self._views = views or Views(config["letters"], config["ascii_letters"])

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "NgramFeaturizer":
        """An untrained component."""
        return cls(config, execution_context.node_name, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the n-grams and store them."""
        self._views.fit([message.get(TEXT) for message in training_data.intent_examples])
        with self._storage.write_to(self._resource) as folder:
            joblib.dump(self._views, folder / _FILE, compress=1)
        return self._resource

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_kwargs: Any,
    ) -> "NgramFeaturizer":
        """The component as it was trained."""
        with model_storage.read_from(resource) as folder:
            views = joblib.load(folder / _FILE)
        return cls(config, execution_context.node_name, model_storage, resource, views)

    def process(self, messages: List[Message]) -> List[Message]:
        """Add the features to messages that have a text."""
        messages = [message for message in messages if message.get(TEXT)]
        if messages:
            rows = self._views.transform([message.get(TEXT) for message in messages])
            for number, message in enumerate(messages):
                self.add_features_to_message(None, rows[number], TEXT, message)
        return messages
