"""/start, /menu, /events, /mine, /language, /help, /privacy, /delete, /stop."""

from telegram import Update
from telegram.ext import CommandHandler, MessageHandler, filters

from actions.replies import Reply, Steer
from actions.services import people
from bot.telegram.context import App, Context, conversation_of, reply, who

_FIXED = {
    "menu": Steer("menu"),
    "language": Steer("change_language"),
    "help": Steer("menu_help"),
    "privacy": Steer("privacy"),
    "delete": Steer("delete_data"),
}


async def start(update: Update, context: Context) -> None:
    """A newcomer chooses her language; who is known gets the menu, and may be written to again."""
    conversation = conversation_of(context)
    person = await conversation.person(who(update))
    first: Reply = Steer("change_language")
    if person:
        await conversation.stored(people.mute, person.id or 0, None)
        first = Steer("greet")
    await reply(update, context, await conversation.say(who(update), first))


async def stop(update: Update, context: Context) -> None:
    """Nothing unasked any more."""
    await reply(update, context, await conversation_of(context).stop(who(update)))


async def events(update: Update, context: Context) -> None:
    """What is on; where she is signed up."""
    message = update.effective_message
    mine = bool(message and (message.text or "").startswith("/mine"))
    topic = "my_signups" if mine else "events_overview"
    await reply(update, context, await conversation_of(context).topic(who(update), topic))


async def fixed(update: Update, context: Context) -> None:
    """The commands that only show something; an unknown one shows the menu."""
    name = (
        (update.effective_message.text or "").split()[0].lstrip("/").split("@")[0] if update.effective_message else ""
    )
    await reply(update, context, await conversation_of(context).say(who(update), _FIXED.get(name, Steer("menu"))))


def add(app: App) -> None:
    """Register the commands, in private chats only."""
    private = filters.ChatType.PRIVATE
    app.add_handler(CommandHandler("start", start, private))
    app.add_handler(CommandHandler("stop", stop, private))
    app.add_handler(CommandHandler(["events", "mine"], events, private))
    app.add_handler(MessageHandler(private & filters.COMMAND, fixed))
