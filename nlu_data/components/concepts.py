"""The concepts of the lexicon as features, shared by all languages, and as a property of the parsed message."""

import hashlib
import json
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from typing import Any, Dict, Iterable, List, Optional, Tuple

import numpy as np
import scipy.sparse as sp
import yaml
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.sparse_featurizer.sparse_featurizer import SparseFeaturizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu_data.components.featurizer import ReadsText
from nlu_data.text.lexicon import Lexicon, read_lexicon
from nlu_data.text.normalise import normalise

ROOM = Path(__file__).resolve().parent.parent
_LEXICONS = "lexicons.json"


def concept_ids(room: Path = ROOM) -> List[str]:
    """All concept ids, in the order of concepts.yml."""
    sections = yaml.safe_load((room / "concepts.yml").read_text(encoding="utf-8"))
    return [concept for section in sections.values() for concept in section]


@lru_cache(maxsize=None)  # there are not many more pairs than people have things to say
def _pair_column(pair: Tuple[str, str]) -> int:
    """A number of a pair that is the same in every process."""
    return int.from_bytes(hashlib.blake2b("+".join(pair).encode(), digest_size=6).digest(), "big")


class ConceptVectors:
    """Concepts as vectors: one column a concept, then hashed columns for pairs ("kita" with "how much")."""

    def __init__(self, ids: List[str], weight: float, pair_weight: float, pair_columns: int) -> None:
        self._column = {concept: number for number, concept in enumerate(ids)}
        self._weight, self._pair_weight, self._pair_columns = weight, pair_weight, pair_columns

    def row(self, concepts: Iterable[str]) -> sp.csr_matrix:
        """The vector of a set of concepts; its length is `pair_weight` at most, however many pairs there are."""
        found = sorted(c for c in concepts if c in self._column)
        columns = {self._column[concept]: self._weight / max(len(found), 1) ** 0.5 for concept in found}
        pairs = list(combinations(found, 2))
        for pair in pairs:
            columns[len(self._column) + _pair_column(pair) % self._pair_columns] = self._pair_weight / len(pairs) ** 0.5
        size = len(self._column) + self._pair_columns
        cells = np.array(list(columns.values()), dtype="float32")
        return sp.csr_matrix((cells, np.array(list(columns), dtype="int32"), np.array([0, len(cells)])), (1, size))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class ConceptFeaturizer(ReadsText, SparseFeaturizer, GraphComponent):
    """Finds concepts, adds them as a sentence feature and as the message's `concepts` ({concept: word})."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """Weights against the n-grams (whose views have length 1 each), and the number of hashed pair columns."""
        return {**SparseFeaturizer.get_default_config(), "weight": 1.0, "pair_weight": 1.0, "pair_columns": 16384}

    @classmethod
    def fingerprint_addon(cls, config: Dict[str, Any]) -> Optional[str]:
        """The lexicons are no training data to Rasa: a change in them must train anew all the same."""
        files = [ROOM / "concepts.yml", *sorted(ROOM.glob("*/lexicon.yml"))]
        return hashlib.blake2b(b"".join(path.read_bytes() for path in files)).hexdigest()

    def __init__(
        self, config: Dict[str, Any], name: str, storage: ModelStorage, resource: Resource, lexicons: Dict[str, Any]
    ) -> None:
        super().__init__(name, config)
        self._storage = storage
        self._resource = resource
        self._lexicons = lexicons
        self._lexicon = Lexicon()
        for entries in lexicons["languages"].values():
            self._lexicon.add(entries)
        self._vectors = ConceptVectors(
            lexicons["concepts"], config["weight"], config["pair_weight"], config["pair_columns"]
        )

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "ConceptFeaturizer":
        """A component with the lexicons as they stand in the folders now."""
        languages = {path.parent.name: read_lexicon(path) for path in sorted(ROOM.glob("*/lexicon.yml"))}
        lexicons = {"concepts": concept_ids(), "languages": languages}
        return cls(config, execution_context.node_name, model_storage, resource, lexicons)

    def train(self, training_data: TrainingData) -> Resource:
        """Nothing is learnt; the lexicons go into the model, so that it is whole by itself."""
        with self._storage.write_to(self._resource) as folder:
            (folder / _LEXICONS).write_text(json.dumps(self._lexicons, ensure_ascii=False), encoding="utf-8")
        return self._resource

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_kwargs: Any,
    ) -> "ConceptFeaturizer":
        """The component with the lexicons that it was trained with."""
        with model_storage.read_from(resource) as folder:
            lexicons = json.loads((folder / _LEXICONS).read_text(encoding="utf-8"))
        return cls(config, execution_context.node_name, model_storage, resource, lexicons)

    def process(self, messages: List[Message]) -> List[Message]:
        """Add the features and the concepts to messages that have a text."""
        for message in messages:
            if message.get(TEXT):
                found = self._lexicon.find(normalise(message.get(TEXT)))
                message.set("concepts", found, add_to_output=True)
                self.add_features_to_message(None, self._vectors.row(found), TEXT, message)
        return messages
