"""Sending what nobody has asked for just now: reminders, offers, news. The rows decide; this only carries them."""

import asyncio
import logging

from telegram.error import BadRequest, Forbidden, TelegramError

from actions.services import keeping, outbox, seats
from actions.services.outbox import Due
from bot.conversation.conversation import Conversation
from bot.telegram.context import App
from bot.telegram.send import send

logger = logging.getLogger(__name__)
# Telegram allows 30 messages a second to different people and one a second to each
# (https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this); the rest is for direct replies.
A_SECOND = 25
# No more than this are claimed and not settled at any moment: so many may arrive twice after a crash.
IN_FLIGHT = 5


class Outbox:
    """Call `tick` once a second and `serve` now and then."""

    def __init__(self, app: App, conversation: Conversation, pause: float = IN_FLIGHT / A_SECOND) -> None:
        """`pause`: seconds from one handful of messages to the next, so that they spread over the second."""
        self._app, self._conversation, self._pause = app, conversation, pause
        self._sending, self._stopped = asyncio.Lock(), False

    async def recover(self) -> int:
        """Take up what a stopped process was sending; returns how many may arrive twice."""
        unfinished = await self._conversation.stored(outbox.recover)
        if unfinished:
            logger.warning("%d messages were in flight when the last process ended; they are sent again", unfinished)
        return unfinished

    async def tick(self) -> int:
        """Send what is due, at most one message to each person and a second's worth in all; returns how many."""
        served: set[int] = set()
        clock = asyncio.get_running_loop().time
        begin = clock()
        async with self._sending:
            for number in range(A_SECOND // IN_FLIGHT):
                if number:
                    await asyncio.sleep(begin + self._pause - clock())
                begin = clock()
                due = await self._claim(served)
                if not due:
                    break
                served |= {each.person_id for each in due}
                await asyncio.gather(*(self._send(each) for each in due))
                if len(due) < IN_FLIGHT:
                    break
        return len(served)

    async def _claim(self, served: set[int]) -> list[Due]:
        if self._stopped:
            return []
        now, zone = self._conversation.now(), self._conversation.zone
        return await self._conversation.stored(outbox.next_due, now, zone, IN_FLIGHT, served)

    async def stop(self) -> None:
        """Send nothing more, and wait until what is in flight is settled: a polite end leaves nothing in doubt."""
        self._stopped = True
        async with self._sending:
            pass

    async def serve(self) -> None:
        """Let offers lapse and serve the waiting lists."""
        await self._conversation.stored(seats.tick, self._conversation.now(), self._conversation.zone)

    async def forget_old(self) -> None:
        """Delete what nobody needs any more."""
        await self._conversation.stored(keeping.forget_old, self._conversation.now())

    async def _send(self, due: Due) -> None:
        stored, now = self._conversation.stored, self._conversation.now
        try:
            messages = self._conversation.texts.render(due.reply, due.language)
            await send(self._app.bot, int(due.address), messages)
        except Forbidden:
            await stored(outbox.blocked, due, now())
        except BadRequest as error:
            logger.error("Telegram refuses delivery %d: %s", due.delivery_id, error.message)
            await stored(outbox.failed, due, now())
        except TelegramError as error:
            logger.warning("delivery %d waits: %s", due.delivery_id, type(error).__name__)
            await stored(outbox.postponed, due, now(), self._conversation.zone)
        except Exception as error:  # one message that can't be written must not hold up the others
            logger.error("delivery %d failed: %s", due.delivery_id, type(error).__name__, exc_info=error)
            await stored(outbox.failed, due, now())
        else:
            await stored(outbox.sent, due, now())
