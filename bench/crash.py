"""`kill -9` of the bot at random moments while reminders go out: is anybody lost, and how many hear twice?"""

import asyncio
import os
import random
import signal
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp

from bench.common import BenchError, house, report
from bot.house import utc_now
from bot.services import free_port, prepare_database, rasa_at_hand
from bot.terminal_output import say
from storage import outbox
from storage.engine import Database, open_database
from storage.models import Delivery, Person
from tests.doubles.bot_api import BotApi

PAYLOAD = '{"what": "personal", "text": "Anmeldung in der Kita"}'
# From the bot's start to its death: reminders begin to go out as soon as it is up.
LONGEST_LIFE = 1.5
STARTS_SECONDS, DONE_SECONDS = 60.0, 600.0


def run(kills: int, reminders: int) -> None:
    """Kill, restart, count and report."""
    asyncio.run(_run(kills, reminders))


async def _run(kills: int, reminders: int) -> None:
    api = BotApi()
    with house(await api.start()) as (settings, variables, model):
        prepare_database(settings)
        database = open_database(settings.database)
        fill(database, reminders)
        async with rasa_at_hand(settings, model, ["rasa"]) as (url, token):
            names = {"MITTENDRIN_RASA_URL": url, "MITTENDRIN_RASA_TOKEN": token}
            environment = {**os.environ, **variables, **names, "DATABASE_URL": settings.database}
            in_flight = await _kill(database, environment, settings.data, kills)
            process = await _start(environment, settings.data)
            await _finish(database)
            process.terminate()
            await process.wait()
        figures = _counted(api, database, reminders, in_flight)
        database.close()
    await api.stop()
    report("Crashes", {"crash": figures}, figures)


def fill(database: Database, reminders: int) -> None:
    """So many people, each with a reminder that is due now."""
    now = utc_now()
    with database.session() as session:
        for number in range(1, reminders + 1):
            session.add(Person(id=number, channel="telegram", address=str(number), language="de", consented_at=now))
        values = {"payload": PAYLOAD, "priority": 20, "due_at": now, "expires_at": now + timedelta(days=1)}
        for number in range(1, reminders + 1):
            outbox.add_once(session, Delivery(key=f"personal:{number}", person_id=number, **values))


async def _kill(database: Database, environment: dict[str, str], folder: Path, kills: int) -> list[int]:
    """Kill that often; returns how many were in flight each time."""
    chance, in_flight = random.Random(1), []
    for number in range(kills):
        process = await _start(environment, folder)
        await asyncio.sleep(chance.uniform(0, LONGEST_LIFE))
        process.send_signal(signal.SIGKILL)
        await process.wait()
        with database.session() as session:
            in_flight.append(len(outbox.unfinished(session)))
            left = outbox.counts(session).get("queued", 0)
        if number % 10 == 9:
            say(f"{number + 1} kills, {left} reminders to go")
        if not left:
            raise BenchError(f"All reminders were out after {number + 1} kills; give more with --reminders.")
    return in_flight


async def _start(environment: dict[str, str], folder: Path) -> asyncio.subprocess.Process:
    port = free_port()
    with (folder / "bot.log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot.telegram_bot", "--port", str(port)), env=environment, stdout=log, stderr=log
        )
    async with aiohttp.ClientSession() as session, asyncio.timeout(STARTS_SECONDS):
        while True:
            try:
                async with session.get(f"http://127.0.0.1:{port}/health"):
                    return process
            except aiohttp.ClientError:
                await asyncio.sleep(0.05)


async def _finish(database: Database) -> None:
    async with asyncio.timeout(DONE_SECONDS):
        while True:
            with database.session() as session:
                counts = outbox.counts(session)
            if not counts.get("queued") and not counts.get("sending"):
                return
            await asyncio.sleep(0.5)


def _counted(api: BotApi, database: Database, reminders: int, in_flight: list[int]) -> dict[str, Any]:
    heard = Counter({chat: len(messages) for chat, messages in api.sent.items()})
    with database.session() as session:
        known = outbox.repeated(session)
    return {
        "reminders": reminders,
        "kills": len(in_flight),
        "lost": sum(heard[chat] == 0 for chat in range(1, reminders + 1)),
        "duplicates": sum(count - 1 for count in heard.values() if count > 1),
        "marked_as_possibly_twice": known,
        "in_flight_max": max(in_flight, default=0),
    }
