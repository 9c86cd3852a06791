"""How many reminders a second the outbox could send, and how many it does send in its busiest second."""

import asyncio
import time
from collections import Counter

from bench.common import BenchError, house, report
from bench.crash import fill
from bot.clients.rasa import RasaClient
from bot.house import build_conversation
from bot.scheduler import schedule
from bot.services import prepare_database
from bot.telegram.outbox import Outbox
from bot.telegram.request import AiohttpRequest
from bot.telegram_bot import build_application
from storage import outbox as table
from storage.engine import open_database
from tests.doubles.bot_api import BotApi

PACED_SECONDS = 20


def run(reminders: int) -> None:
    """Measure and report."""
    asyncio.run(_run(reminders))


async def _run(reminders: int) -> None:
    api = BotApi()
    with house(await api.start()) as (settings, _variables, _model):
        prepare_database(settings)
        database = open_database(settings.database)
        fill(database, reminders)
        async with RasaClient("http://127.0.0.1:9") as rasa:
            conversation = build_conversation(settings, database, rasa)
            app, _inbox = build_application(settings, conversation, AiohttpRequest(), AiohttpRequest(connections=2))
            await app.initialize()
            outbox = Outbox(app, conversation)
            scheduler = schedule(outbox)
            await asyncio.sleep(PACED_SECONDS)
            await outbox.stop()
            scheduler.shutdown(wait=False)
            busiest = _busiest(api)
            paced = sum(map(len, api.sent.values()))
            begin, outbox = time.perf_counter(), Outbox(app, conversation, pause=0)
            while await outbox.tick():
                pass
            seconds = time.perf_counter() - begin
            await app.shutdown()
        with database.session() as session:
            counts = table.counts(session)
        database.close()
    await api.stop()
    heard = Counter(len(messages) for messages in api.sent.values())
    if counts != {"sent": reminders} or heard != {1: reminders}:
        raise BenchError(f"Not everybody heard once: {counts}, {heard}")
    figures = {
        "reminders": reminders,
        "per_s_unpaced": round((reminders - paced) / seconds, 1),
        "per_s_paced": round(paced / PACED_SECONDS, 1),
        "busiest_second": busiest,
    }
    report("Reminders", {"reminders": figures}, figures)


def _busiest(api: BotApi) -> int:
    """The most messages within any second."""
    moments = sorted(moment for moments in api.sent_at.values() for moment in moments)
    within = [sum(later - moment < 1 for later in moments[i:]) for i, moment in enumerate(moments)]
    return max(within, default=0)
