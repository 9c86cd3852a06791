"""Questions about events: what is on when, which one is meant, and where a person is signed up."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from rapidfuzz.distance import Prefix
from sqlmodel import Session

from actions.event_replies import EventCard, EventList, EventView, EventWords, MySignUps
from actions.services import event_views, names
from nlu_data.text.counting import period
from nlu_data.text.normalise import normalise
from storage import events as table
from storage.models import Event

# Whoever asks what is on wants to know it for the time she can plan.
AHEAD = timedelta(days=60)
# Words that begin alike are alike: endings change ("muzeyê", "muzexane").
_SHORTEST_BEGINNING, _SHARE_OF_WORD = 4, 0.6
# Shorter words of a title say nothing ("in", "und", "the").
_SHORTEST_WORD = 4
# What stands in many titles or questions and so tells no event from another, in the languages of the pack.
_COMMON = frozenset(normalise("Ausflug Veranstaltung Besuch Treffen Dorsten MITTEndrin trip event visit").split())


def upcoming(session: Session, text: str, now: datetime, zone: ZoneInfo) -> EventList:
    """What is on in the period that a message names, else in the weeks to come."""
    asked = period(text, now.astimezone(zone).date())
    if asked is None:
        return EventList("", tuple(_between(session, now, now + AHEAD, now, zone)))
    first, last = _midnight(asked.first, zone), _midnight(asked.last + timedelta(days=1), zone)
    # What has begun today is still worth showing while it lasts; what is over is not.
    found = [event for event in _between(session, first, last, now, zone) if event.ends_at > now]
    return EventList(asked.name, tuple(found))


def about(
    session: Session, text: str, person_id: int | None, before: int | None, now: datetime, zone: ZoneInfo
) -> EventCard | EventList:
    """The event that a message asks about: named, on the day named, or spoken of before; else what is on."""
    chosen = named(session, text, now, zone)
    if not chosen:
        listed = upcoming(session, text, now, zone)
        if len(listed.events) == 1 and period(text, now.astimezone(zone).date()):
            chosen = list(listed.events)
        elif period(text, now.astimezone(zone).date()):
            return listed
    if not chosen and before is not None and (event := table.get(session, before)):
        chosen = event_views.views(session, [event], now, zone)
    if len(chosen) == 1:
        return card(session, chosen[0].id, person_id, now, zone) or EventList("", ())
    return EventList("", tuple(chosen)) if chosen else upcoming(session, "", now, zone)


def named(session: Session, text: str, now: datetime, zone: ZoneInfo) -> list[EventView]:
    """The events to come whose title a message names, misspelt too, in any of the title's languages; best first."""
    typed = names.words(text)
    scored = []
    for event in _between(session, now, now + AHEAD, now, zone):
        if said := max((_words_said(typed, words) for words in event.texts), default=0):
            scored.append((said, event))
    best = max((said for said, _ in scored), default=0)
    found = [event for said, event in scored if said == best]
    # Of a series the next one is meant.
    titles: dict[str, EventView] = {}
    for event in found:
        titles.setdefault(event.texts[0].title if event.texts else str(event.id), event)
    return list(titles.values())


def card(session: Session, event_id: int, person_id: int | None, now: datetime, zone: ZoneInfo) -> EventCard | None:
    """Everything about an event, with the person's own families on its list; None for an unknown or unpublished one."""
    event = table.get(session, event_id)
    if event is None or event.status == "draft":
        return None
    (view,) = event_views.views(session, [event], now, zone)
    mine = [party for party in table.parties(session, event_id) if party.person_id == person_id]
    return EventCard(view, tuple(event_views.party_view(session, party, zone) for party in mine))


def my_sign_ups(session: Session, person_id: int, now: datetime, zone: ZoneInfo) -> MySignUps:
    """Where a person's families come along or wait, the next event first."""
    entries = []
    for party in table.parties_of(session, person_id):
        event = table.get(session, party.event_id)
        if event and event.ends_at > now and event.status == "open":
            (view,) = event_views.views(session, [event], now, zone)
            entries.append((view, event_views.party_view(session, party, zone)))
    return MySignUps(tuple(sorted(entries, key=lambda entry: entry[0].starts_at)))


def _between(session: Session, first: datetime, last: datetime, now: datetime, zone: ZoneInfo) -> list[EventView]:
    found: list[Event] = table.between(session, first, last, ("open", "cancelled"))
    return event_views.views(session, found, now, zone)


def _words_said(typed: list[str], words: EventWords) -> int:
    """How many of a title's telling words occur in a message."""
    telling = {word for word in names.words(words.title) if len(word) >= _SHORTEST_WORD and word not in _COMMON}
    return sum(any(_alike(word, wanted) for word in typed) for wanted in telling)


def _alike(word: str, wanted: str) -> bool:
    common = Prefix.similarity(word, wanted)
    enough = max(_SHORTEST_BEGINNING, _SHARE_OF_WORD * min(len(word), len(wanted)))
    return common >= enough or names.likeness([word], [wanted]) >= names.ALIKE


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)
