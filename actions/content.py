"""The city's content pack: topics, answers per language, contacts and facts, read once from `content/`."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
CONTENT = ROOT / "content"
# A contact's fields, in the order in which they are shown.
CONTACT_FIELDS = ("name", "phone", "address", "email", "website")


@dataclass(frozen=True)
class Source:
    """Where a statement comes from, and of when that page is ("undated" if it does not say)."""

    url: str
    as_of: str


@dataclass(frozen=True)
class Topic:
    """A topic of the contract with what the content pack adds to it."""

    id: str
    group: str
    sources: tuple[Source, ...] = ()
    checked: date | None = None
    contacts: tuple[str, ...] = ()
    follow_ups: tuple[str, ...] = ()
    aspects: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Content:
    """The whole pack. `answers[language][topic]` is a text with placeholders, `facts[key]` a typed value."""

    topics: Mapping[str, Topic]
    contacts: Mapping[str, Mapping[str, str]]
    facts: Mapping[str, Mapping[str, Any]]
    settings: Mapping[str, str]
    answers: Mapping[str, Mapping[str, str]]
    school_holidays: Mapping[str, Any]

    @property
    def groups(self) -> dict[str, tuple[str, ...]]:
        """Topic ids by group, in the contract's order."""
        groups: dict[str, tuple[str, ...]] = {}
        for topic in self.topics.values():
            groups[topic.group] = (*groups.get(topic.group, ()), topic.id)
        return groups


def load_content(folder: Path = CONTENT, *, settings: Path | None = None) -> Content:
    """Read the pack. `settings` is the team's own file, which goes before the pack's empty one.

    Raises OSError or yaml.YAMLError when a file is missing or unreadable.
    """
    own = _yaml(settings) if settings and settings.exists() else {}
    details = _yaml(folder / "topics.yml")
    topics = {row["id"]: _topic(row, details.get(row["id"], {})) for row in _yaml(folder / "contract.yml")["topics"]}
    answers = {
        language.name: {
            topic: (text or "").strip()
            for path in sorted(language.glob("*.yml"))
            for topic, text in _yaml(path).items()
        }
        for language in sorted((folder / "answers").iterdir())
        if language.is_dir()
    }
    return Content(
        topics=topics,
        contacts=_yaml(folder / "contacts.yml"),
        facts=_yaml(folder / "facts.yml"),
        settings={key: str(own.get(key) or value or "") for key, value in _yaml(folder / "settings.yml").items()},
        answers=answers,
        school_holidays=_yaml(folder / "school_holidays.yml"),
    )


def place_rows(folder: Path = CONTENT) -> list[dict[str, str]]:
    """The rows of `places.csv`, all values as text."""
    with (folder / "places.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _topic(row: Mapping[str, Any], details: Mapping[str, Any]) -> Topic:
    return Topic(
        id=row["id"],
        group=row["group"],
        sources=tuple(Source(s["url"], str(s["as_of"])) for s in details.get("sources") or ()),
        checked=details.get("checked"),
        contacts=tuple(details.get("contacts") or ()),
        follow_ups=tuple(details.get("follow_ups") or ()),
        aspects=details.get("aspects") or {},
    )


def _yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8")) or {}
