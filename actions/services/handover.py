"""Passing a question to the team, so that nobody is lost."""

from datetime import datetime
from typing import Literal

from sqlmodel import Session

from actions.replies import TeamAnswer
from storage import people as table
from storage.models import Question

Reason = Literal["asked", "not_understood", "outage", "feedback"]
LONGEST_QUESTION = 4000


def note(session: Session, person_id: int, text: str, language: str, reason: Reason, now: datetime) -> Question:
    """Put a question into the team's inbox; the same question of a person is kept once."""
    text = text.strip()[:LONGEST_QUESTION]
    for known in table.questions_of(session, person_id):
        if known.text == text and known.answered_at is None:
            return known
    return table.add_question(
        session, Question(person_id=person_id, text=text, language=language, reason=reason, asked_at=now)
    )


def answer(session: Session, question_id: int, text: str, now: datetime) -> tuple[Question, TeamAnswer]:
    """Record the team's answer; LookupError if there is no such open question."""
    question = table.question(session, question_id)
    if question is None or question.answered_at is not None:
        raise LookupError(question_id)
    question.answer, question.answered_at = text, now
    return question, TeamAnswer(question.text, text)
