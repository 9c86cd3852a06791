"""Opening and migrating, on both databases."""

from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlalchemy.exc import ArgumentError, IntegrityError, StatementError
from sqlmodel import Session, SQLModel, select

from storage.engine import Database, migrate, open_database
from storage.models import Person
from tests.conftest import NOW


def person(address: str = "1", **values: object) -> Person:
    return Person(channel="telegram", address=address, language="ar", **values)


def test_migrations_make_exactly_the_tables_of_the_models(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_migrating_twice_keeps_the_rows(database: Database) -> None:
    with database.session() as session:
        session.add(person())
    migrate(database)
    with database.session() as session:
        assert session.exec(select(Person)).one().address == "1"


def test_a_naive_time_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="aware"), database.session() as session:
        session.add(person(consented_at=NOW.replace(tzinfo=None)))


def test_a_time_of_any_zone_comes_back_as_the_same_moment_in_utc(database: Database) -> None:
    summer = datetime(2026, 7, 1, 0, 30, tzinfo=timezone(timedelta(hours=2)))
    with database.session() as session:
        session.add(person(consented_at=summer))
    with database.session() as session:
        stored = session.exec(select(Person)).one()
        assert stored.consented_at == summer
        assert stored.consented_at.tzinfo is UTC
        assert stored.consented_at.day == 30
        assert session.exec(select(Person).where(Person.consented_at <= summer)).one() is stored
        assert session.exec(select(Person).where(Person.consented_at < summer)).first() is None
        assert stored.muted_at is None


def test_an_error_rolls_everything_back(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.session() as session:
        session.add(person())
        session.flush()
        raise ZeroDivisionError
    with database.session() as session:
        assert session.exec(select(Person)).all() == []


def test_an_address_belongs_to_one_person_of_a_channel(database: Database) -> None:
    with pytest.raises(IntegrityError), database.session() as session:
        session.add(person("7"))
        session.add(person("7"))


def test_the_id_of_a_deleted_person_is_never_used_again(database: Database) -> None:
    with database.session() as session:
        first = person("1")
        session.add(first)
        session.flush()
        first_id = first.id
        session.delete(first)
    with database.session() as session:
        second = person("2")
        session.add(second)
        session.flush()
        assert second.id > first_id


def test_telegrams_big_numbers_fit(database: Database) -> None:
    with database.session() as session:
        session.add(person(id=2**52))
    with database.session() as session:
        assert session.exec(select(Person)).one().id == 2**52


def test_what_a_session_gave_out_can_be_read_after_it(database: Database) -> None:
    with database.session() as session:
        stored = person()
        session.add(stored)
    assert stored.address == "1"


@pytest.mark.parametrize("any_url", ["sqlite"], indirect=True)
def test_sqlite_lets_readers_go_on_while_one_writes(database: Database) -> None:
    with database.session() as writer:
        writer.add(person())
        writer.flush()
        with Session(database.engine) as reader:
            assert reader.exec(select(Person)).all() == []
    with database.engine.connect() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1


@pytest.mark.parametrize("prefix", ["postgresql", "postgres"])
def test_the_usual_postgresql_urls_work(postgres_url: str, prefix: str) -> None:
    with closing(open_database(postgres_url.replace("postgresql+psycopg", prefix))) as database:
        assert inspect(database.engine).dialect.driver == "psycopg"
        with database.session() as session:
            assert session.exec(text("SELECT 1")).scalar() == 1


def test_no_url_is_refused() -> None:
    with pytest.raises(ArgumentError):
        open_database("not a url")
