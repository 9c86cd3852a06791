"""From a topic, or a question that only makes sense after one, to a reply."""

from collections.abc import Iterable
from datetime import date

from sqlmodel import Session

from actions.content import Content
from actions.replies import Answer, ContactDetails, GroupMenu, Lost, NoEventsYet, NotKnown, Reply, Steer
from actions.services import calendar, places

PLACE_TOPICS = {"kita_search": "kita", "school_search": "school"}
# Which aspect of the last topic a concept of the lexicon asks for.
_ASPECT_OF_CONCEPT = {
    "phone_number": "phone",
    "call_phone": "phone",
    "email_contact": "phone",
    "website_link": "phone",
    "address": "phone",
    "how_much": "cost",
    "free_of_charge": "cost",
    "pay": "cost",
    "near": "near",
    "opening_hours": "hours",
    "documents_needed": "documents",
    "where": "phone",
}
# Things that are spoken of without being the subject ("and the *phone* number?", "is there an *answer*?").
_NO_SUBJECT = frozenset({"phone_internet", "answer", "money", "language", "chat_messages", "human", "city", "letter"})
# A follow-up is short: longer messages bring their own subject even where the lexicon does not know it.
_LONGEST_FOLLOW_UP = 7


def open_topic(session: Session, content: Content, topic: str, today: date) -> Reply:
    """The reply to a topic of the contract, tapped or recognised; Lost for an unknown id (an old button)."""
    if topic not in content.topics:
        return Lost()
    group = content.topics[topic].group
    if group == "events":
        return NoEventsYet(topic)
    if topic == "school_holidays":
        return calendar.upcoming(content, today)
    if topic in PLACE_TOPICS:
        return places.kinds(session, PLACE_TOPICS[topic])
    return Steer(topic) if group == "meta" else Answer(topic)


def open_group(content: Content, group: str) -> Reply:
    """The topics of a group to choose from; Lost for an unknown group."""
    return GroupMenu(group) if group in content.groups else Lost()


def asked_aspect(text: str, concepts: Iterable[str], things: frozenset[str]) -> str | None:
    """Which detail a short message asks for that names no subject of its own ("and the phone number?"), or None.

    `things` are the concepts that name a subject (section `things` of concepts.yml).
    """
    found = list(concepts)
    if len(text.split()) > _LONGEST_FOLLOW_UP or (things - _NO_SUBJECT).intersection(found):
        return None
    aspects = [_ASPECT_OF_CONCEPT[concept] for concept in _ASPECT_OF_CONCEPT if concept in found]
    return aspects[0] if aspects else None


def follow_up(session: Session, content: Content, topic: str, aspect: str, today: date) -> Reply:
    """Answer a detail of the last topic: from the topic that states it, from the contacts, or honestly not."""
    details = content.topics[topic]
    if aspect == "phone":
        return ContactDetails(topic, details.contacts)
    if target := details.aspects.get(aspect):
        if aspect == "near" and target in PLACE_TOPICS:
            return places.ask_where(session, PLACE_TOPICS[target])
        return open_topic(session, content, target, today)
    return NotKnown(topic, aspect)
