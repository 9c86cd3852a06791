"""From one of the contract's event topics to a reply."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from actions.event_replies import EventCard, EventList, MySignUps
from actions.replies import NoEventsYet, Reply
from actions.services import event_asking, sign_up


@dataclass(frozen=True)
class Asked:
    """What somebody wants of events: topic, message ("" if she pressed a button), who asks, the event before."""

    topic: str
    text: str
    person_id: int | None
    event_before: int | None


def reply(session: Session, asked: Asked, now: datetime, zone: ZoneInfo) -> Reply:
    """The reply to an event topic; NoEventsYet while the calendar is empty."""
    found = _reply(session, asked, now, zone)
    nothing = found == EventList("", ()) or (found == MySignUps(()) and asked.topic == "excursion_cancel")
    return NoEventsYet(asked.topic) if nothing else found


def _reply(session: Session, asked: Asked, now: datetime, zone: ZoneInfo) -> Reply:
    match asked.topic:
        case "events_overview":
            return event_asking.upcoming(session, asked.text, now, zone)
        case "event_details":
            return event_asking.about(session, asked.text, asked.person_id, asked.event_before, now, zone)
        case "excursion_signup":
            found = event_asking.about(session, asked.text, asked.person_id, asked.event_before, now, zone)
            if isinstance(found, EventCard) and asked.person_id is not None and _can_begin(found):
                return sign_up.begin(session, asked.person_id, found.event.id, now, zone, text=asked.text)
            return found
        case "excursion_cancel" | "my_signups" if asked.person_id is not None:
            mine = event_asking.my_sign_ups(session, asked.person_id, now, zone)
            named = {view.id for view in event_asking.named(session, asked.text, now, zone)}
            chosen = [view.id for view, _ in mine.entries if view.id in named] or [view.id for view, _ in mine.entries]
            if asked.topic == "excursion_cancel" and len(chosen) == 1:
                return event_asking.card(session, chosen[0], asked.person_id, now, zone) or mine
            return mine
        case _:
            return NoEventsYet(asked.topic)


def _can_begin(card: EventCard) -> bool:
    return card.event.sign_up and not card.parties and card.event.status in ("open", "full")
