"""What is forgotten by itself, because nobody needs it any more."""

from datetime import datetime, timedelta

from sqlmodel import Session

from actions.services import incoming
from storage import events, outbox, people, updates

# So long the team may look something up; then questions, messages and what families said of themselves go.
KEPT = timedelta(days=30)


def forget_old(session: Session, now: datetime) -> None:
    """Delete answered questions and sent messages, and what the lists of past events say of people; safe to repeat."""
    people.purge_answered(session, now - KEPT)
    outbox.purge(session, now - KEPT)
    events.forget_families(session, now - KEPT)
    updates.purge(session, now - incoming.KEEP_HANDLED)
