"""Sentence vectors from a local folder as dense features: a second opinion beside letters and concepts (optional)."""

from pathlib import Path
from typing import Any, Dict, List

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu_data.components.featurizer import ReadsText
from nlu_data.text.encoder import SentenceEncoder

_BATCH = 32


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEncoderFeaturizer(ReadsText, DenseFeaturizer, GraphComponent):
    """Adds the encoder's vector as a sentence feature. The folder is read again wherever the model is loaded."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """`folder`: of the encoder; `prefix`: before each text; `weight`: against the n-grams (length 1 a view)."""
        return {**DenseFeaturizer.get_default_config(), "folder": "", "prefix": "", "weight": 1.5}

    @staticmethod
    def required_packages() -> List[str]:
        """The extra `encoder` of Rasa's environment."""
        return ["onnxruntime", "tokenizers"]

    def __init__(self, config: Dict[str, Any], name: str) -> None:
        super().__init__(name, config)
        self._weight = config["weight"]
        self._encoder = SentenceEncoder(Path(config["folder"]), config["prefix"])

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "SentenceEncoderFeaturizer":
        """The component; EncoderMissingError if the folder holds no encoder."""
        return cls(config, execution_context.node_name)

    def process(self, messages: List[Message]) -> List[Message]:
        """Add the features to messages that have a text."""
        messages = [message for message in messages if message.get(TEXT)]
        for begin in range(0, len(messages), _BATCH):
            batch = messages[begin : begin + _BATCH]
            vectors = self._weight * self._encoder.encode([message.get(TEXT) for message in batch])
            for message, vector in zip(batch, vectors):
                self.add_features_to_message(None, np.atleast_2d(vector), TEXT, message)
        return messages
