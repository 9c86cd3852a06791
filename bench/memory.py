"""What a running `mittendrin up` takes of the machine's memory, process by process."""

import asyncio

import aiohttp
import psutil

from bench.common import BenchError, house, memory_mb, report, up, while_up
from bench.people import Crowd
from bot.terminal_output import say
from tests.doubles.bot_api import BotApi

PEOPLE, QUESTIONS, RATE = 50, 200, 5.0


def run() -> None:
    """Measure and report."""
    taken, unit = asyncio.run(_measure()), _unit()
    rows = {name: {"mb": mb} for name, mb in taken.items()}
    report(f"Memory after {QUESTIONS} answered questions ({unit})", rows, {**taken, "of": unit})


async def _measure() -> dict[str, float]:
    api = BotApi()
    try:
        with house(await api.start()) as (settings, variables, _model):
            async with up(variables) as process:
                await while_up(process, variables, _ask(api))
                async with (
                    aiohttp.ClientSession() as session,
                    session.get(f"http://127.0.0.1:{settings.mittendrin_port}/health") as response,
                ):
                    states = (await response.json())["processes"]
                children = {name: psutil.Process(state["pid"]) for name, state in states.items()}
                taken = {name: memory_mb(child) for name, child in children.items()}
                taken = {"supervisor": memory_mb(psutil.Process(process.pid), offspring=False), **taken}
                return {**taken, "total": round(sum(taken.values()), 1)}
    finally:
        await api.stop()


async def _ask(api: BotApi) -> None:
    crowd = Crowd(api, PEOPLE)
    await crowd.agree()
    say(f"{QUESTIONS} questions …")
    asked = await crowd.ask(RATE, QUESTIONS)
    # An error is an answer too, and no reason to measure nothing; without Rasa the figures would mean nothing.
    if asked.unanswered or asked.outages:
        raise BenchError(f"of {QUESTIONS} questions {asked.unanswered} got no answer, {asked.outages} only an excuse")
    if asked.errors:
        say(f"{asked.errors} of {QUESTIONS} questions failed in the bot")


def _unit() -> str:
    try:
        return "PSS" if hasattr(psutil.Process().memory_full_info(), "pss") else "RSS"
    except psutil.AccessDenied:
        return "RSS"
