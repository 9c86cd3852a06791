"""The tables. All times are aware UTC in Python and stored as naive UTC."""

from storage.models.base import UtcDateTime
from storage.models.events import Event, EventText, Party, Series, SignUpDraft, StaffChange
from storage.models.outbox import Delivery, Subscription
from storage.models.people import IncomingUpdate, Person, Question
from storage.models.places import Place

__all__ = [
    "Delivery",
    "Event",
    "EventText",
    "IncomingUpdate",
    "Party",
    "Person",
    "Place",
    "Question",
    "Series",
    "SignUpDraft",
    "StaffChange",
    "Subscription",
    "UtcDateTime",
]
