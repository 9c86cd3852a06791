"""The concept lexicon: which language-neutral concepts a message mentions."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

import yaml

from nlu_data.text.patterns import Part, PartIndex, parse, variants

_REMEMBERED_WORDS = 50_000


class _Node:
    """Entries that begin with the same words: the concepts of those that end here, and how the others go on."""

    __slots__ = ("concepts", "following")

    def __init__(self) -> None:
        self.concepts: list[str] = []
        self.following: PartIndex[_Node] | None = None

    def step(self, part: Part) -> "_Node":
        """The node behind `part`, made if it is new."""
        if self.following is None:
            self.following = PartIndex()
        nodes = self.following.at(part)
        if not nodes:
            nodes.append(_Node())
        return nodes[0]


class Lexicon:
    """An index over the entries of all languages."""

    def __init__(self) -> None:
        self._root = _Node()
        # People use the same words: what begins with one is looked up once.
        self._beginning = lru_cache(maxsize=_REMEMBERED_WORDS)(lambda form: tuple(_after(self._root, form)))

    @classmethod
    def read(cls, folder: Path) -> "Lexicon":
        """Read every `<lang>/lexicon.yml` below Rasa's room."""
        lexicon = cls()
        for path in sorted(folder.glob("*/lexicon.yml")):
            lexicon.add(read_lexicon(path))
        return lexicon

    def add(self, entries: Mapping[str, Iterable[str] | None]) -> None:
        """Take up `{concept: [pattern, ...]}`."""
        self._beginning.cache_clear()
        for concept, patterns in entries.items():
            for pattern in patterns or ():
                node = self._root
                for part in parse(pattern):
                    node = node.step(part)
                if node is not self._root and concept not in node.concepts:
                    node.concepts.append(concept)

    def find(self, normalised: str) -> dict[str, str]:
        """Return `{concept: the first word it was found at}` for a normalised message, in order of appearance."""
        words = normalised.split()
        found: dict[str, str] = {}
        for position, _, concept in self.places(normalised):
            found.setdefault(concept, words[position])
        return found

    def places(self, normalised: str) -> Iterator[tuple[int, int, str]]:
        """Yield (first word, word behind the last, concept) for each entry found in a normalised message, in order."""
        words = [variants(word) for word in normalised.split()]
        for position, forms in enumerate(words):
            for form in forms:
                for node in self._beginning(form):
                    for end, concept in _reached(node, words, position + 1):
                        yield position, end, concept


def read_lexicon(path: Path) -> dict[str, list[str]]:
    """A volunteer's file: `{concept: [pattern, ...]}`. With libyaml, because a pure Python reader takes seconds."""
    with path.open(encoding="utf-8") as file:
        entries: dict[str, list[str]] | None = yaml.load(file, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return entries or {}


def _after(node: _Node, form: str) -> Iterator[_Node]:
    return node.following.find(form) if node.following else iter(())


def _reached(node: _Node, words: list[tuple[str, ...]], position: int) -> Iterator[tuple[int, str]]:
    """The concepts of all entries that these words, from `position` on, complete, each with where the next begins."""
    for concept in node.concepts:
        yield position, concept
    if node.following and position < len(words):
        for form in words[position]:
            for next_node in node.following.find(form):
                yield from _reached(next_node, words, position + 1)
