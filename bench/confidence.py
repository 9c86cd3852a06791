"""Confidence: is it calibrated, and from which confidence on is it cheapest to answer, to ask back, to offer a person?

The model for this is trained on four fifths of the examples. The costs are counted on the last fifth, which is harder
than what most people write; the phrases of tests/phrases, which decide nothing here, are the check.
"""

import asyncio
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from actions.content import ROOT
from actions.ranking import ranking_of
from bench.common import empty_house, report
from bench.pipelines import train
from bench.understand import asking
from bot.evaluation import Phrase, read_phrases, share
from bot.language_files import LanguageFiles
from bot.settings import Settings
from bot.terminal_output import say

PICTURE = ROOT / "docs" / "pictures" / "reliability.svg"
HELD_OUT = 0.2
BINS = 15
OFFERED = 3
OUT_OF_SCOPE = "out_of_scope"
# What a turn costs a mother who reads slowly, in taps or short texts more than a right answer at once (which costs 0).
# A wrong answer: she reads it all for nothing and has to start again, or, worse, believes it.
WRONG_ANSWER = 3.0
# A question back that offers the right topic: one short text and one tap.
ASKED_BACK = 1.0
# A question back that does not: one short text, "something else", and the menu or a person.
ASKED_IN_VAIN = 2.0
# "I have not understood": the menu or a person at once.
LOST = 1.5
THRESHOLDS = tuple(round(0.05 * step, 2) for step in range(21))
Guess = tuple[Phrase, tuple[tuple[str, float], ...]]


def run() -> None:
    """Train, measure, draw the picture and report."""
    examples = _examples()
    random.Random(1).shuffle(examples)
    cut = int(len(examples) * HELD_OUT)
    with empty_house() as (settings, folder):
        say("training on four fifths of the examples …")
        model = train("ours", folder, chosen=examples[cut:]).model
        say("asking …")
        held_out, phrases = asyncio.run(_ask(settings, model, examples[:cut], read_phrases()))
    figures: dict[str, Any] = {}
    for name, guesses in (("held_out", held_out), ("phrases", phrases)):
        costs = {threshold: round(cost(guesses, threshold), 4) for threshold in THRESHOLDS}
        cheapest = min(costs, key=lambda threshold: costs[threshold])
        figures[name] = {
            "messages": len(guesses),
            "right": round(share(map(_right, guesses)), 4),
            "ece": round(calibration_error(guesses), 4),
            "cheapest_threshold": cheapest,
            "cost_there": costs[cheapest],
            "costs": costs,
            **_shares(guesses, cheapest),
        }
    PICTURE.write_text(picture({"held out": held_out, "phrases": phrases}), encoding="utf-8")
    say(f"The reliability picture is {PICTURE.relative_to(ROOT)}.")
    rows = {name: {key: value for key, value in row.items() if key != "costs"} for name, row in figures.items()}
    report("Confidence", rows, figures)


def cost(guesses: Sequence[Guess], threshold: float) -> float:
    """The mean cost of a message if a topic is answered from this confidence on."""
    return sum(_cost(phrase.topic, ranking, threshold) for phrase, ranking in guesses) / len(guesses)


def calibration_error(guesses: Sequence[Guess]) -> float:
    """The expected calibration error: the mean distance of confidence and being right, over bins of equal width."""
    return sum(abs(confidence - right) * count for confidence, right, count in _points(guesses)) / len(guesses)


