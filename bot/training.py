"""Training Rasa's model, once for each state of what it learns from."""

import hashlib
import os
import re
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from actions.content import ROOT
from bot.environments import RASA_ROOM, rasa_python

KEPT_MODELS = 3
CONFIG = ROOT / "config.yml"
CLASSIFIER = "nlu_data.components.classifier.LinearIntentClassifier"
RULES = RASA_ROOM / "dialogue" / "rules.yml"
# Environment for every Rasa process: no telemetry, no search for GPUs, one thread pool a process, little memory.
RASA_VARIABLES = {
    "RASA_TELEMETRY_ENABLED": "false",
    "RASA_MAX_CACHE_SIZE": "0",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_ENABLE_ONEDNN_OPTS": "0",
    "CUDA_VISIBLE_DEVICES": "-1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "2",
    "PYTHONWARNINGS": "ignore",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "PYTHONPATH": str(ROOT),
}
_COMPONENT = re.compile(r"Starting to train component '(\w+)'")


# In Rasa's room, but read by other processes.
_NOT_LEARNT_FROM = {
    *("counting.yml", "counting.py", "emergency.yml", "emergency.py", "languages.yml"),
    *("endpoints.yml", "credentials.yml", "serve.py"),
}


class TrainingFailedError(Exception):
    """Rasa could not train; the message names the log."""


def training_files() -> list[Path]:
    """Everything the model depends on, sorted: settings, examples, lexicons, dialogue, components, locked packages."""
    found = [CONFIG, RASA_ROOM / "uv.lock"]
    found += [path for path in RASA_ROOM.rglob("*.yml") if ".venv" not in path.parts]
    found += [path for folder in ("components", "text") for path in (RASA_ROOM / folder).glob("*.py")]
    return sorted(path for path in found if path.name not in _NOT_LEARNT_FROM)


def fingerprint(encoder: Path | None = None) -> str:
    """Changes with any of the training files, and with the sentence encoder (its folder, and its files' sizes)."""
    digest = hashlib.sha256()
    for path in training_files():
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    if encoder:
        for path in sorted(encoder.rglob("*")):
            digest.update(f"{path}\0{path.stat().st_size}".encode())
    return digest.hexdigest()[:16]


def model_path(data: Path, encoder: Path | None = None) -> Path:
    """Where the model for the files as they are now is, or will be."""
    return data / "models" / f"{fingerprint(encoder)}.tar.gz"


def write_config(target: Path, encoder: Path | None = None) -> None:
    """Rasa's pipeline: that of config.yml, with the sentence encoder before the classifier if there is one."""
    settings = yaml.safe_load(CONFIG.read_text(encoding="utf-8"))
    if encoder:
        classifier = [component["name"] for component in settings["pipeline"]].index(CLASSIFIER)
        component = {"name": "nlu_data.components.encoder.SentenceEncoderFeaturizer", "folder": str(encoder)}
        settings["pipeline"].insert(classifier, component)
    target.write_text(yaml.safe_dump(settings, allow_unicode=True, sort_keys=False), encoding="utf-8")


def ensure_model(
    data: Path,
    progress: Callable[[str], None] = lambda step: None,
    *,
    anew: bool = False,
    encoder: Path | None = None,
) -> Path:
    """Train unless the model for these files exists; returns its path. `progress` hears the name of each step.

    TrainingFailedError if Rasa fails; its log is then in `data/logs/training.log`.
    """
    target = model_path(data, encoder)
    if target.exists() and not anew:
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    log = data / "logs" / "training.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w", encoding="utf-8") as file:
        for line in _train(target, encoder):
            file.write(line)
            if match := _COMPONENT.search(line):
                progress(match[1])
    if not target.exists():
        raise TrainingFailedError(f"Rasa could not train the model; {log} says why")
    for old in sorted(target.parent.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)[:-KEPT_MODELS]:
        old.unlink()
    return target


def write_examples(target: Path, languages: Sequence[str] = ()) -> None:
    """Write the examples of all (or some) languages into one file.

    Of many files Rasa compares each with all before it, which takes longer than learning from them.
    """
    texts = ['version: "3.1"\nnlu:\n']
    for folder in data_folders():
        if languages and folder.parent.name not in languages:
            continue
        for path in sorted(folder.glob("*.yml")):
            texts.append(path.read_text(encoding="utf-8").partition("\nnlu:\n")[2].rstrip("\n") + "\n")
    target.write_text("".join(texts), encoding="utf-8")


def train_command(target: Path, examples: Path, config: Path = CONFIG) -> list[str]:
    """The command that trains on the file `examples` to `target` (…/NAME.tar.gz)."""
    arguments = [
        "train",
        "--force",
        "--skip-validation",
        "--config",
        str(config),
        "--domain",
        str(RASA_ROOM / "dialogue" / "domain.yml"),
    ]
    arguments += [
        "--data",
        str(examples),
        str(RULES),
        "--out",
        str(target.parent),
        "--fixed-model-name",
        target.name.removesuffix(".tar.gz"),
    ]
    return [str(rasa_python()), "-m", "nlu_data.components.serve", *arguments]


def data_folders() -> list[Path]:
    """The folders with the examples of each language."""
    return sorted(RASA_ROOM.glob("*/examples"))


def _train(target: Path, encoder: Path | None) -> Iterator[str]:
    # Beside the target, so that the finished model only has to be renamed.
    with TemporaryDirectory(prefix="unfinished-", dir=target.parent) as folder:
        examples, config, model = (Path(folder) / name for name in ("examples.yml", "config.yml", target.name))
        write_examples(examples)
        write_config(config, encoder)
        process = subprocess.Popen(
            train_command(model, examples, config),
            cwd=ROOT,
            env={**os.environ, **RASA_VARIABLES},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        with process:
            yield from process.stdout or ()
        if process.returncode == 0 and model.exists():
            model.replace(target)
