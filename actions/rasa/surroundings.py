"""What the actions work with: database, content, clock.

The actions' process is an entry point, so it reads the environment.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import yaml

from actions.content import ROOT, Content, load_content
from storage.engine import Database, open_database


@dataclass(frozen=True)
class Surroundings:
    """`things` are the concepts that name a subject; `now` gives aware UTC, `zone` is the city's."""

    database: Database
    content: Content
    things: frozenset[str]
    now: Callable[[], datetime]
    zone: ZoneInfo

    def today(self) -> date:
        """The day in the city."""
        return self.now().astimezone(self.zone).date()


@cache
def surroundings() -> Surroundings:
    """Open everything once a process, from the variables that `mittendrin up` hands on."""
    settings = Path(os.environ["MITTENDRIN_DATA_DIR"]) / "settings.yml"
    return Surroundings(
        database=open_database(os.environ["DATABASE_URL"]),
        content=load_content(settings=settings),
        things=things(),
        now=lambda: datetime.now(UTC),
        zone=ZoneInfo(os.environ.get("TZ", "Europe/Berlin")),
    )


def things() -> frozenset[str]:
    """The concepts that name a subject (section `things` of concepts.yml)."""
    return frozenset(yaml.safe_load((ROOT / "nlu_data" / "concepts.yml").read_text(encoding="utf-8"))["things"])
