"""What is sent unasked: when, in which order, once, and only while it is true. On both databases."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session, select

from actions.services import notices, outbox, people, seats
from actions.services.outbox import Due
from actions.services.seats import Wish
from storage import events as table
from storage.engine import Database
from storage.models import Delivery, Event, EventText, Person
from tests.conftest import NOW

CITY = ZoneInfo("Europe/Berlin")


def at(day: str, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(datetime.fromisoformat(day), datetime.min.time().replace(hour, minute), CITY)


def event(session: Session, starts_at: datetime, number: int | None = None, key: str = "trip") -> Event:
    made = Event(key=key, starts_at=starts_at, ends_at=starts_at + timedelta(hours=2), seats=number)
    table.add(session, made)
    table.put_text(session, EventText(event_id=made.id, language="de", title="Ausflug ins Museum"))
    return made


def person(session: Session, address: str, language: str = "ar") -> int:
    return people.agree(session, "telegram", address, language, NOW).id


def due(session: Session, now: datetime, limit: int = 25) -> list[Due]:
    return outbox.next_due(session, now, CITY, limit)


def states(session: Session) -> dict[str, str]:
    session.flush()
    session.expire_all()
    return {row.key.split(":", 1)[0] + ":" + row.key.rsplit(":", 1)[1]: row.state for row in deliveries(session)}


def deliveries(session: Session) -> list[Delivery]:
    return list(session.exec(select(Delivery).order_by(Delivery.id)))


@pytest.fixture
def session(any_database: Database) -> Iterator[Session]:
    with any_database.session() as opened:
        yield opened


@pytest.mark.parametrize(
    ("starts", "day_before", "shortly"),
    [
        (at("2026-12-03", 15), at("2026-12-02", 18), at("2026-12-03", 13)),
        (at("2026-12-03", 9), at("2026-12-02", 18), at("2026-12-03", 8)),  # 7:00 is quiet
        (at("2026-12-03", 8, 15), at("2026-12-02", 18), None),  # 8:00 would be too late; she heard the evening before
        (at("2026-12-03", 23, 30), at("2026-12-02", 18), at("2026-12-03", 20, 59)),
        (at("2027-03-28", 15), at("2027-03-27", 18), at("2027-03-28", 13)),  # the night before the clocks go forward
        (at("2026-10-25", 15), at("2026-10-24", 18), at("2026-10-25", 13)),  # … and back
    ],
)
def test_reminders_come_at_the_citys_time(starts: datetime, day_before: datetime, shortly: datetime | None) -> None:
    planned = notices.reminders(Event(key="trip", starts_at=starts.astimezone(UTC), ends_at=starts), CITY)
    assert planned["day_before"][0] == day_before
    assert planned.get("shortly", (None,))[0] == shortly
    assert all(expires <= starts for _, expires in planned.values())


def test_who_signs_up_is_reminded_twice_and_each_once(session: Session) -> None:
    trip = event(session, at("2026-12-03", 15))
    seats.sign_up(session, trip.id, person(session, "1"), Wish("Amira", 1), NOW, CITY)
    assert due(session, at("2026-12-02", 17, 59)) == []
    (evening,) = due(session, at("2026-12-02", 18))
    assert (evening.address, evening.language, evening.reply.what) == ("1", "ar", "day_before")
    assert evening.reply.event.texts[0].title == "Ausflug ins Museum"
    assert due(session, at("2026-12-02", 18)) == []  # claimed
    outbox.sent(session, evening, at("2026-12-02", 18))
    (shortly,) = due(session, at("2026-12-03", 13))
    assert shortly.reply.what == "shortly"


def test_who_signs_up_late_gets_only_the_reminder_that_is_still_to_come(session: Session) -> None:
    trip = event(session, at("2026-12-03", 15))
    seats.sign_up(session, trip.id, person(session, "1"), Wish("Amira", 1), at("2026-12-02", 20), CITY)
    assert [row.key.split(":")[-1] for row in deliveries(session)] == ["shortly"]


def test_a_machine_asleep_for_three_days_sends_only_what_still_makes_sense(session: Session) -> None:
    amira = person(session, "1")
    missed, soon = event(session, at("2026-12-03", 15), key="a"), event(session, at("2026-12-06", 10), key="b")
    for trip in (missed, soon):
        seats.sign_up(session, trip.id, amira, Wish("Amira", 1), NOW, CITY)
    (only,) = due(session, at("2026-12-05", 19))
    assert (only.reply.event.id, only.reply.what) == (soon.id, "day_before")
    assert sorted(row.state for row in deliveries(session)) == ["late", "late", "queued", "sending"]


def test_nothing_is_sent_at_night_and_all_of_it_in_the_morning(session: Session) -> None:
    trip = event(session, at("2026-12-03", 15))
    seats.sign_up(session, trip.id, person(session, "1"), Wish("Amira", 1), NOW, CITY)
    assert due(session, at("2026-12-02", 21)) == []  # it should have gone at 18:00, but the machine slept
    assert due(session, at("2026-12-03", 3)) == []
    assert [each.reply.what for each in due(session, at("2026-12-03", 8))] == ["day_before"]


def test_offers_go_before_reminders_and_a_person_gets_one_message_at_a_time(session: Session) -> None:
    amira, oksana = person(session, "1"), person(session, "2", "uk")
    trip, full = event(session, at("2026-12-03", 15)), event(session, at("2026-12-20", 15), 1, "full")
    for who in (amira, oksana):
        seats.sign_up(session, trip.id, who, Wish("x", 1), NOW, CITY)
    there = seats.sign_up(session, full.id, amira, Wish("x", 1), NOW, CITY)
    seats.sign_up(session, full.id, oksana, Wish("x", 1), NOW, CITY)
    seats.cancel(session, there.party_id, at("2026-12-02", 18), CITY)
    first = due(session, at("2026-12-02", 18))
    assert [(each.address, each.reply.what) for each in first] == [("2", "offer"), ("1", "day_before")]
    for each in first:
        outbox.sent(session, each, NOW)
    assert [(each.address, each.reply.what) for each in due(session, at("2026-12-02", 18, 1))] == [("2", "day_before")]


def test_no_more_than_the_limit_is_in_flight(session: Session) -> None:
    trip = event(session, at("2026-12-03", 15))
    for number in range(9):
        seats.sign_up(session, trip.id, person(session, str(number)), Wish("x", 1), NOW, CITY)
    assert len(due(session, at("2026-12-02", 18), 4)) == 4
    assert len(due(session, at("2026-12-02", 18), 25)) == 5


def test_who_has_stopped_or_blocked_us_or_is_gone_gets_nothing(session: Session) -> None:
    trip = event(session, at("2026-12-03", 15))
    persons = [person(session, str(number)) for number in range(3)]
    for who in persons:
        seats.sign_up(session, trip.id, who, Wish("x", 1), NOW, CITY)
    people.mute(session, persons[0], NOW)
    people.block(session, persons[1], NOW)
    session.delete(session.get(Person, persons[2]))
    session.flush()
    assert due(session, at("2026-12-02", 18)) == []
    assert sorted(row.state for row in deliveries(session) if row.state != "queued") == ["blocked", "dropped", "muted"]


def test_who_talks_in_the_terminal_is_not_taken_for_a_chat(session: Session) -> None:
    trip = event(session, at("2026-12-03", 15))
    here = people.agree(session, "terminal", "1", "de", NOW).id
    seats.sign_up(session, trip.id, here, Wish("x", 1), NOW, CITY)
    assert due(session, at("2026-12-02", 18)) == []


def test_who_has_cancelled_is_not_reminded(session: Session) -> None:
    trip = event(session, at("2026-12-03", 15))
    mine = seats.sign_up(session, trip.id, person(session, "1"), Wish("x", 1), NOW, CITY)
    seats.cancel(session, mine.party_id, NOW, CITY)
    assert {row.state for row in deliveries(session)} == {"dropped"}


def test_what_was_in_flight_when_the_process_died_is_sent_again_and_says_so(session: Session) -> None:
    trip = event(session, at("2026-12-03", 15))
    seats.sign_up(session, trip.id, person(session, "1"), Wish("x", 1), NOW, CITY)
    (first,) = due(session, at("2026-12-02", 18))
    assert first.attempts == 1
    assert outbox.recover(session) == 1
    (again,) = due(session, at("2026-12-02", 18, 1))
    assert (again.delivery_id, again.attempts) == (first.delivery_id, 2)
    outbox.sent(session, again, NOW)
    assert outbox.recover(session) == 0


def test_telegram_out_of_reach_is_tried_again_less_and_less_often_and_not_for_ever(session: Session) -> None:
    trip = event(session, at("2026-12-24", 15))
    seats.sign_up(session, trip.id, person(session, "1"), Wish("x", 1), NOW, CITY)
    now, waited = at("2026-12-23", 18), []
    while found := due(session, now):
        outbox.postponed(session, found[0], now, CITY)
        session.flush()
        session.expire_all()
        row = session.get(Delivery, found[0].delivery_id)
        waited.append(round((row.due_at - now).total_seconds() / 60))
        now = row.due_at
        if row.state == "failed":
            break
    assert waited[:4] == [1, 2, 4, 8]
    assert len(waited) == outbox.TRIES


def test_a_person_who_blocks_the_assistant_is_marked(session: Session) -> None:
    trip = event(session, at("2026-12-03", 15))
    who = person(session, "1")
    seats.sign_up(session, trip.id, who, Wish("x", 1), NOW, CITY)
    (found,) = due(session, at("2026-12-02", 18))
    outbox.blocked(session, found, NOW)
    session.flush()
    session.expire_all()
    assert session.get(Person, who).blocked_at == NOW
    assert due(session, at("2026-12-03", 13)) == []
