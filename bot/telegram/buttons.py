"""Pressed buttons."""

import logging
from datetime import timedelta

from telegram import CallbackQuery, Update
from telegram import Message as TelegramMessage
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError
from telegram.ext import CallbackQueryHandler

from bot.conversation.memory import Memory
from bot.conversation.press import press
from bot.telegram.context import App, Context, conversation_of, reply, who
from bot.telegram.send import keyboard
from bot.texts.messages import Message

logger = logging.getLogger(__name__)
# A second tap this soon after the first is a slip of the finger.
DOUBLE_TAP = timedelta(seconds=3)
# Leafing through the menu changes the message in place; answers stay where they can be read again.
IN_PLACE = ("menu", "group")
_taps: Memory[bool] = Memory(keep=DOUBLE_TAP)


async def pressed(update: Update, context: Context) -> None:
    """React once to a button, however old its message is."""
    query = update.callback_query
    if query is None:
        return
    context.application.create_task(_stop_spinner(query), update)
    conversation = conversation_of(context)
    data = query.data or ""
    message_id = query.message.message_id if query.message else 0
    tap = f"{who(update).key}:{message_id}:{data}"
    if _taps.get(tap, conversation.now()):
        return
    messages = await press(conversation, who(update), data)
    _taps.put(tap, True, conversation.now())
    if data.split(":")[0] in IN_PLACE and await _changed(query, messages):
        return
    await reply(update, context, messages)


async def _stop_spinner(query: CallbackQuery) -> None:
    try:
        await query.answer()
    except TelegramError:
        logger.debug("the query was too old to be answered")


async def _changed(query: CallbackQuery, messages: list[Message]) -> bool:
    """Show a menu in place of the pressed one, if that was a menu and Telegram still lets us."""
    message = query.message
    if len(messages) != 1 or not isinstance(message, TelegramMessage) or not _is_menu(message):
        return False
    try:
        await query.edit_message_text(messages[0].html, ParseMode.HTML, reply_markup=keyboard(messages[0].buttons))
    except BadRequest:
        return False
    return True


def _is_menu(message: TelegramMessage) -> bool:
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    data = [str(button.callback_data or "") for row in rows for button in row]
    return bool(data) and all(item.split(":")[0] in ("group", "menu", "topic") for item in data) and len(data) >= 4


def add(app: App) -> None:
    """Register."""
    app.add_handler(CallbackQueryHandler(pressed))
