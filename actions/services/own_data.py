"""What is stored about a person: shown to her, and deleted everywhere."""

import json
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from actions.event_replies import INTERESTS
from actions.replies import StoredData
from actions.services import event_asking, seats
from storage import events, outbox
from storage import people as table
from storage.models import Person


def stored_data(session: Session, person: Person, now: datetime, zone: ZoneInfo) -> StoredData:
    """Everything that is stored about a person."""
    consented = person.consented_at.date().isoformat() if person.consented_at else ""
    chosen = outbox.subscriptions(session, person.id)
    return StoredData(
        language=person.language,
        consented=consented,
        topic=None if (person.topic or "").startswith("event:") else person.topic,
        questions=tuple(question.text for question in table.questions_of(session, person.id)),
        sign_ups=event_asking.my_sign_ups(session, person.id, now, zone).entries,
        reminders=tuple(json.loads(row.payload)["text"] for row in outbox.personal(session, person.id)),
        interests=tuple(interest for interest in INTERESTS if interest in chosen),
    )


def forget(session: Session, person_id: int, now: datetime, zone: ZoneInfo) -> None:
    """Delete a person and all that hangs on her; seats that she had go to whoever waits."""
    for party in events.parties_of(session, person_id):
        seats.cancel(session, party.id, now, zone)
    table.remove(session, person_id)
