"""Which event is meant, and what is on when."""

from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session, select

from actions.event_replies import EventCard, EventList, MySignUps
from actions.replies import NoEventsYet
from actions.services import event_admin, event_asking, event_examples, event_topics, seats
from actions.services.event_topics import Asked
from actions.services.seats import Wish
from storage.engine import Database
from storage.models import Delivery
from tests.conftest import NOW

CITY = ZoneInfo("Europe/Berlin")
AMIRA = 7


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.session() as opened:
        yield opened


@pytest.fixture
def ids(session: Session) -> list[int]:
    """museum, cooking, city walk, music school."""
    return event_examples.enter(session, NOW, CITY)


def asks(session: Session, topic: str, text: str = "", before: int | None = None) -> object:
    return event_topics.reply(session, Asked(topic, text, AMIRA, before), NOW, CITY)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Wann ist die Führung im Museum?", 0),
        ("wann museeum fürung", 0),
        ("when is the tour of the jewish museum", 0),
        ("ez dixwazim ji bo gera muzeyê", 0),
        ("متى جولة المتحف", 0),
        ("müze gezisi ne zaman", 0),
        ("Kochgruppe?", 1),
        ("Rundgang Altstadt", 2),
        ("коли прогулянка старим містом", 2),
        ("Tag in der Musikschule", 3),
    ],
)
def test_an_event_is_named_in_any_of_its_languages_and_misspelt(
    session: Session, ids: list[int], text: str, number: int
) -> None:
    found = asks(session, "event_details", text)
    assert isinstance(found, EventCard) and found.event.id == ids[number]


def test_what_is_on_in_a_period(session: Session, ids: list[int]) -> None:
    found = asks(session, "events_overview", "Was ist nächste Woche los?")
    assert isinstance(found, EventList) and found.period == "next_week"
    assert [event.id for event in found.events] == [ids[1]]
    nothing = asks(session, "events_overview", "was ist heute los")
    assert nothing == EventList("today", ())


def test_what_is_on_without_a_day_is_all_that_is_to_come(session: Session, ids: list[int]) -> None:
    found = asks(session, "events_overview")
    assert isinstance(found, EventList) and [event.id for event in found.events] == [ids[1], ids[0], ids[2], ids[3]]


def test_the_event_before_is_meant_if_none_is_named(session: Session, ids: list[int]) -> None:
    found = asks(session, "event_details", "und was kostet das?", ids[2])
    assert isinstance(found, EventCard) and found.event.id == ids[2]


def test_an_empty_calendar_says_so(session: Session) -> None:
    assert asks(session, "events_overview", "was ist los") == NoEventsYet("events_overview")


def test_drafts_are_not_shown(session: Session, ids: list[int]) -> None:
    event_admin.change(session, ids[0], {"status": "draft"}, NOW, CITY)
    assert event_asking.card(session, ids[0], AMIRA, NOW, CITY) is None
    found = asks(session, "events_overview")
    assert isinstance(found, EventList) and ids[0] not in [event.id for event in found.events]


def test_not_coming_shows_the_one_sign_up(session: Session, ids: list[int]) -> None:
    assert asks(session, "my_signups") == MySignUps(())
    seats.sign_up(session, ids[0], AMIRA, Wish("Amira", 1), NOW, CITY)
    found = asks(session, "excursion_cancel", "wir können nicht kommen")
    assert isinstance(found, EventCard) and [party.name for party in found.parties] == ["Amira"]
    seats.sign_up(session, ids[2], AMIRA, Wish("Amira", 1), NOW, CITY)
    both = asks(session, "excursion_cancel", "wir können nicht kommen")
    assert isinstance(both, MySignUps) and len(both.entries) == 2
    one = asks(session, "excursion_cancel", "wir kommen nicht ins Museum")
    assert isinstance(one, EventCard) and one.event.id == ids[0]


def test_the_list_for_the_day_and_the_team_s_hand(session: Session, ids: list[int]) -> None:
    event_admin.change(session, ids[0], {"seats": 2}, NOW, CITY)
    first = seats.sign_up(session, ids[0], AMIRA, Wish("Amira", 2, interpreter="ar"), NOW, CITY)
    second = seats.sign_up(session, ids[0], AMIRA + 1, Wish("Oksana", 1), NOW, CITY)
    assert event_admin.seat(session, second.party_id, "Jonas", "Kind mit Behinderung", NOW, CITY)
    listed = event_admin.participants(session, ids[0])
    assert [(each.name, each.state, each.interpreter) for each in listed] == [
        ("Amira", "seated", "ar"),
        ("Oksana", "seated", ""),
    ]
    assert event_admin.tick_off(session, first.party_id, True)
    assert event_admin.participants(session, ids[0])[0].attended is True
    assert event_admin.write_to_all(session, ids[0], "Wir treffen uns am Bahnhof.", NOW, CITY) == 2
    assert event_admin.cancel(session, ids[0], "Jonas", "zu wenige", NOW, CITY)
    assert not event_admin.cancel(session, ids[0], "Jonas", "zu wenige", NOW, CITY)


def test_an_event_moved_twice_reminds_once_at_the_last_time(session: Session, ids: list[int]) -> None:
    seats.sign_up(session, ids[0], AMIRA, Wish("Amira", 1), NOW, CITY)
    start = event_asking.card(session, ids[0], AMIRA, NOW, CITY).event.starts_at
    for days in (1, 3):
        starts_at = start + timedelta(days=days)
        event_admin.change(session, ids[0], {"starts_at": starts_at, "ends_at": starts_at}, NOW, CITY)
    session.flush()
    session.expire_all()
    rows = [row for row in session.exec(select(Delivery)) if row.key.startswith("remind:")]
    queued = sorted(row.due_at for row in rows if row.state == "queued")
    assert len(queued) == 2 and queued[1] == start + timedelta(days=3, hours=-2)
    assert {row.state for row in rows} == {"queued", "dropped"}
