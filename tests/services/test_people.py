"""Consent, what the talk is about, own data."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from actions.services import handover, own_data, people, personal, seats
from actions.services.seats import Wish
from storage import people as table
from storage.engine import Database
from storage.models import Delivery, Event, Party
from tests.conftest import NOW

CITY = ZoneInfo("Europe/Berlin")


def test_nobody_is_stored_before_she_agrees(session: Session) -> None:
    assert people.find(session, "telegram", "1") is None
    agreed = people.agree(session, "telegram", "1", "ar", NOW)
    assert people.find(session, "telegram", "1") is agreed
    assert (agreed.language, agreed.consented_at) == ("ar", NOW)


def test_agreeing_twice_changes_nothing(database: Database) -> None:
    with database.session() as session:
        first = people.agree(session, "telegram", "1", "ar", NOW)
    with database.session() as session:
        second = people.agree(session, "telegram", "1", "uk", NOW + timedelta(days=1))
    assert second.model_dump() == first.model_dump()


def test_the_language_can_be_changed(session: Session) -> None:
    person = people.agree(session, "telegram", "1", "ar", NOW)
    people.set_language(session, person.id, "tr")
    assert person.language == "tr"


def test_a_follow_up_refers_to_the_last_topic_for_half_an_hour(database: Database) -> None:
    with database.session() as session:
        person = people.agree(session, "telegram", "1", "ar", NOW)
        assert people.current_topic(person, NOW) is None
        people.remember_topic(session, person.id, "kita_fees", NOW)
    with database.session() as session:
        person = people.find(session, "telegram", "1")
        assert person is not None
        assert people.current_topic(person, NOW + timedelta(minutes=30)) == "kita_fees"
        assert people.current_topic(person, NOW + timedelta(minutes=30, seconds=1)) is None
        people.remember_topic(session, person.id, None, NOW)
        assert people.current_topic(person, NOW) is None


def test_whoever_writes_has_not_blocked_us_any_more(session: Session) -> None:
    person = people.agree(session, "telegram", "1", "ar", NOW)
    people.block(session, person.id, NOW)
    assert person.blocked_at == NOW
    people.remember_topic(session, person.id, "kita_fees", NOW + timedelta(hours=1))
    assert (person.blocked_at, person.seen_at) == (None, NOW + timedelta(hours=1))
    people.block(session, person.id, NOW)
    people.block(session, person.id, None)
    assert person.blocked_at is None


def test_muting_and_expecting_can_be_undone(session: Session) -> None:
    person = people.agree(session, "telegram", "1", "ar", NOW)
    people.mute(session, person.id, NOW)
    people.expect(session, person.id, "team")
    assert (person.muted_at, person.expects) == (NOW, "team")
    people.mute(session, person.id, None)
    people.expect(session, person.id, None)
    assert (person.muted_at, person.expects) == (None, None)


def test_her_data_are_all_that_is_stored(session: Session) -> None:
    person = people.agree(session, "telegram", "1", "ar", NOW)
    people.remember_topic(session, person.id, "kita_fees", NOW)
    handover.note(session, person.id, "eins?", "ar", "asked", NOW)
    handover.note(session, person.id, "zwei?", "ar", "asked", NOW)
    personal.remember(session, person.id, "morgen um 9 Kita", NOW, CITY)
    personal.switch_news(session, person.id, "concerts", NOW)
    trip = Event(key="e", starts_at=NOW + timedelta(days=3), ends_at=NOW + timedelta(days=4))
    session.add(trip)
    session.flush()
    seats.sign_up(session, trip.id, person.id, Wish("Amira", 2), NOW, CITY)
    found = own_data.stored_data(session, person, NOW, CITY)
    assert (found.language, found.consented, found.topic) == ("ar", "2026-11-23", "kita_fees")
    assert found.questions == ("eins?", "zwei?")
    assert [(event.id, party.adults) for event, party in found.sign_ups] == [(trip.id, 2)]
    assert (found.reminders, found.interests) == (("morgen um 9 Kita",), ("concerts",))


def test_forgetting_removes_her_and_her_questions_only(database: Database) -> None:
    with database.session() as session:
        gone = people.agree(session, "telegram", "1", "ar", NOW)
        stays = people.agree(session, "telegram", "2", "ar", NOW)
        handover.note(session, gone.id, "weg?", "ar", "asked", NOW)
        handover.note(session, stays.id, "noch da?", "ar", "asked", NOW)
    with database.session() as session:
        trip = Event(key="e", starts_at=NOW + timedelta(days=3), ends_at=NOW + timedelta(days=4), seats=2)
        session.add(trip)
        session.flush()
        seats.sign_up(session, trip.id, gone.id, Wish("Amira", 2), NOW, CITY)
        waits = seats.sign_up(session, trip.id, stays.id, Wish("Oksana", 2), NOW, CITY)
        personal.remember(session, gone.id, "morgen um 9", NOW, CITY)
        own_data.forget(session, gone.id, NOW, CITY)
    with database.session() as session:
        assert [(row.id, row.state) for row in session.exec(select(Party))] == [(waits.party_id, "offered")]
        assert {row.person_id for row in session.exec(select(Delivery))} == {stays.id}
        assert people.find(session, "telegram", "1") is None
        assert [question.text for question in table.open_questions(session)] == ["noch da?"]
        own_data.forget(session, gone.id, NOW, CITY)


def test_what_comes_late_for_a_deleted_person_is_ignored(session: Session) -> None:
    people.set_language(session, 404, "de")
    people.remember_topic(session, 404, "kita_fees", NOW)
    people.expect(session, 404, "team")
    people.mute(session, 404, NOW)
    people.block(session, 404, NOW)
    assert people.find(session, "telegram", "404") is None
