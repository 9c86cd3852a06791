"""Many people who want the same seats at the same moment, from several processes, on both databases."""

import multiprocessing
import random
import time
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import select

from actions.services import seats
from actions.services.seats import Refused, Seated, Waiting, Wish
from bench.common import report
from bot.terminal_output import say
from storage import events as table
from storage.engine import migrate, open_database
from storage.models import Delivery, Event
from tests.doubles.postgres import postgres

CITY = ZoneInfo("Europe/Berlin")
# A Monday at noon: offers are made at once.
NOW = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
SEATS, LARGEST = 20, 6
Told = list[tuple[int, str]]


def run(people: int, cancelling: int, processes: int) -> None:
    """Measure SQLite and PostgreSQL, and report."""
    figures: dict[str, dict[str, Any]] = {}
    with TemporaryDirectory(prefix="mittendrin-bench-") as folder:
        figures["sqlite"] = measure(f"sqlite:///{Path(folder) / 'seats.db'}", people, cancelling, processes)
    with postgres() as url:
        if url is None:
            say("NO POSTGRESQL on this machine: measured on SQLite only.")
        else:
            figures["postgresql"] = measure(url, people, cancelling, processes)
    report("Sign-ups at the same moment", figures, figures)


def measure(url: str, people: int, cancelling: int, processes: int) -> dict[str, Any]:
    """So many people sign up at once and some of them cancel; figures and how often a promise was broken (0 each)."""
    with closing(open_database(url)) as database:
        migrate(database)
        with database.session() as session:
            start = NOW + timedelta(days=10)
            trip = Event(key="trip", starts_at=start, ends_at=start + timedelta(hours=3), seats=SEATS)
            table.add(session, trip)
            trip_id = trip.id
    context = multiprocessing.get_context("spawn")
    begin = context.Barrier(processes + 1)
    results: Any = context.Queue()
    workers = [
        context.Process(target=_worker, args=(url, trip_id, range(n, people, processes), cancelling, begin, results))
        for n in range(processes)
    ]
    for worker in workers:
        worker.start()
    begin.wait()
    started = time.perf_counter()
    told: Told = []
    oversold = transactions = 0
    for _ in workers:
        own, over, count = results.get()
        told += own
        oversold += over
        transactions += count
    seconds = time.perf_counter() - started
    for worker in workers:
        worker.join()
    return {
        "people": people,
        "processes": processes,
        "transactions": transactions,
        "per_s": round(transactions / seconds, 1),
        "oversold": oversold,
        **_broken(url, trip_id, told, people),
    }


def _worker(url: str, trip: int, people: range, cancelling: int, begin: Any, results: Any) -> None:
    chance = random.Random(people.start)
    told: Told = []
    mine: list[int] = []
    oversold = count = 0
    with closing(open_database(url)) as database:
        begin.wait()
        for person in people:
            size = chance.randint(1, LARGEST)
            with database.session() as session:
                done = seats.sign_up(session, trip, person, Wish(f"p{person}", 1, size - 1), NOW, CITY)
                oversold += table.held(session, trip) > SEATS
            count += 1
            if isinstance(done, Seated | Waiting):
                told.append((done.party_id, type(done).__name__))
                mine.append(done.party_id)
            if mine and chance.random() < cancelling / (people.stop or 1):
                party = mine.pop(chance.randrange(len(mine)))
                with database.session() as session:
                    gone = seats.cancel(session, party, NOW, CITY)
                    oversold += table.held(session, trip) > SEATS
                count += 1
                told.append((party, "Refused" if isinstance(gone, Refused) else "Cancelled"))
    results.put((told, oversold, count))


def _broken(url: str, trip: int, told: Told, people: int) -> dict[str, int]:
    """How often a promise was broken: a family lost or told twice, the order of the list, a free seat nobody got."""
    every = ("seated", "offered", "waiting", "cancelled", "lapsed")
    with closing(open_database(url)) as database, database.session() as session:
        event = table.get(session, trip)
        parties = table.parties(session, trip, every)
        offers = Counter(session.exec(select(Delivery.party_id).where(Delivery.key.startswith("offer:"))).all())
        free = seats.free_seats(session, event) if event else 0
    answers = Counter(party for party, what in told if what in ("Seated", "Waiting"))
    kept = False
    unserved = 0
    for party in (party for party in parties if party.state == "waiting"):
        unserved += party.size <= (free or 0) and not kept
        kept = kept or party.passed >= seats.PASSED_AT_MOST
    return {
        "lost": people - len(parties) + sum(party.id not in answers for party in parties),
        "told_twice": sum(count > 1 for count in answers.values()) + sum(count > 1 for count in offers.values()),
        "offers_untold": sum(party.state == "offered" and not offers[party.id] for party in parties),
        "passed_too_often": sum(party.passed > seats.PASSED_AT_MOST for party in parties),
        "unserved": unserved,
    }
