"""What a turn, a sign-up and a tick of the outbox cost with many people and events stored, against few."""

import asyncio
import statistics
import time
from collections import defaultdict
from contextlib import ExitStack, closing
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from actions.services import outbox, seats
from actions.services.seats import Wish
from bench.common import house, report
from bot.clients.rasa import RasaClient
from bot.conversation.conversation import Conversation, Who
from bot.conversation.press import press
from bot.house import build_conversation, utc_now
from bot.services import prepare_database
from bot.terminal_output import say
from storage.engine import Database, open_database
from storage.models import Delivery, Event, EventText, Party, Person

SMALL, LARGE = (1_000, 10), (100_000, 1_000)
TIMES = 200
CHUNK = 5_000


def run() -> None:
    """Measure both side by side, so that other work on the machine meets both, and report the ratios."""
    with house() as (settings, _variables, _model), ExitStack() as stack:
        conversations = {}
        for name, (people, events) in (("small", SMALL), ("large", LARGE)):
            say(f"{people} people and {events} events …")
            folder = stack.enter_context(TemporaryDirectory(prefix="mittendrin-bench-"))
            own = settings.model_copy(update={"database_url": f"sqlite:///{Path(folder) / 'scale.db'}"})
            prepare_database(own)
            database = stack.enter_context(closing(open_database(own.database)))
            _fill(database, people, events)
            conversations[name] = build_conversation(own, database, RasaClient("http://127.0.0.1:9"))
        costs = asyncio.run(_measure(conversations))
    ratios = {f"{key}_ratio": round(costs["large"][key] / costs["small"][key], 2) for key in costs["small"]}
    figures: dict[str, Any] = {**{f"{name}_ms": row for name, row in costs.items()}, **ratios}
    report("With 100 times as much stored (median ms)", {**costs, "ratio": ratios}, figures)


def _fill(database: Database, people: int, events: int) -> None:
    now = utc_now()
    for first in range(1, people + 1, CHUNK):
        with database.session() as session:
            chunk = range(first, min(first + CHUNK, people + 1))
            session.add_all(
                Person(id=n, channel="telegram", address=str(n), language="ar", consented_at=now) for n in chunk
            )
            session.add_all(
                Delivery(
                    key=f"remind:{n}",
                    person_id=n,
                    payload='{"what": "personal", "text": "x"}',
                    priority=20,
                    # All but a few wait for another day, as reminders do.
                    due_at=now if n <= 2 * TIMES else now + timedelta(days=7, seconds=n),
                )
                for n in chunk
            )
    with database.session() as session:
        for n in range(1, events + 1):
            start = now + timedelta(days=5, hours=n)
            session.add(Event(id=n, key=f"e{n}", starts_at=start, ends_at=start + timedelta(hours=2), seats=10_000))
            session.add(EventText(event_id=n, language="de", title=f"Ausflug {n}"))
            for person in range(1, 51):
                session.add(Party(event_id=n, person_id=person, name="x", adults=1, state="seated", arrived_at=now))


async def _measure(conversations: dict[str, Conversation]) -> dict[str, dict[str, float]]:
    """The median of each thing for each conversation, by turns."""
    seconds: dict[str, dict[str, list[float]]] = {name: defaultdict(list) for name in conversations}
    for number in range(1, TIMES + 1):
        for name, conversation in conversations.items():
            for key, work in (("turn", _turn), ("sign_up", _sign_up), ("tick", _tick)):
                begin = time.perf_counter()
                await work(conversation, number)
                seconds[name][key].append(time.perf_counter() - begin)
    return {
        name: {key: round(1000 * statistics.median(values), 3) for key, values in row.items()}
        for name, row in seconds.items()
    }


async def _turn(conversation: Conversation, number: int) -> None:
    await press(conversation, Who("telegram", str(number)), "event:5")


async def _sign_up(conversation: Conversation, number: int) -> None:
    await conversation.stored(seats.sign_up, 6, number, Wish("x", 1), utc_now(), conversation.zone)


async def _tick(conversation: Conversation, _number: int) -> None:
    (due,) = await conversation.stored(outbox.next_due, utc_now(), conversation.zone, 1)
    await conversation.stored(outbox.sent, due, utc_now())
