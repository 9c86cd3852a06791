"""Everything that is neither text nor button nor location: never silence, never a stack trace."""

import logging

from telegram import ChatMember, Message, Update
from telegram.ext import ChatMemberHandler, MessageHandler, filters

from actions.replies import Steer
from bot.telegram.context import App, Context, conversation_of, reply, who
from bot.texts.messages import Button
from bot.texts.messages import Message as Shown

logger = logging.getLogger(__name__)


async def something_else(update: Update, context: Context) -> None:
    """A kind sentence for stickers, voice, pictures, contacts, and what Telegram may think of next."""
    message = update.effective_message
    if message is None or update.edited_message:
        return
    conversation = conversation_of(context)
    if message.caption:
        await reply(update, context, await conversation.text(who(update), message.caption))
        return
    await reply(update, context, await conversation.say(who(update), Steer(_kind(message))))


async def in_group(update: Update, context: Context) -> None:
    """In a group: say once where to ask, when somebody speaks to the bot."""
    message = update.effective_message
    if message is None:
        return
    name = context.bot.username
    spoken_to = (message.text or "").startswith("/") or f"@{name}".lower() in (message.text or "").lower()
    if spoken_to or message.new_chat_members:
        text = await conversation_of(context).say(who(update), Steer("group_chat"))
        link = (Button("💬 MITTEndrin", url=f"https://t.me/{name}?start=group"),)
        await reply(update, context, [Shown(text[0].html, (link,))])


async def membership(update: Update, context: Context) -> None:
    """The person blocked the bot, or let it in again."""
    change = update.my_chat_member
    if change and change.chat.type == change.chat.PRIVATE:
        gone = change.new_chat_member.status in (ChatMember.BANNED, ChatMember.LEFT)
        await conversation_of(context).blocked(who(update), gone=gone)


async def failed(update: object, context: Context) -> None:
    """An error in a handler: log what, never what was said, and tell the person kindly."""
    logger.error("handler failed: %s", type(context.error).__name__, exc_info=context.error)
    if isinstance(update, Update) and update.effective_chat and update.effective_chat.type == "private":
        try:
            await reply(update, context, await conversation_of(context).say(who(update), Steer("error")))
        except Exception as error:
            logger.error("could not even say so: %s", type(error).__name__)


def _kind(message: Message) -> str:
    if message.sticker or message.dice or message.animation:
        return "sticker"
    if message.voice or message.audio or message.video_note:
        return "voice"
    if message.photo or message.document or message.video:
        return "picture"
    return "contact" if message.contact else "unreadable"


def add(app: App) -> None:
    """Register last: these take what nobody else took."""
    app.add_handler(ChatMemberHandler(membership, ChatMemberHandler.MY_CHAT_MEMBER))
    app.add_handler(MessageHandler(filters.ChatType.PRIVATE & ~filters.StatusUpdate.ALL, something_else))
    app.add_handler(MessageHandler(filters.ChatType.GROUPS, in_group))
    app.add_error_handler(failed)
