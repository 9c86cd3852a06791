"""Queries on people and their open questions."""

from datetime import datetime

from sqlmodel import Session, col, delete, select

from storage.models import Delivery, Party, Person, Question, SignUpDraft, Subscription


def find(session: Session, channel: str, address: str) -> Person | None:
    """The person who writes from this address of a channel, or None."""
    return session.exec(select(Person).where(Person.channel == channel, Person.address == address)).first()


def get(session: Session, person_id: int) -> Person | None:
    """The person with this id, or None."""
    return session.get(Person, person_id)


def add(session: Session, person: Person) -> Person:
    """Store a new person; afterwards `person.id` is set."""
    session.add(person)
    session.flush()
    return person


def remove(session: Session, person_id: int) -> None:
    """Delete a person and everything that hangs on her."""
    for row in (Question, Party, SignUpDraft, Delivery, Subscription):
        session.exec(delete(row).where(col(row.person_id) == person_id))
    session.exec(delete(Person).where(col(Person.id) == person_id))


def add_question(session: Session, question: Question) -> Question:
    """Store a question for the team; afterwards `question.id` is set."""
    session.add(question)
    session.flush()
    return question


def question(session: Session, question_id: int) -> Question | None:
    """The question with this id, or None."""
    return session.get(Question, question_id)


def questions_of(session: Session, person_id: int) -> list[Question]:
    """All questions of a person, oldest first."""
    return list(session.exec(select(Question).where(Question.person_id == person_id).order_by(col(Question.id))))


def open_questions(session: Session) -> list[Question]:
    """All unanswered questions, oldest first."""
    return list(session.exec(select(Question).where(col(Question.answered_at).is_(None)).order_by(col(Question.id))))


def purge_answered(session: Session, before: datetime) -> None:
    """Delete questions answered before a moment."""
    session.exec(delete(Question).where(col(Question.answered_at) < before))
