"""People, their questions, and what Telegram has sent of them."""

from datetime import datetime

from sqlalchemy import Column, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.models.base import BIG_KEY, key, reference, utc


class Person(SQLModel, table=True):
    """Somebody who talks to the assistant: no name, no phone number.

    `expects` is "team" while her next message goes to the team; `topic` is what the talk was about last.
    """

    __tablename__ = "person"
    # An id is never used twice: Rasa may still remember a deleted person by hers.
    __table_args__ = (
        UniqueConstraint("channel", "address", name="uq_person_channel_address"),
        {"sqlite_autoincrement": True},
    )

    id: int = key()
    channel: str = Field(max_length=20)
    address: str = Field(max_length=64)
    language: str = Field(max_length=8)
    consented_at: datetime | None = utc()
    muted_at: datetime | None = utc()
    blocked_at: datetime | None = utc()
    expects: str | None = Field(default=None, max_length=20)
    topic: str | None = Field(default=None, max_length=64)
    topic_at: datetime | None = utc()
    seen_at: datetime | None = utc(index=True)


class Question(SQLModel, table=True):
    """A question the assistant could not answer, waiting for a person of the team."""

    __tablename__ = "question"

    id: int = key()
    person_id: int = reference()
    text: str = Field(sa_column=Column(Text, nullable=False))
    language: str = Field(max_length=8)
    reason: str = Field(max_length=20)
    asked_at: datetime | None = utc(index=True)
    answer: str | None = Field(default=None, sa_column=Column(Text))
    answered_at: datetime | None = utc()


class IncomingUpdate(SQLModel, table=True):
    """A Telegram update, kept from before it is confirmed to Telegram until it has been handled."""

    __tablename__ = "incoming_update"

    update_id: int = Field(sa_column=Column(BIG_KEY, primary_key=True, autoincrement=False))
    payload: str | None = Field(default=None, sa_column=Column(Text))
    received_at: datetime | None = utc()
    handled_at: datetime | None = utc(index=True)
