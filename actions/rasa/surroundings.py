"""What the actions work with: database, content, clock.

The actions' process is an entry point, so it reads the environment.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import yaml

from actions.content import ROOT, Content, load_content
from storage.engine import Database, open_database


@dataclass(frozen=True)
class Surroundings:
    """`things` are the concepts that name a subject; `today` is the day in the city."""

    database: Database
    content: Content
    things: frozenset[str]
    today: Callable[[], date]


@cache
def surroundings() -> Surroundings:
    """Open everything once a process, from the variables that `mittendrin up` hands on."""
    city = ZoneInfo(os.environ.get("TZ", "Europe/Berlin"))
    settings = Path(os.environ["MITTENDRIN_DATA_DIR"]) / "settings.yml"
    return Surroundings(
        database=open_database(os.environ["DATABASE_URL"]),
        content=load_content(settings=settings),
        things=things(),
        today=lambda: datetime.now(city).date(),
    )


def things() -> frozenset[str]:
    """The concepts that name a subject (section `things` of concepts.yml)."""
    return frozenset(yaml.safe_load((ROOT / "nlu_data" / "concepts.yml").read_text(encoding="utf-8"))["things"])
