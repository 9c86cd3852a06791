"""People who have agreed and write questions at a fixed rate, whether or not the assistant keeps up."""

import asyncio
import itertools
import random
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from actions.content import load_content
from bot.evaluation import read_phrases
from bot.texts.languages import languages
from bot.texts.speech import speech
from bot.texts.steering import STEERING
from tests.doubles.bot_api import BotApi, Person

# The last answers of a run get this long; whoever has none by then is counted as unanswered.
PATIENCE = 30.0
SEED = 1


@dataclass(frozen=True)
class Asked:
    """What came of some questions. `seconds` are the waits of those answered; `slip` is how late the latest was put.

    `outages` and `errors` are those answered by "I can't read questions just now" and by "something went wrong".
    """

    seconds: list[float]
    unanswered: int
    outages: int
    errors: int
    slip: float


class Crowd:
    """People with chats 1, 2, 3 …, their languages taken in turn, each writing phrases of her language."""

    def __init__(self, api: BotApi, size: int) -> None:
        self._api = api
        self._phrases = {code: _in_some_order(code) for code in languages() if _phrases(code)}
        spoken = itertools.cycle(self._phrases)
        self._people = [(api.person(chat, code), code) for chat, code in zip(range(1, size + 1), spoken, strict=False)]
        self._turns = itertools.cycle(self._people)

    async def agree(self) -> None:
        """Everybody starts, chooses her language and agrees."""
        await asyncio.gather(*(introduce(person, code) for person, code in self._people))

    async def ask(self, rate: float, count: int) -> Asked:
        """Put `count` questions, `rate` a second on a fixed schedule, and wait for the answers."""
        asked: list[tuple[int, float]] = []
        earlier, slip, begin = len(self._api.calls), 0.0, time.monotonic()
        for number in range(count):
            due = begin + number / rate
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            person, code = next(self._turns)
            now = time.monotonic()
            slip = max(slip, now - due)
            asked.append((person.chat, now))
            await person.writes(next(self._phrases[code]))
        deadline = time.monotonic() + PATIENCE
        while True:
            calls = self._api.calls[earlier:]
            seconds = _waits(asked, calls)
            if len(seconds) == count or time.monotonic() > deadline:
                texts = [parameters["text"] for method, parameters, _ in calls if method == "sendMessage"]
                outages, errors = (sum(text in _SENTENCES[name] for text in texts) for name in ("outage", "error"))
                return Asked(seconds, count - len(seconds), outages, errors, slip)
            await asyncio.sleep(0.1)


async def introduce(person: Person, code: str, seconds: float = 120.0) -> float:
    """/start, a language, agreeing; returns when the first button was answered (monotonic seconds)."""
    await person.writes("/start")
    await person.reads(1, seconds)
    await person.presses(f"language:{code}")
    await person.reads(1, seconds)
    answered = time.monotonic()
    await person.presses("agree")
    await person.reads(1, seconds)
    return answered


def says(name: str, message: dict[str, Any]) -> bool:
    """Whether a sent message is a certain sentence ("outage" or "error"), in whatever language."""
    return message["html"] in _SENTENCES[name]


def _waits(asked: list[tuple[int, float]], calls: list[tuple[str, dict[str, Any], float]]) -> list[float]:
    """From each question to the first message after it, if that comes before the same person's next question."""
    arrivals: defaultdict[int, list[float]] = defaultdict(list)
    for method, parameters, at in calls:
        if method == "sendMessage":
            arrivals[int(parameters["chat_id"])].append(at)
    waits: list[float] = []
    until: defaultdict[int, float] = defaultdict(lambda: float("inf"))
    for chat, begin in reversed(asked):
        first = next((at for at in arrivals[chat] if begin <= at < until[chat]), None)
        if first is not None:
            waits.append(first - begin)
        until[chat] = begin
    return waits


def _phrases(code: str) -> list[str]:
    return [phrase.text for phrase in read_phrases() if phrase.lang == code]


def _in_some_order(code: str) -> Iterator[str]:
    texts = _phrases(code)
    random.Random(SEED).shuffle(texts)
    return itertools.cycle(texts)


_SENTENCES = {
    name: {STEERING[name](speech(code), load_content()).html for code in languages()} for name in ("outage", "error")
}
