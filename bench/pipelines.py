"""The pipelines that are compared, each trained into a folder for the time being on the same examples."""

import re
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bench.common import BenchError, lines_of
from bot.environments import rasa_python
from bot.evaluation import Phrase
from bot.terminal_output import say
from bot.training import CLASSIFIER, CONFIG, RASA_VARIABLES, write_examples

Config = dict[str, Any]
CONCEPTS = "nlu_data.components.concepts.ConceptFeaturizer"
RANKING_LENGTH = 10
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


def train(
    name: str,
    folder: Path,
    epochs: int | None = None,
    languages: Sequence[str] = (),
    chosen: Sequence[Phrase] | None = None,
) -> Trained:
    """Train a pipeline's NLU; BenchError if Rasa fails.

    `epochs` shortens neural networks; `languages` trains on those only (a fair comparison in minutes, not hours), and
    `chosen` on these examples instead of all.
    """
    config, examples, model = folder / f"{name}.yml", folder / "examples.yml", folder / f"{name}.tar.gz"
    pipeline = PIPELINES[name]()
    for component in pipeline:
        if epochs and "epochs" in component:
            component["epochs"] = epochs
    settings = {"recipe": "default.v1", "assistant_id": name, "language": "mul", "pipeline": pipeline}
    config.write_text(yaml.safe_dump(settings, sort_keys=False), encoding="utf-8")
    if chosen is None:
        write_examples(examples, languages)
    else:
        _write(examples, chosen)
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


def _write(target: Path, examples: Sequence[Phrase]) -> None:
    """Chosen examples as Rasa reads them."""
    grouped: dict[tuple[str, str], list[str]] = defaultdict(list)
    for example in examples:
        grouped[example.topic, example.lang].append(f"    - {example.text}\n")
    blocks = [
        f"- intent: {topic}\n  metadata:\n    language: {code}\n  examples: |\n{''.join(lines)}"
        for (topic, code), lines in grouped.items()
    ]
    target.write_text(f'version: "3.1"\nnlu:\n{"".join(blocks)}', encoding="utf-8")


def _ours() -> list[Config]:
    pipeline: list[Config] = yaml.safe_load(CONFIG.read_text(encoding="utf-8"))["pipeline"]
    for component in pipeline:
        if component["name"] == CLASSIFIER:
            component["ranking_length"] = RANKING_LENGTH
    return pipeline


def _letters() -> list[Config]:
    """Ours without the lexicon."""
    return [component for component in _ours() if component["name"] != CONCEPTS]


def _logistic() -> list[Config]:
    """Our features, Rasa's own logistic regression."""
    return [
        {"name": "LogisticRegressionClassifier"} if component["name"] == CLASSIFIER else component
        for component in _ours()
    ]


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


PIPELINES: dict[str, Callable[[], list[Config]]] = {
    "ours": _ours,
    "letters": _letters,
    "logistic": _logistic,
    "diet": _diet,
    "default": _default,
}
