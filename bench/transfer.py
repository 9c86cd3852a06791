"""What a language owes to the others: without its own examples, how much does the lexicon alone still understand?"""

import asyncio
from collections.abc import Sequence
from typing import Any

from bench.common import empty_house, report
from bench.pipelines import train
from bench.understand import measure
from bot.evaluation import read_phrases
from bot.terminal_output import say
from bot.texts.languages import languages


def run(codes: Sequence[str]) -> None:
    """For each language train without its examples, with the lexicon and without, and report."""
    figures: dict[str, dict[str, Any]] = {}
    with empty_house() as (settings, folder):
        for code in codes:
            others = [other for other in languages() if other != code]
            own = [phrase for phrase in read_phrases() if phrase.lang == code]
            figures[code] = {"phrases": len(own)}
            for name in ("ours", "letters"):
                say(f"{code}, {name}: training on the other languages …")
                trained = train(name, folder, languages=others)
                measured = asyncio.run(measure(settings, trained.model, own)).figures
                title = "accuracy_with_lexicon" if name == "ours" else "accuracy_letters_only"
                figures[code][title] = measured["accuracy_model_alone"]
    report("Without a language's own examples", figures, figures)
