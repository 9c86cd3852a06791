"""Queries on places."""

from collections.abc import Iterable

from sqlmodel import Session, col, delete, select

from storage.models import Place


def replace_all(session: Session, places: Iterable[Place]) -> None:
    """Make the table hold exactly these places; a place known by its key keeps its id."""
    wanted = {place.key: place for place in places}
    known = {place.key: place for place in session.exec(select(Place))}
    gone = [place.id for key, place in known.items() if key not in wanted]
    session.exec(delete(Place).where(col(Place.id).in_(gone)))
    for key, place in wanted.items():
        values = place.model_dump(exclude={"id"})
        if key in known:
            known[key].sqlmodel_update(values)
        else:
            session.add(Place(**values))


def shown(session: Session, kind: str | None = None) -> list[Place]:
    """The places good enough to show (confidence high or medium), by name; all kinds if `kind` is None."""
    query = select(Place).where(col(Place.confidence).in_(["high", "medium"])).order_by(col(Place.name))
    return list(session.exec(query if kind is None else query.where(Place.kind == kind)))


def get(session: Session, place_id: int) -> Place | None:
    """The place with this id, or None."""
    return session.get(Place, place_id)
