"""`mittendrin up`: everything, supervised, until it is told to stop."""

import asyncio
import secrets
import signal
from pathlib import Path

from bot.health import Health
from bot.house import utc_now
from bot.services import Premises, children, describe
from bot.settings import Settings
from bot.supervisor import Supervisor
from bot.terminal_output import say

HOW_TO_CONNECT = (
    "No TELEGRAM_BOT_TOKEN: ask @BotFather on Telegram for one (/newbot), put TELEGRAM_BOT_TOKEN=… into .env and "
    "start again; `mittendrin chat` works meanwhile."
)


async def run(settings: Settings, premises: Premises, model: Path) -> int:
    """Run until SIGINT or SIGTERM; returns the exit code. The premises are taken already."""
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    connected = bool(settings.telegram_bot_token.get_secret_value())
    names = ["rasa", "actions", *(["bot"] if connected else [])]
    token = secrets.token_urlsafe(24)
    started, rasa_url = children(settings, model, token, names)
    since = utc_now()
    supervisor: Supervisor

    def told(line: str) -> None:
        say(line)
        premises.write(describe(supervisor, rasa_url, token, model, since.isoformat(timespec="seconds")))

    supervisor = Supervisor(started, settings.data / "logs", utc_now, told)
    telegram = ("webhook" if settings.telegram_webhook_url else "long polling") if connected else "no token"
    health = Health(supervisor, since, model.name, telegram)
    try:
        await health.start(settings.mittendrin_port)
    except OSError:
        say(f"MITTENDRIN_PORT: port {settings.mittendrin_port} is taken; set another one")
        return 1
    await supervisor.start()
    if not connected:
        say(HOW_TO_CONNECT)
    announcing = asyncio.create_task(_announce(supervisor, settings.mittendrin_port))
    await stop.wait()
    say("Stopping …")
    announcing.cancel()
    await supervisor.stop()
    await health.stop()
    return 0


async def _announce(supervisor: Supervisor, port: int) -> None:
    if await supervisor.ready(600):
        say(f"MITTEndrin is ready. Health: http://127.0.0.1:{port}/health. Ctrl-C stops it.")
