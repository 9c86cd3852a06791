"""Every storage test runs on SQLite and on PostgreSQL."""

import itertools
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from storage.engine import Database, migrate, open_database

_number = itertools.count(1)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database of this test alone."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'folder that is made' / 'mittendrin.db'}"
    server: str = request.getfixturevalue("postgres_url")
    name = f"test_{next(_number)}"
    with psycopg.connect(server.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return server.replace("/postgres?", f"/{name}?")


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """A database with all tables and no rows."""
    with closing(open_database(url)) as opened:
        migrate(opened)
        yield opened
