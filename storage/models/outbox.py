"""What shall be sent without being asked for."""

from datetime import datetime

from sqlalchemy import Column, Index, Text
from sqlmodel import Field, SQLModel

from storage.models.base import key, part_of_key, reference, utc


class Delivery(SQLModel, table=True):
    """One message to one person, at `due_at` or soon after, never after `expires_at`.

    `key` is unique, so that the same thing is never planned twice. `payload` is a reply (actions/replies.py) as JSON:
    it becomes a sentence only when it is sent, in the language the person then has. `state` is queued, sending, sent,
    failed, blocked, muted, late (it made no sense any more) or dropped (no longer true). Low `priority` goes first;
    `attempts` over 1 says that a crash or an outage fell between sending and noting it.
    """

    __tablename__ = "delivery"
    __table_args__ = (Index("ix_delivery_waiting", "state", "priority", "due_at"),)

    id: int = key()
    key: str = Field(max_length=160, unique=True)
    person_id: int = reference()
    event_id: int | None = reference(nullable=True)
    party_id: int | None = reference(nullable=True)
    payload: str = Field(sa_column=Column(Text, nullable=False))
    priority: int
    due_at: datetime = utc(nullable=False)
    expires_at: datetime | None = utc()
    state: str = Field(default="queued", max_length=10)
    attempts: int = 0
    claimed_at: datetime | None = utc()
    finished_at: datetime | None = utc()


class Subscription(SQLModel, table=True):
    """A person wants news of an interest (excursions, concerts, school dates, …)."""

    __tablename__ = "subscription"

    person_id: int = part_of_key()
    interest: str = Field(primary_key=True, max_length=30)
    since: datetime | None = utc()
