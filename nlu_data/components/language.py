"""Which language a message is written in: letters decide where they can, the model learnt from the examples else."""

from pathlib import Path
from typing import Any, Dict, List, Optional

import joblib
import numpy as np
import yaml
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.feature_extraction.text import TfidfVectorizer

from nlu_data.components.linear import LinearModel

_FILE = "language.joblib"
FOREIGN = Path(__file__).resolve().parent.parent / "foreign.yml"


class LanguageModel:
    """Letter n-grams of the lower-cased text, with its diacritics (they tell languages apart), and a linear model."""

    def __init__(self) -> None:
        self._letters = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(1, 3), min_df=2, sublinear_tf=True, dtype=np.float32
        )
        self._model = LinearModel(c=1.0, held_out=0.2)
        self._only = ""

    def fit(self, texts: List[str], codes: List[str]) -> "LanguageModel":
        """Learn from texts and their language codes; with a single language every text is in that one."""
        if len(set(codes)) == 1:
            self._only = codes[0]
        else:
            self._model.fit(self._letters.fit_transform(texts), codes)
        return self

    def detect(self, text: str) -> Dict[str, Any]:
        """`{"code": …, "confidence": 0..1}` of one text."""
        if self._only:
            return {"code": self._only, "confidence": 1.0}
        chances = self._model.probabilities(self._letters.transform([text]))[0]
        best = int(np.argmax(chances))
        return {"code": self._model.labels[best], "confidence": float(chances[best])}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class LanguageDetector(GraphComponent):
    """Sets the message's `language`; learns from the `language` in the metadata of the examples."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """Nothing to set."""
        return {}

    def __init__(self, storage: ModelStorage, resource: Resource, model: Optional[LanguageModel] = None) -> None:
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
    ) -> "LanguageDetector":
        """An untrained component."""
        return cls(model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from all examples that name their language."""
        pairs = [(message.get(TEXT), _language_of(message)) for message in training_data.intent_examples]
        pairs = [(text, code) for text, code in pairs if text and code]
        if len({code for _, code in pairs}) > 1:
            pairs += [(text, code) for code, texts in _foreign().items() for text in texts]
        self._model = LanguageModel().fit([text for text, _ in pairs], [code for _, code in pairs])
        with self._storage.write_to(self._resource) as folder:
            joblib.dump(self._model, folder / _FILE, compress=1)
        return self._resource

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_kwargs: Any,
    ) -> "LanguageDetector":
        """The component as it was trained."""
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, joblib.load(folder / _FILE))

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """The examples know their language already."""
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Set the language of messages that have a text."""
        for message in messages:
            if message.get(TEXT) and self._model:
                message.set("language", self._model.detect(message.get(TEXT)), add_to_output=True)
        return messages


def _foreign() -> Dict[str, List[str]]:
    """Messages in languages that the assistant does not speak, so that it notices: by language code."""
    messages: Dict[str, List[str]] = yaml.safe_load(FOREIGN.read_text(encoding="utf-8"))
    return messages


def _language_of(message: Message) -> Optional[str]:
    metadata = message.get("metadata") or {}
    return (metadata.get("intent") or {}).get("language")
