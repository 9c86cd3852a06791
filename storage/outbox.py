"""Queries on what shall be sent."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, delete, select, update

from storage.models import Delivery, Person, Subscription


def add_once(session: Session, delivery: Delivery) -> None:
    """Store a delivery unless one with its key is there already."""
    make: Any = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    values = delivery.model_dump(exclude={"id"})
    session.execute(make(Delivery).values(**values).on_conflict_do_nothing(index_elements=["key"]))


def due(
    session: Session, now: datetime, not_before: datetime | None, priority: int, limit: int
) -> list[tuple[Delivery, Person | None]]:
    """Queued deliveries of a priority whose time has come, the oldest first, each with its person."""
    found = select(Delivery, Person).join(Person, col(Person.id) == Delivery.person_id, isouter=True)
    found = found.where(Delivery.state == "queued", Delivery.priority == priority, Delivery.due_at <= now)
    if not_before is not None:
        found = found.where(Delivery.due_at >= not_before)
    found = found.order_by(col(Delivery.due_at), col(Delivery.id)).limit(limit)
    return list(session.exec(found, execution_options={"populate_existing": True}))


def claim(session: Session, delivery_id: int, now: datetime) -> bool:
    """Take a queued delivery for sending; False if somebody else has."""
    changed = session.exec(
        update(Delivery)
        .where(col(Delivery.id) == delivery_id, col(Delivery.state) == "queued")
        .values(state="sending", claimed_at=now, attempts=Delivery.attempts + 1)
    )
    return bool(changed.rowcount)


def settle(session: Session, delivery_id: int, state: str, now: datetime) -> None:
    """Note how it ended."""
    session.exec(update(Delivery).where(col(Delivery.id) == delivery_id).values(state=state, finished_at=now))


def again(session: Session, delivery_id: int, due_at: datetime | None = None) -> None:
    """Put a delivery that was not sent back into the queue, with another time if one is given."""
    values: dict[str, object] = {"state": "queued"} | ({} if due_at is None else {"due_at": due_at})
    session.exec(update(Delivery).where(col(Delivery.id) == delivery_id).values(**values))


def unfinished(session: Session) -> list[int]:
    """Deliveries that a stopped process was sending."""
    return list(session.exec(select(Delivery.id).where(Delivery.state == "sending").order_by(col(Delivery.id))))


def is_queued(session: Session, keys: str) -> bool:
    """Whether a delivery waits whose key begins so."""
    found = select(Delivery.id).where(Delivery.state == "queued", col(Delivery.key).startswith(keys, autoescape=True))
    return session.exec(found.limit(1)).first() is not None


def drop_queued(
    session: Session, now: datetime, *, party_id: int | None = None, event_id: int | None = None, keys: str = ""
) -> None:
    """What is queued for a party or an event is no longer true; `keys` narrows it to keys that begin so."""
    chosen = update(Delivery).where(col(Delivery.state) == "queued")
    if party_id is not None:
        chosen = chosen.where(col(Delivery.party_id) == party_id)
    if event_id is not None:
        chosen = chosen.where(col(Delivery.event_id) == event_id)
    if keys:
        chosen = chosen.where(col(Delivery.key).startswith(keys, autoescape=True))
    session.exec(chosen.values(state="dropped", finished_at=now))


def drop(session: Session, delivery_id: int, person_id: int, now: datetime) -> bool:
    """Take a queued delivery of a person back; False if there is none."""
    own = (col(Delivery.id) == delivery_id, col(Delivery.person_id) == person_id, col(Delivery.state) == "queued")
    changed = session.exec(update(Delivery).where(*own).values(state="dropped", finished_at=now))
    return bool(changed.rowcount)


def by_key(session: Session, key: str) -> Delivery | None:
    """The delivery with this key, or None."""
    return session.exec(select(Delivery).where(Delivery.key == key)).first()


def personal(session: Session, person_id: int) -> list[Delivery]:
    """The reminders that a person has asked for and that are still to come."""
    own = (Delivery.person_id == person_id, Delivery.state == "queued", col(Delivery.event_id).is_(None))
    return list(session.exec(select(Delivery).where(*own).order_by(col(Delivery.due_at))))


def subscriptions(session: Session, person_id: int) -> list[str]:
    """What a person wants news of."""
    return list(session.exec(select(Subscription.interest).where(Subscription.person_id == person_id)))


def subscribe(session: Session, person_id: int, interest: str, now: datetime) -> None:
    """She wants news of an interest."""
    session.merge(Subscription(person_id=person_id, interest=interest, since=now))


def unsubscribe(session: Session, person_id: int, interest: str) -> None:
    """She wants none any more."""
    own = (col(Subscription.person_id) == person_id, col(Subscription.interest) == interest)
    session.exec(delete(Subscription).where(*own))


def counts(session: Session) -> dict[str, int]:
    """How many deliveries are in each state."""
    rows: Sequence[tuple[str, int]] = session.exec(select(Delivery.state, func.count()).group_by(Delivery.state)).all()
    return dict(rows)


def repeated(session: Session) -> int:
    """Deliveries that may have arrived twice, because a crash fell between sending and noting it."""
    return int(session.exec(select(func.count()).where(Delivery.state == "sent", Delivery.attempts > 1)).one())


def purge(session: Session, before: datetime) -> None:
    """Delete deliveries that were settled before a moment."""
    session.exec(delete(Delivery).where(col(Delivery.finished_at) < before))
