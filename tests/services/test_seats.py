"""Seats and waiting lists, on both databases: the rule by example, and what must hold whatever people do."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlmodel import Session, select

from actions.services import seats
from actions.services.seats import Cancelled, NotEnoughSeats, Refused, Seated, Waiting, Wish
from storage import events as table
from storage.engine import Database, migrate, open_database
from storage.models import Delivery, Event, Party
from tests.conftest import NOW

CITY = ZoneInfo("Europe/Berlin")
START = NOW + timedelta(days=10)


def event(session: Session, number: int | None = 20, **values: object) -> int:
    made = Event(key=f"trip{id(values)}", starts_at=START, ends_at=START + timedelta(hours=3), seats=number, **values)
    table.add(session, made)
    return made.id


def come(session: Session, trip: int, size: int, now: datetime = NOW, person: int = 1) -> Seated | Waiting | Refused:
    return seats.sign_up(session, trip, person, Wish("Amira", 1, size - 1), now, CITY)


def states(session: Session, trip: int) -> list[tuple[int, str]]:
    every = ("seated", "waiting", "offered", "cancelled", "lapsed")
    return [(party.size, party.state) for party in table.parties(session, trip, every)]


def told(session: Session) -> list[str]:
    keys = [row.key.split(":")[0] for row in session.exec(select(Delivery).where(Delivery.state == "queued"))]
    return sorted(key for key in keys if key != "remind")


def deliver(session: Session) -> None:
    """As if everything had been sent."""
    for row in session.exec(select(Delivery).where(Delivery.state == "queued")):
        row.state = "sent"


@pytest.fixture
def session(any_database: Database) -> Session:
    with any_database.session() as opened:
        yield opened


def test_a_family_is_seated_whole_or_waits_whole(session: Session) -> None:
    trip = event(session, 5)
    assert isinstance(come(session, trip, 4), Seated)
    waiting = come(session, trip, 2)
    assert isinstance(waiting, Waiting) and waiting.ahead == 0
    assert isinstance(come(session, trip, 1), Seated)  # fits beside the four; it passes the two once
    assert states(session, trip) == [(4, "seated"), (2, "waiting"), (1, "seated")]


def test_a_freed_seat_is_offered_to_the_first_that_fits_and_she_is_told(session: Session) -> None:
    trip = event(session, 4)
    first = come(session, trip, 3)
    come(session, trip, 1)
    come(session, trip, 4)
    come(session, trip, 2)
    assert seats.cancel(session, first.party_id, NOW, CITY) == Cancelled(first.party_id, "seated")
    assert states(session, trip) == [(3, "cancelled"), (1, "seated"), (4, "waiting"), (2, "offered")]
    assert told(session) == ["offer"]


def test_an_offer_is_accepted_declined_or_lapses(session: Session) -> None:
    trip = event(session, 2)
    there = come(session, trip, 2)
    one, two, three = (come(session, trip, 2) for _ in range(3))
    seats.cancel(session, there.party_id, NOW, CITY)
    seats.cancel(session, one.party_id, NOW, CITY)  # declined: the next one is asked
    assert states(session, trip)[2] == (2, "offered")
    assert told(session) == ["offer"]  # that to the one who declined is dropped
    deliver(session)
    assert seats.tick(session, NOW + seats.OFFER_LASTS - timedelta(minutes=1), CITY) == 0
    evening = NOW + timedelta(hours=24)
    assert seats.tick(session, evening, CITY) == 1
    assert states(session, trip)[2:] == [(2, "lapsed"), (2, "offered")]
    assert seats.accept(session, two.party_id, evening, CITY) == Refused("lapsed")
    assert seats.accept(session, three.party_id, evening, CITY) == Seated(three.party_id)
    assert seats.accept(session, three.party_id, evening, CITY) == Seated(three.party_id)  # a second tap
    assert told(session) == ["lapsed", "offer"]


def test_an_offer_accepted_a_minute_too_late_has_moved_on(session: Session) -> None:
    trip = event(session, 2)
    there, one, _two = (come(session, trip, 2) for _ in range(3))
    seats.cancel(session, there.party_id, NOW, CITY)
    until = table.party(session, one.party_id).offered_until
    assert seats.accept(session, one.party_id, until, CITY) == Refused("lapsed")
    assert states(session, trip)[1:] == [(2, "lapsed"), (2, "offered")]


def test_an_offer_that_could_not_be_sent_does_not_lapse(session: Session) -> None:
    trip = event(session, 2)
    there, one, _two = (come(session, trip, 2) for _ in range(3))
    seats.cancel(session, there.party_id, NOW, CITY)
    awake = NOW + timedelta(days=3)  # the machine slept
    assert seats.tick(session, awake, CITY) == 0
    assert table.party(session, one.party_id).offered_until == seats.offer_ends(table.get(session, trip), awake, CITY)
    at_deadline = START - seats.CLOSES_BEFORE
    assert seats.tick(session, at_deadline, CITY) == 1
    assert table.party(session, one.party_id).state == "lapsed"


def test_a_large_family_is_passed_three_times_and_then_seats_are_kept_for_it(session: Session) -> None:
    trip = event(session, 4)
    there = [come(session, trip, 1).party_id for _ in range(4)]
    large = come(session, trip, 3).party_id
    small = [come(session, trip, 1).party_id for _ in range(5)]
    for party in there[:3]:
        seats.cancel(session, party, NOW, CITY)
    assert [table.party(session, party).state for party in small[:4]] == ["offered"] * 3 + ["waiting"]
    assert table.party(session, large).passed == seats.PASSED_AT_MOST
    seats.cancel(session, there[3], NOW, CITY)
    assert table.party(session, small[3]).state == "waiting"  # the free seat is kept
    assert isinstance(come(session, trip, 1), Waiting)  # for newcomers too
    for party in small[:2]:
        seats.cancel(session, party, NOW, CITY)
    assert table.party(session, large).state == "offered"


def test_the_day_before_the_deadline_no_seat_is_kept_empty(session: Session) -> None:
    trip = event(session, 3)
    there = [come(session, trip, 1).party_id for _ in range(3)]
    large = come(session, trip, 3).party_id
    for party in (come(session, trip, 1).party_id for _ in range(3)):
        seats.cancel(session, there.pop(), NOW, CITY)
        seats.accept(session, party, NOW, CITY)
    last = come(session, trip, 1).party_id
    seats.cancel(session, session.exec(select(Party.id).where(Party.state == "seated")).first(), NOW, CITY)
    assert table.party(session, last).state == "waiting"
    late = START - timedelta(hours=24)
    assert seats.tick(session, late, CITY) == 1
    assert table.party(session, last).state == "offered"
    assert table.party(session, large).state == "waiting"


def test_nobody_is_offered_anything_at_night_and_nobody_slips_in(session: Session) -> None:
    trip = event(session, 2)
    there, waiting = come(session, trip, 2), come(session, trip, 2)
    night = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
    seats.cancel(session, there.party_id, night, CITY)
    assert table.party(session, waiting.party_id).state == "waiting"
    assert isinstance(come(session, trip, 1, night), Waiting)
    assert seats.tick(session, night, CITY) == 0
    morning = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)  # 8:00 in Dorsten
    assert seats.tick(session, morning, CITY) == 1
    assert table.party(session, waiting.party_id).state == "offered"


@pytest.mark.parametrize(
    ("made", "ends"),
    [
        (datetime(2026, 11, 24, 8, 0, tzinfo=CITY), datetime(2026, 11, 24, 20, 0, tzinfo=CITY)),
        (datetime(2026, 11, 24, 9, 30, tzinfo=CITY), datetime(2026, 11, 25, 10, 0, tzinfo=CITY)),
        (datetime(2026, 11, 24, 18, 0, tzinfo=CITY), datetime(2026, 11, 25, 10, 0, tzinfo=CITY)),
        (datetime(2026, 11, 24, 20, 59, tzinfo=CITY), datetime(2026, 11, 25, 10, 0, tzinfo=CITY)),
        (datetime(2026, 12, 3, 8, 0, tzinfo=CITY), datetime(2026, 12, 3, 10, 0, tzinfo=CITY)),  # START - 1 h
    ],
)
def test_an_offer_ends_neither_at_night_nor_after_the_deadline(made: datetime, ends: datetime) -> None:
    trip = Event(key="trip", starts_at=datetime(2026, 12, 3, 11, 0, tzinfo=CITY), ends_at=START)
    assert seats.offer_ends(trip, made, CITY) == ends


def test_another_size(session: Session) -> None:
    trip = event(session, 5)
    mine = come(session, trip, 3).party_id
    assert seats.change(session, mine, 2, 3, NOW, CITY) == Seated(mine)
    assert seats.change(session, mine, 2, 4, NOW, CITY) == Refused("too_many")
    other = come(session, trip, 2).party_id
    assert seats.change(session, mine, 2, 1, NOW, CITY) == Seated(mine)
    assert table.party(session, other).state == "offered"
    assert seats.change(session, mine, 2, 2, NOW, CITY) == NotEnoughSeats(mine, 0)
    assert table.party(session, mine).size == 3


def test_a_smaller_family_that_waits_may_fit_at_once(session: Session) -> None:
    trip = event(session, 3)
    come(session, trip, 2)
    mine = come(session, trip, 2).party_id
    assert seats.change(session, mine, 1, 0, NOW, CITY) == Seated(mine)


@pytest.mark.parametrize(
    ("values", "now", "size", "why"),
    [
        ({"status": "draft"}, NOW, 1, "draft"),
        ({"status": "cancelled"}, NOW, 1, "cancelled"),
        ({}, START, 1, "over"),
        ({}, START - timedelta(minutes=30), 1, "closed"),
        ({"closes_at": NOW}, NOW, 1, "closed"),
        ({"opens_at": NOW + timedelta(days=1)}, NOW, 1, "not_open"),
        ({}, NOW, 0, "nobody"),
        ({}, NOW, 21, "too_many"),
    ],
)
def test_what_is_refused(session: Session, values: dict[str, object], now: datetime, size: int, why: str) -> None:
    assert come(session, event(session, **values), size, now) == Refused(why)


def test_an_unknown_event_and_an_unknown_party(session: Session) -> None:
    assert come(session, 999, 1) == Refused("unknown")
    assert seats.cancel(session, 999, NOW, CITY) == Refused("unknown")


def test_without_a_limit_everybody_comes(session: Session) -> None:
    trip = event(session, None)
    assert all(isinstance(come(session, trip, 6), Seated) for _ in range(20))


def test_cancelling_twice_changes_nothing(session: Session) -> None:
    trip = event(session, 2)
    mine = come(session, trip, 1).party_id
    seats.cancel(session, mine, NOW, CITY)
    assert seats.cancel(session, mine, NOW, CITY) == Refused("lapsed")


class Families(RuleBasedStateMachine):
    """Whatever families do, and whenever: the promises hold after each step."""

    @initialize(number=st.integers(1, 12))
    def begin(self, number: int) -> None:
        self.database = open_database("sqlite://")
        migrate(self.database)
        self.now, self.number = NOW, number
        with self.database.session() as session:
            self.trip = event(session, number)

    def active(self, *wanted: str) -> list[Party]:
        with self.database.session() as session:
            return table.parties(session, self.trip, wanted or table.ACTIVE)

    @rule(size=st.integers(1, 6))
    def arrives(self, size: int) -> None:
        with self.database.session() as session:
            come(session, self.trip, size, self.now)

    @precondition(lambda self: self.active())
    @rule(data=st.data())
    def cancels(self, data: st.DataObject) -> None:
        party = data.draw(st.sampled_from([party.id for party in self.active()]))
        with self.database.session() as session:
            assert isinstance(seats.cancel(session, party, self.now, CITY), Cancelled)

    @precondition(lambda self: self.active())
    @rule(data=st.data(), size=st.integers(1, 6))
    def changes(self, data: st.DataObject, size: int) -> None:
        party = data.draw(st.sampled_from([party.id for party in self.active()]))
        with self.database.session() as session:
            seats.change(session, party, 1, size - 1, self.now, CITY)

    @precondition(lambda self: self.active("offered"))
    @rule(data=st.data())
    def accepts(self, data: st.DataObject) -> None:
        party = data.draw(st.sampled_from([party.id for party in self.active("offered")]))
        with self.database.session() as session:
            seats.accept(session, party, self.now, CITY)

    @rule(hours=st.integers(1, 20))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        with self.database.session() as session:
            deliver(session)
            seats.tick(session, self.now, CITY)

    @invariant()
    def never_a_seat_too_many(self) -> None:
        assert sum(party.size for party in self.active(*table.HOLDING)) <= self.number

    @invariant()
    def nobody_is_passed_for_ever(self) -> None:
        if self.now < START - seats.CLOSES_BEFORE - seats.HOLD_ENDS:
            assert all(party.passed <= seats.PASSED_AT_MOST for party in self.active())

    @invariant()
    def by_day_no_seat_stays_free_that_somebody_may_have(self) -> None:
        if seats.is_quiet(self.now, CITY) or self.now >= START - seats.CLOSES_BEFORE:
            return
        free = self.number - sum(party.size for party in self.active(*table.HOLDING))
        for party in self.active("waiting"):
            if party.size <= free:
                kept = [other for other in self.active("waiting") if other.id < party.id and other.passed >= 3]
                assert kept, f"{party.size} fit into {free}"

    @invariant()
    def everybody_is_told_once(self) -> None:
        with self.database.session() as session:
            offers = session.exec(select(Delivery.party_id).where(Delivery.key.startswith("offer"))).all()
            assert len(offers) == len(set(offers))
            assert {party.id for party in self.active("offered")} <= set(offers)

    def teardown(self) -> None:
        self.database.close()


TestFamilies = Families.TestCase
TestFamilies.settings = settings(max_examples=40, stateful_step_count=30)
