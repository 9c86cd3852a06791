"""`mittendrin language`: begin a language, see what it lacks, and find mistakes in its files."""

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.language_files import LanguageFiles
from bot.language_lint import lint
from bot.language_scaffold import ScaffoldError, scaffold
from bot.language_status import Check, status
from bot.terminal_output import say
from bot.texts.languages import Language

app = typer.Typer(help="Begin a language, see what it lacks, find mistakes in its files.", no_args_is_help=True)
# So many missing things are named for each check; --all names every one.
_NAMED = 5
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


@app.command("lint")
def show_findings(language: Only = None) -> None:
    """Find mistakes in the languages' files; exit code 1 if there are any."""
    files = LanguageFiles()
    findings = lint(files, _chosen(files, language))
    for finding in findings:
        print(f"{finding.path.as_posix()}:{finding.line}: {finding.text}")
    say(f"{len(findings)} to put right." if findings else "Nothing to put right.")
    raise typer.Exit(1 if findings else 0)


def _chosen(files: LanguageFiles, code: str | None) -> list[str]:
    if code and code not in files.languages:
        say(f"--language: {code!r} is none of {', '.join(files.languages)}")
        raise typer.Exit(1)
    return [code] if code else list(files.languages)


def _cell(check: Check) -> str:
    return f"{'✗' if check.missing else '✓'} {check.have}/{check.need}"
