"""An event as a file for the phone's own calendar (iCalendar, RFC 5545)."""

from icalendar import Calendar, Event

from actions.event_replies import EventView
from bot.texts.event_cards import words
from bot.texts.messages import Document, Message
from bot.texts.speech import Speech, isolate


def calendar_file(speech: Speech, event: EventView) -> Message:
    """The file, with the event's name in the reader's language as its caption."""
    text = words(speech, event)
    entry = Event()
    entry.add("uid", f"event-{event.id}@mittendrin")
    entry.add("dtstamp", event.starts_at)
    entry.add("dtstart", event.starts_at)
    entry.add("dtend", event.ends_at)
    entry.add("summary", text.title)
    entry.add("location", ", ".join(part for part in (event.place, event.address) if part))
    entry.add("description", "\n".join(part for part in (text.description, text.meeting_point, text.bring) if part))
    if event.lat is not None and event.lon is not None:
        entry.add("geo", (event.lat, event.lon))
    calendar = Calendar()
    calendar.add("prodid", "-//MITTEndrin//Dorsten//")
    calendar.add("version", "2.0")
    calendar.add_component(entry)
    calendar.add_missing_timezones()
    return Message(f"🗓 {isolate(text.title)}", document=Document("mittendrin.ics", calendar.to_ical()))
