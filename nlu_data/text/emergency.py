"""Recognising danger by a careful rule beside the model, in every language at once, also misspelt.

It asks no process and no database, so it works whatever else is down. Many words of ours are better than few: a rare
false alarm costs a glance, a missed cry for help may cost a life.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml
from rapidfuzz.distance import DamerauLevenshtein

from nlu_data.text.normalise import normalise
from nlu_data.text.patterns import Part, parse, variants

TOPICS = ("violence_help", "emergency")
# A word of this many letters may be one letter off (swapped, missing, wrong), one of LONG letters two.
_MISSPELT_FROM, _LONG = 6, 12
Alternatives = tuple[tuple[Part, ...], ...]


@dataclass(frozen=True)
class Alarm:
    """What was recognised, and the languages whose words it was recognised by."""

    topic: str
    languages: tuple[str, ...]


@dataclass(frozen=True)
class _Pattern:
    topic: str
    language: str
    groups: tuple[Alternatives, ...]


class EmergencyRule:
    """The patterns of every language's emergency.yml."""

    def __init__(self, patterns: Mapping[str, Mapping[str, Iterable[str]]]) -> None:
        """`patterns[language][topic]` are entries "part|part + part …": all groups must occur, in any order."""
        self._patterns = [
            _Pattern(topic, language, groups)
            for language, topics in patterns.items()
            for topic, entries in topics.items()
            for entry in entries
            if (groups := _groups(entry))
        ]

    @classmethod
    def read(cls, folder: Path) -> "EmergencyRule":
        """Read every `<lang>/emergency.yml` below Rasa's room."""
        paths = sorted(folder.glob("*/emergency.yml"))
        return cls({path.parent.name: yaml.safe_load(path.read_text(encoding="utf-8")) or {} for path in paths})

    def alarm(self, text: str) -> Alarm | None:
        """The danger that a message speaks of, or None; violence goes first, because its answer names both numbers."""
        words = [variants(word) for word in normalise(text).split()]
        seen: dict[tuple[Part, ...], bool] = {}

        def occurs(parts: tuple[Part, ...]) -> bool:
            if parts not in seen:
                seen[parts] = _occurs(parts, words)
            return seen[parts]

        found: dict[str, list[str]] = {}
        for pattern in self._patterns:
            if all(any(occurs(parts) for parts in group) for group in pattern.groups):
                languages = found.setdefault(pattern.topic, [])
                if pattern.language not in languages:
                    languages.append(pattern.language)
        for topic in TOPICS:
            if topic in found:
                return Alarm(topic, tuple(found[topic]))
        return None


def _groups(entry: str) -> tuple[Alternatives, ...]:
    groups = [[parse(option) for option in group.split("|")] for group in str(entry).split(" + ")]
    return tuple(tuple(option for option in group if option) for group in groups if any(group))


def _occurs(parts: tuple[Part, ...], words: list[tuple[str, ...]]) -> bool:
    for start in range(len(words) - len(parts) + 1):
        if all(any(_alike(part, form) for form in words[start + n]) for n, part in enumerate(parts)):
            return True
    return False


def _alike(part: Part, word: str) -> bool:
    if part.matches(word):
        return True
    size = len(part.letters)
    allowed = 2 if size >= _LONG else 1
    # A word that merely ends before the stem does is another word: "Notar" is no "Notarzt".
    if size < _MISSPELT_FROM or len(word) < size - (not part.behind) or (len(word) > size + 1 and not part.behind):
        return False
    # A stem is compared with the beginning of the word, a letter more or less.
    ends = {size - 1, size, size + 1} if part.behind else {len(word)}
    return any(DamerauLevenshtein.distance(part.letters, word[:end], score_cutoff=allowed) <= allowed for end in ends)
