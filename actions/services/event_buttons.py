"""What the buttons about events do. Each takes the person and the moment, then what the button carries."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeAlias
from zoneinfo import ZoneInfo

from sqlmodel import Session

from actions.event_replies import EventCard, News, ReminderAsked, SignUpQuestion, SignUpResult
from actions.replies import Reply
from actions.services import event_asking, event_views, personal, seats, sign_up
from actions.services.seats import Cancelled, Refused
from storage import events as table

OfParty: TypeAlias = Callable[[Session, int, datetime, ZoneInfo, int], Reply]


def card(session: Session, person_id: int, now: datetime, zone: ZoneInfo, event_id: int) -> EventCard | SignUpResult:
    """Show an event."""
    return event_asking.card(session, event_id, person_id, now, zone) or SignUpResult("gone")


def begin(
    session: Session, person_id: int, now: datetime, zone: ZoneInfo, event_id: int
) -> EventCard | SignUpQuestion | SignUpResult:
    """Begin to sign up; who is on the list already sees that."""
    shown = event_asking.card(session, event_id, person_id, now, zone)
    if shown and shown.parties:
        return shown
    return sign_up.begin(session, person_id, event_id, now, zone)


def answer(
    session: Session, person_id: int, now: datetime, zone: ZoneInfo, event_id: int, step: str, value: str
) -> SignUpQuestion | SignUpResult:
    """Answer a question of the sign-up, go back, stop, or confirm."""
    return sign_up.answer(session, person_id, event_id, step, value, now, zone)


def accept(session: Session, person_id: int, now: datetime, zone: ZoneInfo, party_id: int) -> SignUpResult:
    """Take the seats that were offered."""
    event_id = _event_of(session, person_id, party_id)
    if event_id is None:
        return SignUpResult("gone")
    return sign_up.outcome(session, event_id, seats.accept(session, party_id, now, zone), now, zone)


def sign_off(session: Session, person_id: int, now: datetime, zone: ZoneInfo, party_id: int) -> SignUpResult:
    """The family does not come, or does not want the seats."""
    event_id = _event_of(session, person_id, party_id)
    if event_id is None:
        return SignUpResult("gone")
    done = seats.cancel(session, party_id, now, zone)
    event = table.get(session, event_id)
    views = event_views.views(session, [event], now, zone) if event else [None]
    # Cancelled before, or lapsed: it is true all the same.
    return SignUpResult("cancelled", views[0]) if isinstance(done, Cancelled | Refused) else SignUpResult("gone")


def coming(session: Session, person_id: int, now: datetime, zone: ZoneInfo, party_id: int) -> SignUpResult:
    """She says that the family will come."""
    event_id = _event_of(session, person_id, party_id)
    event = table.get(session, event_id) if event_id is not None else None
    party = table.party(session, party_id)
    if event is None or party is None:
        return SignUpResult("gone")
    (view,) = event_views.views(session, [event], now, zone)
    if party.state != "seated":
        return SignUpResult("lapsed", view)
    party.coming = True
    return SignUpResult("coming", view, event_views.party_view(session, party, zone))


def resize(
    session: Session, person_id: int, now: datetime, zone: ZoneInfo, party_id: int
) -> SignUpQuestion | SignUpResult:
    """More or fewer people."""
    return sign_up.resize(session, person_id, party_id, now, zone)


def forget_reminder(session: Session, person_id: int, now: datetime, zone: ZoneInfo, reminder_id: int) -> ReminderAsked:
    """Take a personal reminder back."""
    personal.forget(session, person_id, reminder_id, now)
    return ReminderAsked("first")


def news(session: Session, person_id: int, now: datetime, zone: ZoneInfo, interest: str = "") -> News:
    """Show what she gets news of, or switch one."""
    return personal.switch_news(session, person_id, interest, now) if interest else personal.news(session, person_id)


def _event_of(session: Session, person_id: int, party_id: int) -> int | None:
    """The event of a party, if it is this person's."""
    party = table.party(session, party_id)
    return party.event_id if party and party.person_id == person_id else None
