"""Reminders that a person asks for, and what she wants news of."""

import json
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from actions.event_replies import INTERESTS, News, ReminderAsked, ReminderSet
from actions.services.notices import REMINDER
from nlu_data.text.counting import clock, period
from storage import outbox
from storage.models import Delivery

# Who names a day and no time hears of it when the day begins for most families.
MORNING = time(9)
# A reminder that could not be sent for so long is no use any more.
LATEST = timedelta(days=1)
LONGEST = 300


def remember(session: Session, person_id: int, text: str, now: datetime, zone: ZoneInfo) -> ReminderSet | ReminderAsked:
    """Note a reminder at the day and time that her message names (city time), with her own words.

    She has named the time herself, so that also the quiet hours are kept only if she did not.
    """
    local = now.astimezone(zone)
    day, hour = period(text, local.date()), clock(text)
    if day is None and hour is None:
        return ReminderAsked("first")
    first = day.first if day else local.date()
    at = datetime.combine(first, hour or MORNING, zone)
    if at <= local and day is None:
        at = datetime.combine(first + timedelta(days=1), hour or MORNING, zone)
    if at <= local:
        return ReminderAsked("past")
    key = f"personal:{person_id}:{int(at.timestamp())}:{int(now.timestamp())}"
    delivery = Delivery(
        key=key,
        person_id=person_id,
        payload=json.dumps({"what": "personal", "text": text[:LONGEST]}, ensure_ascii=False),
        priority=REMINDER,
        due_at=at.astimezone(UTC),
        expires_at=at.astimezone(UTC) + LATEST,
    )
    outbox.add_once(session, delivery)
    stored = outbox.by_key(session, key)
    return ReminderSet(stored.id if stored else 0, at, text[:LONGEST])


def forget(session: Session, person_id: int, reminder_id: int, now: datetime) -> bool:
    """Take a reminder back; False if it was sent already, or is none of hers."""
    return outbox.drop(session, reminder_id, person_id, now)


def news(session: Session, person_id: int) -> News:
    """What she gets news of."""
    return _news(session, person_id, "")


def switch_news(session: Session, person_id: int, interest: str, now: datetime) -> News:
    """News of an interest, or none any more. KeyError for an interest that there is not."""
    if interest not in INTERESTS:
        raise KeyError(interest)
    if interest in outbox.subscriptions(session, person_id):
        outbox.unsubscribe(session, person_id, interest)
    else:
        outbox.subscribe(session, person_id, interest, now)
    session.flush()
    return _news(session, person_id, interest)


def _news(session: Session, person_id: int, changed: str) -> News:
    chosen = outbox.subscriptions(session, person_id)
    return News(tuple(interest for interest in INTERESTS if interest in chosen), changed)
