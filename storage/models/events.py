"""Events, who comes along, and every change that staff made by hand."""

from datetime import datetime

from sqlalchemy import Column, Index, Text
from sqlmodel import Field, SQLModel

from storage.models.base import key, part_of_key, reference, utc


class Series(SQLModel, table=True):
    """An event that repeats: an RFC 5545 RRULE in city time, and the days it is left out.

    `first` is the first start as city wall-clock time ("2026-11-25T16:00"), so that 16:00 stays 16:00 when the clocks
    change; `left_out` holds ISO days divided by commas. The single events up to `planned_until` exist as rows.
    """

    __tablename__ = "series"

    id: int = key()
    key: str = Field(max_length=120, unique=True)
    rule: str = Field(max_length=200)
    first: str = Field(max_length=16)
    left_out: str = Field(default="", sa_column=Column(Text, nullable=False))
    planned_until: datetime | None = utc()


class Event(SQLModel, table=True):
    """Something people can go to. `status` is draft, open or cancelled; full and over follow from seats and time.

    Prices are in cents, None where unknown and 0 where free. Without `seats` everybody may come. `asks` and
    `interpreters` hold words divided by commas: what the sign-up asks for (ages, childcare, wheelchair, diet) and
    language codes. `version` grows when time or place change (iCalendar's SEQUENCE), and with it the reminders.
    """

    __tablename__ = "event"

    id: int = key()
    key: str = Field(max_length=120, unique=True)
    series_id: int | None = reference(nullable=True)
    starts_at: datetime = utc(index=True, nullable=False)
    ends_at: datetime = utc(nullable=False)
    status: str = Field(default="open", max_length=10)
    interest: str = Field(default="excursions", max_length=30)
    place: str = Field(default="", max_length=160)
    address: str = Field(default="", max_length=160)
    lat: float | None = None
    lon: float | None = None
    price: int | None = None
    pass_price: int | None = None
    seats: int | None = None
    min_age: int | None = None
    max_age: int | None = None
    sign_up: bool = True
    opens_at: datetime | None = utc()
    closes_at: datetime | None = utc()
    asks: str = Field(default="", max_length=60)
    childcare: bool | None = None
    wheelchair: bool | None = None
    interpreters: str = Field(default="", max_length=60)
    example: bool = False
    version: int = 0


class EventText(SQLModel, table=True):
    """What an event is called and described as in one language."""

    __tablename__ = "event_text"

    event_id: int = part_of_key()
    language: str = Field(primary_key=True, max_length=8)
    title: str = Field(max_length=200)
    description: str = Field(default="", sa_column=Column(Text, nullable=False))
    meeting_point: str = Field(default="", max_length=300)
    bring: str = Field(default="", max_length=300)


class Party(SQLModel, table=True):
    """A family that wants to come along, or comes.

    `state` is seated, waiting, offered (a place is held until `offered_until`), cancelled or lapsed. Its place in the
    waiting list is its id: they are given in the order of arrival, under the event's lock. `passed` counts how often
    a later party got a place before it. `coming` is what she said to the reminder, `attended` what staff ticked off.
    """

    __tablename__ = "party"
    __table_args__ = (Index("ix_party_state_event", "state", "event_id"),)

    id: int = key()
    event_id: int = reference()
    person_id: int = reference()
    name: str = Field(max_length=40)
    adults: int
    children: int = 0
    ages: str = Field(default="", max_length=60)
    interpreter: str = Field(default="", max_length=8)
    childcare: bool = False
    wheelchair: bool = False
    diet: str = Field(default="", max_length=100)
    state: str = Field(max_length=10)
    arrived_at: datetime = utc(nullable=False)
    passed: int = 0
    offered_until: datetime | None = utc(index=True)
    coming: bool | None = None
    attended: bool | None = None

    @property
    def size(self) -> int:
        """Seats that the party takes."""
        return self.adults + self.children


class SignUpDraft(SQLModel, table=True):
    """A sign-up that a person has begun: one at a time, given up after a day.

    `answers` is a Draft (actions/event_replies.py) as JSON, `step` the question that she is asked.
    """

    __tablename__ = "sign_up_draft"

    person_id: int = part_of_key()
    event_id: int = reference()
    step: str = Field(max_length=12)
    answers: str = Field(sa_column=Column(Text, nullable=False))
    at: datetime = utc(nullable=False)


class StaffChange(SQLModel, table=True):
    """What somebody of the team changed by hand, and why."""

    __tablename__ = "staff_change"

    id: int = key()
    event_id: int = reference()
    party_id: int | None = reference(nullable=True)
    at: datetime = utc(nullable=False)
    by: str = Field(max_length=60)
    what: str = Field(max_length=40)
    reason: str = Field(max_length=300)
