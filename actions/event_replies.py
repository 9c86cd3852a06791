"""What the assistant wants to say about events, in no language yet. Prices are in cents, times aware UTC."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True)
class EventWords:
    """What an event is called in one language."""

    language: str
    title: str
    description: str
    meeting_point: str
    bring: str


@dataclass(frozen=True)
class EventView:
    """An event as shown. `status` is draft, open, full, cancelled or over; `free` seats None if there is no limit."""

    id: int
    starts_at: datetime
    ends_at: datetime
    status: str
    interest: str
    place: str
    address: str
    lat: float | None
    lon: float | None
    price: int | None
    pass_price: int | None
    free: int | None
    min_age: int | None
    max_age: int | None
    sign_up: bool
    opens_at: datetime | None
    closes_at: datetime
    asks: tuple[str, ...]
    childcare: bool | None
    wheelchair: bool | None
    interpreters: tuple[str, ...]
    example: bool
    texts: tuple[EventWords, ...]


@dataclass(frozen=True)
class PartyView:
    """A family on an event's list. `state` as in storage.models.Party; `ahead` families wait before it."""

    id: int
    name: str
    adults: int
    children: int
    state: str
    ahead: int
    offered_until: datetime | None


@dataclass(frozen=True)
class EventNotice:
    """Something a family hears without asking.

    `what`: day_before or shortly (reminders), offer, lapsed, moved, cancelled or promoted.
    """

    what: str
    event: EventView
    party: PartyView
    kind: Literal["event_notice"] = "event_notice"
