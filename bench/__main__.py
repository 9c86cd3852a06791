"""`uv run python -m bench NAME`: a table for people, and as the last line one JSON object with the figures."""

import argparse
import signal
import sys
from collections.abc import Callable, Iterable
from typing import Any

from bench import confidence, crash, memory, reminders, scale, signups, startup, training, transfer, turn, understand
from bench.common import BenchError
from bench.pipelines import PIPELINES
from bot.environments import EnvironmentFailedError
from bot.services import NotReadyError
from bot.settings import SettingsError
from bot.terminal_output import say
from bot.texts.languages import languages
from bot.training import TrainingFailedError

_KNOWN = (BenchError, EnvironmentFailedError, NotReadyError, SettingsError, TrainingFailedError)


def main() -> int:
    """Run one benchmark; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    benchmarks = parser.add_subparsers(dest="name", required=True, metavar="NAME")
    understanding = benchmarks.add_parser("understand", help="phrases to Rasa: ms, how many a second, how many right")
    understanding.add_argument("--compare", action="store_true", help="train other pipelines on the same data as well")
    understanding.add_argument(
        "--pipelines", type=_some_of(PIPELINES), default=list(PIPELINES), help="which: ours,diet,…"
    )
    understanding.add_argument("--epochs", type=int, help="train neural networks for so many epochs only (to try it)")
    understanding.add_argument("--languages", type=_some_of(languages()), default=[], help="with --compare: de,ar,…")
    benchmarks.add_parser("confidence", help="is it calibrated, and from which confidence on to answer or to ask back")
    benchmarks.add_parser("transfer", help="what the lexicon alone understands of a language").add_argument(
        "--languages", type=_some_of(languages()), default=["ar", "ku", "uk"], help="de,ar,…"
    )
    benchmarks.add_parser("turn", help="from a person's message to the answer on Telegram, at 1 and 10 a second")
    benchmarks.add_parser("startup", help="from `mittendrin up` to the first answer").add_argument(
        "--times", type=int, default=3, help="the median of so many runs"
    )
    benchmarks.add_parser("memory", help="MB of each process after 200 answered questions")
    benchmarks.add_parser("training", help="seconds and MB of `mittendrin train --anew`")
    signing = benchmarks.add_parser("signups", help="people who want the same seats at once, on both databases")
    signing.add_argument("--people", type=int, default=500)
    signing.add_argument("--cancelling", type=int, default=200, help="about so many of them cancel")
    signing.add_argument("--processes", type=int, default=4)
    crashing = benchmarks.add_parser(
        "crash", help="kill -9 of the bot while reminders go out: who never hears, or twice"
    )
    crashing.add_argument("--kills", type=int, default=100)
    crashing.add_argument("--reminders", type=int, default=2000)
    benchmarks.add_parser("reminders", help="reminders a second, up to the limit").add_argument(
        "--reminders", type=int, default=2000
    )
    benchmarks.add_parser("scale", help="what things cost with 100,000 people stored, against 1,000")
    arguments = parser.parse_args()
    # Whoever ends us politely must find no process of ours afterwards, just as after Ctrl-C.
    signal.signal(signal.SIGTERM, lambda number, frame: signal.raise_signal(signal.SIGINT))
    try:
        _run(arguments)
    except _KNOWN as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _run(arguments: Any) -> None:
    match arguments.name:
        case "understand" if arguments.compare:
            understand.compare(arguments.pipelines, arguments.epochs, arguments.languages)
        case "understand":
            understand.run()
        case "transfer":
            transfer.run(arguments.languages)
        case "confidence":
            confidence.run()
        case "turn":
            turn.run()
        case "startup":
            startup.run(arguments.times)
        case "memory":
            memory.run()
        case "signups":
            signups.run(arguments.people, arguments.cancelling, arguments.processes)
        case "crash":
            crash.run(arguments.kills, arguments.reminders)
        case "reminders":
            reminders.run(arguments.reminders)
        case "scale":
            scale.run()
        case "training":
            training.run()


def _some_of(known: Iterable[str]) -> Callable[[str], list[str]]:
    """Reads names that commas divide; a name that is not known is an error."""
    listed = tuple(known)

    def names(text: str) -> list[str]:
        chosen = text.split(",")
        if unknown := set(chosen) - set(listed):
            raise argparse.ArgumentTypeError(f"{', '.join(sorted(unknown))}: there are only {', '.join(listed)}")
        return chosen

    return names


if __name__ == "__main__":
    sys.exit(main())
