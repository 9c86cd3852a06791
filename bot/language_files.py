"""The files that a language's volunteers edit, read with the line of everything, and forgiving what is broken."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from actions.content import ROOT
from bot.texts.languages import Language

# Topics of these groups are not answered with a text of the content pack.
UNANSWERED_GROUPS = ("events", "meta")


@dataclass(frozen=True)
class Finding:
    """Something to put right, where it stands and what to do about it."""

    path: Path
    line: int
    text: str


@dataclass(frozen=True)
class Line:
    """A text of a volunteer's file and where it stands."""

    text: str
    path: Path
    number: int


@dataclass(frozen=True)
class Intent:
    """A topic of an examples file: the language it names, where it begins, and its example questions."""

    topic: Line
    language: str
    examples: tuple[Line, ...]


@dataclass(frozen=True)
class Entry:
    """A key of a file with the texts that belong to it (for phrases: one or more for each style)."""

    key: Line
    texts: tuple[Line, ...]


class LanguageFiles:
    """All languages' files below a project's root. What cannot be read becomes a finding and is left out."""

    def __init__(self, root: Path = ROOT) -> None:
        self.root = root
        self.room = root / "nlu_data"
        self.findings: list[Finding] = []

    @cached_property
    def languages(self) -> dict[str, Language]:
        """The listed languages by code."""
        return {code: Language(code=code, **row) for code, row in _load(self.room / "languages.yml").items()}

    @cached_property
    def topics(self) -> dict[str, Mapping[str, Any]]:
        """The contract's row of each topic."""
        return {row["id"]: row for row in _load(self.root / "content" / "contract.yml")["topics"]}

    @property
    def answered_topics(self) -> list[str]:
        """The topics that need an answer in every language."""
        return [topic for topic, row in self.topics.items() if row["group"] not in UNANSWERED_GROUPS]

    @cached_property
    def concepts(self) -> dict[str, dict[str, str]]:
        """Each section of the concepts with its concepts and their glosses."""
        sections: dict[str, dict[str, str]] = _load(self.room / "concepts.yml")
        return sections

    def examples(self, code: str) -> list[Intent]:
        """The topics with example questions of a language."""
        intents = []
        for path in sorted((self.room / code / "examples").glob("*.yml")):
            for key, _, node in self._members(path, self._compose(path)):
                if key == "nlu" and isinstance(node, yaml.SequenceNode):
                    intents += [intent for item in node.value if (intent := self._intent(path, item))]
        return intents

    def lexicon(self, code: str) -> list[Entry]:
        """The concepts of a language with their words."""
        return self._lists(self.room / code / "lexicon.yml")

    def emergency(self, code: str) -> list[Entry]:
        """The two lists of emergency patterns of a language."""
        return self._lists(self.room / code / "emergency.yml")

    def counting(self, code: str) -> list[Entry]:
        """The words of a language for days, numbers and who comes along."""
        return self._lists(self.room / code / "counting.yml")

    def answers(self, code: str) -> list[Entry]:
        """The topics of a language with their answer (one text each)."""
        entries = []
        for path in sorted((self.root / "content" / "answers" / code).glob("*.yml")):
            for key, line, node in self._members(path, self._compose(path)):
                if text := self._text(path, node):
                    entries.append(Entry(Line(key, path, line), (text,)))
        return entries

    def phrases(self, code: str) -> list[Entry]:
        """The topics of a language with the phrases that measure it."""
        entries = []
        for path in sorted((self.root / "tests" / "phrases" / code).glob("*.yml")):
            for key, line, node in self._members(path, self._compose(path)):
                styles = self._members(path, node)
                nodes = [node for *_, style in styles for node in _items(style)]
                texts = [text for each in nodes if (text := self._text(path, each))]
                entries.append(Entry(Line(key, path, line), tuple(texts)))
        return entries

    def report(self, at: Line, text: str) -> None:
        """Keep a finding."""
        self._report(at.path, at.number, text)

    def _report(self, path: Path, line: int, text: str) -> None:
        finding = Finding(path.relative_to(self.root), line, text)
        if finding not in self.findings:
            self.findings.append(finding)

    def _compose(self, path: Path) -> yaml.Node | None:
        if not path.exists():
            self._report(path, 1, "this file is missing")
            return None
        try:
            return yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
        except UnicodeDecodeError:
            self._report(path, 1, "is not saved as UTF-8; save it again with that encoding")
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            self._report(path, line, f"cannot be read ({error.problem}); look at spaces, colons and quotes here")
        except yaml.YAMLError as error:
            self._report(path, 1, f"cannot be read ({str(error).splitlines()[0]})")
        return None

    def _members(self, path: Path, node: yaml.Node | None) -> list[tuple[str, int, yaml.Node]]:
        if node is None:
            return []
        if not isinstance(node, yaml.MappingNode):
            self._report(path, node.start_mark.line + 1, "expected lines of the kind `name: …` here")
            return []
        seen: dict[str, int] = {}
        found = []
        for key, value in node.value:
            name, line = str(key.value), key.start_mark.line + 1
            if name in seen:
                self._report(path, line, f"{name} stands here a second time (first in line {seen[name]}); join the two")
            seen.setdefault(name, line)
            found.append((name, line, value))
        return found

    def _text(self, path: Path, node: yaml.Node) -> Line | None:
        line = node.start_mark.line + 1
        if isinstance(node, yaml.ScalarNode) and node.tag.endswith(":str"):
            return Line(node.value.strip(), path, line)
        shown = node.value if isinstance(node, yaml.ScalarNode) else ""
        self._report(
            path, line, f"{shown!r} is not read as a text; put it in quotes" if shown else "a text is expected"
        )
        return None

    def _lists(self, path: Path) -> list[Entry]:
        entries = []
        for key, line, node in self._members(path, self._compose(path)):
            texts: list[Line] = []
            if isinstance(node, yaml.SequenceNode):
                texts = [text for item in node.value if (text := self._text(path, item))]
            elif node.value:
                self._report(path, line, f"the words of {key} must stand in square brackets: [one, two]")
            entries.append(Entry(Line(key, path, line), tuple(texts)))
        return entries

    def _intent(self, path: Path, item: yaml.Node) -> Intent | None:
        members = {key: (line, node) for key, line, node in self._members(path, item)}
        if "intent" not in members or "examples" not in members:
            self._report(path, item.start_mark.line + 1, "a topic needs `intent:` and `examples: |`")
            return None
        line, intent = members["intent"]
        language = ""
        if "metadata" in members:
            language = "".join(
                str(n.value) for key, _, n in self._members(path, members["metadata"][1]) if key == "language"
            )
        return Intent(Line(str(intent.value), path, line), language, self._examples(path, members["examples"][1]))

    def _examples(self, path: Path, node: yaml.Node) -> tuple[Line, ...]:
        if not isinstance(node, yaml.ScalarNode) or (node.value and node.style != "|"):
            self._report(path, node.start_mark.line + 1, "write `examples: |` and below it lines of the kind `    - …`")
            return ()
        found = []
        # A block's text begins in the line after its `|`.
        for number, line in enumerate(node.value.splitlines(), node.start_mark.line + 2):
            if line.strip() and not line.startswith("- "):
                self._report(path, number, "an example begins with `- `")
            elif text := line.removeprefix("- ").strip():
                found.append(Line(text, path, number))
        return tuple(found)


def _items(node: yaml.Node) -> list[yaml.Node]:
    """The members of a list; anything else is its only member."""
    return list(node.value) if isinstance(node, yaml.SequenceNode) else [node]


def _load(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))
