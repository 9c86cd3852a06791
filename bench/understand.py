"""Rasa alone: all phrases of tests/phrases over HTTP, one at a time and from many clients, and how many it gets right.

The same phrases for every pipeline; none of them is ever trained on.
"""

import asyncio
import json
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil

from actions.ranking import FALLBACK
from bench.common import BenchError, environment, house, memory_mb, milliseconds, report
from bench.pipelines import train
from bot.clients.rasa import RasaClient, RasaDownError
from bot.environments import ensure_rasa_environment
from bot.evaluation import Phrase, read_phrases, share
from bot.house import RASA_ROOM
from bot.services import rasa_at_hand
from bot.settings import Settings, load_settings
from bot.terminal_output import say
from nlu_data.text.emergency import EmergencyRule

CLIENTS = 8
WARM_UP = 50
PATIENCE = 60.0


def run() -> None:
    """Measure the model in use and report."""
    with house() as (settings, _variables, model):
        figures = asyncio.run(_measure(settings, model))
    report("Understanding", {"ours": _row(figures)}, figures)


def compare(names: Sequence[str], epochs: int | None, languages: Sequence[str]) -> None:
    """Train each pipeline on the same examples, measure them, and report."""
    ensure_rasa_environment()
    figures: dict[str, dict[str, Any]] = {}
    with TemporaryDirectory(prefix="mittendrin-bench-") as folder:
        settings = load_settings(**{name.lower(): value for name, value in environment(Path(folder)).items()})
        for name in names:
            say(f"{name}: training …")
            trained = train(name, Path(folder), epochs, languages)
            say(f"{name}: measuring …")
            measured = asyncio.run(_measure(settings, trained.model, languages))
            figures[name] = {"training_s": trained.seconds, "model_mb": trained.megabytes, **measured}
            say(f"{name}: {json.dumps(figures[name])}")  # not lost if the next one fails
    report(
        "Understanding",
        {name: _row(row) for name, row in figures.items()},
        {"epochs": epochs, "languages": list(languages) or "all", **figures},
    )


async def _measure(settings: Settings, model: Path, languages: Sequence[str] = ()) -> dict[str, Any]:
    phrases = [phrase for phrase in read_phrases() if not languages or phrase.lang in languages]
    try:
        async with (
            rasa_at_hand(settings, model, ["rasa"]) as (url, token),
            RasaClient(url, token, patience=PATIENCE) as rasa,
        ):
            for phrase in phrases[:WARM_UP]:
                await rasa.parse(phrase.text)
            parsed, seconds = [], []
            for phrase in phrases:
                begin = time.perf_counter()
                parsed.append(await rasa.parse(phrase.text))
                seconds.append(time.perf_counter() - begin)
            per_second = await _throughput(rasa, phrases)
            memory = memory_mb(_rasa_process())
    except RasaDownError as error:
        raise BenchError(f"Rasa stopped answering ({error})") from None
    return {**milliseconds(seconds), "per_s": per_second, "memory_mb": memory, **_accuracy(phrases, parsed)}


async def _throughput(rasa: RasaClient, phrases: Sequence[Phrase]) -> float:
    """Phrases a second while each of some clients sends its next one as soon as the last is answered."""
    waiting = iter(phrases)

    async def client() -> None:
        for phrase in waiting:
            await rasa.parse(phrase.text)

    begin = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(CLIENTS)))
    return round(len(phrases) / (time.perf_counter() - begin), 1)


def _accuracy(phrases: Sequence[Phrase], parsed: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Right topics as the assistant sees them (the emergency rule goes first), and by the model alone."""
    rule = EmergencyRule.read(RASA_ROOM)
    alone = [_topic(result) == phrase.topic for phrase, result in zip(phrases, parsed, strict=True)]
    right, by_language = [], defaultdict(list)
    for phrase, correct in zip(phrases, alone, strict=True):
        alarm = rule.alarm(phrase.text)
        right.append(alarm.topic == phrase.topic if alarm else correct)
        by_language[phrase.lang].append(right[-1])
    return {
        "accuracy": round(share(right), 4),
        "accuracy_model_alone": round(share(alone), 4),
        "accuracy_by_language": {code: round(share(flags), 4) for code, flags in sorted(by_language.items())},
        "phrases": len(phrases),
    }


def _topic(parsed: dict[str, Any]) -> str | None:
    names = (str(entry["name"]).split("/")[0] for entry in parsed.get("intent_ranking", ()))
    return next((name for name in names if name != FALLBACK), None)


def _rasa_process() -> psutil.Process:
    for child in psutil.Process().children():
        if "nlu_data.components.serve" in child.cmdline():
            return child
    raise BenchError("Rasa's process is gone")


def _row(figures: dict[str, Any]) -> dict[str, Any]:
    """The figures with a column for each language."""
    row = {key: value for key, value in figures.items() if key != "accuracy_by_language"}
    return row | {f"accuracy {code}": value for code, value in figures["accuracy_by_language"].items()}
