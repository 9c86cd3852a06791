"""Measuring the understanding on phrases that are never trained on."""

import html
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from rich.console import Console
from rich.table import Table

from actions.content import ROOT, load_content
from bot.texts.languages import languages
from bot.understanding import Understanding

PHRASES = ROOT / "tests" / "phrases"
# Messages in languages that the assistant does not speak.
FOREIGN = ROOT / "tests" / "languages" / "foreign.yml"
WORST = 15


@dataclass(frozen=True)
class Phrase:
    """A question with its right topic, language and style (plain, short, situation, angle, messy)."""

    text: str
    topic: str
    lang: str
    style: str


def read_phrases(folder: Path = PHRASES) -> list[Phrase]:
    """All phrases of `tests/phrases/<lang>/<group>.yml`; a style has one phrase or a list of them."""
    return [
        Phrase(text, topic, path.parent.name, style)
        for path in sorted(folder.glob("*/*.yml"))
        for topic, styles in yaml.safe_load(path.read_text(encoding="utf-8")).items()
        for style, texts in styles.items()
        for text in ([texts] if isinstance(texts, str) else texts)
    ]


def read_foreign(path: Path = FOREIGN) -> list[Phrase]:
    """Messages in other languages, by language code; they have no topic here."""
    rows: dict[str, list[str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [Phrase(text, "", code, "foreign") for code, texts in rows.items() for text in texts]


def report_foreign(phrases: Sequence[Phrase], results: Sequence[Understanding]) -> None:
    """Print how many messages in other languages were taken for none of ours, and what the rest were taken for."""
    table = Table("not one of ours", "messages", "noticed", "taken for")
    groups: dict[str, list[str]] = defaultdict(list)
    for phrase, result in zip(phrases, results, strict=True):
        groups[phrase.lang].append(result.lang)
    groups["all"] = [result.lang for result in results]
    for code, found in groups.items():
        ours = Counter(lang for lang in found if lang in languages())
        wrong = ", ".join(f"{lang} {times}" for lang, times in ours.most_common())
        noticed = 1 - ours.total() / len(found)
        table.add_row(code, str(len(found)), f"{noticed:.1%}", wrong)
    Console(width=100).print(table)


def share(flags: Iterable[bool]) -> float:
    """The share of True, 0.0 for nothing."""
    listed = list(flags)
    return sum(listed) / len(listed) if listed else 0.0


def report(phrases: Sequence[Phrase], results: Sequence[Understanding], picture: Path) -> None:
    """Print the tables to standard output and write the confusion picture."""
    console = Console(width=100)
    pairs = list(zip(phrases, results, strict=True))
    for key in ("lang", "style", "topic"):
        console.print(_table(key, pairs))
    confusions = Counter((p.topic, r.topic or "none") for p, r in pairs if p.topic != r.topic)
    table = Table("worst confusions: meant", "understood", "times")
    for (meant, understood), times in confusions.most_common(WORST):
        table.add_row(meant, understood, str(times))
    console.print(table)
    picture.parent.mkdir(parents=True, exist_ok=True)
    picture.write_text(_picture(pairs), encoding="utf-8")


def _table(key: str, pairs: list[tuple[Phrase, Understanding]]) -> Table:
    groups: dict[str, list[tuple[Phrase, Understanding]]] = defaultdict(list)
    for phrase, result in pairs:
        groups[getattr(phrase, key)].append((phrase, result))
    if key != "topic":
        groups["all"] = pairs
    table = Table(key, "phrases", "right", "right of two", "answered directly", "of those right", "language right")
    for name, members in sorted(groups.items(), key=lambda item: _right(item[1]) if key == "topic" else 0):
        direct = [(p, r) for p, r in members if r.accepted]
        two = share(p.topic in [r.topic, *(name for name, _ in r.alternatives[:1])] for p, r in members)
        languages = share(p.lang == r.lang for p, r in members)
        columns = (_right(members), two, len(direct) / len(members), _right(direct), languages)
        table.add_row(name, str(len(members)), *(f"{value:.1%}" for value in columns))
    return table


def _right(pairs: list[tuple[Phrase, Understanding]]) -> float:
    return share(p.topic == r.topic for p, r in pairs)


def _picture(pairs: list[tuple[Phrase, Understanding]]) -> str:
    """A square for each pair of topics, the darker the more often; every wrong phrase is listed below."""
    topics = list(load_content().topics)
    counts = Counter((p.topic, r.topic) for p, r in pairs)
    most = max(counts.values(), default=1)
    cell, left = 11, 190
    size = cell * len(topics)
    squares = []
    for (meant, understood), count in counts.items():
        if understood in topics and meant in topics:
            x, y = left + cell * topics.index(understood), left + cell * topics.index(meant)
            colour = "#2a6" if meant == understood else "#c22"
            title = html.escape(f"{meant} → {understood}: {count}")
            squares.append(
                f'<rect x="{x}" y="{y}" width="{cell - 1}" height="{cell - 1}" fill="{colour}" '
                f'opacity="{max(count / most, 0.3):.2f}"><title>{title}</title></rect>'
            )
    labels = [
        f'<text x="{left - 4}" y="{left + cell * i + 9}" text-anchor="end">{topic}</text>'
        f'<text transform="translate({left + cell * i + 9},{left - 4}) rotate(-90)">{topic}</text>'
        for i, topic in enumerate(topics)
    ]
    wrong = "".join(
        f"<tr><td>{p.lang}</td><td>{p.style}</td><td dir=auto>{html.escape(p.text)}</td><td>{p.topic}</td>"
        f"<td>{r.topic} {r.confidence:.2f}</td></tr>"
        for p, r in pairs
        if p.topic != r.topic
    )
    return (
        '<!doctype html><meta charset="utf-8"><title>Confusions</title>'
        "<style>body{font:14px sans-serif}text{font-size:9px}td{padding:2px 8px}</style>"
        f"<h1>Meant (rows) and understood (columns)</h1><p>{_right(pairs):.1%} of {len(pairs)} phrases right</p>"
        f'<svg width="{left + size}" height="{left + size}">{"".join(labels)}{"".join(squares)}</svg>'
        f"<h2>Wrong</h2><table>{wrong}</table>"
    )
