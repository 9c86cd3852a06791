"""A crash loses no update and repeats none."""

from datetime import timedelta

from sqlmodel import select

from actions.services import incoming
from storage.engine import Database
from storage.models import IncomingUpdate
from tests.conftest import NOW


def test_an_update_is_kept_once(database: Database) -> None:
    with database.session() as session:
        assert incoming.keep(session, {5: "five", 3: "three"}, NOW) == [3, 5]
    with database.session() as session:
        assert incoming.keep(session, {5: "five again", 6: "six"}, NOW) == [6]
    with database.session() as session:
        assert incoming.left(session, NOW) == ["three", "five", "six"]


def test_what_a_crash_left_is_found_in_order_after_it(database: Database) -> None:
    with database.session() as session:
        incoming.keep(session, {10: "ten", 9: "nine", 11: "eleven"}, NOW)
    with database.session() as session:
        incoming.handled(session, 10, NOW)
    database.close()
    with database.session() as session:
        assert incoming.left(session, NOW) == ["nine", "eleven"]


def test_a_handled_update_keeps_its_number_but_not_its_words(database: Database) -> None:
    with database.session() as session:
        incoming.keep(session, {10: "private words"}, NOW)
    with database.session() as session:
        incoming.handled(session, 10, NOW)
    with database.session() as session:
        stored = session.exec(select(IncomingUpdate)).one()
        assert (stored.update_id, stored.payload, stored.handled_at) == (10, None, NOW)
        assert incoming.keep(session, {10: "private words"}, NOW) == []


def test_handled_numbers_are_forgotten_after_telegram_has_and_others_stay(database: Database) -> None:
    with database.session() as session:
        incoming.keep(session, {1: "one", 2: "two", 3: "three"}, NOW)
        incoming.handled(session, 1, NOW)
        incoming.handled(session, 2, NOW + timedelta(seconds=1))
    with database.session() as session:
        assert incoming.left(session, NOW + incoming.KEEP_HANDLED + timedelta(seconds=1)) == ["three"]
    with database.session() as session:
        assert set(session.exec(select(IncomingUpdate.update_id))) == {2, 3}
    assert timedelta(hours=24) < incoming.KEEP_HANDLED
