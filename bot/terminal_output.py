"""What commands say to the person at the terminal: on standard error, so that standard output stays data."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

console = Console(stderr=True, highlight=False, soft_wrap=True)


def say(line: str) -> None:
    """Print a line."""
    console.print(line, markup=False)


@contextmanager
def step(title: str) -> Iterator[Progress]:
    """Show a running clock beside a title while something long happens (a plain line where there is no terminal)."""
    if not console.is_terminal:
        say(f"{title} …")
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
        progress.add_task(title, total=None)
        yield progress
