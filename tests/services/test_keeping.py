"""What is forgotten by itself."""

from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session, select

from actions.services import handover, keeping, people, personal, seats
from actions.services.seats import Wish
from storage import events as table
from storage.engine import Database
from storage.models import Delivery, Event, Party, Question
from tests.conftest import NOW

CITY = ZoneInfo("Europe/Berlin")


@pytest.fixture
def session(any_database: Database) -> Iterator[Session]:
    with any_database.session() as opened:
        yield opened


def test_old_questions_messages_and_names_go_and_the_rest_stays(session: Session) -> None:
    amira = people.agree(session, "telegram", "1", "ar", NOW).id
    for text in ("alt?", "offen?"):
        handover.note(session, amira, text, "ar", "asked", NOW)
    handover.answer(session, session.exec(select(Question.id).where(Question.text == "alt?")).one(), "ja", NOW)
    personal.remember(session, amira, "morgen um 9", NOW, CITY)
    sent = session.exec(select(Delivery)).one()
    sent.state, sent.finished_at = "sent", NOW
    trip = Event(key="e", starts_at=NOW + timedelta(days=1), ends_at=NOW + timedelta(days=1, hours=2))
    table.add(session, trip)
    seats.sign_up(session, trip.id, amira, Wish("Amira", 2, 1, (4,), "ar", diet="Schwein"), NOW, CITY)
    personal.remember(session, amira, "in der Woche am 24.12.2026 um 9", NOW, CITY)

    keeping.forget_old(session, NOW + timedelta(days=29))
    assert len(session.exec(select(Question)).all()) == 2
    keeping.forget_old(session, NOW + timedelta(days=32))
    session.expire_all()
    assert [question.text for question in session.exec(select(Question))] == ["offen?"]
    party = session.exec(select(Party)).one()
    assert (party.name, party.ages, party.diet, party.interpreter, party.adults, party.children) == (
        "",
        "",
        "",
        "",
        2,
        1,
    )
    assert all(row.state == "queued" for row in session.exec(select(Delivery)))
    assert people.find(session, "telegram", "1") is not None
