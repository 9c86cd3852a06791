"""Which processes the assistant consists of, and finding those that run already."""

import contextlib
import json
import os
import secrets
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil
from filelock import FileLock, Timeout

from actions.content import place_rows
from actions.services.places import import_places
from bot.environments import RASA_ROOM, rasa_python
from bot.house import utc_now
from bot.settings import Settings
from bot.supervisor import Child, Supervisor
from bot.training import RASA_VARIABLES
from storage.engine import migrate, open_database

# Rasa loads its model in 4 s on two cores; a slow machine gets time.
READY_SECONDS = 120.0


class AlreadyRunningError(Exception):
    """Another `mittendrin up` works on the same data; the message says since when."""


class NotReadyError(Exception):
    """A process did not come up; the message names the logs."""


@dataclass(frozen=True)
class Running:
    """What a running `up` writes into its data folder for the other commands. `children` are (pid, start time)."""

    pid: int
    since: str
    rasa_url: str
    rasa_token: str
    model: str
    children: tuple[tuple[int, float], ...] = ()


def prepare_database(settings: Settings) -> int:
    """Bring the tables up to date and the places in; returns the number of places. Safe to repeat."""
    database = open_database(settings.database)
    try:
        migrate(database)
        with database.session() as session:
            return import_places(session, place_rows())
    finally:
        database.close()


def free_port() -> int:
    """A port on loopback that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def children(settings: Settings, model: Path, token: str, names: Sequence[str]) -> tuple[list[Child], str]:
    """The processes by name (rasa, actions, bot), on free ports; and Rasa's URL."""
    rasa_port, actions_port = free_port(), free_port()
    rasa_url = f"http://127.0.0.1:{rasa_port}"
    bot_port = settings.mittendrin_webhook_port if settings.telegram_webhook_url else free_port()
    common = {**settings.environment(), "MITTENDRIN_RASA_TOKEN": token, "MITTENDRIN_RASA_URL": rasa_url}
    dialogue = RASA_ROOM / "dialogue"
    arguments = ["run", "--enable-api", "-i", "127.0.0.1", "-p", str(rasa_port), "--model", str(model)]
    arguments += ["--endpoints", str(dialogue / "endpoints.yml"), "--credentials", str(dialogue / "credentials.yml")]
    actions_url = f"http://127.0.0.1:{actions_port}/webhook"
    known = {
        "rasa": Child(
            "rasa",
            [str(rasa_python()), "-m", "nlu_data.components.serve", *arguments],
            {**common, **RASA_VARIABLES, "MITTENDRIN_ACTIONS_URL": actions_url},
            f"{rasa_url}/",
        ),
        "actions": Child(
            "actions",
            [sys.executable, "-m", "actions.rasa.serve", "--port", str(actions_port)],
            {**common, "SANIC_HOST": "127.0.0.1", "RASA_TELEMETRY_ENABLED": "false", "MALLOC_ARENA_MAX": "2"},
            f"http://127.0.0.1:{actions_port}/health",
        ),
        "bot": Child(
            "bot",
            [sys.executable, "-m", "bot.telegram_bot", "--port", str(bot_port)],
            {**common, "MALLOC_ARENA_MAX": "2"},
            f"http://127.0.0.1:{bot_port}/health",
        ),
    }
    return [known[name] for name in names], rasa_url


class Premises:
    """The data folder, held by one `up` (or `chat`) at a time."""

    def __init__(self, data: Path) -> None:
        data.mkdir(parents=True, exist_ok=True)
        self._file = data / "running.json"
        self._lock = FileLock(data / "running.lock")

    def running(self) -> Running | None:
        """Who holds the folder now, or None."""
        try:
            with self._lock.acquire(timeout=0):
                return None
        except Timeout:
            with contextlib.suppress(OSError, ValueError, TypeError):
                return Running(**json.loads(self._file.read_text(encoding="utf-8")))
            return Running(0, "", "", "", "")

    def take(self) -> None:
        """Hold the folder; AlreadyRunningError if somebody else does. Ends processes that a killed `up` left behind."""
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            other = self.running()
            since = f" since {other.since} (process {other.pid})" if other and other.pid else ""
            raise AlreadyRunningError(f"MITTEndrin already runs on {self._file.parent}{since}.") from None
        with contextlib.suppress(OSError, ValueError, TypeError):
            _end_orphans(Running(**json.loads(self._file.read_text(encoding="utf-8"))))

    def write(self, running: Running) -> None:
        """Let other commands find us; readable for this user only, because it holds Rasa's token."""
        unfinished = self._file.with_suffix(".tmp")
        unfinished.touch(mode=0o600)
        unfinished.write_text(json.dumps(asdict(running)), encoding="utf-8")
        unfinished.replace(self._file)

    def leave(self) -> None:
        """Let the folder go."""
        self._file.unlink(missing_ok=True)
        self._lock.release()


def describe(supervisor: Supervisor, rasa_url: str, token: str, model: Path, since: str) -> Running:
    """What to write down about running processes."""
    pids = []
    for child in supervisor.children:
        with contextlib.suppress(psutil.Error):
            if child.pid:
                pids.append((child.pid, psutil.Process(child.pid).create_time()))
    return Running(os.getpid(), since, rasa_url, token, model.name, tuple(pids))


@asynccontextmanager
async def rasa_at_hand(
    settings: Settings, model: Path, names: Sequence[str], told: Callable[[str], None] = lambda line: None
) -> AsyncIterator[tuple[str, str]]:
    """Yield the URL and token of a Rasa with this model: that of a running `up`, else one started for the time being.

    NotReadyError if it does not come up.
    """
    running = Premises(settings.data).running()
    if running and running.rasa_url and running.model == model.name:
        yield running.rasa_url, running.rasa_token
        return
    token = secrets.token_urlsafe(24)
    started, url = children(settings, model, token, names)
    supervisor = Supervisor(started, settings.data / "logs", utc_now, told)
    await supervisor.start()
    try:
        if not await supervisor.ready(READY_SECONDS):
            raise NotReadyError(f"Rasa did not come up; see {settings.data / 'logs'}")
        yield url, token
    finally:
        await supervisor.stop()


def _end_orphans(left: Running) -> None:
    for pid, started in left.children:
        with contextlib.suppress(psutil.Error, OSError):
            if abs(psutil.Process(pid).create_time() - started) < 1:
                os.killpg(pid, signal.SIGKILL)
