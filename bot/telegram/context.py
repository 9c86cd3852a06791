"""What every handler needs: who writes, the conversation, and sending the answer back."""

from typing import Any, cast

from telegram import Update
from telegram.error import Forbidden
from telegram.ext import Application, CallbackContext, ExtBot

from bot.conversation.conversation import Conversation, Who
from bot.telegram.send import send
from bot.texts.languages import nearest_language
from bot.texts.messages import Message

App = Application[Any, Any, Any, Any, Any, Any]
Context = CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]


def conversation_of(context: Context) -> Conversation:
    """The one conversation of this process."""
    return cast(Conversation, context.bot_data["conversation"])


def who(update: Update) -> Who:
    """Where the update comes from."""
    chat, user = update.effective_chat, update.effective_user
    language = nearest_language(user.language_code if user else None)
    return Who("telegram", str(chat.id if chat else 0), language, user.first_name if user else "")


async def reply(update: Update, context: Context, messages: list[Message]) -> None:
    """Send messages to where the update came from; a person who has blocked the bot meanwhile gets nothing."""
    if chat := update.effective_chat:
        try:
            await send(context.bot, chat.id, messages)
        except Forbidden:
            context.application.create_task(conversation_of(context).blocked(who(update)), update)
