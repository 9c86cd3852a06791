"""Recognising danger by a careful rule beside the model, in every language at once, also misspelt.

It asks no process and no database, so it works whatever else is down. Many words of ours are better than few: a rare
false alarm costs a glance, a missed cry for help may cost a life.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.process import cdist

from nlu_data.text.normalise import normalise
from nlu_data.text.patterns import Part, PartIndex, parse, variants

TOPICS = ("violence_help", "emergency")
# A word of at least this many letters may be one letter off after its first (swapped, missing, wrong), one of LONG
# letters two: the first letter is seldom mistyped, and "cooking" is no "choking".
_MISSPELT_FROM, _LONG = 7, 12
# Only the beginning of a very long message is read: a cry for help is short.
_MOST_WORDS = 300
_REMEMBERED_WORDS = 20_000


@dataclass(frozen=True)
class Alarm:
    """What was recognised, and the languages whose words it was recognised by."""

    topic: str
    languages: tuple[str, ...]


@dataclass(frozen=True)
class _Pattern:
    """All groups must occur; a group occurs with any of its options; an option is a sequence of part numbers."""

    topic: str
    language: str
    groups: tuple[tuple[tuple[int, ...], ...], ...]


class EmergencyRule:
    """The patterns of every language's emergency.yml."""

    def __init__(self, patterns: Mapping[str, Mapping[str, Iterable[str]]]) -> None:
        """`patterns[language][topic]` are entries "part|part + part …": all groups must occur, in any order."""
        self._numbers: dict[Part, int] = {}
        self._patterns = [
            _Pattern(topic, language, groups)
            for language, topics in patterns.items()
            for topic, entries in topics.items()
            for entry in entries or ()
            if (groups := self._groups(str(entry)))
        ]
        # A pattern is looked at only where a first word of its first group was seen.
        self._beginning: dict[int, list[_Pattern]] = {}
        for pattern in self._patterns:
            for first in {option[0] for option in pattern.groups[0]}:
                self._beginning.setdefault(first, []).append(pattern)
        self._index: PartIndex[int] = PartIndex()
        for part, number in self._numbers.items():
            self._index.at(part).append(number)
        self._by_size: dict[tuple[int, bool], list[tuple[str, int]]] = {}
        for part, number in self._numbers.items():
            size = len(part.letters)
            if size >= _MISSPELT_FROM and not part.before:
                self._by_size.setdefault((size, part.behind), []).append((part.letters, number))
        self._matching = lru_cache(maxsize=_REMEMBERED_WORDS)(self._match)

    @classmethod
    def read(cls, folder: Path) -> "EmergencyRule":
        """Read every `<lang>/emergency.yml` below Rasa's room."""
        paths = sorted(folder.glob("*/emergency.yml"))
        return cls({path.parent.name: yaml.safe_load(path.read_text(encoding="utf-8")) or {} for path in paths})

    def alarm(self, text: str) -> Alarm | None:
        """The danger that a message speaks of, or None; violence goes first, because its answer names both numbers."""
        words = [self._matching(word) for word in normalise(text).split()[:_MOST_WORDS]]
        seen = frozenset[int]().union(*words)
        found: dict[str, list[str]] = {}
        for pattern in {id(p): p for number in seen for p in self._beginning.get(number, ())}.values():
            if all(any(_follows(option, words, seen) for option in group) for group in pattern.groups):
                languages = found.setdefault(pattern.topic, [])
                if pattern.language not in languages:
                    languages.append(pattern.language)
        for topic in TOPICS:
            if topic in found:
                return Alarm(topic, tuple(found[topic]))
        return None

    def _groups(self, entry: str) -> tuple[tuple[tuple[int, ...], ...], ...]:
        groups = []
        for group in entry.split(" + "):
            options = [
                tuple(self._numbers.setdefault(part, len(self._numbers)) for part in parse(option))
                for option in group.split("|")
            ]
            groups.append(tuple(option for option in options if option))
        return tuple(group for group in groups if group)

    def _match(self, word: str) -> frozenset[int]:
        """The numbers of all parts that a word may stand for."""
        found: set[int] = set()
        for form in variants(word):
            found.update(self._index.find(form))
            for (size, behind), entries in self._by_size.items():
                for beginning in _comparable(form, size, behind):
                    allowed = 2 if size >= _LONG else 1
                    distances = cdist(
                        [beginning],
                        [letters for letters, _ in entries],
                        scorer=DamerauLevenshtein.distance,
                        score_cutoff=allowed,
                    )[0]
                    found.update(
                        number
                        for (letters, number), distance in zip(entries, distances)
                        if distance <= allowed and letters[0] == beginning[0]
                    )
        return frozenset(found)


def _comparable(word: str, size: int, behind: bool) -> set[str]:
    """What of a word is compared with a pattern of `size` letters: all of it, or for a stem its beginning.

    A word that merely ends before the stem does is another word: "Notar" is no "Notarzt".
    """
    if behind:
        return {word[:end] for end in (size - 1, size, size + 1)} if len(word) >= size else set()
    return {word} if abs(len(word) - size) <= 1 + (size >= _LONG) else set()


def _follows(option: tuple[int, ...], words: list[frozenset[int]], seen: frozenset[int]) -> bool:
    """Whether the parts stand one after the other somewhere."""
    if not seen.issuperset(option):
        return False
    if len(option) == 1:
        return True
    starts = range(len(words) - len(option) + 1)
    return any(all(number in words[start + i] for i, number in enumerate(option)) for start in starts)
