"""Messages onto Telegram: keyboards, pins, and what to do when Telegram asks for patience."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
)
from telegram.constants import ParseMode
from telegram.error import NetworkError, RetryAfter, TimedOut

from bot.texts.messages import Button, Message

logger = logging.getLogger(__name__)
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
TRIES = 4


async def send(bot: Bot, chat_id: int, messages: Sequence[Message]) -> None:
    """Send messages in order; telegram.error.Forbidden if the person has blocked the bot."""
    for message in messages:
        if message.pin:
            await patiently(
                bot.send_venue,
                chat_id=chat_id,
                latitude=message.pin.lat,
                longitude=message.pin.lon,
                title=message.pin.title,
                address=message.pin.address,
            )
            continue
        if message.document:
            await patiently(
                bot.send_document,
                chat_id=chat_id,
                document=message.document.content,
                filename=message.document.name,
                caption=message.html,
                parse_mode=ParseMode.HTML,
            )
            continue
        await patiently(
            bot.send_message,
            chat_id=chat_id,
            text=message.html,
            reply_markup=keyboard(message.buttons),
            parse_mode=ParseMode.HTML,
            link_preview_options=_NO_PREVIEW,
        )
        if message.share_location:
            await patiently(bot.send_message, chat_id=chat_id, text="📍👇", reply_markup=_location_keyboard(message))


def keyboard(buttons: Sequence[Sequence[Button]]) -> InlineKeyboardMarkup | None:
    """Buttons under a message, or None where there are none."""
    rows = [
        [InlineKeyboardButton(b.label, callback_data=b.data or None, url=b.url or None) for b in row] for row in buttons
    ]
    return InlineKeyboardMarkup(rows) if rows else None


async def patiently(call: Callable[..., Awaitable[Any]], **arguments: Any) -> Any:
    """Call the Bot API; wait when it asks for it, try again where the request surely did not arrive.

    A time-out is passed on at once: the message may have been delivered, and nobody is written to twice.
    """
    for attempt in range(1, TRIES + 1):
        try:
            return await call(**arguments)
        except RetryAfter as error:
            if attempt == TRIES:
                raise
            seconds = (
                error.retry_after if isinstance(error.retry_after, (int, float)) else error.retry_after.total_seconds()
            )
            await asyncio.sleep(float(seconds))
        except TimedOut:
            raise
        except NetworkError as error:
            # Only a refused connection proves that nothing arrived; BadRequest and the like are NetworkErrors too.
            if attempt == TRIES or "ClientConnector" not in str(error):
                raise
            await asyncio.sleep(0.5 * 2**attempt)
    return None


def _location_keyboard(message: Message) -> ReplyKeyboardMarkup:
    button = KeyboardButton("📍 " + message.share_location, request_location=True)
    return ReplyKeyboardMarkup([[button]], one_time_keyboard=True, resize_keyboard=True)
