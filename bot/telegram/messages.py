"""Written questions and locations."""

import logging

from telegram import Update
from telegram.constants import ChatAction
from telegram.error import TelegramError
from telegram.ext import MessageHandler, filters

from bot.telegram.context import App, Context, conversation_of, reply, who

logger = logging.getLogger(__name__)


async def written(update: Update, context: Context) -> None:
    """Answer a text, also one that was edited afterwards."""
    message = update.effective_message
    if message and message.text:
        context.application.create_task(_typing(update, context), update)
        await reply(update, context, await conversation_of(context).text(who(update), message.text))


async def located(update: Update, context: Context) -> None:
    """Show what is near."""
    message = update.effective_message
    place = (message.location or (message.venue.location if message.venue else None)) if message else None
    if place:
        await reply(
            update, context, await conversation_of(context).location(who(update), place.latitude, place.longitude)
        )


async def _typing(update: Update, context: Context) -> None:
    try:
        if chat := update.effective_chat:
            await context.bot.send_chat_action(chat.id, ChatAction.TYPING)
    except TelegramError:
        logger.debug("typing action failed")


def add(app: App) -> None:
    """Register, in private chats only."""
    private = filters.ChatType.PRIVATE
    app.add_handler(
        MessageHandler(private & (filters.LOCATION | filters.VENUE) & ~filters.UpdateType.EDITED_MESSAGE, located)
    )
    app.add_handler(MessageHandler(private & filters.TEXT, written))
