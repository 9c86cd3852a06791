"""What is sent without being asked for: each message once, in order of urgency, and only while it is true.

A delivery is claimed (committed as `sending`) before it is sent and settled afterwards. A crash in between leaves it
`sending`: the Bot API can't say whether it arrived, so it is sent again, and its `attempts` shows that it may have
arrived twice. So nobody is lost, and at most as many are told twice as were in flight.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

from sqlmodel import Session

from actions.event_replies import EventNotice, Reminder, TeamMessage
from actions.services import event_views, quiet
from actions.services.notices import PRIORITIES
from storage import events, outbox
from storage import people as people_table
from storage.models import Delivery, Person

# Which state a family must be in for a notice to be true still.
_TRUE_FOR = {
    "day_before": ("seated",),
    "shortly": ("seated",),
    "promoted": ("seated",),
    "offer": ("offered",),
    "lapsed": ("lapsed",),
    "moved": events.ACTIVE,
    "cancelled": events.ACTIVE,
}
# Where people can be written to; who talks in the terminal reads only there.
CHANNELS = ("telegram",)
# A delivery that Telegram did not take is tried again after this, twice as long each time.
PATIENCE = timedelta(minutes=1)
TRIES = 8


Unasked: TypeAlias = EventNotice | Reminder | TeamMessage


@dataclass(frozen=True)
class Due:
    """A claimed delivery: say `reply` to this person now, then call `sent`, `failed`, `blocked` or `postponed`."""

    delivery_id: int
    person_id: int
    channel: str
    address: str
    language: str
    attempts: int
    reply: Unasked


def next_due(session: Session, now: datetime, zone: ZoneInfo, limit: int, busy: Iterable[int] = ()) -> list[Due]:
    """Claim what is to be sent now: the most urgent first, at most one a person, none to the persons `busy`.

    What makes no sense any more is settled as late, dropped, muted or blocked, and not returned. In the quiet hours
    only what was planned for them is sent.
    """
    not_before = quiet.began(now, zone) if quiet.is_quiet(now, zone) else None
    taken: list[Due] = []
    persons = set(busy)
    for priority in PRIORITIES:
        # Who has two messages waiting must not keep others back: look further than the limit.
        for delivery, person in outbox.due(session, now, not_before, priority, 2 * limit):
            if len(taken) >= limit:
                return taken
            if delivery.person_id in persons:
                continue
            if state := _pointless(delivery, person, now):
                outbox.settle(session, delivery.id, state, now)
                continue
            reply, attempts = _reply(session, delivery, now, zone), delivery.attempts + 1
            if reply is None or person is None:
                outbox.settle(session, delivery.id, "dropped", now)
            elif outbox.claim(session, delivery.id, now):
                persons.add(person.id)
                address = (person.channel, person.address, person.language)
                taken.append(Due(delivery.id, person.id, *address, attempts, reply))
    return taken


def sent(session: Session, due: Due, now: datetime) -> None:
    """It has arrived."""
    outbox.settle(session, due.delivery_id, "sent", now)


def blocked(session: Session, due: Due, now: datetime) -> None:
    """The person has blocked the assistant: she is marked, and not tried again until she writes."""
    outbox.settle(session, due.delivery_id, "blocked", now)
    if person := people_table.get(session, due.person_id):
        person.blocked_at = now


def failed(session: Session, due: Due, now: datetime) -> None:
    """Telegram refuses it for good."""
    outbox.settle(session, due.delivery_id, "failed", now)


def postponed(session: Session, due: Due, now: datetime, zone: ZoneInfo) -> None:
    """Telegram is out of reach: try again later, but not for ever, and not at night what was planned for the day."""
    if due.attempts >= TRIES:
        failed(session, due, now)
        return
    later = now + PATIENCE * 2 ** (due.attempts - 1)
    outbox.again(session, due.delivery_id, later if quiet.is_quiet(now, zone) else quiet.next_loud(later, zone))


def recover(session: Session) -> int:
    """Queue again what a stopped process was sending; returns how many, which is how many may arrive twice."""
    unfinished = outbox.unfinished(session)
    for delivery_id in unfinished:
        outbox.again(session, delivery_id)
    return len(unfinished)


def _pointless(delivery: Delivery, person: Person | None, now: datetime) -> str:
    """Why a delivery is not sent, or ""."""
    if person is None or person.channel not in CHANNELS:
        return "dropped"
    if person.blocked_at is not None:
        return "blocked"
    if person.muted_at is not None and delivery.event_id is not None:
        return "muted"
    return "late" if delivery.expires_at is not None and delivery.expires_at <= now else ""


def _reply(session: Session, delivery: Delivery, now: datetime, zone: ZoneInfo) -> Unasked | None:
    """What to say, as things are now; None if it is no longer true."""
    about = json.loads(delivery.payload)
    if about["what"] == "personal":
        return Reminder(about["text"])
    event = events.get(session, delivery.event_id or 0)
    party = events.party(session, delivery.party_id or 0)
    if event is None or party is None:
        return None
    if about["what"] == "team":
        (view,) = event_views.views(session, [event], now, zone)
        return TeamMessage(view, about["text"]) if party.state in events.ACTIVE else None
    what, is_off = about["what"], event.status == "cancelled"
    if party.state not in _TRUE_FOR[what] or event.version != about["version"] or is_off != (what == "cancelled"):
        return None
    if party.state == "offered" and party.offered_until is not None and party.offered_until <= now:
        return None
    (view,) = event_views.views(session, [event], now, zone)
    return EventNotice(what, view, event_views.party_view(session, party, zone))
