"""The pipelines that are compared, each trained into a folder for the time being on the same examples."""

import re
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from actions.content import ROOT
from bench.common import BenchError, lines_of
from bot.environments import RASA_ROOM, rasa_python
from bot.terminal_output import say
from bot.training import RASA_VARIABLES

Config = dict[str, Any]
NAMES = ("ours", "diet", "default")
CONCEPTS = "nlu_data.components.concepts.ConceptFeaturizer"
PROGRESS_SECONDS = 15.0
_STEP = re.compile(r"(Starting to train|Finished training) component '\w+'")
_EPOCH = re.compile(r"Epochs:\s+\d+%.*?\d+/\d+ \[.*\]")


@dataclass(frozen=True)
class Trained:
    """A model, and what its training took."""

    model: Path
    seconds: float

    @property
    def megabytes(self) -> float:
        """The size of the model's file."""
        return round(self.model.stat().st_size / 1e6, 1)


def train(name: str, folder: Path, epochs: int | None = None, languages: Sequence[str] = ()) -> Trained:
    """Train a pipeline's NLU; BenchError if Rasa fails.

    `epochs` shortens neural networks; `languages` trains on those only (a fair comparison in minutes, not hours).
    """
    config, examples, model = folder / f"{name}.yml", folder / "examples", folder / f"{name}.tar.gz"
    pipeline = PIPELINES[name]()
    for component in pipeline:
        if epochs and "epochs" in component:
            component["epochs"] = epochs
    settings = {"recipe": "default.v1", "assistant_id": name, "language": "mul", "pipeline": pipeline}
    config.write_text(yaml.safe_dump(settings, sort_keys=False), encoding="utf-8")
    for path in RASA_ROOM.glob("*/examples"):
        if languages and path.parent.name not in languages:
            continue
        shutil.copytree(path, examples / path.parent.name, dirs_exist_ok=True)
    command = [str(rasa_python()), "-m", "nlu_data.components.serve", "train", "nlu", "--config", str(config)]
    command += ["--nlu", str(examples), "--out", str(folder), "--fixed-model-name", name]
    begin, shown = time.monotonic(), 0.0
    for line in lines_of(command, RASA_VARIABLES):
        step, epoch = _STEP.search(line), _EPOCH.search(line)
        if step or (epoch and time.monotonic() - shown > PROGRESS_SECONDS):
            shown = time.monotonic()
            found = step or epoch
            say(f"{name}, {shown - begin:.0f} s: {found[0] if found else ''}")
    if not model.exists():
        raise BenchError(f"Rasa made no model of the pipeline {name}")
    return Trained(model, round(time.monotonic() - begin, 1))


def _ours() -> list[Config]:
    pipeline: list[Config] = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))["pipeline"]
    return pipeline


def _diet() -> list[Config]:
    """DIET in its light form (no transformer) over n-grams and our concepts.

    The concepts are features of the sentence only; what DIET wants for each token comes from the n-grams.
    """
    concepts = next((component for component in _ours() if component["name"] == CONCEPTS), {"name": CONCEPTS})
    diet = {
        "epochs": 40,
        "number_of_transformer_layers": 0,
        "entity_recognition": False,
        "constrain_similarities": True,
    }
    return [
        {"name": "WhitespaceTokenizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 2, "max_ngram": 5},
        concepts,
        {"name": "DIETClassifier", **diet},
        {"name": "FallbackClassifier", "threshold": 0.4, "ambiguity_threshold": 0.05},
    ]


def _default() -> list[Config]:
    """What `rasa init` writes."""
    return [
        {"name": "WhitespaceTokenizer"},
        {"name": "RegexFeaturizer"},
        {"name": "LexicalSyntacticFeaturizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
        {"name": "DIETClassifier", "epochs": 100, "constrain_similarities": True},
        {"name": "EntitySynonymMapper"},
        {"name": "ResponseSelector", "epochs": 100, "constrain_similarities": True},
        {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
    ]


PIPELINES: dict[str, Callable[[], list[Config]]] = {"ours": _ours, "diet": _diet, "default": _default}
