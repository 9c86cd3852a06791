"""What a reply is about, and which language a message is in."""

from actions.event_replies import (
    EventCard,
    EventList,
    EventView,
    MySignUps,
    SignUpQuestion,
    SignUpResult,
)
from actions.replies import (
    Answer,
    AskBack,
    AskWhere,
    ForeignLanguage,
    Holidays,
    Lost,
    NearestPlaces,
    NoEventsYet,
    PlaceCard,
    PlaceKinds,
    PlaceList,
    Reply,
    Steer,
)
from bot.clients.rasa import Turn
from bot.texts.languages import languages
from nlu_data.text.emergency import TOPICS as DANGERS

# A message is answered in another language than the person's own when the detector is this sure and it has this many
# words; measured by `mittendrin evaluate` on short phrases.
SURE_OF_LANGUAGE = 0.85
FEWEST_WORDS = 3
# What the talk was about, if it was an event: this and its id.
ABOUT_EVENT = "event:"


def sure(turn: Turn, text: str) -> bool:
    """Whether the detected language can be relied on."""
    return turn.language_confidence >= SURE_OF_LANGUAGE and len(text.split()) >= FEWEST_WORDS


def foreign(turn: Turn, text: str) -> ForeignLanguage | None:
    """What was not understood may be in a language that we don't speak; the model's alarm is worth little there."""
    if not sure(turn, text) or turn.language in languages():
        return None
    match turn.reply:
        case AskBack() | Lost() | Steer("out_of_scope"):
            return ForeignLanguage(turn.language)
        case Answer(topic) if topic in DANGERS:
            return ForeignLanguage(turn.language)
        case _:
            return None


def topic_of(reply: Reply) -> str | None:
    """What the talk is about after a reply, or None if that does not change."""
    match reply:
        case Answer(topic) | NoEventsYet(topic):
            return topic
        case PlaceKinds(kind) | PlaceList(kind) | NearestPlaces(kind) | AskWhere(kind):
            return f"{kind}_search" if kind in ("kita", "school") else None
        case PlaceCard(place):
            return f"{place.kind}_search" if place.kind in ("kita", "school") else None
        case Holidays():
            return "school_holidays"
        case EventCard(event) | SignUpQuestion(event):
            return f"{ABOUT_EVENT}{event.id}"
        case SignUpResult(_, EventView() as event):
            return f"{ABOUT_EVENT}{event.id}"
        case EventList(_, (event,)):
            return f"{ABOUT_EVENT}{event.id}"
        case EventList() | MySignUps():
            return "events_overview"
        case _:
            return None
