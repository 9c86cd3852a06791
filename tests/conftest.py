"""Fixtures of all tests: a moment, the content pack, databases in temporary folders, an own PostgreSQL server."""

import itertools
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import hypothesis
import psycopg
import pytest
from sqlmodel import Session

from actions.content import Content, load_content, place_rows
from actions.services.places import import_places
from storage.engine import Database, migrate, open_database
from tests.doubles.postgres import postgres

# The same examples on every machine, and no clock.
hypothesis.settings.register_profile("mittendrin", derandomize=True, deadline=None, database=None)
hypothesis.settings.load_profile("mittendrin")
_number = itertools.count(1)
# A Monday; no test reads a clock.
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture(scope="session")
def content() -> Content:
    """The real pack with the real, empty settings."""
    return load_content()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with tables and places, migrated once and copied for each test."""
    path = tmp_path_factory.mktemp("template") / "mittendrin.db"
    with closing(open_database(f"sqlite:///{path}")) as database:
        migrate(database)
        with database.session() as session:
            import_places(session, place_rows())
    return path


@pytest.fixture
def database(migrated_file: Path, tmp_path: Path) -> Iterator[Database]:
    """A SQLite database of this test alone, with the content pack's places."""
    path = tmp_path / "mittendrin.db"
    shutil.copy(migrated_file, path)
    with closing(open_database(f"sqlite:///{path}")) as opened:
        yield opened


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """One open transaction on `database`."""
    with database.session() as opened:
        yield opened


@pytest.fixture(params=["sqlite", "postgresql"])
def any_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database of this test alone, first on SQLite, then on PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'folder that is made' / 'mittendrin.db'}"
    server: str = request.getfixturevalue("postgres_url")
    name = f"test_{next(_number)}"
    with psycopg.connect(server.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return server.replace("/postgres?", f"/{name}?")


@pytest.fixture
def any_database(any_url: str) -> Iterator[Database]:
    """A database with all tables and no rows, on each of both."""
    with closing(open_database(any_url)) as opened:
        migrate(opened)
        yield opened


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """An own PostgreSQL server on a socket in a temporary folder; the URL ends with the database `postgres`."""
    with postgres() as url:
        if url is None:
            pytest.skip(
                "NO POSTGRESQL: neither PATH nor the usual folders hold initdb and pg_ctl; nothing was tested on it"
            )
        yield url
