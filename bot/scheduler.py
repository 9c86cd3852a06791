"""What happens by itself, in the bot's process. The jobs keep nothing: what is due are rows in the database."""

from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.telegram.outbox import Outbox

TICK_SECONDS, SERVE_SECONDS, FORGET_HOURS = 1, 20, 6


def schedule(outbox: Outbox) -> AsyncIOScheduler:
    """A started scheduler; call `shutdown` at the end.

    A tick that is late or still running is left out: the next one finds the same rows.
    """
    scheduler = AsyncIOScheduler(timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1})
    scheduler.add_job(outbox.tick, "interval", seconds=TICK_SECONDS)
    scheduler.add_job(outbox.serve, "interval", seconds=SERVE_SECONDS)
    scheduler.add_job(outbox.forget_old, "interval", hours=FORGET_HOURS, next_run_time=datetime.now(UTC))
    scheduler.start()
    return scheduler
