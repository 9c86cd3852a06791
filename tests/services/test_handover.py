"""Questions for the team: none twice, none lost, none answered twice."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from actions.replies import TeamAnswer
from actions.services import handover, people
from storage import people as table
from tests.conftest import NOW


@pytest.fixture
def asker(session: Session) -> int:
    return people.agree(session, "telegram", "1", "tr", NOW).id


def test_the_same_open_question_is_kept_once(session: Session, asker: int) -> None:
    first = handover.note(session, asker, "Wo ist das Büro?", "tr", "asked", NOW)
    again = handover.note(session, asker, "  Wo ist das Büro?\n", "tr", "outage", NOW + timedelta(hours=1))
    assert again is first
    assert first.asked_at == NOW
    other = handover.note(session, asker, "Wann?", "tr", "asked", NOW)
    assert [question.id for question in table.open_questions(session)] == [first.id, other.id]


def test_two_people_may_ask_the_same(session: Session, asker: int) -> None:
    neighbour = people.agree(session, "telegram", "2", "tr", NOW).id
    handover.note(session, asker, "Wo?", "tr", "asked", NOW)
    handover.note(session, neighbour, "Wo?", "tr", "asked", NOW)
    assert len(table.open_questions(session)) == 2


def test_an_answered_question_may_be_asked_again(session: Session, asker: int) -> None:
    first = handover.note(session, asker, "Wo?", "tr", "asked", NOW)
    handover.answer(session, first.id, "Hier.", NOW)
    assert handover.note(session, asker, "Wo?", "tr", "asked", NOW).id != first.id


def test_an_answer_is_recorded_and_goes_out_with_its_question(session: Session, asker: int) -> None:
    noted = handover.note(session, asker, "Wo?", "tr", "asked", NOW)
    question, reply = handover.answer(session, noted.id, "Hier.", NOW + timedelta(hours=2))
    assert reply == TeamAnswer("Wo?", "Hier.")
    assert (question.person_id, question.answer, question.answered_at) == (asker, "Hier.", NOW + timedelta(hours=2))
    assert table.open_questions(session) == []


def test_a_question_is_not_answered_twice(session: Session, asker: int) -> None:
    noted = handover.note(session, asker, "Wo?", "tr", "asked", NOW)
    handover.answer(session, noted.id, "Hier.", NOW)
    with pytest.raises(LookupError):
        handover.answer(session, noted.id, "Dort.", NOW)
    assert noted.answer == "Hier."
    with pytest.raises(LookupError):
        handover.answer(session, 404, "Dort.", NOW)


def test_a_very_long_question_is_cut_and_still_kept_once(session: Session, asker: int) -> None:
    first = handover.note(session, asker, "ä" * 5000, "tr", "asked", NOW)
    assert len(first.text) == handover.LONGEST_QUESTION
    assert handover.note(session, asker, "ä" * 5000, "tr", "asked", NOW) is first
