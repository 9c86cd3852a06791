"""Telegram's updates between arriving and being handled, so that a crash loses none and repeats none."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, col, delete, select, update

from storage.models import IncomingUpdate


def keep(session: Session, payloads: Mapping[int, str], now: datetime) -> list[int]:
    """Store updates not seen before; return their ids in order."""
    known = set(session.exec(select(IncomingUpdate.update_id).where(col(IncomingUpdate.update_id).in_(list(payloads)))))
    new = [update_id for update_id in sorted(payloads) if update_id not in known]
    session.add_all(IncomingUpdate(update_id=i, payload=payloads[i], received_at=now) for i in new)
    return new


def unhandled(session: Session) -> list[str]:
    """The payloads that a stopped process left behind, in order."""
    rows = session.exec(
        select(IncomingUpdate).where(col(IncomingUpdate.handled_at).is_(None)).order_by(col(IncomingUpdate.update_id))
    )
    return [row.payload for row in rows if row.payload is not None]


def mark_handled(session: Session, update_id: int, now: datetime) -> None:
    """Note that an update is done, and forget what it said."""
    session.exec(
        update(IncomingUpdate).where(col(IncomingUpdate.update_id) == update_id).values(payload=None, handled_at=now)
    )


def purge(session: Session, before: datetime) -> None:
    """Forget updates handled before a moment (Telegram repeats none older than 24 hours)."""
    session.exec(delete(IncomingUpdate).where(col(IncomingUpdate.handled_at) < before))
