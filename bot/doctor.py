"""`mittendrin doctor`: what is in order, and what to do where it is not."""

import asyncio
from collections.abc import Awaitable, Callable

from sqlalchemy.exc import SQLAlchemyError
from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.environments import is_complete
from bot.services import Premises
from bot.settings import Settings
from bot.telegram.request import AiohttpRequest
from bot.terminal_output import say
from bot.training import model_path
from storage import places
from storage.engine import open_database

# Well, and what was found or is to be done.
Finding = tuple[bool, str]


async def examine(settings: Settings) -> bool:
    """Make every check, say each finding, and return whether all is well."""
    checks: dict[str, Callable[[Settings], Awaitable[Finding]]] = {
        "Rasa's environment": _environment,
        "model": _model,
        "database": _database,
        "Telegram": _telegram,
        "running": _running,
    }
    well = True
    for name, check in checks.items():
        good, text = await check(settings)
        say(f"{'✓' if good else '✗'} {name}: {text}")
        well = well and good
    return well


async def _environment(settings: Settings) -> Finding:
    complete = is_complete(encoder=settings.mittendrin_encoder is not None)
    return (True, "complete") if complete else (False, "missing or out of date; `mittendrin train` makes it")


async def _model(settings: Settings) -> Finding:
    path = model_path(settings.data, settings.mittendrin_encoder)
    return (
        (True, path.name) if path.exists() else (False, "not trained for the files as they are; run `mittendrin train`")
    )


async def _database(settings: Settings) -> Finding:
    def count() -> int:
        database = open_database(settings.database)
        try:
            with database.session() as session:
                return len(places.shown(session))
        finally:
            database.close()

    try:
        return True, f"reachable, {await asyncio.to_thread(count)} places to show"
    except SQLAlchemyError as error:
        return (
            False,
            f"not usable yet ({type(error).__name__}); `mittendrin up` creates the tables, or check DATABASE_URL",
        )


async def _telegram(settings: Settings) -> Finding:
    token = settings.telegram_bot_token.get_secret_value()
    if not token:
        return True, "no TELEGRAM_BOT_TOKEN; `mittendrin chat` works without"
    try:
        base = f"{settings.telegram_api_url}/bot"
        async with Bot(token, base_url=base, request=AiohttpRequest(connections=2)) as bot:
            return True, f"connected as @{bot.username}"
    except InvalidToken:
        return False, "TELEGRAM_BOT_TOKEN is not known to Telegram; copy it again from @BotFather"
    except TelegramError as error:
        found = f"{settings.telegram_api_url} is out of reach ({type(error).__name__})"
        return False, f"{found}; check the network or TELEGRAM_API_URL"


async def _running(settings: Settings) -> Finding:
    running = Premises(settings.data).running()
    return (True, f"up since {running.since}") if running else (True, "not running; `mittendrin up` starts it")
