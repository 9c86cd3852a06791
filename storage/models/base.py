"""Column types that all tables share. All times are aware UTC in Python and stored as naive UTC."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, Column, DateTime, Integer
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field


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


def utc(*, index: bool = False, nullable: bool = True) -> Any:
    """A column of aware UTC times."""
    return Field(default=None, sa_column=Column(UtcDateTime, index=index, nullable=nullable))


# A 64-bit key that SQLite still fills by itself (it does so only for INTEGER).
BIG_KEY = BigInteger().with_variant(Integer, "sqlite")


def key() -> Any:
    """A primary key that the database fills."""
    return Field(default=None, sa_column=Column(BIG_KEY, primary_key=True))


def reference(*, nullable: bool = False) -> Any:
    """The indexed key of a row of another table."""
    return Field(default=None, sa_column=Column(BIG_KEY, index=True, nullable=nullable))


def part_of_key() -> Any:
    """The key of a row of another table, as part of this table's own key."""
    return Field(sa_column=Column(BIG_KEY, primary_key=True, autoincrement=False))
