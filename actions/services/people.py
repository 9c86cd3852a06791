"""Who the assistant talks to: language, consent, and what the talk is about."""

from datetime import datetime, timedelta

from sqlmodel import Session

from storage import people as table
from storage.models import Person

# After this silence "and the phone number?" no longer refers to the last topic.
TOPIC_LASTS = timedelta(minutes=30)


def find(session: Session, channel: str, address: str) -> Person | None:
    """The person behind an address, or None if she has not agreed yet (nothing is stored before)."""
    return table.find(session, channel, address)


def agree(session: Session, channel: str, address: str, language: str, now: datetime) -> Person:
    """Store that a person agreed to the privacy notice; agreeing twice changes nothing."""
    person = table.find(session, channel, address)
    if person is None:
        person = table.add(session, Person(channel=channel, address=address, language=language, consented_at=now))
    return person


def set_language(session: Session, person_id: int, language: str) -> None:
    """Speak this language with the person from now on."""
    if person := table.get(session, person_id):
        person.language = language


def remember_topic(session: Session, person_id: int, topic: str | None, now: datetime) -> None:
    """Note what the talk is about, for follow-up questions."""
    if person := table.get(session, person_id):
        person.topic, person.topic_at, person.seen_at, person.blocked_at = topic, now, now, None


def current_topic(person: Person, now: datetime) -> str | None:
    """What a follow-up question refers to, or None."""
    fresh = person.topic_at is not None and now - person.topic_at <= TOPIC_LASTS
    return person.topic if fresh else None


def expect(session: Session, person_id: int, what: str | None) -> None:
    """Her next message goes to the team ("team"), or is an ordinary one (None)."""
    if person := table.get(session, person_id):
        person.expects = what


def mute(session: Session, person_id: int, now: datetime | None) -> None:
    """Send nothing unasked any more (`now`), or again (None)."""
    if person := table.get(session, person_id):
        person.muted_at = now


def block(session: Session, person_id: int, now: datetime | None) -> None:
    """She has blocked the assistant (`now`), or let it in again (None)."""
    if person := table.get(session, person_id):
        person.blocked_at = now
