"""Rasa alone: all phrases of tests/phrases over HTTP, one at a time and from many clients, and how many it gets right.

The same phrases for every pipeline; none of them is ever trained on.
"""

import asyncio
import json
import re
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from actions.ranking import ranking_of
from bench.common import BenchError, empty_house, house, memory_mb, milliseconds, report
from bench.pipelines import train
from bot.clients.rasa import RasaClient, RasaDownError
from bot.evaluation import Phrase, read_phrases, share
from bot.house import RASA_ROOM
from bot.services import rasa_at_hand
from bot.settings import Settings
from bot.terminal_output import say
from nlu_data.text.emergency import EmergencyRule

CLIENTS = 8
WARM_UP = 50
PATIENCE = 60.0
_SENTENCE_END = re.compile(r"(?<=[.!?؟…;])\s+")


def run() -> None:
    """Measure the model in use and report."""
    with house() as (settings, _variables, model):
        measured = asyncio.run(measure(settings, model, read_phrases()))
    report("Understanding", {"ours": _row(measured.figures)}, measured.figures)


@dataclass(frozen=True)
class Measured:
    """The figures of a model, and what it made of each phrase: {topic: confidence}, likeliest first."""

    figures: dict[str, Any]
    rankings: list[dict[str, float]]


def compare(names: Sequence[str], epochs: int | None, languages: Sequence[str]) -> None:
    """Train each pipeline on the same examples, measure them, and report.

    Besides the pipelines: one model of ours for each language, sentences read one by one, and the mean of two models.
    """
    phrases = [phrase for phrase in read_phrases() if not languages or phrase.lang in languages]
    figures: dict[str, dict[str, Any]] = {}
    rankings: dict[str, list[dict[str, float]]] = {}

    def keep(name: str, measured: Measured, **more: Any) -> None:
        rankings[name] = measured.rankings
        figures[name] = {**more, **measured.figures}
        say(f"{name}: {json.dumps(figures[name])}")  # not lost if the next one fails

    with empty_house() as (settings, folder):
        for name in names:
            say(f"{name}: training …")
            trained = train(name, folder, epochs, languages)
            say(f"{name}: measuring …")
            cost = {"training_s": trained.seconds, "model_mb": trained.megabytes}
            keep(name, asyncio.run(measure(settings, trained.model, phrases)), **cost)
            if name == "ours":
                keep("sentences", asyncio.run(_sentences(settings, trained.model, phrases, rankings[name])))
        if "ours" in names:
            keep("per_language", _per_language(settings, folder, phrases))
        if {"ours", "logistic"} <= set(names):
            mean = [mean_of(pair) for pair in zip(rankings["ours"], rankings["logistic"], strict=True)]
            keep("average", Measured(_accuracy(phrases, mean), mean))
    report(
        "Understanding",
        {name: _row(row) for name, row in figures.items()},
        {"epochs": epochs, "languages": list(languages) or "all", **figures},
    )


def mean_of(rankings: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """The mean of several rankings, likeliest first."""
    total: dict[str, float] = defaultdict(float)
    for ranking in rankings:
        for topic, confidence in ranking.items():
            total[topic] += confidence / len(rankings)
    return dict(sorted(total.items(), key=lambda pair: -pair[1]))


async def measure(settings: Settings, model: Path, phrases: Sequence[Phrase]) -> Measured:
    """Ask a Rasa with this model every phrase; BenchError if it stops answering."""
    async with asking(settings, model) as rasa:
        for phrase in phrases[:WARM_UP]:
            await rasa.parse(phrase.text)
        rankings, seconds = [], []
        for phrase in phrases:
            begin = time.perf_counter()
            parsed = await rasa.parse(phrase.text)
            seconds.append(time.perf_counter() - begin)
            rankings.append(dict(ranking_of(parsed)))
        per_second = await _throughput(rasa, phrases)
        memory = memory_mb(_rasa_process())
    cost = {**milliseconds(seconds), "per_s": per_second, "memory_mb": memory}
    return Measured({**cost, **_accuracy(phrases, rankings)}, rankings)


async def _sentences(
    settings: Settings, model: Path, phrases: Sequence[Phrase], whole: Sequence[dict[str, float]]
) -> Measured:
    """Messages of several sentences: the whole and its best-supported sentence count alike."""
    rankings = []
    async with asking(settings, model) as rasa:
        for phrase, ranking in zip(phrases, whole, strict=True):
            sentences = [sentence for sentence in _SENTENCE_END.split(phrase.text) if sentence.strip()]
            if len(sentences) > 1:
                each = [dict(ranking_of(await rasa.parse(sentence))) for sentence in sentences]
                best = max(each, key=lambda one: max(one.values(), default=0.0))
                rankings.append(mean_of([ranking, best]))
            else:
                rankings.append(ranking)
    return Measured(_accuracy(phrases, rankings), rankings)


def _per_language(settings: Settings, folder: Path, phrases: Sequence[Phrase]) -> Measured:
    """A model of its own for each language; the language of each phrase is taken as known, which favours these."""
    by_phrase: dict[Phrase, dict[str, float]] = {}
    seconds, megabytes = 0.0, 0.0
    for code in dict.fromkeys(phrase.lang for phrase in phrases):
        trained = train("ours", folder, languages=[code])
        own = [phrase for phrase in phrases if phrase.lang == code]
        measured = asyncio.run(measure(settings, trained.model, own))
        by_phrase |= dict(zip(own, measured.rankings, strict=True))
        seconds, megabytes = seconds + trained.seconds, megabytes + trained.megabytes
    rankings = [by_phrase[phrase] for phrase in phrases]
    cost = {"training_s": round(seconds, 1), "model_mb": round(megabytes, 1)}
    return Measured({**cost, **_accuracy(phrases, rankings)}, rankings)


@asynccontextmanager
async def asking(settings: Settings, model: Path) -> AsyncIterator[RasaClient]:
    """A client of a Rasa with this model; BenchError if it stops answering."""
    try:
        async with (
            rasa_at_hand(settings, model, ["rasa"]) as (url, token),
            RasaClient(url, token, patience=PATIENCE) as rasa,
        ):
            yield rasa
    except RasaDownError as error:
        raise BenchError(f"Rasa stopped answering ({error})") from None


async def _throughput(rasa: RasaClient, phrases: Sequence[Phrase]) -> float:
    """Phrases a second while each of some clients sends its next one as soon as the last is answered."""
    waiting = iter(phrases)

    async def client() -> None:
        for phrase in waiting:
            await rasa.parse(phrase.text)

    begin = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(CLIENTS)))
    return round(len(phrases) / (time.perf_counter() - begin), 1)


def _accuracy(phrases: Sequence[Phrase], rankings: Sequence[Mapping[str, float]]) -> dict[str, Any]:
    """Right topics as the assistant sees them (the emergency rule goes first), and by the model alone."""
    rule = EmergencyRule.read(RASA_ROOM)
    alone = [next(iter(ranking), None) == phrase.topic for phrase, ranking in zip(phrases, rankings, strict=True)]
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


def _rasa_process() -> psutil.Process:
    for child in psutil.Process().children():
        if "nlu_data.components.serve" in child.cmdline():
            return child
    raise BenchError("Rasa's process is gone")


def _row(figures: dict[str, Any]) -> dict[str, Any]:
    """The figures with a column for each language."""
    row = {key: value for key, value in figures.items() if key != "accuracy_by_language"}
    return row | {f"accuracy {code}": value for code, value in figures["accuracy_by_language"].items()}
