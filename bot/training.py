"""Training Rasa's model, once for each state of what it learns from."""

import hashlib
import os
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

from actions.content import ROOT
from bot.environments import RASA_ROOM, rasa_python

KEPT_MODELS = 3
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
_NOT_LEARNT_FROM = {"emergency.yml", "emergency.py", "languages.yml", "endpoints.yml", "credentials.yml", "serve.py"}


class TrainingFailedError(Exception):
    """Rasa could not train; the message names the log."""


def training_files() -> list[Path]:
    """Everything the model depends on, sorted: settings, examples, lexicons, dialogue, components, locked packages."""
    found = [ROOT / "config.yml", RASA_ROOM / "uv.lock"]
    found += [path for path in RASA_ROOM.rglob("*.yml") if ".venv" not in path.parts]
    found += [path for folder in ("components", "text") for path in (RASA_ROOM / folder).glob("*.py")]
    return sorted(path for path in found if path.name not in _NOT_LEARNT_FROM)


def fingerprint() -> str:
    """Changes with any of the training files."""
    digest = hashlib.sha256()
    for path in training_files():
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def model_path(data: Path) -> Path:
    """Where the model for the files as they are now is, or will be."""
    return data / "models" / f"{fingerprint()}.tar.gz"


def ensure_model(data: Path, progress: Callable[[str], None] = lambda step: None, *, anew: bool = False) -> Path:
    """Train unless the model for these files exists; returns its path. `progress` hears the name of each step.

    TrainingFailedError if Rasa fails; its log is then in `data/logs/training.log`.
    """
    target = model_path(data)
    if target.exists() and not anew:
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    log = data / "logs" / "training.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w", encoding="utf-8") as file:
        for line in _train(target):
            file.write(line)
            if match := _COMPONENT.search(line):
                progress(match[1])
    if not target.exists():
        raise TrainingFailedError(f"Rasa could not train the model; {log} says why")
    for old in sorted(target.parent.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)[:-KEPT_MODELS]:
        old.unlink()
    return target


def train_command(target: Path, config: Path = ROOT / "config.yml") -> list[str]:
    """The command that trains to `target` (…/NAME.tar.gz)."""
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
        *map(str, data_folders()),
        "--out",
        str(target.parent),
        "--fixed-model-name",
        target.name.removesuffix(".tar.gz"),
    ]
    return [str(rasa_python()), "-m", "nlu_data.components.serve", *arguments]


def data_folders() -> list[Path]:
    """What Rasa reads: the examples of each language and the rules."""
    return [*sorted(RASA_ROOM.glob("*/examples")), RASA_ROOM / "dialogue" / "rules.yml"]


def _train(target: Path) -> Iterator[str]:
    unfinished = target.with_name(f"unfinished-{os.getpid()}.tar.gz")
    process = subprocess.Popen(
        train_command(unfinished),
        cwd=ROOT,
        env={**os.environ, **RASA_VARIABLES},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    with process:
        yield from process.stdout or ()
    if process.returncode == 0 and unfinished.exists():
        unfinished.replace(target)
    unfinished.unlink(missing_ok=True)
