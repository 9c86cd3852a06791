"""Signing up, question by question."""

from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session

from actions.event_replies import SignUpQuestion, SignUpResult
from actions.services import sign_up
from storage import events as table
from storage.engine import Database
from storage.models import Event, EventText
from tests.conftest import NOW

CITY = ZoneInfo("Europe/Berlin")
AMIRA = 7


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.session() as opened:
        yield opened


def event(session: Session, **values: object) -> int:
    start = NOW + timedelta(days=10)
    made = Event(key=f"e{len(values)}", starts_at=start, ends_at=start + timedelta(hours=2), **values)
    table.add(session, made)
    table.put_text(session, EventText(event_id=made.id, language="de", title="Ausflug"))
    return made.id


def press(session: Session, trip: int, *answers: tuple[str, str]) -> SignUpQuestion | SignUpResult:
    reply: SignUpQuestion | SignUpResult = sign_up.begin(session, AMIRA, trip, NOW, CITY)
    for step, value in answers:
        assert isinstance(reply, SignUpQuestion) and (step in ("stop", "back") or reply.step == step)
        reply = sign_up.answer(session, AMIRA, trip, step, value, NOW, CITY)
    return reply


def say(session: Session, text: str, topic: str | None = None) -> SignUpQuestion | SignUpResult | None:
    return sign_up.said(session, AMIRA, text, topic, NOW, CITY)


SHORT = (("adults", "2"), ("children", "1"), ("interpreter", "ar"), ("name", "Amira"))


def test_the_least_that_is_asked(session: Session) -> None:
    trip = event(session, seats=10)
    done = press(session, trip, *SHORT, ("confirm", "yes"))
    assert isinstance(done, SignUpResult) and done.what == "seated"
    (party,) = table.parties(session, trip)
    assert (party.adults, party.children, party.interpreter, party.name, party.person_id) == (
        2,
        1,
        "ar",
        "Amira",
        AMIRA,
    )
    assert sign_up.current(session, AMIRA, NOW, CITY) is None


def test_more_is_asked_only_where_the_event_asks_for_it(session: Session) -> None:
    trip = event(session, asks="ages,childcare,wheelchair,diet")
    answers = [("adults", "1"), ("children", "2"), ("ages", "4,7"), ("interpreter", ""), ("childcare", "1")]
    answers += [("wheelchair", "0"), ("diet", "Schwein"), ("name", "A"), ("confirm", "yes")]
    press(session, trip, *answers)
    (party,) = table.parties(session, trip)
    assert (party.ages, party.childcare, party.wheelchair, party.diet) == ("4,7", True, False, "Schwein")


def test_without_children_no_ages_are_asked(session: Session) -> None:
    trip = event(session, asks="ages")
    reply = press(session, trip, ("adults", "1"), ("children", "0"))
    assert isinstance(reply, SignUpQuestion) and reply.step == "interpreter"


def test_what_the_first_message_says_is_not_asked_again(session: Session) -> None:
    trip = event(session)
    reply = sign_up.begin(
        session, AMIRA, trip, NOW, CITY, text="Wir kommen mit 2 Erwachsenen und 3 Kindern zum Ausflug"
    )
    assert isinstance(reply, SignUpQuestion) and reply.step == "interpreter"
    assert (reply.draft.adults, reply.draft.children) == (2, 3)


def test_free_text_answers_several_questions_at_once(session: Session) -> None:
    trip = event(session)
    press(session, trip)
    reply = say(session, "أنا وزوجي وثلاثة أطفال")
    assert isinstance(reply, SignUpQuestion) and reply.step == "interpreter"
    assert (reply.draft.adults, reply.draft.children) == (2, 3)
    assert isinstance(say(session, "لا", "deny"), SignUpQuestion)
    assert isinstance(say(session, "أميرة"), SignUpQuestion)
    done = say(session, "نعم", "affirm")
    assert isinstance(done, SignUpResult) and done.what == "seated"


def test_a_bare_number_answers_the_question_that_was_asked(session: Session) -> None:
    trip = event(session)
    press(session, trip)
    say(session, "2")
    reply = say(session, "0")
    assert isinstance(reply, SignUpQuestion) and (reply.draft.adults, reply.draft.children) == (2, 0)


def test_the_summary_can_be_corrected_in_words(session: Session) -> None:
    trip = event(session)
    press(session, trip, *SHORT)
    reply = say(session, "nein, 3 Kinder")
    assert isinstance(reply, SignUpQuestion) and reply.step == "confirm" and reply.draft.children == 3


