"""What the benchmarks share: figures, tables, a data folder for the time being, and processes that surely end."""

import asyncio
import contextlib
import json
import math
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import psutil
from rich.console import Console
from rich.table import Column, Table

from actions.content import ROOT
from bot.environments import ensure_rasa_environment
from bot.services import free_port
from bot.settings import Settings, load_settings
from bot.terminal_output import say
from bot.training import ensure_model
from tests.doubles.bot_api import TOKEN

MITTENDRIN = Path(sys.executable).with_name("mittendrin")
# `up` promises to end within 5 s; a machine under load gets more before it is killed.
STOP_SECONDS = 20.0
# Columns of a table that is written into a file.
PAPER_WIDTH = 160
T = TypeVar("T")


class BenchError(Exception):
    """A benchmark could not be run; the message says why."""


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of the values does not exceed (nearest rank); NaN for nothing."""
    ordered = sorted(values)
    return ordered[max(math.ceil(share * len(ordered)), 1) - 1] if ordered else math.nan


def milliseconds(seconds: Sequence[float]) -> dict[str, float]:
    """Median and 95th percentile, in ms."""
    return {f"p{n}_ms": round(1000 * percentile(seconds, n / 100), 1) for n in (50, 95)}


def report(title: str, rows: Mapping[str, Mapping[str, Any]], figures: Mapping[str, Any]) -> None:
    """Print a table (a line a row, a column a key) and, as the last line, the figures as JSON."""
    columns = list(dict.fromkeys(key for row in rows.values() for key in row))
    table = Table("", *(Column(name.replace("_", " "), justify="right") for name in columns), title=title)
    for name, row in rows.items():
        table.add_row(name, *(_shown(column, row.get(column)) for column in columns))
    console = Console()
    Console(width=None if console.is_terminal else PAPER_WIDTH).print(table)
    print(json.dumps(figures, ensure_ascii=False), flush=True)


def _shown(column: str, value: Any) -> str:
    if isinstance(value, float) and column.startswith("accuracy"):
        return f"{value:.1%}"
    return "" if value is None else str(value)


@contextmanager
def house(api_url: str = "") -> Iterator[tuple[Settings, dict[str, str], Path]]:
    """A data folder that holds only the trained model: its settings, the same as environment variables, the model.

    The model is that of the usual data folder (trained now if it is missing).
    """
    usual = load_settings().data
    ensure_rasa_environment()
    trained = ensure_model(usual, lambda step: say(f"training the model: {step}"))
    with TemporaryDirectory(prefix="mittendrin-bench-") as folder:
        model = Path(folder) / "models" / trained.name
        model.parent.mkdir()
        try:
            os.link(trained, model)
        except OSError:
            shutil.copyfile(trained, model)
        variables = environment(Path(folder), api_url)
        yield _settings(variables), variables, model


@contextmanager
def empty_house() -> Iterator[tuple[Settings, Path]]:
    """The settings of an empty data folder, and that folder, for models that a benchmark trains itself."""
    ensure_rasa_environment()
    with TemporaryDirectory(prefix="mittendrin-bench-") as folder:
        yield _settings(environment(Path(folder))), Path(folder)


def _settings(variables: Mapping[str, str]) -> Settings:
    return load_settings(**{name.lower(): value for name, value in variables.items()})


def environment(data: Path, api_url: str = "") -> dict[str, str]:
    """Variables that win over whatever `.env` says, so that no benchmark touches the real bot or its data."""
    return {
        "MITTENDRIN_DATA_DIR": str(data),
        "DATABASE_URL": "",
        "TELEGRAM_BOT_TOKEN": TOKEN if api_url else "",
        "TELEGRAM_API_URL": api_url or "http://127.0.0.1:9",
        "TELEGRAM_WEBHOOK_URL": "",
        "MITTENDRIN_PORT": str(free_port()),
        "LOG_LEVEL": "WARNING",
    }


@asynccontextmanager
async def up(variables: Mapping[str, str]) -> AsyncIterator[asyncio.subprocess.Process]:
    """A running `mittendrin up`; afterwards it and everything it started has ended."""
    log = Path(variables["MITTENDRIN_DATA_DIR"]) / "up.log"
    with log.open("ab") as file:
        process = await asyncio.create_subprocess_exec(
            str(MITTENDRIN),
            "up",
            cwd=ROOT,
            env={**os.environ, **variables},
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        await end(process)


async def while_up(process: asyncio.subprocess.Process, variables: Mapping[str, str], work: Awaitable[T]) -> T:
    """The result of `work`; BenchError with `up`'s last lines if it ends before, or if nothing comes for too long."""
    log = Path(variables["MITTENDRIN_DATA_DIR"]) / "up.log"
    task, ended = asyncio.ensure_future(work), asyncio.create_task(process.wait())
    try:
        await asyncio.wait({task, ended}, return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            raise BenchError(f"`mittendrin up` ended:\n{_tail(log)}")
        return task.result()
    except AssertionError as error:
        raise BenchError(f"{error}\n{_tail(log)}") from None
    finally:
        for other in (task, ended):
            other.cancel()


async def end(process: asyncio.subprocess.Process) -> None:
    """End a process politely, then it and all its offspring by force."""
    family: list[psutil.Process] = []
    with contextlib.suppress(psutil.Error):
        family = psutil.Process(process.pid).children(recursive=True)
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        try:
            await asyncio.wait_for(process.wait(), STOP_SECONDS)
        except TimeoutError:
            process.kill()
            await process.wait()
    for member in family:
        with contextlib.suppress(psutil.Error):
            member.kill()


def lines_of(command: Sequence[str], variables: Mapping[str, str]) -> Iterator[str]:
    """Run a command and yield what it prints line by line; BenchError with its last lines if it fails."""
    last: list[str] = []
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **variables},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
    )
    try:
        for line in process.stdout or ():
            last = [*last[-15:], line]
            yield line
        if process.wait() != 0:
            raise BenchError(f"{command[0]} failed (code {process.returncode}):\n{''.join(last)}")
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def memory_mb(process: psutil.Process, *, offspring: bool = True) -> float:
    """What a process (and its offspring) takes: PSS (shared pages divided among their users), else RSS."""
    members = [process, *(process.children(recursive=True) if offspring else ())]
    return round(sum(_bytes(member) for member in members) / 1e6, 1)


def _bytes(process: psutil.Process) -> int:
    with contextlib.suppress(psutil.AccessDenied, AttributeError, OSError):
        return int(process.memory_full_info().pss)
    return int(process.memory_info().rss)


def _tail(log: Path) -> str:
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-15:])
