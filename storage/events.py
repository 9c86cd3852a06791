"""Queries on events and the parties that go to them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, delete, select, update

from storage.models import Event, EventText, Party, SignUpDraft, StaffChange

# These hold seats; the others hold none.
HOLDING = ("seated", "offered")
# These still hope to come along.
ACTIVE = (*HOLDING, "waiting")


def lock(session: Session, event_id: int) -> Event | None:
    """The event, and nobody else may change it or its parties until this transaction ends; None if there is none.

    A statement that writes takes the row on PostgreSQL and the whole file on SQLite, and it must be the transaction's
    first on the event: what is read afterwards is what the one before left behind.
    """
    session.exec(update(Event).where(col(Event.id) == event_id).values(status=Event.status))
    return session.get(Event, event_id, populate_existing=True)


def get(session: Session, event_id: int) -> Event | None:
    """The event with this id, or None."""
    return session.get(Event, event_id)


def by_key(session: Session, key: str) -> Event | None:
    """The event with this key, or None."""
    return session.exec(select(Event).where(Event.key == key)).first()


def between(session: Session, first: datetime, last: datetime, status: Sequence[str] = ("open",)) -> list[Event]:
    """Events that begin in `first` <= start < `last`, earliest first."""
    found = select(Event).where(Event.starts_at >= first, Event.starts_at < last, col(Event.status).in_(status))
    return list(session.exec(found.order_by(col(Event.starts_at), col(Event.id))))


def texts(session: Session, event_ids: Iterable[int]) -> dict[int, list[EventText]]:
    """The texts of some events, by event."""
    found: dict[int, list[EventText]] = {event_id: [] for event_id in event_ids}
    for text in session.exec(select(EventText).where(col(EventText.event_id).in_(list(found)))):
        found[text.event_id].append(text)
    return found


def put_text(session: Session, text: EventText) -> None:
    """Store what an event is called in a language, in place of what was there."""
    session.merge(text)


def add(session: Session, row: Event | Party | StaffChange) -> None:
    """Store a new row; afterwards its `id` is set."""
    session.add(row)
    session.flush()


def party(session: Session, party_id: int) -> Party | None:
    """The party with this id as it is stored now, or None."""
    return session.get(Party, party_id, populate_existing=True)


def parties(session: Session, event_id: int, states: Sequence[str] = ACTIVE) -> list[Party]:
    """An event's parties in these states, in the order of arrival."""
    found = select(Party).where(Party.event_id == event_id, col(Party.state).in_(states)).order_by(col(Party.id))
    return list(session.exec(found.execution_options(populate_existing=True)))


def parties_of(session: Session, person_id: int, states: Sequence[str] = ACTIVE) -> list[Party]:
    """A person's parties in these states, oldest first."""
    found = select(Party).where(Party.person_id == person_id, col(Party.state).in_(states)).order_by(col(Party.id))
    return list(session.exec(found))


def held(session: Session, event_id: int) -> int:
    """Seats taken or held for an offer."""
    size = func.coalesce(func.sum(col(Party.adults) + col(Party.children)), 0)
    return int(session.exec(select(size).where(Party.event_id == event_id, col(Party.state).in_(HOLDING))).one())


def lapsing(session: Session, now: datetime) -> list[tuple[int, int]]:
    """(event, party) of offers whose time is over."""
    found = select(Party.event_id, Party.id).where(Party.state == "offered", col(Party.offered_until) <= now)
    return list(session.exec(found.order_by(col(Party.id))))


def with_waiting(session: Session, now: datetime) -> list[int]:
    """Events to come for which somebody waits."""
    found = select(Party.event_id).join(Event, col(Event.id) == col(Party.event_id))
    found = found.where(Party.state == "waiting", Event.starts_at > now).distinct()
    return list(session.exec(found))


def draft(session: Session, person_id: int) -> SignUpDraft | None:
    """The sign-up that a person has begun, or None."""
    return session.get(SignUpDraft, person_id, populate_existing=True)


def put_draft(session: Session, draft: SignUpDraft) -> None:
    """Keep a sign-up that has begun, in place of another one."""
    session.merge(draft)
    session.flush()


def drop_draft(session: Session, person_id: int) -> None:
    """Forget a sign-up that has begun."""
    session.exec(delete(SignUpDraft).where(col(SignUpDraft.person_id) == person_id))


def forget_families(session: Session, before: datetime) -> None:
    """Of events that ended before a moment only the numbers stay: names, ages and needs are emptied."""
    past = select(Event.id).where(Event.ends_at < before)
    emptied = {"name": "", "ages": "", "interpreter": "", "diet": "", "childcare": False, "wheelchair": False}
    session.exec(update(Party).where(col(Party.event_id).in_(past), col(Party.name) != "").values(**emptied))
