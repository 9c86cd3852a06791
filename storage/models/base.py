"""The tables. All times are aware UTC in Python and stored as naive UTC."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, Column, DateTime, Integer, Text, UniqueConstraint
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC datetime on every database; refuses naive ones."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Turn an aware datetime into naive UTC; ValueError for a naive one."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored time must be aware")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Give stored naive UTC its time zone back."""
        return None if value is None else value.replace(tzinfo=UTC)


def utc(*, index: bool = False) -> Any:
    """A nullable column of aware UTC times."""
    return Field(default=None, sa_column=Column(UtcDateTime, index=index, nullable=True))


# A 64-bit key that SQLite still fills by itself (it does so only for INTEGER).
BIG_KEY = BigInteger().with_variant(Integer, "sqlite")


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

    id: int = Field(default=None, sa_column=Column(BIG_KEY, primary_key=True))
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

    id: int = Field(default=None, sa_column=Column(BIG_KEY, primary_key=True))
    person_id: int = Field(sa_column=Column(BIG_KEY, index=True, nullable=False))
    text: str = Field(sa_column=Column(Text, nullable=False))
    language: str = Field(max_length=8)
    reason: str = Field(max_length=20)
    asked_at: datetime | None = utc(index=True)
    answer: str | None = Field(default=None, sa_column=Column(Text))
    answered_at: datetime | None = utc()


class Place(SQLModel, table=True):
    """A school, Kita, office or meeting place of the content pack."""

    __tablename__ = "place"

    id: int = Field(default=None, primary_key=True)
    key: str = Field(max_length=120, unique=True)
    kind: str = Field(max_length=20, index=True)
    name: str = Field(max_length=160)
    school_type: str = Field(default="", max_length=120)
    district: str = Field(default="", max_length=40, index=True)
    street: str = Field(default="", max_length=120)
    postcode: str = Field(default="", max_length=5)
    city: str = Field(default="", max_length=60)
    phone: str = Field(default="", max_length=40)
    email: str = Field(default="", max_length=120)
    website: str = Field(default="", max_length=200)
    opening_hours: str = Field(default="", max_length=300)
    lat: float | None = None
    lon: float | None = None
    precision: str = Field(default="", max_length=10)
    confidence: str = Field(max_length=10, index=True)
    as_of: str = Field(default="", max_length=80)


class IncomingUpdate(SQLModel, table=True):
    """A Telegram update, kept from before it is confirmed to Telegram until it has been handled."""

    __tablename__ = "incoming_update"

    update_id: int = Field(sa_column=Column(BIG_KEY, primary_key=True, autoincrement=False))
    payload: str | None = Field(default=None, sa_column=Column(Text))
    received_at: datetime | None = utc()
    handled_at: datetime | None = utc(index=True)
