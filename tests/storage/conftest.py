"""Every storage test runs on SQLite and on PostgreSQL."""

import pytest

from storage.engine import Database


@pytest.fixture
def database(any_database: Database) -> Database:
    """A database with all tables and no rows."""
    return any_database
