"""A Bot API server on loopback, for tests and benchmarks: the real protocol over HTTP, with Telegram's limits checked.

People are played by `BotApi.person(…)`, who types, presses and shares locations, and reads what the bot sends her.
https://core.telegram.org/bots/api
"""

import asyncio
import itertools
import json
import time
from collections import defaultdict
from html.parser import HTMLParser
from typing import Any

from aiohttp import web

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
BOT = {"id": 110201543, "is_bot": True, "first_name": "MITTEndrin", "username": "mittendrin_test_bot"}
# These take a while to arrive in tests on a busy machine; nothing waits longer than it must.
PATIENCE = 20.0
_ALLOWED_TAGS = {"b", "strong", "i", "em", "u", "s", "a", "code", "pre"}


class BotApi:
    """The server. `calls` holds every request of the bot as (method, parameters, monotonic seconds)."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, Any], float]] = []
        self.sent: dict[int, list[dict[str, Any]]] = defaultdict(list)
        self.sent_at: dict[int, list[float]] = defaultdict(list)
        self.errors: list[str] = []
        self.files: dict[str, bytes] = {}
        self.failures: list[tuple[str, int, dict[str, Any]]] = []
        self.webhook: dict[str, Any] = {}
        self._updates: list[dict[str, Any]] = []
        self._ids = itertools.count(1000)
        self._message_ids = itertools.count(1)
        self._news = asyncio.Condition()
        self._runner: web.AppRunner | None = None
        self.url = ""

    async def start(self, port: int = 0) -> str:
        """Listen; returns the base URL for TELEGRAM_API_URL."""
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", self._handle)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        server = site._server
        assert server is not None
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"  # type: ignore[attr-defined]
        return self.url

    async def stop(self) -> None:
        """Close the port."""
        if self._runner:
            await self._runner.cleanup()

    def person(self, chat: int = 1, language: str = "de", name: str = "Amira") -> "Person":
        """Somebody with a private chat."""
        return Person(self, chat, language, name)

    def fail_next(self, method: str, code: int, **parameters: Any) -> None:
        """Answer the next call of a method with an error, for example 429 with retry_after=1."""
        self.failures.append((method, code, parameters))

    async def push(self, **update: Any) -> int:
        """Put an update into the queue; returns its id."""
        update_id = next(self._ids)
        async with self._news:
            self._updates.append({"update_id": update_id, **update})
            self._news.notify_all()
        return update_id

    async def announce(self) -> None:
        """Wake those who wait for news."""
        async with self._news:
            self._news.notify_all()

    async def until(self, condition: Any, seconds: float = PATIENCE) -> None:
        """Wait until `condition()` holds; AssertionError after `seconds`."""
        try:
            async with asyncio.timeout(seconds), self._news:
                await self._news.wait_for(condition)
        except TimeoutError:
            raise AssertionError(
                f"nothing came within {seconds} s; last calls: {[c[0] for c in self.calls[-5:]]}"
            ) from None

    async def _handle(self, request: web.Request) -> web.Response:
        method, arrived = request.match_info["method"], time.monotonic()
        if request.match_info["token"] != TOKEN:
            return _error(401, "Unauthorized")
        parameters = await _parameters(request)
        self.calls.append((method, parameters, arrived))
        for number, (name, code, extra) in enumerate(self.failures):
            if name == method:
                del self.failures[number]
                return _error(code, "Too Many Requests" if code == 429 else "Error", extra)
        handler = getattr(self, f"_do_{method.lower()}", None)
        if handler is None:
            self.errors.append(f"unknown method {method}")
            return _error(404, "Not Found")
        try:
            result = await handler(parameters)
        except ValueError as error:
            self.errors.append(f"{method}: {error}")
            return _error(400, f"Bad Request: {error}")
        await self.announce()
        return web.json_response({"ok": True, "result": result})

    async def _do_getme(self, _parameters: dict[str, Any]) -> Any:
        return {**BOT, "can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}

    async def _do_getupdates(self, parameters: dict[str, Any]) -> Any:
        offset, seconds = int(parameters.get("offset", 0)), float(parameters.get("timeout", 0))
        async with self._news:
            self._updates = [update for update in self._updates if update["update_id"] >= offset]
            if not self._updates and seconds:
                try:
                    async with asyncio.timeout(seconds):
                        await self._news.wait_for(lambda: bool(self._updates))
                except TimeoutError:
                    return []
            return self._updates[:100]

    async def _do_setwebhook(self, parameters: dict[str, Any]) -> Any:
        self.webhook = parameters
        return True

    async def _do_deletewebhook(self, _parameters: dict[str, Any]) -> Any:
        self.webhook = {}
        return True

    async def _do_setmycommands(self, parameters: dict[str, Any]) -> Any:
        for command in parameters["commands"]:
            if not 1 <= len(command["description"]) <= 256 or not command["command"].isidentifier():
                raise ValueError("BOT_COMMAND_INVALID")
        return True

    async def _do_setmydescription(self, parameters: dict[str, Any]) -> Any:
        if len(str(parameters.get("description", ""))) > 512:
            raise ValueError("description too long")
        return True

    async def _do_setmyshortdescription(self, parameters: dict[str, Any]) -> Any:
        if len(str(parameters.get("short_description", ""))) > 120:
            raise ValueError("short description too long")
        return True

    async def _do_sendchataction(self, _parameters: dict[str, Any]) -> Any:
        return True

    async def _do_answercallbackquery(self, _parameters: dict[str, Any]) -> Any:
        return True

    async def _do_sendmessage(self, parameters: dict[str, Any]) -> Any:
        text = visible_text(parameters)
        if not text.strip():
            raise ValueError("message text is empty")
        if len(text) > 4096:
            raise ValueError("message is too long")
        _check_keyboard(parameters.get("reply_markup"))
        return self._deliver(parameters, {"text": text})

    async def _do_sendvenue(self, parameters: dict[str, Any]) -> Any:
        where = {"latitude": float(parameters["latitude"]), "longitude": float(parameters["longitude"])}
        if not parameters.get("title") or not parameters.get("address"):
            raise ValueError("venue without title or address")
        venue = {"location": where, "title": parameters["title"], "address": parameters["address"]}
        return self._deliver(parameters, {"venue": venue, "location": where})

    async def _do_senddocument(self, parameters: dict[str, Any]) -> Any:
        file = parameters["document"]
        content = file.file.read() if hasattr(file, "file") else str(file).encode()
        if not content:
            raise ValueError("file must be non-empty")
        document = {"file_id": f"f{len(self.calls)}", "file_unique_id": "u", "file_name": getattr(file, "filename", "")}
        message = self._deliver(parameters, {"document": document, "caption": parameters.get("caption", "")})
        self.files[document["file_id"]] = content
        return message

    async def _do_editmessagetext(self, parameters: dict[str, Any]) -> Any:
        chat, message_id = int(parameters["chat_id"]), int(parameters["message_id"])
        text = visible_text(parameters)
        _check_keyboard(parameters.get("reply_markup"))
        for message in self.sent[chat]:
            if message["message_id"] == message_id:
                if message.get("text") == text and message.get("reply_markup") == parameters.get("reply_markup"):
                    raise ValueError("message is not modified")
                edited = {**message, "text": text, "reply_markup": parameters.get("reply_markup"), "edited": True}
                self.sent[chat].append(edited)
                self.sent_at[chat].append(time.monotonic())
                return _shown(edited)
        raise ValueError("message to edit not found")

    def _deliver(self, parameters: dict[str, Any], content: dict[str, Any]) -> dict[str, Any]:
        chat = int(parameters["chat_id"])
        message = {
            "message_id": next(self._message_ids),
            "date": int(time.time()),
            "chat": {"id": chat, "type": "private" if chat > 0 else "group", "first_name": "x", "title": "x"},
            "from": BOT,
            **content,
        }
        if markup := parameters.get("reply_markup"):
            message["reply_markup"] = markup
        message["html"] = parameters.get("text", "")
        self.sent[chat].append(message)
        self.sent_at[chat].append(time.monotonic())
        return _shown(message)


class Person:
    """A person at her phone. `reads` gives the bot's messages that she has not read yet."""

    def __init__(self, api: BotApi, chat: int, language: str, name: str) -> None:
        self._api, self.chat, self._language, self._name = api, chat, language, name
        self._seen = 0

    @property
    def _from(self) -> dict[str, Any]:
        return {"id": self.chat, "is_bot": False, "first_name": self._name, "language_code": self._language}

    def message(self, **content: Any) -> dict[str, Any]:
        """A message of hers as Telegram describes it."""
        chat = {"id": self.chat, "type": "private", "first_name": self._name}
        number = next(self._api._message_ids)
        return {"message_id": number, "date": int(time.time()), "chat": chat, "from": self._from, **content}

    async def writes(self, text: str) -> None:
        """Type a message or a /command."""
        content: dict[str, Any] = {"text": text}
        if text.startswith("/"):
            content["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]
        await self._api.push(message=self.message(**content))

    async def sends(self, **content: Any) -> None:
        """Send something that is no text (sticker={…}, location={…} …)."""
        await self._api.push(message=self.message(**content))

    async def arrives(self, language: str, patience: float = PATIENCE) -> None:
        """Begin, choose a language and agree; `patience` seconds for the first answer."""
        await self.writes("/start")
        await self.reads(seconds=patience)
        await self.presses(f"language:{language}")
        await self.reads()
        await self.presses("agree")
        await self.reads()

    async def edits(self, text: str) -> None:
        """Change an earlier message."""
        await self._api.push(edited_message={**self.message(text=text), "edit_date": int(time.time())})

    async def shares_location(self, lat: float, lon: float) -> None:
        """Send one's position."""
        await self.sends(location={"latitude": lat, "longitude": lon})

    async def presses(self, wanted: str, message: dict[str, Any] | None = None) -> None:
        """Press the button whose label contains `wanted` (or whose data is exactly that), newest message first."""
        messages = [message] if message else list(reversed(self._api.sent[self.chat]))
        for candidate in messages:
            for row in (candidate.get("reply_markup") or {}).get("inline_keyboard", []):
                for button in row:
                    if "callback_data" in button and (wanted == button["callback_data"] or wanted in button["text"]):
                        await self.taps(button["callback_data"], candidate)
                        return
        raise AssertionError(f"no button {wanted!r}; there are {self.buttons()}")

    async def taps(self, data: str, message: dict[str, Any]) -> None:
        """Send a callback query as pressing a button of that message does."""
        query = {"id": str(next(self._api._ids)), "from": self._from, "chat_instance": "1", "data": data}
        await self._api.push(callback_query={**query, "message": _shown(message)})

    async def taps_on_old_message(self, data: str) -> None:
        """Press a button of a message from long ago."""
        chat = {"id": self.chat, "type": "private"}
        keyboard = {"inline_keyboard": [[{"text": "x", "callback_data": data}]]}
        await self.taps(data, {"message_id": 1, "date": 0, "chat": chat, "text": "x", "reply_markup": keyboard})

    async def reads(self, count: int = 1, seconds: float = PATIENCE) -> list[dict[str, Any]]:
        """Wait for `count` new messages and return them."""
        wanted = self._seen + count
        await self._api.until(lambda: len(self._api.sent[self.chat]) >= wanted, seconds)
        messages = self._api.sent[self.chat][self._seen : wanted]
        self._seen = wanted
        return messages

    async def reads_text(self, seconds: float = PATIENCE) -> str:
        """Wait for the next message and return its text."""
        return str((await self.reads(1, seconds))[0].get("text", ""))

    def skip(self) -> None:
        """Read everything that has come."""
        self._seen = len(self._api.sent[self.chat])

    def buttons(self) -> list[str]:
        """The labels of the newest message that has buttons."""
        for message in reversed(self._api.sent[self.chat]):
            if rows := (message.get("reply_markup") or {}).get("inline_keyboard"):
                return [button["text"] for row in rows for button in row]
        return []

    def data(self) -> list[str]:
        """The callback data of the newest message that has buttons."""
        for message in reversed(self._api.sent[self.chat]):
            if rows := (message.get("reply_markup") or {}).get("inline_keyboard"):
                return [button["callback_data"] for row in rows for button in row if "callback_data" in button]
        return []


class _Visible(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _ALLOWED_TAGS:
            raise ValueError(f"can't parse entities: unsupported start tag {tag}")
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            raise ValueError(f"can't parse entities: unexpected end tag {tag}")

    def handle_data(self, data: str) -> None:
        if "<" in data:
            raise ValueError("can't parse entities: unescaped <")
        self.text += data


def visible_text(parameters: dict[str, Any]) -> str:
    """What a person sees of a text sent with parse_mode; ValueError for markup that Telegram refuses."""
    text = str(parameters.get("text", ""))
    if parameters.get("parse_mode") != "HTML":
        return text
    parser = _Visible()
    parser.feed(text)
    parser.close()
    if parser.open:
        raise ValueError(f"can't parse entities: unclosed tag {parser.open[-1]}")
    return parser.text


def _check_keyboard(markup: Any) -> None:
    if not markup or "inline_keyboard" not in markup:
        return
    for row in markup["inline_keyboard"]:
        for button in row:
            if not button.get("text"):
                raise ValueError("button without text")
            if len(button.get("callback_data", "").encode()) > 64:
                raise ValueError("BUTTON_DATA_INVALID")
            if "callback_data" not in button and "url" not in button:
                raise ValueError("button does nothing")


def _shown(message: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in message.items() if key not in ("html", "edited") and value is not None}


async def _parameters(request: web.Request) -> dict[str, Any]:
    found: dict[str, Any] = dict(request.query)
    if request.method == "POST":
        found |= dict(await request.post())
    for key in ("reply_markup", "commands", "link_preview_options", "allowed_updates"):
        if isinstance(found.get(key), str):
            found[key] = json.loads(found[key])
    return found


def _error(code: int, description: str, parameters: dict[str, Any] | None = None) -> web.Response:
    body = {"ok": False, "error_code": code, "description": description, "parameters": parameters or {}}
    return web.json_response(body, status=code)
