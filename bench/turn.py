"""How long a person waits for her answer: the real processes, a Bot API server on loopback, two rates of questions."""

import asyncio
import secrets
from dataclasses import replace
from typing import Any

from bench.common import BenchError, house, milliseconds, report
from bench.people import Asked, Crowd
from bot.house import utc_now
from bot.services import READY_SECONDS, children, prepare_database
from bot.supervisor import Supervisor
from bot.terminal_output import say
from tests.doubles.bot_api import BotApi

PEOPLE = 200
# (messages a second, messages): a quiet day, and far more than the meeting place will see.
RUNS = ((1, 60), (10, 300))
WARM_UP = 20


def run() -> None:
    """Measure and report."""
    figures = asyncio.run(_measure())
    rows = {name.replace("at_", "") + " a second": row for name, row in figures.items() if isinstance(row, dict)}
    report("From a message to its answer", rows, figures)


async def _measure() -> dict[str, Any]:
    api = BotApi()
    with house(await api.start()) as (settings, variables, model):
        await asyncio.to_thread(prepare_database, settings)
        started, _url = children(settings, model, secrets.token_urlsafe(24), ["rasa", "actions", "bot"])
        with_token = [replace(child, environment={**variables, **child.environment}) for child in started]
        supervisor = Supervisor(with_token, settings.data / "logs", utc_now, say)
        await supervisor.start()
        try:
            if not await supervisor.ready(READY_SECONDS):
                raise BenchError("the assistant did not come up")
            return await _ask(api)
        except AssertionError as error:
            raise BenchError(str(error)) from None
        finally:
            await supervisor.stop()
            await api.stop()


async def _ask(api: BotApi) -> dict[str, Any]:
    crowd = Crowd(api, PEOPLE)
    say(f"{PEOPLE} people agree …")
    await crowd.agree()
    await crowd.ask(5, WARM_UP)
    figures: dict[str, Any] = {}
    for rate, count in RUNS:
        say(f"{count} messages, {rate} a second …")
        figures[f"at_{rate}"] = _figures(await crowd.ask(rate, count), count)
    if api.errors:
        raise BenchError(f"Telegram would have refused: {api.errors[:3]}")
    totals = {key: sum(figures[f"at_{rate}"][key] for rate, _ in RUNS) for key in ("unanswered", "outages", "errors")}
    return {**figures, **totals}


def _figures(asked: Asked, count: int) -> dict[str, Any]:
    failures = {"unanswered": asked.unanswered, "outages": asked.outages, "errors": asked.errors}
    slip = round(asked.slip * 1000, 1)
    return {**milliseconds(asked.seconds), "messages": count, **failures, "schedule_slip_ms": slip}