@pytest.mark.parametrize("text", ["Was kostet es für 2 Kinder?", "morgen um 9 Uhr bitte erinnern", "bla"])
def test_what_is_no_answer_leaves_the_question_open(session: Session, text: str) -> None:
    press(session, event(session))
    assert say(session, text, "kita_fees") is None
    question = sign_up.current(session, AMIRA, NOW, CITY)
    assert question is not None and question.step == "adults"


def test_who_counts_her_family_does_not_cry_for_help(session: Session) -> None:
    trip = event(session)
    press(session, trip)
    assert isinstance(say(session, "ez û mêrê min û sê zarok", "violence_help"), SignUpQuestion)
    say(session, "na", "deny")
    assert say(session, "mêrê min li min dixe", "violence_help") is None  # but no name


def test_a_question_is_no_name(session: Session) -> None:
    press(session, event(session), *SHORT[:3])
    assert say(session, "Wie bitte?") is None
    assert say(session, "ich weiß nicht was ich schreiben soll") is None


def test_back_asks_once_more_and_stop_forgets(session: Session) -> None:
    trip = event(session)
    reply = press(session, trip, ("adults", "3"), ("back", ""))
    assert isinstance(reply, SignUpQuestion) and (reply.step, reply.draft.adults) == ("adults", None)
    done = sign_up.answer(session, AMIRA, trip, "stop", "", NOW, CITY)
    assert isinstance(done, SignUpResult) and done.what == "stopped"
    assert sign_up.current(session, AMIRA, NOW, CITY) is None


def test_after_a_day_of_silence_she_is_not_asked_any_more(session: Session) -> None:
    press(session, event(session), ("adults", "2"))
    assert sign_up.current(session, AMIRA, NOW + timedelta(hours=23), CITY) is not None
    assert sign_up.current(session, AMIRA, NOW + timedelta(hours=25), CITY) is None


def test_an_old_button_of_another_event_begins_anew(session: Session) -> None:
    one, two = event(session), event(session, seats=5)
    press(session, one, ("adults", "2"))
    reply = sign_up.answer(session, AMIRA, two, "children", "3", NOW, CITY)
    assert isinstance(reply, SignUpQuestion) and (reply.event.id, reply.step) == (two, "adults")


def test_more_people_later(session: Session) -> None:
    trip = event(session, seats=5)
    press(session, trip, *SHORT, ("confirm", "yes"))
    (party,) = table.parties(session, trip)
    reply = sign_up.resize(session, AMIRA, party.id, NOW, CITY)
    assert isinstance(reply, SignUpQuestion) and reply.step == "adults"
    for step, value in (("adults", "2"), ("children", "4"), ("confirm", "yes")):
        reply = sign_up.answer(session, AMIRA, trip, step, value, NOW, CITY)
    assert isinstance(reply, SignUpResult) and reply.what == "too_many"
    sign_up.resize(session, AMIRA, party.id, NOW, CITY)
    for step, value in (("adults", "2"), ("children", "2"), ("confirm", "yes")):
        reply = sign_up.answer(session, AMIRA, trip, step, value, NOW, CITY)
    assert isinstance(reply, SignUpResult) and reply.what == "seated"
    assert table.party(session, party.id).size == 4


def test_somebody_elses_family_is_none_of_her_business(session: Session) -> None:
    trip = event(session)
    press(session, trip, *SHORT, ("confirm", "yes"))
    (party,) = table.parties(session, trip)
    assert sign_up.resize(session, AMIRA + 1, party.id, NOW, CITY) == SignUpResult("gone")


def test_an_event_that_is_over_or_unknown(session: Session) -> None:
    trip = event(session)
    late = sign_up.begin(session, AMIRA, trip, NOW + timedelta(days=11), CITY)
    assert isinstance(late, SignUpResult) and late.what == "over"
    assert sign_up.begin(session, AMIRA, 999, NOW, CITY) == SignUpResult("gone")


def test_a_broken_button_is_an_error_that_the_front_answers(session: Session) -> None:
    trip = event(session)
    press(session, trip)
    with pytest.raises(ValueError):
        sign_up.answer(session, AMIRA, trip, "adults", "viele", NOW, CITY)
    with pytest.raises(ValueError):
        sign_up.answer(session, AMIRA, trip, "nonsense", "1", NOW, CITY)
