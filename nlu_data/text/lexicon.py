"""The concept lexicon: which language-neutral concepts a message mentions."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

import yaml

from nlu_data.text.patterns import Part, PartIndex, parse, variants

_REMEMBERED_WORDS = 50_000
Entry = tuple[str, tuple[Part, ...]]


class Lexicon:
    """An index over the entries of all languages."""

    def __init__(self) -> None:
        # Each entry by its first word.
        self._entries: PartIndex[Entry] = PartIndex()
        # People use the same words: what begins with one is looked up once.
        self._beginning = lru_cache(maxsize=_REMEMBERED_WORDS)(lambda form: tuple(self._entries.find(form)))

    @classmethod
    def read(cls, folder: Path) -> "Lexicon":
        """Read every `<lang>/lexicon.yml` below Rasa's room."""
        lexicon = cls()
        for path in sorted(folder.glob("*/lexicon.yml")):
            lexicon.add(yaml.safe_load(path.read_text(encoding="utf-8")) or {})
        return lexicon

    def add(self, entries: Mapping[str, Iterable[str] | None]) -> None:
        """Take up `{concept: [pattern, ...]}`."""
        self._beginning.cache_clear()
        for concept, patterns in entries.items():
            for pattern in patterns or ():
                if parts := parse(pattern):
                    self._entries.add(parts[0], (concept, parts))

    def find(self, normalised: str) -> dict[str, str]:
        """Return `{concept: the first word it was found at}` for a normalised message, in order of appearance."""
        words = [variants(word) for word in normalised.split()]
        found: dict[str, str] = {}
        for position, forms in enumerate(words):
            for form in forms:
                for concept, parts in self._beginning(form):
                    if concept not in found and _follow(parts[1:], words[position + 1 :]):
                        found[concept] = forms[0]
        return found


def _follow(parts: tuple[Part, ...], words: list[tuple[str, ...]]) -> bool:
    if len(parts) > len(words):
        return False
    return all(any(part.matches(form) for form in forms) for part, forms in zip(parts, words))
