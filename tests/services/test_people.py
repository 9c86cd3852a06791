"""Consent, what the talk is about, own data."""

from datetime import timedelta

from sqlmodel import Session

from actions.replies import StoredData
from actions.services import handover, people
from storage import people as table
from storage.engine import Database
from tests.conftest import NOW


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
    assert people.stored_data(session, person) == StoredData("ar", "2026-11-23", "kita_fees", ("eins?", "zwei?"))


def test_forgetting_removes_her_and_her_questions_only(database: Database) -> None:
    with database.session() as session:
        gone = people.agree(session, "telegram", "1", "ar", NOW)
        stays = people.agree(session, "telegram", "2", "ar", NOW)
        handover.note(session, gone.id, "weg?", "ar", "asked", NOW)
        handover.note(session, stays.id, "noch da?", "ar", "asked", NOW)
    with database.session() as session:
        people.forget(session, gone.id)
    with database.session() as session:
        assert people.find(session, "telegram", "1") is None
        assert [question.text for question in table.open_questions(session)] == ["noch da?"]
        people.forget(session, gone.id)


def test_what_comes_late_for_a_deleted_person_is_ignored(session: Session) -> None:
    people.set_language(session, 404, "de")
    people.remember_topic(session, 404, "kita_fees", NOW)
    people.expect(session, 404, "team")
    people.mute(session, 404, NOW)
    people.block(session, 404, NOW)
    assert people.find(session, "telegram", "404") is None
