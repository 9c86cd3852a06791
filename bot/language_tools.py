"""`mittendrin language`: begin a language, see what it lacks, try it, and find mistakes in its files."""

import asyncio
import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.commanding import clear_errors, environment, model_at_hand, rasa_started, settled
from bot.house import RASA_ROOM
from bot.language_files import LanguageFiles
from bot.language_lint import lint
from bot.language_scaffold import ScaffoldError, scaffold
from bot.language_status import Check, status
from bot.language_try import Explanation, explain
from bot.settings import Settings
from bot.terminal_output import say
from bot.texts.languages import Language
from nlu_data.text.emergency import EmergencyRule

app = typer.Typer(help="Begin a language, see what it lacks, try it, find mistakes in its files.", no_args_is_help=True)
# So many missing things are named for each check; --all names every one.
_NAMED = 5
# A word that changes the first topic's confidence by less decides nothing.
_DECIDES = 0.05
Only = Annotated[str | None, typer.Option("--language", help="Only this language (its code).")]


@app.command()
def new(
    code: Annotated[str, typer.Argument(help="The language's code (ISO 639), for example so.")],
    native: Annotated[str, typer.Option(help="Its name as its speakers write it.")],
    direction: Annotated[str, typer.Option(help="ltr (from the left) or rtl (from the right).")],
    script: Annotated[str, typer.Option(help="Its letters: Latin, Arabic, Cyrillic, Ethiopic …")],
    formats: Annotated[str, typer.Option(help="The locale for dates and numbers, for example so_SO.")],
    german: Annotated[str, typer.Option(help="Its name in German, for the staff.")],
) -> None:
    """Write the empty files of a new language."""
    try:
        written = scaffold(Language(code, native, direction, script, formats, german))
    except ScaffoldError as error:
        say(str(error))
        raise typer.Exit(1) from None
    for path in written:
        print(path.as_posix())
    say(f"Now fill these files in; `mittendrin language status --language {code}` says what is missing.")


@app.command("status")
def show_status(
    language: Only = None,
    everything: Annotated[bool, typer.Option("--all", help="Name everything that is missing.")] = False,
) -> None:
    """Show what each listed language lacks; exit code 1 if anything is missing."""
    files = LanguageFiles()
    results = {code: status(files, code) for code in _chosen(files, language)}
    table = Table("language", *(check.name for check in next(iter(results.values()))))
    for code, checks in results.items():
        table.add_row(f"{code} {files.languages[code].german}", *map(_cell, checks))
    console = Console(width=110, highlight=False, soft_wrap=True)
    console.print(table)
    for code, checks in results.items():
        for check in checks:
            if check.missing:
                named = check.missing if everything else check.missing[:_NAMED]
                more = f" … and {len(check.missing) - len(named)} more" if len(named) < len(check.missing) else ""
                console.print(f"{code} {check.name}: {'; '.join(named)}{more}", markup=False)
    raise typer.Exit(1 if any(check.missing for checks in results.values() for check in checks) else 0)


@app.command("try")
def try_out(
    code: Annotated[str, typer.Argument(help="The language's code, for example tr.")],
    text: Annotated[str | None, typer.Argument(help="The message; without it, you are asked for messages.")] = None,
) -> None:
    """Type a message, see its topic and why: concepts, the words that matter, the nearest examples."""
    with clear_errors():
        files = LanguageFiles()
        _chosen(files, code)
        settings = settled()
        environment(settings)
        asyncio.run(_try(settings, model_at_hand(settings), files, code, text))


@app.command("lint")
def show_findings(language: Only = None) -> None:
    """Find mistakes in the languages' files; exit code 1 if there are any."""
    files = LanguageFiles()
    findings = lint(files, _chosen(files, language))
    for finding in findings:
        print(f"{finding.path.as_posix()}:{finding.line}: {finding.text}")
    say(f"{len(findings)} to put right." if findings else "Nothing to put right.")
    raise typer.Exit(1 if findings else 0)


async def _try(settings: Settings, model: Path, files: LanguageFiles, code: str, text: str | None) -> None:
    rule = EmergencyRule.read(RASA_ROOM)
    async with rasa_started(settings, model, ["rasa"], "Starting the model", patience=60) as rasa:
        for message in [text] if text else _typed():
            _show(await explain(rasa, rule, files, code, message), code)


def _typed() -> Iterator[str]:
    say("Type a message; an empty line ends.")
    with contextlib.suppress(EOFError):
        while message := input("\n> ").strip():
            yield message


def _show(explanation: Explanation, code: str) -> None:
    console = Console(width=110, highlight=False, soft_wrap=True, markup=False)
    if explanation.alarm:
        by = ", ".join(explanation.alarm.languages)
        console.print(f"The emergency rule says {explanation.alarm.topic} (words of: {by}); it goes before the model.")
    for topic, confidence in explanation.ranking:
        console.print(f"{confidence:5.0%}  {topic}")
    found, confidence = explanation.language
    console.print(f"language: {found} ({confidence:.0%}){'' if found == code else f', not {code}'}")
    concepts = ", ".join(f"{concept} ({word})" for concept, word in explanation.concepts.items())
    console.print(f"concepts: {concepts or 'none'}")
    if explanation.unknown_words:
        console.print(f"no concept for: {' '.join(explanation.unknown_words)}")
    weights = sorted(explanation.weights, key=lambda pair: -pair[1])
    deciding = ", ".join(f"{word} ({weight:+.0%})" for word, weight in weights if abs(weight) >= _DECIDES)
    console.print(f"without this word the first topic loses: {deciding or 'nothing much, whichever word'}")
    console.print("nearest examples:")
    for near in explanation.near:
        where = f"{near.example.path.parent.parent.name}/examples/{near.example.path.name}:{near.example.number}"
        console.print(f"  {near.likeness:3.0f}  {near.topic}: {near.example.text}  ({where})")


def _chosen(files: LanguageFiles, code: str | None) -> list[str]:
    if code and code not in files.languages:
        say(f"--language: {code!r} is none of {', '.join(files.languages)}")
        raise typer.Exit(1)
    return [code] if code else list(files.languages)


def _cell(check: Check) -> str:
    return f"{'✗' if check.missing else '✓'} {check.have}/{check.need}"
