"""Events and families as the front shows them."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from actions.event_replies import EventView, EventWords, PartyView
from actions.services import seats
from storage import events as table
from storage.models import Event, EventText, Party


def views(session: Session, events: list[Event], now: datetime, zone: ZoneInfo) -> list[EventView]:
    """How events look at a moment, in the order given; their times are those of the city."""
    texts = table.texts(session, [event.id for event in events])
    return [_view(session, event, texts[event.id], now, zone) for event in events]


def party_view(session: Session, party: Party, zone: ZoneInfo) -> PartyView:
    """A family as it is now."""
    ahead = seats.ahead(session, party) if party.state == "waiting" else 0
    until = party.offered_until.astimezone(zone) if party.offered_until else None
    return PartyView(party.id, party.name, party.adults, party.children, party.state, ahead, until)


def _view(session: Session, event: Event, texts: list[EventText], now: datetime, zone: ZoneInfo) -> EventView:
    free = seats.free_seats(session, event)
    return EventView(
        id=event.id,
        starts_at=event.starts_at.astimezone(zone),
        ends_at=event.ends_at.astimezone(zone),
        status=_status(event, free, now),
        interest=event.interest,
        place=event.place,
        address=event.address,
        lat=event.lat,
        lon=event.lon,
        price=event.price,
        pass_price=event.pass_price,
        free=None if free is None else max(free, 0),
        min_age=event.min_age,
        max_age=event.max_age,
        sign_up=event.sign_up,
        opens_at=event.opens_at.astimezone(zone) if event.opens_at else None,
        closes_at=seats.deadline(event).astimezone(zone),
        asks=_split(event.asks),
        childcare=event.childcare,
        wheelchair=event.wheelchair,
        interpreters=_split(event.interpreters),
        example=event.example,
        texts=tuple(
            EventWords(text.language, text.title, text.description, text.meeting_point, text.bring) for text in texts
        ),
    )


def _status(event: Event, free: int | None, now: datetime) -> str:
    if event.status == "open" and now >= event.ends_at:
        return "over"
    return "full" if event.status == "open" and free is not None and free <= 0 else event.status


def _split(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(",") if part)
