"""What the team does with events: enter, move, cancel, more seats, seats by hand, lists, and a word to everybody.

Whoever is on a list hears once what concerns her. Every change by hand is recorded with who made it and why.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from actions.event_replies import EventView
from actions.services import event_views, notices, seats
from storage import events as table
from storage import people as people_table
from storage.models import Event, EventText, Party, StaffChange

# A change in one of these is news for those who come.
_TELL = ("starts_at", "ends_at", "place", "address")


@dataclass(frozen=True)
class Participant:
    """A line of the list: `language` is what the assistant speaks with her, `interpreter` the language she needs."""

    party_id: int
    name: str
    state: str
    adults: int
    children: int
    ages: str
    language: str
    interpreter: str
    childcare: bool
    wheelchair: bool
    diet: str
    coming: bool | None
    attended: bool | None


def put(
    session: Session,
    key: str,
    values: Mapping[str, Any],
    texts: Mapping[str, Mapping[str, str]],
    now: datetime,
    zone: ZoneInfo,
) -> int:
    """Enter an event, or bring the one with this key up to date; returns its id.

    `values` are columns of storage.models.Event, `texts` by language title, description, meeting_point and bring.
    """
    event = table.by_key(session, key)
    if event is None:
        event = Event(key=key, **values)
        table.add(session, event)
    else:
        change(session, event.id, values, now, zone)
    for language, text in texts.items():
        table.put_text(session, EventText(event_id=event.id, language=language, **text))
    session.flush()
    return event.id


def change(session: Session, event_id: int, values: Mapping[str, Any], now: datetime, zone: ZoneInfo) -> bool:
    """Change columns of an event; who is on its list hears of another time or place. False if there is none."""
    event = table.lock(session, event_id)
    if event is None:
        return False
    moved = any(name in values and getattr(event, name) != values[name] for name in _TELL)
    for name, value in values.items():
        setattr(event, name, value)
    event.version += moved
    session.flush()
    if moved and event.status == "open" and event.ends_at > now:
        notices.replan(session, event, now, zone)
        for party in table.parties(session, event_id):
            notices.tell(session, event, party, "moved", now, zone)
    seats.serve(session, event, now, zone)
    return True


def cancel(session: Session, event_id: int, by: str, reason: str, now: datetime, zone: ZoneInfo) -> bool:
    """Cancel an event; everybody on its list hears it once. False if there is none, or it is cancelled already."""
    event = table.lock(session, event_id)
    if event is None or event.status == "cancelled":
        return False
    event.status = "cancelled"
    session.flush()
    notices.void(session, event_id, now)
    for party in table.parties(session, event_id):
        notices.tell(session, event, party, "cancelled", now, zone)
    _record(session, event_id, None, "cancelled", by, reason, now)
    return True


def seat(session: Session, party_id: int, by: str, reason: str, now: datetime, zone: ZoneInfo) -> bool:
    """Give a family seats by hand, out of turn and even beyond the number; False if it is not waiting."""
    known = table.party(session, party_id)
    event = table.lock(session, known.event_id) if known else None
    party = table.party(session, party_id)
    if event is None or party is None or party.state not in ("waiting", "offered", "lapsed"):
        return False
    party.state, party.offered_until = "seated", None
    session.flush()
    notices.tell(session, event, party, "promoted", now, zone)
    notices.plan_reminders(session, event, party, now, zone)
    _record(session, event.id, party_id, "seated", by, reason, now)
    return True


def tick_off(session: Session, party_id: int, attended: bool) -> bool:
    """Note who came; False for an unknown family."""
    party = table.party(session, party_id)
    if party is None:
        return False
    party.attended = attended
    return True


def participants(session: Session, event_id: int) -> list[Participant]:
    """Everybody on an event's list: those who come first, then who waits, each in the order of arrival."""
    order = ("seated", "offered", "waiting")
    listed = sorted(table.parties(session, event_id), key=lambda party: (order.index(party.state), party.id))
    return [_participant(session, party) for party in listed]


def everything(session: Session, now: datetime, zone: ZoneInfo) -> list[EventView]:
    """All events that are not over, drafts and cancelled ones too, earliest first."""
    found = table.between(session, now, datetime.max.replace(tzinfo=zone), ("draft", "open", "cancelled"))
    return event_views.views(session, found, now, zone)


def write_to_all(session: Session, event_id: int, text: str, now: datetime, zone: ZoneInfo) -> int:
    """Send a word of the team to everybody on the list, once; returns to how many."""
    event = table.get(session, event_id)
    if event is None:
        return 0
    mark = hashlib.blake2b(text.encode(), digest_size=6).hexdigest()
    listed = table.parties(session, event_id)
    for party in listed:
        payload = json.dumps({"what": "team", "text": text}, ensure_ascii=False)
        notices.put(session, f"team:{party.id}:{mark}", event, party, payload, now, zone)
    return len(listed)


def _participant(session: Session, party: Party) -> Participant:
    person = people_table.get(session, party.person_id)
    return Participant(
        party_id=party.id,
        name=party.name,
        state=party.state,
        adults=party.adults,
        children=party.children,
        ages=party.ages,
        language=person.language if person else "",
        interpreter=party.interpreter,
        childcare=party.childcare,
        wheelchair=party.wheelchair,
        diet=party.diet,
        coming=party.coming,
        attended=party.attended,
    )


def _record(
    session: Session, event_id: int, party_id: int | None, what: str, by: str, reason: str, now: datetime
) -> None:
    table.add(session, StaffChange(event_id=event_id, party_id=party_id, at=now, by=by, what=what, reason=reason))
