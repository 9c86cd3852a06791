"""The concept lexicon: which language-neutral concepts a message mentions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from nlu_data.text.patterns import Part, parse, variants

_SHORTEST_STEM = 2
Entry = tuple[str, tuple[Part, ...]]


@dataclass
class Lexicon:
    """An index over the entries of all languages; `find` costs one look-up per part of each word."""

    _exact: dict[str, list[Entry]] = field(default_factory=dict)
    _starts: dict[str, list[Entry]] = field(default_factory=dict)
    _inside: dict[str, list[Entry]] = field(default_factory=dict)
    _ends: dict[str, list[Entry]] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path) -> "Lexicon":
        """Read every `<lang>/lexicon.yml` below Rasa's room."""
        lexicon = cls()
        for path in sorted(folder.glob("*/lexicon.yml")):
            lexicon.add(yaml.safe_load(path.read_text(encoding="utf-8")) or {})
        return lexicon

    def add(self, entries: Mapping[str, Iterable[str] | None]) -> None:
        """Take up `{concept: [pattern, ...]}`."""
        for concept, patterns in entries.items():
            for pattern in patterns or ():
                parts = parse(pattern)
                if parts:
                    index = self._index_of(parts[0])
                    index.setdefault(parts[0].letters, []).append((concept, parts))

    def find(self, normalised: str) -> dict[str, str]:
        """Return `{concept: the first word it was found at}` for a normalised message, in order of appearance."""
        words = [variants(word) for word in normalised.split()]
        found: dict[str, str] = {}
        for position, forms in enumerate(words):
            for form in forms:
                for concept, parts in self._beginning_with(form):
                    if concept not in found and _follow(parts, words[position:]):
                        found[concept] = forms[0]
        return found

    def _index_of(self, part: Part) -> dict[str, list[Entry]]:
        if part.before and part.behind:
            return self._inside
        if part.behind:
            return self._starts
        return self._ends if part.before else self._exact

    def _beginning_with(self, word: str) -> Iterable[Entry]:
        size = len(word)
        yield from self._exact.get(word, ())
        for end in range(_SHORTEST_STEM, size + 1):
            yield from self._starts.get(word[:end], ())
        for start in range(size - _SHORTEST_STEM + 1):
            yield from self._ends.get(word[start:], ())
            for end in range(start + _SHORTEST_STEM + 1, size + 1):
                yield from self._inside.get(word[start:end], ())


def _follow(parts: tuple[Part, ...], words: list[tuple[str, ...]]) -> bool:
    if len(parts) > len(words):
        return False
    return all(any(part.matches(form) for form in forms) for part, forms in zip(parts, words))
