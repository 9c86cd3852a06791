"""What our featurizers share: each reads the text itself and needs no component before it."""

from typing import Any, Dict, List, Type

from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData


class ReadsText:
    """Stands before Rasa's featurizer among the base classes."""

    @classmethod
    def required_components(cls) -> List[Type]:
        """None: it reads the text itself."""
        return []

    @classmethod
    def validate_config(cls, config: Dict[str, Any]) -> None:
        """Nothing can be said before the component reads its settings."""

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add the features to the training examples."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Add the features to messages that have a text."""
        raise NotImplementedError
