"""What a language owes to the others: without its own examples, how much does the lexicon alone still understand?"""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.common import BenchError, environment, report
from bench.pipelines import train
from bench.understand import measure
from bot.environments import ensure_rasa_environment
from bot.evaluation import read_phrases
from bot.settings import load_settings
from bot.terminal_output import say
from bot.texts.languages import languages


def run(codes: Sequence[str]) -> None:
    """For each language train without its examples, with the lexicon and without, and report."""
    if unknown := set(codes) - set(languages()):
        raise BenchError(f"{', '.join(sorted(unknown))}: there are only {', '.join(languages())}")
    ensure_rasa_environment()
    figures: dict[str, dict[str, Any]] = {}
    with TemporaryDirectory(prefix="mittendrin-bench-") as folder:
        settings = load_settings(**{name.lower(): value for name, value in environment(Path(folder)).items()})
        for code in codes:
            others = [other for other in languages() if other != code]
            own = [phrase for phrase in read_phrases() if phrase.lang == code]
            figures[code] = {"phrases": len(own)}
            for name in ("ours", "letters"):
                say(f"{code}, {name}: training on the other languages …")
                trained = train(name, Path(folder), languages=others)
                measured = asyncio.run(measure(settings, trained.model, own)).figures
                title = "accuracy_with_lexicon" if name == "ours" else "accuracy_letters_only"
                figures[code][title] = measured["accuracy_model_alone"]
    report("Without a language's own examples", figures, figures)
