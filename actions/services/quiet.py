"""The hours in which nobody is written to unasked."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

# City time. Quiet hours as in many German house rules: whoever sleeps early, or has a baby, is not woken.
FROM, TO = time(21), time(8)


def is_quiet(moment: datetime, zone: ZoneInfo) -> bool:
    """Whether an aware moment lies in the quiet hours of the city."""
    local = moment.astimezone(zone).time()
    return local >= FROM or local < TO


def next_loud(moment: datetime, zone: ZoneInfo) -> datetime:
    """The moment itself, or the end of the quiet hours that it lies in (aware UTC)."""
    if not is_quiet(moment, zone):
        return moment.astimezone(UTC)
    local = moment.astimezone(zone)
    day = local.date() + timedelta(days=local.time() >= FROM)
    return datetime.combine(day, TO, zone).astimezone(UTC)


def last_loud(moment: datetime, zone: ZoneInfo) -> datetime:
    """The moment itself, or the last one before the quiet hours that it lies in (aware UTC)."""
    if not is_quiet(moment, zone):
        return moment.astimezone(UTC)
    return began(moment, zone) - timedelta(minutes=1)


def began(moment: datetime, zone: ZoneInfo) -> datetime:
    """When the quiet hours that a moment lies in began (aware UTC)."""
    local = moment.astimezone(zone)
    day = local.date() - timedelta(days=local.time() < TO)
    return datetime.combine(day, FROM, zone).astimezone(UTC)
