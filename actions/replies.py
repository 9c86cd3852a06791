"""What the assistant wants to say, without a word of any language.

Services return these; Rasa's actions send them to the front as JSON; `bot/texts` turns them into sentences.
"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from actions.event_replies import (
    EventCard,
    EventList,
    EventNotice,
    EventView,
    MySignUps,
    News,
    PartyView,
    Reminder,
    ReminderAsked,
    ReminderSet,
    SignUpQuestion,
    SignUpResult,
    TeamMessage,
)


@dataclass(frozen=True)
class Answer:
    """The content pack's answer to a topic."""

    topic: str
    kind: Literal["answer"] = "answer"


@dataclass(frozen=True)
class NoEventsYet:
    """An event topic while the calendar is empty."""

    topic: str
    kind: Literal["no_events_yet"] = "no_events_yet"


@dataclass(frozen=True)
class ContactDetails:
    """Phone and address of those who help with a topic; empty when none is known."""

    topic: str
    contacts: tuple[str, ...]
    kind: Literal["contact_details"] = "contact_details"


@dataclass(frozen=True)
class NotKnown:
    """A detail (`cost`, `hours`, …) of a topic that the content pack does not state."""

    topic: str
    aspect: str
    kind: Literal["not_known"] = "not_known"


@dataclass(frozen=True)
class Period:
    """School holidays or a public holiday, first to last day; `name` is a key of the catalogue or a German name."""

    name: str
    first: date
    last: date


@dataclass(frozen=True)
class Holidays:
    """School holidays now running (or None), the next ones, and the next public holidays."""

    running: Period | None
    coming: tuple[Period, ...]
    public: tuple[Period, ...]
    kind: Literal["holidays"] = "holidays"


@dataclass(frozen=True)
class PlaceView:
    """A place as shown; `metres` to the asker, `precision` exact, street, district or "" (no distance)."""

    id: int
    kind: str
    name: str
    school_type: str
    district: str
    street: str
    postcode: str
    city: str
    phone: str
    website: str
    opening_hours: str
    lat: float | None
    lon: float | None
    precision: str
    sure: bool
    as_of: str
    metres: int | None = None


@dataclass(frozen=True)
class PlaceKinds:
    """A choice of districts (and of school types) before a list is shown; counts per district."""

    place_kind: str
    districts: tuple[tuple[str, int], ...]
    school_types: tuple[tuple[str, int], ...]
    kind: Literal["place_kinds"] = "place_kinds"


@dataclass(frozen=True)
class PlaceList:
    """Places of a kind in a district (or of a school type, or on a street), best first."""

    place_kind: str
    heading: str
    places: tuple[PlaceView, ...]
    kind: Literal["place_list"] = "place_list"


@dataclass(frozen=True)
class NearestPlaces:
    """Places of a kind by distance from where the person is."""

    place_kind: str
    places: tuple[PlaceView, ...]
    kind: Literal["nearest_places"] = "nearest_places"


@dataclass(frozen=True)
class PlaceCard:
    """Everything known of one place."""

    place: PlaceView
    kind: Literal["place_card"] = "place_card"


@dataclass(frozen=True)
class AskWhere:
    """Asks for a location or a district, to show what is near."""

    place_kind: str
    districts: tuple[tuple[str, int], ...]
    kind: Literal["ask_where"] = "ask_where"


@dataclass(frozen=True)
class LocationReceived:
    """A location came without a question: what shall be found near it?"""

    lat: float
    lon: float
    kind: Literal["location_received"] = "location_received"


@dataclass(frozen=True)
class AskBack:
    """Not sure: the likeliest topics to choose from."""

    topics: tuple[str, ...]
    kind: Literal["ask_back"] = "ask_back"


@dataclass(frozen=True)
class Lost:
    """Not understood: the menu and a person."""

    kind: Literal["lost"] = "lost"


@dataclass(frozen=True)
class ForeignLanguage:
    """Written in a language that the assistant does not speak: its ISO code."""

    language: str
    kind: Literal["foreign_language"] = "foreign_language"


@dataclass(frozen=True)
class Steer:
    """A topic of the group `meta` (greeting, thanks, menu, …) or another fixed sentence of the catalogue."""

    name: str
    kind: Literal["steer"] = "steer"


@dataclass(frozen=True)
class GroupMenu:
    """The topics of one group as buttons."""

    group: str
    kind: Literal["group_menu"] = "group_menu"


@dataclass(frozen=True)
class LanguageChanged:
    """The person's language is now this one."""

    language: str
    kind: Literal["language_changed"] = "language_changed"


@dataclass(frozen=True)
class HandedOver:
    """This question is noted for the team; "" asks the person to write one."""

    question: str
    kind: Literal["handed_over"] = "handed_over"


@dataclass(frozen=True)
class StoredData:
    """Everything stored about a person, for herself to read."""

    language: str
    consented: str
    topic: str | None
    questions: tuple[str, ...] = ()
    sign_ups: tuple[tuple[EventView, PartyView], ...] = ()
    reminders: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()
    kind: Literal["stored_data"] = "stored_data"


@dataclass(frozen=True)
class TeamAnswer:
    """A person of the team answers a question."""

    question: str
    answer: str
    kind: Literal["team_answer"] = "team_answer"


Reply = Annotated[
    Answer
    | NoEventsYet
    | ContactDetails
    | NotKnown
    | Holidays
    | PlaceKinds
    | PlaceList
    | NearestPlaces
    | PlaceCard
    | AskWhere
    | LocationReceived
    | AskBack
    | Lost
    | ForeignLanguage
    | Steer
    | GroupMenu
    | LanguageChanged
    | HandedOver
    | StoredData
    | TeamAnswer
    | EventList
    | EventCard
    | SignUpQuestion
    | SignUpResult
    | MySignUps
    | EventNotice
    | ReminderAsked
    | ReminderSet
    | Reminder
    | News
    | TeamMessage,
    Field(discriminator="kind"),
]
_ADAPTER: TypeAdapter[Reply] = TypeAdapter(Reply)


def to_json(reply: Reply) -> dict[str, Any]:
    """The reply as JSON-able data, as it travels in Rasa's `custom` messages."""
    data: dict[str, Any] = _ADAPTER.dump_python(reply, mode="json")
    return data


def from_json(data: Any) -> Reply:
    """The reply that `to_json` wrote; pydantic.ValidationError if it is none."""
    return _ADAPTER.validate_python(data)
