"""What has arrived and is not yet handled, so that a crash loses none and repeats none."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlmodel import Session

from storage import updates as table

# Telegram repeats an update for 24 hours at most.
KEEP_HANDLED = timedelta(days=2)


def keep(session: Session, payloads: Mapping[int, str], now: datetime) -> list[int]:
    """Store updates (payloads by id) not seen before; return their ids in order."""
    return table.keep(session, payloads, now)


def left(session: Session, now: datetime) -> list[str]:
    """The payloads that a stopped process left unhandled, in order; old handled ids are forgotten on the way."""
    table.purge(session, now - KEEP_HANDLED)
    return table.unhandled(session)


def handled(session: Session, update_id: int, now: datetime) -> None:
    """An update is done: its payload is forgotten, its id kept for a while."""
    table.mark_handled(session, update_id, now)
