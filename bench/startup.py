"""How long after `mittendrin up` the first button and the first question are answered."""

import asyncio
import time
from collections.abc import Awaitable
from statistics import median
from typing import Any

from bench.common import BenchError, house, report, up, while_up
from bench.people import introduce, says
from bot.terminal_output import say
from tests.doubles.bot_api import BotApi, Person

QUESTION = "Wie melde ich mein Kind in der Kita an?"
BUTTON = "topic:kita_fees"
LONGEST = 180.0


def run(times: int) -> None:
    """Measure so many times and report the medians."""
    runs = []
    for number in range(1, times + 1):
        runs.append(asyncio.run(_measure()))
        say(f"run {number} of {times}: {runs[-1]}")
    figures: dict[str, Any] = {
        kind: {key: round(median(run[kind][key] for run in runs), 2) for key in runs[0][kind]}
        for kind in ("cold", "warm")
    }
    report("From `mittendrin up` to the first answers", figures, {**figures, "runs": times})


async def _measure() -> dict[str, dict[str, float]]:
    # One server for both runs: a new one would number its updates anew, and the bot would take them for repeated.
    api = BotApi()
    try:
        with house(await api.start()) as (_settings, variables, _model):
            person = api.person(1, "de")
            cold = await _once(variables, _arrives(person))
            return {"cold": cold, "warm": await _once(variables, _returns(person, api.sent[person.chat][-1]))}
    finally:
        await api.stop()


async def _once(variables: dict[str, str], talk: Awaitable[tuple[float, float, int]]) -> dict[str, float]:
    begin = time.monotonic()
    async with up(variables) as process:
        pressed, answered, outages = await while_up(process, variables, talk)
        return {"button_s": pressed - begin, "question_s": answered - begin, "outages": outages}


async def _arrives(person: Person) -> tuple[float, float, int]:
    """A newcomer, who has to agree before she can ask."""
    pressed = await introduce(person, "de", LONGEST)
    return pressed, *await _answered(person)


async def _returns(person: Person, message: dict[str, Any]) -> tuple[float, float, int]:
    """Somebody known, who presses a button of an old message."""
    person.skip()
    await person.taps(BUTTON, message)
    await person.reads(1, LONGEST)
    pressed = time.monotonic()
    return pressed, *await _answered(person)


async def _answered(person: Person) -> tuple[float, int]:
    """Ask until the answer is no excuse for Rasa being down; when that was, and how many excuses came before."""
    outages, deadline = 0, time.monotonic() + LONGEST
    while time.monotonic() < deadline:
        person.skip()
        await person.writes(QUESTION)
        (message,) = await person.reads(1, LONGEST)
        if says("error", message):
            raise BenchError(f"the bot failed on {QUESTION!r}")
        if not says("outage", message):
            return time.monotonic(), outages
        outages += 1
        await asyncio.sleep(0.1)
    raise BenchError(f"{outages} excuses and no answer within {LONGEST:.0f} s")
