"""Talking to Rasa over its REST channel and its HTTP API."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any

import aiohttp
from pydantic import ValidationError

from actions.replies import Reply, from_json

# A turn takes some 20 ms; past this the person gets an honest sentence instead of silence.
PATIENCE_SECONDS = 5.0


class RasaDownError(Exception):
    """Rasa, or the actions behind it, did not answer usefully."""


@dataclass(frozen=True)
class Turn:
    """Rasa's reply to a message; `language` is what the message seems to be written in, with a confidence 0..1."""

    reply: Reply
    language: str
    language_confidence: float


class RasaClient:
    """One connection pool to one Rasa. Use as `async with`."""

    def __init__(self, url: str, token: str = "", patience: float = PATIENCE_SECONDS) -> None:
        self._url = url.rstrip("/")
        self._token = token
        self._timeout = aiohttp.ClientTimeout(total=patience, connect=2)
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> "RasaClient":
        self._session = aiohttp.ClientSession(timeout=self._timeout, connector=aiohttp.TCPConnector(limit=32))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session:
            await self._session.close()

    async def turn(self, sender: str, text: str, metadata: Mapping[str, Any]) -> Turn:
        """Say `text` as `sender`; RasaDownError if no usable reply comes in time.

        `metadata` holds what the talk was about (`topic`) and a shared `location` [lat, lon], each only if known.
        """
        # A leading slash would be read as an intent.
        message = {"sender": sender, "message": text.lstrip("/ ") or "?", "metadata": dict(metadata)}
        messages = await self._post("/webhooks/rest/webhook", message)
        for entry in messages if isinstance(messages, list) else ():
            custom = entry.get("custom") or {}
            language = (custom.get("message") or {}).get("language") or {}
            try:
                return Turn(from_json(custom.get("reply")), language.get("code", ""), language.get("confidence", 0.0))
            except ValidationError:
                continue
        raise RasaDownError("no reply")

    async def parse(self, text: str) -> dict[str, Any]:
        """What Rasa's NLU reads in a text (intent, intent_ranking, language, concepts); RasaDownError if it is down."""
        parsed = await self._post("/model/parse", {"text": text.lstrip("/ ") or "?"}, params=self._secret())
        if not isinstance(parsed, dict):
            raise RasaDownError("no reply")
        return parsed

    async def forget(self, sender: str) -> None:
        """Empty a person's tracker; RasaDownError if Rasa is down (its memory is then gone anyway)."""
        url = f"/conversations/{sender}/tracker/events"
        await self._request("PUT", url, json=[], params=self._secret())

    async def status(self) -> dict[str, Any]:
        """Which model is loaded; RasaDownError if Rasa is down."""
        found = await self._request("GET", "/status", params=self._secret())
        return found if isinstance(found, dict) else {}

    def _secret(self) -> dict[str, str]:
        return {"token": self._token} if self._token else {}

    async def _post(self, path: str, body: Any, params: Mapping[str, str] | None = None) -> Any:
        return await self._request("POST", path, json=body, params=params)

    async def _request(self, method: str, path: str, **options: Any) -> Any:
        if self._session is None:
            raise RuntimeError("use RasaClient as `async with`")
        try:
            async with self._session.request(method, self._url + path, **options) as response:
                if response.status >= 400:
                    raise RasaDownError(f"HTTP {response.status}")
                return await response.json(content_type=None)
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            raise RasaDownError(type(error).__name__) from error
