"""`mittendrin inbox`: the questions that wait for a person of the team."""

import asyncio
from typing import Annotated

import typer
from telegram import Bot
from telegram.error import TelegramError

from actions.content import load_content
from actions.services import handover
from bot.house import utc_now
from bot.settings import Settings, load_settings
from bot.telegram.request import AiohttpRequest
from bot.telegram.send import send
from bot.terminal_output import say
from bot.texts.languages import languages
from bot.texts.messages import Message
from bot.texts.render import Texts
from storage import people
from storage.engine import migrate, open_database

app = typer.Typer(help="Questions that wait for a person of the team.", no_args_is_help=True)


@app.command("list")
def list_questions() -> None:
    """Show the open questions, oldest first."""
    settings = load_settings()
    database = open_database(settings.database)
    migrate(database)
    with database.session() as session:
        questions = people.open_questions(session)
    for question in questions:
        asked = question.asked_at.astimezone(settings.zone).strftime("%d.%m.%Y %H:%M") if question.asked_at else ""
        language = languages()[question.language].german if question.language in languages() else question.language
        print(f"{question.id}\t{asked}\t{language}\t{question.reason}\t{question.text!r}")
    if not questions:
        say("No open questions.")
    database.close()


@app.command()
def answer(
    number: Annotated[int, typer.Argument(help="The question's number in the list.")],
    text: Annotated[str, typer.Argument(help="The answer, in the person's language.")],
) -> None:
    """Answer a question; the person gets it on Telegram at once."""
    settings = load_settings()
    if not settings.telegram_bot_token.get_secret_value():
        say("TELEGRAM_BOT_TOKEN: must be set to send an answer")
        raise typer.Exit(1)
    database = open_database(settings.database)
    migrate(database)
    try:
        with database.session() as session:
            question, reply = handover.answer(session, number, text, utc_now())
            person = people.get(session, question.person_id)
            if person is None or person.channel != "telegram":
                say("The person has no Telegram address any more; nothing was sent.")
                raise typer.Exit(1)
            messages = Texts(load_content()).render(reply, person.language)
            # Sent inside the transaction: if sending fails, the question stays open.
            asyncio.run(_deliver(settings, int(person.address), messages))
    except LookupError:
        say(f"There is no open question {number}; `mittendrin inbox list` shows them.")
        raise typer.Exit(1) from None
    except TelegramError as error:
        say(f"Telegram did not take the answer ({type(error).__name__}); the question stays open.")
        raise typer.Exit(1) from None
    finally:
        database.close()
    say("Sent.")


async def _deliver(settings: Settings, chat: int, messages: list[Message]) -> None:
    token = settings.telegram_bot_token.get_secret_value()
    async with Bot(token, base_url=f"{settings.telegram_api_url}/bot", request=AiohttpRequest(connections=2)) as bot:
        await send(bot, chat, messages)
