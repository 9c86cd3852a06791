"""The content pack's example events, on days that are still to come."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from sqlmodel import Session

from actions.content import CONTENT
from actions.services import event_admin


def enter(session: Session, now: datetime, zone: ZoneInfo) -> list[int]:
    """Enter the examples, or move them on, marked as examples; returns their ids in the pack's order."""
    entries = yaml.safe_load((CONTENT / "example_events.yml").read_text(encoding="utf-8"))
    entered = []
    for entry in entries:
        starts_at = _next(entry, now, zone)
        values = {**entry["values"], "starts_at": starts_at, "example": True}
        values["ends_at"] = starts_at + timedelta(hours=entry["hours"])
        entered.append(event_admin.put(session, entry["key"], values, entry["texts"], now, zone))
    return entered


def _next(entry: dict[str, Any], now: datetime, zone: ZoneInfo) -> datetime:
    today = now.astimezone(zone).date()
    day = today - timedelta(days=today.weekday()) + timedelta(weeks=entry["week"], days=entry["weekday"])
    return datetime.combine(day, time.fromisoformat(entry["at"]), zone).astimezone(UTC)
