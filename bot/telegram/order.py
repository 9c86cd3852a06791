"""Updates of different people at the same time, those of one person one after the other."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor

AT_ONCE = 64


class PerPersonProcessor(BaseUpdateProcessor):
    """Bounded concurrency with a queue for each chat.

    `handled` is told each update's id when it is done. python-telegram-bot starts the tasks in the order of arrival,
    and an asyncio.Lock serves its waiters in that order.
    """

    def __init__(self, handled: Callable[[int], Awaitable[None]], at_once: int = AT_ONCE) -> None:
        super().__init__(at_once)
        self._handled = handled
        self._locks: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._waiting: defaultdict[int, int] = defaultdict(int)

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Wait for the person's earlier updates, then handle this one."""
        chat = update.effective_chat.id if isinstance(update, Update) and update.effective_chat else 0
        self._waiting[chat] += 1
        try:
            async with self._locks[chat]:
                await coroutine
                if isinstance(update, Update):
                    await self._handled(update.update_id)
        finally:
            self._waiting[chat] -= 1
            if not self._waiting[chat]:
                del self._waiting[chat], self._locks[chat]

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""