def picture(measured: dict[str, Sequence[Guess]]) -> str:
    """An SVG: for each bin of confidence how many were right; the closer to the diagonal, the more honest."""
    size, left, top = 320, 46, 16
    colours = ("#1a6", "#15c")
    marks = []
    for (name, guesses), colour in zip(measured.items(), colours, strict=True):
        for x, y, count in _points(guesses):
            radius = 2 + 10 * (count / len(guesses)) ** 0.5
            marks.append(
                f'<circle cx="{left + size * x:.1f}" cy="{top + size * (1 - y):.1f}" r="{radius:.1f}" '
                f'fill="{colour}" fill-opacity="0.6"><title>{name}: {count}</title></circle>'
            )
        line = top + size - 34 + 18 * list(measured).index(name)
        ece = calibration_error(guesses)
        marks.append(f'<text x="{left + 130}" y="{line}" fill="{colour}">{name}: error {ece:.3f}</text>')
    ticks = "".join(
        f'<text x="{left + size * tick / 5:.0f}" y="{top + size + 18}" text-anchor="middle">{tick * 20} %</text>'
        f'<text x="{left - 6}" y="{top + size * (1 - tick / 5) + 4:.0f}" text-anchor="end">{tick * 20} %</text>'
        for tick in range(6)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + size + 24}" height="{top + size + 44}" '
        'font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="#fff"/>'
        f'<rect x="{left}" y="{top}" width="{size}" height="{size}" fill="none" stroke="#999"/>'
        f'<line x1="{left}" y1="{top + size}" x2="{left + size}" y2="{top}" stroke="#999" stroke-dasharray="4"/>'
        f"{''.join(marks)}{ticks}"
        f'<text x="{left + size / 2:.0f}" y="{top + size + 36}" text-anchor="middle">confidence</text>'
        f'<text x="12" y="{top + size / 2:.0f}" transform="rotate(-90 12 {top + size / 2:.0f})" '
        'text-anchor="middle">right</text></svg>\n'
    )


def _cost(topic: str, ranking: Sequence[tuple[str, float]], threshold: float) -> float:
    guess, confidence = ranking[0]
    if guess == OUT_OF_SCOPE and confidence >= threshold:
        return 0.0 if topic == OUT_OF_SCOPE else LOST
    if confidence >= threshold:
        return 0.0 if guess == topic else WRONG_ANSWER
    if topic == OUT_OF_SCOPE:
        return ASKED_BACK
    return ASKED_BACK if topic in [name for name, _ in ranking[:OFFERED]] else ASKED_IN_VAIN


def _shares(guesses: Sequence[Guess], threshold: float) -> dict[str, float]:
    """How often which way is taken at a threshold."""
    real = [guess for guess in guesses if guess[0].topic != OUT_OF_SCOPE]
    other = [guess for guess in guesses if guess[0].topic == OUT_OF_SCOPE]
    answered = [guess for guess in real if _answered(guess, threshold)]
    return {
        "real_answered": round(len(answered) / len(real), 4),
        "of_those_wrong": round(1 - share(map(_right, answered)), 4),
        "out_of_scope_answered": round(share(_answered(guess, threshold) for guess in other), 4),
    }


def _answered(guess: Guess, threshold: float) -> bool:
    topic, confidence = guess[1][0]
    return topic != OUT_OF_SCOPE and confidence >= threshold


def _right(guess: Guess) -> bool:
    phrase, ranking = guess
    return phrase.topic == ranking[0][0]


def _points(guesses: Sequence[Guess]) -> list[tuple[float, float, int]]:
    """Of each bin that holds something: the mean confidence, the share that is right, and how many."""
    bins: list[list[Guess]] = [[] for _ in range(BINS)]
    for guess in guesses:
        bins[min(int(guess[1][0][1] * BINS), BINS - 1)].append(guess)
    return [
        (sum(ranking[0][1] for _, ranking in members) / len(members), share(map(_right, members)), len(members))
        for members in bins
        if members
    ]


def _examples() -> list[Phrase]:
    files = LanguageFiles()
    return [
        Phrase(line.text, intent.topic.text, code, "example")
        for code in files.languages
        for intent in files.examples(code)
        for line in intent.examples
    ]


async def _ask(settings: Settings, model: Path, *lists: Sequence[Phrase]) -> list[list[Guess]]:
    async with asking(settings, model) as rasa:
        return [
            [(phrase, ranking) for phrase in phrases if (ranking := ranking_of(await rasa.parse(phrase.text)))]
            for phrases in lists
        ]
