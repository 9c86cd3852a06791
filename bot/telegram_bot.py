"""The bot's process: `python -m bot.telegram_bot --port N`, started and restarted by `mittendrin up`."""

import argparse
import asyncio
import logging
import os
import signal
import sys
from collections.abc import Callable

from aiohttp import web
from telegram import Update
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application
from telegram.request import BaseRequest

from bot.clients.rasa import RasaClient, RasaDownError
from bot.conversation.conversation import Conversation
from bot.house import build_conversation
from bot.logs import log_to_stderr
from bot.scheduler import schedule
from bot.settings import Settings, load_settings
from bot.supervisor import WRONG_SETTING
from bot.telegram import buttons, commands, messages, other
from bot.telegram.context import App
from bot.telegram.order import PerPersonProcessor
from bot.telegram.outbox import Outbox
from bot.telegram.receive import PATH, Inbox, poll, web_app
from bot.telegram.request import AiohttpRequest
from bot.texts.commands import DESCRIPTION, SHORT_DESCRIPTION
from bot.texts.commands import commands as described
from bot.texts.languages import languages
from bot.texts.speech import speech
from storage.engine import open_database

logger = logging.getLogger(__name__)
UNKNOWN_TOKEN = "TELEGRAM_BOT_TOKEN: Telegram does not know this token; copy it again from @BotFather"  # noqa: S105
RASA_STARTS_SECONDS = 15


def build_application(
    settings: Settings, conversation: Conversation, calling: BaseRequest, fetching: BaseRequest
) -> tuple[App, Inbox]:
    """The Telegram application with all handlers; its inbox stores what arrives.

    `calling` carries the bot's calls, `fetching` the long polls, so that neither waits for the other.
    """
    inboxes: list[Inbox] = []

    async def handled(update_id: int) -> None:
        await inboxes[0].handled(update_id)

    base = settings.telegram_api_url
    app: App = (
        Application.builder()
        .token(settings.telegram_bot_token.get_secret_value())
        .base_url(f"{base}/bot")
        .base_file_url(f"{base}/file/bot")
        .request(calling)
        .get_updates_request(fetching)
        .concurrent_updates(PerPersonProcessor(handled))
        .updater(None)
        .build()
    )
    inboxes.append(Inbox(app, conversation, fetching))
    app.bot_data["conversation"] = conversation
    for topic in (commands, buttons, messages, other):
        topic.add(app)
    return app, inboxes[0]


async def run(settings: Settings, port: int) -> int:
    """Serve until SIGTERM or SIGINT; returns the exit code."""
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    database = open_database(settings.database)
    rasa_url = os.environ["MITTENDRIN_RASA_URL"]
    async with RasaClient(rasa_url, os.environ.get("MITTENDRIN_RASA_TOKEN", "")) as rasa:
        calling, fetching = AiohttpRequest(), AiohttpRequest(connections=2)
        conversation = build_conversation(settings, database, rasa)
        app, inbox = build_application(settings, conversation, calling, fetching)
        code = await _logged_in(app, stop)
        if code is not None:
            await asyncio.gather(calling.shutdown(), fetching.shutdown())
            database.close()
            if code == WRONG_SETTING:
                print(UNKNOWN_TOKEN, file=sys.stderr)
            return code
        await app.start()
        server = web.AppRunner(
            web_app(app, inbox, settings.telegram_webhook_secret.get_secret_value()), access_log=None
        )
        await server.setup()
        await web.TCPSite(server, "127.0.0.1", port).start()
        await _until_rasa_answers(rasa)
        await inbox.recover()
        outbox = Outbox(app, conversation)
        await outbox.recover()
        scheduler = schedule(outbox)
        tasks = [asyncio.create_task(_introduce(app))]
        if settings.telegram_webhook_url:
            await app.bot.set_webhook(
                settings.telegram_webhook_url + PATH,
                allowed_updates=Update.ALL_TYPES,
                secret_token=settings.telegram_webhook_secret.get_secret_value(),
            )
        else:
            await app.bot.delete_webhook()
            tasks.append(asyncio.create_task(poll(app, inbox)))
        await stop.wait()
        await outbox.stop()
        scheduler.shutdown(wait=False)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await server.cleanup()
        await app.stop()
        await app.shutdown()
    database.close()
    return 0


async def _logged_in(app: App, stop: asyncio.Event) -> int | None:
    """Log in to Telegram, again and again while it is out of reach; an exit code if that ends otherwise."""
    pause = 1.0
    while not stop.is_set():
        try:
            await app.initialize()
            return None
        except InvalidToken:
            return WRONG_SETTING
        except TelegramError as error:
            logger.warning("Telegram is out of reach (%s), again in %.0f s", type(error).__name__, pause)
            try:
                await asyncio.wait_for(stop.wait(), pause)
            except TimeoutError:
                pause = min(pause * 2, 30.0)
    return 0


async def _until_rasa_answers(rasa: RasaClient) -> None:
    """After a start Rasa needs some seconds: what waited meanwhile gets its answer, not an excuse."""
    for _ in range(RASA_STARTS_SECONDS * 5):
        try:
            await rasa.status()
            return
        except RasaDownError:
            await asyncio.sleep(0.2)


async def _introduce(app: App) -> None:
    """Commands and descriptions in every language, and in German for the rest."""
    try:
        for code in ["", *languages()]:
            voice = speech(code)
            await app.bot.set_my_commands(described(voice.language.code), language_code=code)
            await app.bot.set_my_description(voice.label(DESCRIPTION), language_code=code)
            await app.bot.set_my_short_description(voice.label(SHORT_DESCRIPTION), language_code=code)
    except TelegramError as error:
        logger.warning("commands could not be set: %s", type(error).__name__)


def _event_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """uvloop where there is one: a third less time in the event loop (bench `turn`)."""
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop


def main() -> None:
    """Entry point."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True, help="loopback port for webhook posts and /health")
    arguments = parser.parse_args()
    settings = load_settings()
    log_to_stderr(settings.log_level)
    with asyncio.Runner(loop_factory=_event_loop()) as runner:
        sys.exit(runner.run(run(settings, arguments.port)))


if __name__ == "__main__":
    main()
