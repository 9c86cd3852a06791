"""What the assistant wants to say about events, in no language yet. Prices in cents, times aware, in city time."""

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


@dataclass(frozen=True)
class EventList:
    """Events of a period (a key of the catalogue: today, weekend, …, or "" for all to come), earliest first."""

    period: str
    events: tuple[EventView, ...]
    kind: Literal["event_list"] = "event_list"


@dataclass(frozen=True)
class EventCard:
    """Everything about one event, and the asker's families that come along or wait."""

    event: EventView
    parties: tuple[PartyView, ...] = ()
    kind: Literal["event_card"] = "event_card"


@dataclass(frozen=True)
class Draft:
    """What a sign-up knows so far; None is not answered yet. `party_id` if an existing family changes its size."""

    adults: int | None = None
    children: int | None = None
    ages: tuple[int, ...] | None = None
    interpreter: str | None = None
    childcare: bool | None = None
    wheelchair: bool | None = None
    diet: str | None = None
    name: str | None = None
    party_id: int | None = None


@dataclass(frozen=True)
class SignUpQuestion:
    """The next question of a sign-up.

    `step` is adults, children, ages, interpreter, childcare, wheelchair, diet, name or confirm; `unclear` if the last
    message was no answer to it; `suggested` a name that she may take.
    """

    event: EventView
    step: str
    draft: Draft
    unclear: bool = False
    suggested: str = ""
    kind: Literal["sign_up_question"] = "sign_up_question"


@dataclass(frozen=True)
class SignUpResult:
    """How a sign-up, a change, an accepted offer or a cancellation ended.

    `what`: seated, waiting, not_enough (`free` seats are left), cancelled, stopped (nothing was stored), coming, or why
    it was refused: over, closed, not_open, too_many, lapsed, gone.
    """

    what: str
    event: EventView | None = None
    party: PartyView | None = None
    free: int = 0
    kind: Literal["sign_up_result"] = "sign_up_result"


@dataclass(frozen=True)
class MySignUps:
    """Where a person's families come along or wait."""

    entries: tuple[tuple[EventView, PartyView], ...]
    kind: Literal["my_sign_ups"] = "my_sign_ups"


@dataclass(frozen=True)
class ReminderAsked:
    """Asks of what and when to remind, or for another day; `why`: first, past (that time is over) or unclear."""

    why: str = "first"
    kind: Literal["reminder_asked"] = "reminder_asked"


@dataclass(frozen=True)
class ReminderSet:
    """A personal reminder is noted for this moment (city time); `text` are her own words."""

    reminder_id: int
    at: datetime
    text: str
    kind: Literal["reminder_set"] = "reminder_set"


@dataclass(frozen=True)
class Reminder:
    """The moment has come: her own words, or a topic of the content pack."""

    text: str
    kind: Literal["reminder"] = "reminder"


@dataclass(frozen=True)
class News:
    """Which interests she gets news of; `changed` is one that she has just switched."""

    chosen: tuple[str, ...]
    changed: str = ""
    kind: Literal["news"] = "news"


@dataclass(frozen=True)
class TeamMessage:
    """A person of the team writes to everybody who comes to an event."""

    event: EventView
    text: str
    kind: Literal["team_message"] = "team_message"


# What people can get news of: keys of the catalogue (context `interest`).
INTERESTS = ("excursions", "concerts", "womens_group", "families", "kita_dates", "school_dates")
# The periods that events are asked for: keys of the catalogue (context `period`).
PERIODS = ("today", "tomorrow", "day_after_tomorrow", "weekend", "this_week", "next_week", "this_month", "next_month")
# What a family's seats are called: keys of the catalogue (context `party_state`).
PARTY_STATES = ("seated", "waiting", "offered", "cancelled", "lapsed")
