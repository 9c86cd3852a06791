"""Word patterns as volunteers write them in lexicon.yml and emergency.yml.

`word` is that word, `stem*` a word that begins so, `*part*` a word that contains it, `*end` a word that ends so;
several words must follow each other. Both sides are normalised, so patterns are written as usual.
"""

import re
from dataclasses import dataclass
from typing import Dict, Generic, Iterator, List, Tuple, TypeVar

from nlu_data.text.normalise import normalise

_ARABIC_PREFIXES = ("وال", "فال", "بال", "كال", "لل", "ال", "عال", "هال", "و", "ف", "ب", "ل", "ك")
_SHORTEST_ARABIC_ROOT = 3


@dataclass(frozen=True)
class Part:
    """One word of a pattern: its letters, and whether more may stand before or behind them."""

    letters: str
    before: bool
    behind: bool

    def matches(self, word: str) -> bool:
        """Say whether a normalised word fits."""
        if self.before and self.behind:
            return self.letters in word
        if self.behind:
            return word.startswith(self.letters)
        if self.before:
            return word.endswith(self.letters)
        return word == self.letters


Value = TypeVar("Value")


class PartIndex(Generic[Value]):
    """Values by the part that finds them: a word is looked up by its beginnings, ends and middles, not part by part."""

    def __init__(self) -> None:
        # By (more letters may stand before, behind) and the part's letters.
        self._values: Dict[Tuple[bool, bool], Dict[str, List[Value]]] = {
            (before, behind): {} for before in (False, True) for behind in (False, True)
        }

    def at(self, part: Part) -> List[Value]:
        """The values that `part` finds; what is appended to them is found as well."""
        return self._values[part.before, part.behind].setdefault(part.letters, [])

    def find(self, word: str) -> Iterator[Value]:
        """The values of all parts that a normalised word fits."""
        size = len(word)
        yield from self._values[False, False].get(word, ())
        starts, ends, inside = self._values[False, True], self._values[True, False], self._values[True, True]
        if starts:
            for end in range(1, size + 1):
                yield from starts.get(word[:end], ())
        if ends:
            for start in range(size):
                yield from ends.get(word[start:], ())
        if inside:
            for start in range(size):
                for end in range(start + 1, size + 1):
                    yield from inside.get(word[start:end], ())


def parse(pattern: str) -> tuple[Part, ...]:
    """Read one entry; an entry that has no letters gives ()."""
    parts: list[Part] = []
    for raw in re.sub(r"\*\s+", "* ", pattern).split():
        words = normalise(raw.strip("*")).split()
        for number, word in enumerate(words):
            first, last = number == 0, number == len(words) - 1
            parts.append(Part(word, first and raw.startswith("*"), last and raw.endswith("*")))
    return tuple(parts)


def variants(word: str) -> tuple[str, ...]:
    """The word, and for Arabic also without its article, conjunction and preposition."""
    if not "\u0600" <= word[:1] <= "\u06ff":
        return (word,)
    found = [word]
    for form in found:
        for prefix in _ARABIC_PREFIXES:
            rest = form[len(prefix) :]
            if form.startswith(prefix) and len(rest) >= _SHORTEST_ARABIC_ROOT and rest not in found:
                found.append(rest)
    return tuple(found)
