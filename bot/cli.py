"""The `mittendrin` command."""

import asyncio
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from bot import evaluation, event_tools, inbox, language_tools
from bot import up as up_command
from bot.clients.rasa import RasaClient
from bot.commanding import clear_errors, environment, model_at_hand, prepared, rasa_started, settled
from bot.conversation.conversation import Who
from bot.doctor import examine
from bot.house import RASA_ROOM, build_conversation
from bot.services import Premises, rasa_at_hand
from bot.settings import Settings, SettingsError, load_settings
from bot.terminal import Terminal, talk
from bot.terminal_output import say
from bot.texts.languages import languages
from bot.understanding import Understanding, understand_all
from nlu_data.text.emergency import EmergencyRule
from storage.engine import open_database

app = typer.Typer(
    help="MITTEndrin: the assistant for newcomers in Dorsten.", no_args_is_help=True, add_completion=False
)
app.add_typer(inbox.app, name="inbox")
app.add_typer(event_tools.app, name="events")
app.add_typer(language_tools.app, name="language")


@app.command()
def up() -> None:
    """Set up what is missing, then run everything until Ctrl-C; connects to Telegram if TELEGRAM_BOT_TOKEN is set."""
    with clear_errors():
        settings = settled()
        premises = Premises(settings.data)
        premises.take()
        try:
            model = prepared(settings)
            code = asyncio.run(up_command.run(settings, premises, model))
        finally:
            premises.leave()
    raise typer.Exit(code)


@app.command()
def chat(
    lang: Annotated[str | None, typer.Option(help="Begin in this language (de, en, ar, tr, uk …).")] = None,
) -> None:
    """Talk to the assistant in this terminal; buttons are numbered, the data is that of `up`."""
    with clear_errors():
        if lang and lang not in languages():
            raise SettingsError(f"--lang: {lang!r} is none of {', '.join(languages())}")
        settings = settled()
        model = prepared(settings)
        asyncio.run(_chat(settings, model, lang))


@app.command()
def train(
    anew: Annotated[bool, typer.Option("--anew", help="Train although nothing has changed.")] = False,
) -> None:
    """Train the intent model if anything that it learns from has changed."""
    with clear_errors():
        settings = settled()
        environment(settings)
        model = model_at_hand(settings, anew=anew)
        say(f"The model is {model} ({model.stat().st_size / 1e6:.1f} MB).")


@app.command()
def understand() -> None:
    """Read JSON lines {"text": …, "lang": …?} from standard input, write what is understood as JSON lines."""
    with clear_errors():
        settings = settled()
        texts = list(_lines())
        environment(settings)
        model = model_at_hand(settings)
        for understood in asyncio.run(_understand(settings, model, texts)):
            print(json.dumps(understood.as_dict(), ensure_ascii=False))


@app.command()
def evaluate(
    picture: Annotated[Path | None, typer.Option(help="Where to write the confusion picture (HTML).")] = None,
) -> None:
    """Measure the understanding on tests/phrases: per language, topic and style, with the worst confusions."""
    with clear_errors():
        settings = settled()
        environment(settings)
        model = model_at_hand(settings)
        phrases = evaluation.read_phrases()
        texts: list[tuple[str, str | None]] = [(phrase.text, None) for phrase in phrases]
        foreign = evaluation.read_foreign()
        everything = asyncio.run(_understand(settings, model, texts + [(phrase.text, None) for phrase in foreign]))
        results = everything[: len(phrases)]
        target = picture or settings.data / "confusion.html"
        evaluation.report(phrases, results, target)
        evaluation.report_foreign(foreign, everything[len(phrases) :])
        say(f"The confusion picture is {target}.")


@app.command()
def doctor() -> None:
    """Check settings, environments, model, database and token, and say what to do."""
    try:
        settings = load_settings()
    except SettingsError as error:
        say(f"✗ settings\n{error}")
        raise typer.Exit(1) from None
    raise typer.Exit(0 if asyncio.run(examine(settings)) else 1)


def main() -> None:
    """Entry point of the `mittendrin` script."""
    app()


async def _chat(settings: Settings, model: Path, lang: str | None) -> None:
    async with rasa_started(settings, model, ["rasa", "actions"], "Starting the assistant") as rasa:
        database = open_database(settings.database)
        conversation = build_conversation(settings, database, rasa)
        terminal = Terminal(conversation, Who("terminal", "1", lang or "de"), print)
        await talk(terminal, lang, lambda: input("\n> "))
        database.close()


async def _understand(settings: Settings, model: Path, texts: list[tuple[str, str | None]]) -> list[Understanding]:
    async with rasa_at_hand(settings, model, ["rasa"]) as (url, token), RasaClient(url, token, patience=60) as rasa:
        return await understand_all(rasa, EmergencyRule.read(RASA_ROOM), texts)


def _lines() -> Iterator[tuple[str, str | None]]:
    for number, line in enumerate(sys.stdin, 1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
            text, lang = entry["text"], entry.get("lang")
            if not isinstance(text, str):
                raise TypeError
        except (ValueError, KeyError, TypeError, AttributeError):
            raise SettingsError(f'standard input, line {number}: expected {{"text": "…", "lang": "tr"?}}') from None
        yield text, lang


if __name__ == "__main__":
    main()
