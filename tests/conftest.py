"""Fixtures of all tests: a moment, the content pack, databases in temporary folders, an own PostgreSQL server."""

import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import hypothesis
import psycopg
import pytest
from sqlmodel import Session

from actions.content import Content, load_content, place_rows
from actions.services.places import import_places
from storage.engine import Database, migrate, open_database

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
    binaries = _postgres_binaries()
    if binaries is None:
        pytest.skip(
            "NO POSTGRESQL: neither PATH nor the usual folders hold initdb and pg_ctl; nothing was tested on it"
        )
    # Not below tmp_path: PostgreSQL refuses to run as root, and pytest's folders are closed to other users.
    folder = Path(tempfile.mkdtemp(prefix="mittendrin-pg-"))
    try:
        with _postgres(binaries, folder):
            yield f"postgresql+psycopg://mittendrin@/postgres?host={folder}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _postgres(binaries: Path, folder: Path) -> Iterator[None]:
    user = _unprivileged_user() if os.geteuid() == 0 else None
    log = folder / "server.log"
    if user:
        shutil.chown(folder, user)

    def run(program: str, *arguments: str) -> None:
        # pg_ctl's server inherits the outputs, so they go to a file: a pipe would never end.
        with log.open("ab") as file:
            command = [binaries / program, "-D", folder / "data", *arguments]
            done = subprocess.run(
                command, user=user, cwd=folder, stdin=subprocess.DEVNULL, stdout=file, stderr=file, timeout=120
            )
        assert done.returncode == 0, log.read_text(errors="replace")

    run("initdb", "-U", "mittendrin", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
    run("pg_ctl", "-w", "-o", f"-F -c listen_addresses='' -c unix_socket_directories='{folder}'", "start")
    try:
        yield
    finally:
        run("pg_ctl", "-w", "-m", "immediate", "stop")


def _postgres_binaries() -> Path | None:
    """The folder of the newest PostgreSQL: of PATH, Debian, Red Hat or Homebrew."""
    on_path = shutil.which("initdb")
    places = [Path(on_path).resolve().parent] if on_path else []
    for root, pattern in (
        ("/usr/lib/postgresql", "*/bin"),
        ("/usr", "pgsql-*/bin"),
        ("/opt/homebrew/opt", "postgresql*/bin"),
        ("/usr/local/opt", "postgresql*/bin"),
    ):
        places += sorted(Path(root).glob(pattern), reverse=True)
    return next((place for place in places if (place / "initdb").exists() and (place / "pg_ctl").exists()), None)


def _unprivileged_user() -> str:
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"
