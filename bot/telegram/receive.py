"""Taking updates from Telegram, by long polling or webhook, so that a crash loses none and repeats none."""

import asyncio
import hmac
import json
import logging
from typing import Any
from urllib.parse import urlencode

from aiohttp import web
from telegram import Update
from telegram.error import NetworkError, RetryAfter, TelegramError
from telegram.request import BaseRequest

from actions.services import incoming
from bot.conversation.conversation import Conversation
from bot.telegram.context import App

logger = logging.getLogger(__name__)
POLL_SECONDS = 25
LONGEST_PAUSE = 30.0
# While this many updates wait, no more are fetched: Telegram keeps them for us.
FULL = 1000
PATH = "/telegram"


class Inbox:
    """Every update is stored before Telegram is told that it arrived, and marked when it is handled."""

    def __init__(self, app: App, conversation: Conversation, request: BaseRequest) -> None:
        self._app, self._conversation, self._request = app, conversation, request

    async def fetch(self, offset: int) -> list[dict[str, Any]]:
        """Wait for updates from `offset` on, as Telegram sends them (Bot.get_updates would fail on all for one)."""
        query = {"offset": offset, "timeout": POLL_SECONDS, "allowed_updates": json.dumps(Update.ALL_TYPES)}
        url = f"{self._app.bot.base_url}/getUpdates?{urlencode(query)}"
        updates = await self._request.post(url, read_timeout=POLL_SECONDS + 10)
        return updates if isinstance(updates, list) else []

    async def take(self, updates: list[dict[str, Any]]) -> None:
        """Store new updates, as Telegram sent them, and queue them in order."""
        payloads = {int(update["update_id"]): json.dumps(update) for update in updates}
        for update_id in await self._conversation.stored(incoming.keep, payloads, self._conversation.now()):
            await self._queue(update_id, payloads[update_id])

    async def recover(self) -> int:
        """Queue what a stopped process left behind; returns how many."""
        payloads = await self._conversation.stored(incoming.left, self._conversation.now())
        for payload in payloads:
            await self._queue(json.loads(payload)["update_id"], payload)
        return len(payloads)

    async def _queue(self, update_id: int, payload: str) -> None:
        try:
            update = Update.de_json(json.loads(payload), self._app.bot)
        except (KeyError, TypeError, ValueError) as error:
            # Something newer than our library: one such update must not hold up everybody else's.
            logger.error("update %d could not be read: %s", update_id, type(error).__name__)
            await self.handled(update_id)
        else:
            await self._app.update_queue.put(update)

    async def handled(self, update_id: int) -> None:
        """Mark an update as done."""
        await self._conversation.stored(incoming.handled, update_id, self._conversation.now())


async def poll(app: App, inbox: Inbox) -> None:
    """Fetch updates for ever; pauses grow while Telegram is out of reach."""
    offset, pause = 0, 1.0
    while True:
        while app.update_queue.qsize() > FULL:
            await asyncio.sleep(0.1)
        try:
            updates = await inbox.fetch(offset)
            await inbox.take(updates)
            if updates:
                offset = updates[-1]["update_id"] + 1
            pause = 1.0
        except RetryAfter as error:
            seconds = error.retry_after
            await asyncio.sleep(float(seconds if isinstance(seconds, (int, float)) else seconds.total_seconds()))
        except TelegramError as error:
            level = logging.INFO if isinstance(error, NetworkError) else logging.WARNING
            logger.log(level, "fetching updates failed: %s; again in %.0f s", type(error).__name__, pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)


def web_app(app: App, inbox: Inbox, secret: str) -> web.Application:
    """The bot's own small server: Telegram's posts (only with the secret), and whether it is up."""

    async def post(request: web.Request) -> web.Response:
        given = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        if not secret or not hmac.compare_digest(given.encode(), secret.encode()):
            return web.Response(status=403)
        try:
            body: Any = await request.json()
            await inbox.take([body])
        except (ValueError, KeyError, TypeError):
            return web.Response(status=400)
        return web.Response()

    async def health(_request: web.Request) -> web.Response:
        return web.json_response({"status": "ok", "waiting": app.update_queue.qsize()})

    server = web.Application(client_max_size=1024 * 1024)
    server.add_routes([web.post(PATH, post), web.get("/health", health)])
    return server
