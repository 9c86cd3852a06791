"""What people hear about their events without asking: written into the outbox, true again when it is sent."""

import json
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from actions.services.quiet import is_quiet, last_loud, next_loud
from storage import events as table
from storage import outbox
from storage.models import Delivery, Event, Party

# The outbox's order; direct replies do not go through it.
OFFER, REMINDER, ANNOUNCEMENT = 10, 20, 30
PRIORITIES = (OFFER, REMINDER, ANNOUNCEMENT)
# City time: when the family sits together and the bags for tomorrow are packed.
EVENING_BEFORE = time(18)
SHORTLY_BEFORE = timedelta(hours=2)
# Later than this nobody can get ready any more.
LATEST = timedelta(minutes=30)
# What changes so shortly before an event is told at once, even at night.
URGENT = timedelta(hours=3)


def reminders(event: Event, zone: ZoneInfo) -> dict[str, tuple[datetime, datetime]]:
    """When to remind of an event: {"day_before" | "shortly": (due, makes no sense any more)}, aware UTC.

    Both are in city time, so that 18:00 stays 18:00 when the clocks change in between. A reminder that would fall into
    the quiet hours comes when they end, or, if that is too late, before they begin, unless she hears that evening
    anyway.
    """
    start = event.starts_at.astimezone(zone)
    evening = datetime.combine(start.date() - timedelta(days=1), EVENING_BEFORE, zone).astimezone(UTC)
    shortly = event.starts_at - SHORTLY_BEFORE
    planned = {"day_before": (evening, shortly)}
    loud = next_loud(shortly, zone)
    if loud <= event.starts_at - LATEST:
        planned["shortly"] = (loud, event.starts_at)
    elif last_loud(shortly, zone).astimezone(zone).date() != start.date() - timedelta(days=1):
        planned["shortly"] = (last_loud(shortly, zone), event.starts_at)
    return planned


def plan_reminders(session: Session, event: Event, party: Party, now: datetime, zone: ZoneInfo) -> None:
    """Put the reminders that are still to come into the outbox."""
    for which, (due, expires) in reminders(event, zone).items():
        if due > now:
            key = f"remind:{party.id}:{event.version}:{which}"
            payload = json.dumps({"what": which, "version": event.version})
            _put(session, key, event, party, payload, REMINDER, due, expires)


def tell(session: Session, event: Event, party: Party, what: str, now: datetime, zone: ZoneInfo) -> None:
    """Tell a family once what happened: offer, lapsed, moved, cancelled, promoted."""
    payload = json.dumps({"what": what, "version": event.version})
    put(session, f"{what}:{party.id}:{event.version}", event, party, payload, now, zone)


def unsent(session: Session, party: Party, what: str) -> bool:
    """Whether a family has been told something (as in `tell`) that still waits to be sent."""
    return outbox.is_queued(session, f"{what}:{party.id}:")


def drop(session: Session, party_id: int, now: datetime) -> None:
    """A family does not come any more: nothing that is still queued is sent."""
    outbox.drop_queued(session, now, party_id=party_id)


def void(session: Session, event_id: int, now: datetime) -> None:
    """The event does not take place: nothing that is still queued about it is sent."""
    outbox.drop_queued(session, now, event_id=event_id)


def put(session: Session, key: str, event: Event, party: Party, payload: str, now: datetime, zone: ZoneInfo) -> None:
    """Tell a family something once, under a key of its own, until the event is over."""
    due = next_loud(now, zone)
    if is_quiet(now, zone) and event.starts_at - due < URGENT:
        due = now
    _put(session, key, event, party, payload, OFFER, due, event.ends_at)


def replan(session: Session, event: Event, now: datetime, zone: ZoneInfo) -> None:
    """The event has moved: the old reminders are void, those who come get new ones."""
    outbox.drop_queued(session, now, event_id=event.id, keys="remind:")
    for party in table.parties(session, event.id, ("seated",)):
        plan_reminders(session, event, party, now, zone)


def _put(
    session: Session,
    key: str,
    event: Event,
    party: Party,
    payload: str,
    priority: int,
    due: datetime,
    expires: datetime | None,
) -> None:
    delivery = Delivery(
        key=key,
        person_id=party.person_id,
        event_id=event.id,
        party_id=party.id,
        payload=payload,
        priority=priority,
        due_at=due,
        expires_at=expires,
    )
    outbox.add_once(session, delivery)
