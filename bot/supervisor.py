"""Keeping processes alive: each restarts alone with growing pauses, and all stop together."""

import asyncio
import contextlib
import os
import signal
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import aiohttp

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
# A process that lived this long has recovered: its next pause is short again.
STEADY_SECONDS = 60.0
# Children get this long to finish what they do; all have ended well before the 5 s that `up` promises.
GRACE_SECONDS = 3.0
# sysexits.h EX_CONFIG: a setting is wrong, so starting again would change nothing.
WRONG_SETTING = 78
LOG_BYTES = 5_000_000


@dataclass
class Child:
    """A process to keep alive. `ready_url` answers 200 once it works.

    `state` is starting, up, restarting or stopped.
    """

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    ready_url: str
    state: str = "starting"
    since: datetime | None = None
    restarts: int = 0
    process: asyncio.subprocess.Process | None = field(default=None, repr=False)

    @property
    def pid(self) -> int | None:
        """The running process, or None."""
        return self.process.pid if self.process and self.process.returncode is None else None


class Supervisor:
    """Runs children until `stop`; `told` hears what happens, `now` gives aware UTC."""

    def __init__(
        self,
        children: Sequence[Child],
        logs: Path,
        now: Callable[[], datetime],
        told: Callable[[str], None] = lambda line: None,
    ) -> None:
        self.children = list(children)
        self._logs, self._now, self._told = logs, now, told
        self._tasks: list[asyncio.Task[None]] = []
        self._changed = asyncio.Event()

    async def start(self) -> None:
        """Start all children; returns at once."""
        self._logs.mkdir(parents=True, exist_ok=True)
        self._tasks = [asyncio.create_task(self._keep(child)) for child in self.children]

    async def ready(self, timeout: float) -> bool:
        """Wait until every child is up (True), or one has stopped for good or the time in seconds is over (False)."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(timeout):
                while not all(child.state == "up" for child in self.children):
                    if any(child.state == "stopped" for child in self.children):
                        return False
                    self._changed.clear()
                    await self._changed.wait()
                return True
        return False

    async def stop(self) -> None:
        """End all children and whatever they started, politely first."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(self._end(child) for child in self.children))

    async def _keep(self, child: Child) -> None:
        pause = FIRST_PAUSE
        while True:
            started = self._now()
            log = self._logs / f"{child.name}.log"
            if log.exists() and log.stat().st_size > LOG_BYTES:
                log.replace(log.with_suffix(".log.1"))
            with log.open("ab") as file:
                child.process = await asyncio.create_subprocess_exec(
                    *child.command,
                    env={**os.environ, **child.environment},
                    stdin=asyncio.subprocess.DEVNULL,
                    stdout=file,
                    stderr=file,
                    start_new_session=True,
                )
            watch = asyncio.create_task(self._watch(child))
            try:
                code = await child.process.wait()
            finally:
                watch.cancel()
            _kill_group(child.process.pid)
            if code == WRONG_SETTING:
                self._set(child, "stopped", f"{child.name} stopped: {_last_line(log)}")
                return
            lived = (self._now() - started).total_seconds()
            pause = FIRST_PAUSE if lived > STEADY_SECONDS else pause
            child.restarts += 1
            self._set(
                child, "restarting", f"{child.name} ended (code {code}), starting again in {pause:.1f} s; see {log}"
            )
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _watch(self, child: Child) -> None:
        timeout = aiohttp.ClientTimeout(total=2)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            while True:
                with contextlib.suppress(aiohttp.ClientError, TimeoutError):
                    async with session.get(child.ready_url) as response:
                        if response.status == 200:
                            self._set(child, "up", f"{child.name} is up")
                            return
                await asyncio.sleep(0.1)

    async def _end(self, child: Child) -> None:
        process = child.process
        if process is None:
            return
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.terminate()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(process.wait(), GRACE_SECONDS)
        _kill_group(process.pid)
        await process.wait()
        child.state = "stopped"

    def _set(self, child: Child, state: str, line: str) -> None:
        child.state, child.since = state, self._now()
        self._told(line)
        self._changed.set()


def _kill_group(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def _last_line(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return lines[-1] if lines else "a setting is wrong"
