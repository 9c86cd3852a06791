"""Answers of the content pack: placeholders, sources, contacts, holidays."""

import html
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from actions.content import CONTACT_FIELDS, Content, Topic
from actions.replies import Answer, ContactDetails, Holidays, NotKnown, Period
from bot.texts.buttons import menu_button, one_each, topic_button, ways_on
from bot.texts.messages import Message
from bot.texts.speech import Html, Speech, isolate

_PLACEHOLDER = re.compile(r"\{([a-z0-9_]+)(?:\.([a-z]+))?\}")
URGENT = ("emergency", "violence_help")


def answer(speech: Speech, content: Content, reply: Answer) -> Message:
    """A topic's answer with its source, the date of the last check, and up to three next questions."""
    topic = content.topics[reply.topic]
    text = body_with_source(speech, content, reply.topic)
    buttons = [topic_button(speech, other) for other in topic.follow_ups]
    if reply.topic in URGENT:
        return Message(text, one_each([*buttons, menu_button(speech)]))
    return Message(text, (*one_each(buttons), *ways_on(speech)))


def body_with_source(speech: Speech, content: Content, topic: str) -> str:
    """The text of an answer, where it comes from, and when it was checked."""
    return "\n".join([body(speech, content, topic), "", *_sources(speech, content.topics[topic])])


def body(speech: Speech, content: Content, topic: str) -> str:
    """The text of an answer, German with a notice where there is none.

    A line that needs something unknown is left out, and that is said.
    """
    own = content.answers.get(speech.language.code, {}).get(topic)
    kept, unknown = [], False
    for line in (own or content.answers["de"][topic]).splitlines():
        filled = fill(speech, content, line)
        if filled is None:
            unknown = True
        else:
            kept.append(filled)
    if not own:
        kept.insert(0, speech.say("I have this text only in German so far."))
    if unknown:
        kept.append(speech.say("I don't know more about this yet. The team can tell you."))
    return "\n".join(kept).strip()


def fill(speech: Speech, content: Content, line: str) -> str | None:
    """A line with its placeholders filled; None if one of them is a setting that nobody has filled in."""
    parts, end = [], 0
    for match in _PLACEHOLDER.finditer(line):
        value = _value(speech, content, match[1], match[2])
        if not value:
            return None
        parts += [_plain(line[end : match.start()]), value]
        end = match.end()
    return "".join([*parts, _plain(line[end:])])


def contact_details(speech: Speech, content: Content, reply: ContactDetails) -> Message:
    """Phone, address and e-mail of those who help with a topic."""
    lines = [block(speech, content.contacts[key]) for key in reply.contacts]
    if not any(content.contacts[key].get(field) for key in reply.contacts for field in CONTACT_FIELDS[1:]):
        lines.append(speech.say("I don't know a phone number for this. The team can help you."))
    return Message("\n\n".join(lines), ways_on(speech))


def block(speech: Speech, contact: Mapping[str, str]) -> str:
    """A contact, a line for each thing that is known."""
    signs = {"name": "", "phone": "📞 ", "address": "📍 ", "email": "✉️ ", "website": "🌐 "}
    lines = []
    for field in CONTACT_FIELDS:
        if value := contact.get(field):
            shown = link(value) if field == "website" else isolate(value)
            lines.append(signs[field] + (f"<b>{shown}</b>" if field == "name" else shown))
    return "\n".join(lines)


def not_known(speech: Speech, reply: NotKnown) -> Message:
    """Honest: this detail is not in the content pack."""
    text = speech.say(
        "I don't know that about “{topic}”. The team can find out for you.", topic=speech.name("topic", reply.topic)
    )
    return Message(text, ways_on(speech))


def no_events_yet(speech: Speech) -> Message:
    """The calendar does not exist yet; say so."""
    text = speech.say("No events or trips are entered here yet. As soon as there are some, you will find them here.")
    buttons = [topic_button(speech, topic) for topic in ("leisure_children", "city_exploration")]
    return Message(text, (*one_each(buttons), *ways_on(speech)))


def holidays(speech: Speech, content: Content, reply: Holidays) -> Message:
    """School holidays now and next, public holidays, and what each school decides for itself."""
    lines = []
    if reply.running:
        lines.append(speech.say("Now are school holidays: {period}", period=Html(_period(speech, reply.running))))
    lines.append(_bold(speech.say("Next school holidays")))
    lines += [_period(speech, period) for period in reply.coming]
    lines += ["", _bold(speech.say("Next public holidays"))]
    lines += [f"{speech.day(p.first, weekday=True)}: {isolate(p.name)}" for p in reply.public]
    lines += ["", body_with_source(speech, content, "school_holidays")]
    buttons = [topic_button(speech, topic) for topic in content.topics["school_holidays"].follow_ups]
    return Message("\n".join(lines), (*one_each(buttons), (menu_button(speech),)))


def link(url: str) -> Html:
    """A link that shows its host (and path where that matters to the reader)."""
    return Html(f'<a href="{html.escape(url)}">{isolate(host_of(url))}</a>')


def host_of(url: str) -> str:
    """The host as people know it."""
    return urlsplit(url).netloc.removeprefix("www.")


def _sources(speech: Speech, topic: Topic) -> list[str]:
    """Hosts with the date of each page where it has one, in one line; then when the text was last read over."""
    hosts = {host_of(source.url): source for source in reversed(topic.sources)}
    shown = [
        link(source.url) if source.as_of == "undated" else Html(f"{link(source.url)} ({isolate(source.as_of)})")
        for source in topic.sources
        if hosts[host_of(source.url)] is source
    ]
    lines = ["🔎 " + speech.say("Source: {link}", link=speech.listed(shown))] if shown else []
    if topic.checked:
        lines.append(speech.say("Text checked on {day}", day=speech.day(topic.checked)))
    return lines


def _value(speech: Speech, content: Content, key: str, field: str | None) -> str:
    if field:
        value = content.contacts[key][field]
        return link(value) if field == "website" else isolate(value)
    if key in content.settings:
        return isolate(content.settings[key]) if content.settings[key] else ""
    fact = content.facts[key]
    return link(fact["url"]) if "url" in fact else isolate(_shown(speech, fact))


def _shown(speech: Speech, fact: Mapping[str, Any]) -> str:
    if "eur" in fact:
        return speech.money(fact["eur"])
    if "number" in fact:
        return speech.number(fact["number"])
    return speech.day(fact["date"]) if "date" in fact else str(fact["text"])


def _period(speech: Speech, period: Period) -> str:
    name = speech.name("holidays", period.name)
    if period.first == period.last:
        return f"{name}: {speech.day(period.first)}"
    return f"{name}: {speech.day(period.first)} – {speech.day(period.last)}"


def _bold(text: str) -> str:
    return f"<b>{text}</b>"


def _plain(text: str) -> str:
    return html.escape(text, quote=False)
