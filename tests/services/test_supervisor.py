"""Children restart alone, and all stop together. The children are tiny Python programs."""

import asyncio
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

import psutil
import pytest

from bot import supervisor as module
from bot.supervisor import Child, Supervisor
from tests.conftest import NOW

PATIENCE = 30
SERVE = """
import http.server, sys
class Ok(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers()
    def log_message(self, *args): pass
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Ok).serve_forever()
"""
WAIT = "import signal; signal.pause()"


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FIRST_PAUSE", 0.1)
    monkeypatch.setattr(module, "LONGEST_PAUSE", 0.3)
    monkeypatch.setattr(module, "GRACE_SECONDS", 0.3)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def child(program: str, name: str = "child", **environment: str) -> Child:
    port = free_port()
    return Child(name, [sys.executable, "-c", program, str(port)], environment, f"http://127.0.0.1:{port}/")


class Told:
    """What a supervisor tells, and waiting for it."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._news = asyncio.Event()

    def __call__(self, line: str) -> None:
        self.lines.append(line)
        self._news.set()

    async def count(self, pattern: str, number: int) -> list[str]:
        while len(found := [line for line in self.lines if re.search(pattern, line)]) < number:
            self._news.clear()
            await self._news.wait()
        return found


def still() -> datetime:
    return NOW


@asynccontextmanager
async def running(
    logs: Path, *children: Child, now: Callable[[], datetime] = still
) -> AsyncIterator[tuple[Supervisor, Told]]:
    told = Told()
    supervisor = Supervisor(children, logs, now, told)
    async with asyncio.timeout(PATIENCE):
        await supervisor.start()
        try:
            yield supervisor, told
        finally:
            await supervisor.stop()


def alive(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


async def test_children_come_up_and_stop(tmp_path: Path) -> None:
    one, two = child(SERVE, "one"), child(SERVE, "two")
    async with running(tmp_path, one, two) as (supervisor, told):
        assert await supervisor.ready(PATIENCE)
        assert (one.state, two.state, one.restarts, one.since) == ("up", "up", 0, NOW)
        assert sorted(told.lines) == ["one is up", "two is up"]
        pids = [one.pid, two.pid]
        assert all(pid and alive(pid) for pid in pids)
    assert [one.state, two.state] == ["stopped", "stopped"]
    assert one.pid is None
    assert not any(alive(pid) for pid in pids if pid)


async def test_a_dead_child_restarts_alone(tmp_path: Path) -> None:
    one, two = child(SERVE, "one"), child(SERVE, "two")
    async with running(tmp_path, one, two) as (supervisor, told):
        assert await supervisor.ready(PATIENCE)
        first, other = one.pid, two.pid
        assert first and other
        psutil.Process(first).kill()
        await told.count("one is up", 2)
        assert one.pid not in (None, first)
        assert (two.pid, two.restarts, one.restarts) == (other, 0, 1)
        [line] = await told.count("one ended", 1)
        assert f"code {-signal.SIGKILL}" in line and str(tmp_path / "one.log") in line


async def test_pauses_grow_up_to_the_longest(tmp_path: Path) -> None:
    dying = child("raise SystemExit(3)")
    async with running(tmp_path, dying) as (_, told):
        lines = await told.count("ended", 4)
    assert [re.findall(r"code (\d+).* in ([\d.]+) s", line)[0] for line in lines[:4]] == [
        ("3", "0.1"),
        ("3", "0.2"),
        ("3", "0.3"),
        ("3", "0.3"),
    ]
    assert dying.restarts >= 4


async def test_the_pause_is_short_again_after_a_steady_life(tmp_path: Path) -> None:
    clock = [NOW]

    def later() -> datetime:
        clock[0] += timedelta(seconds=module.STEADY_SECONDS + 1)
        return clock[0]

    async with running(tmp_path, child("raise SystemExit(3)"), now=later) as (_, told):
        lines = await told.count("ended", 3)
    assert all(" in 0.1 s" in line for line in lines)


async def test_a_wrong_setting_is_not_tried_again(tmp_path: Path) -> None:
    wrong = child("import sys; print('TZ: is wrong'); sys.exit(78)")
    async with running(tmp_path, wrong) as (supervisor, told):
        assert not await supervisor.ready(PATIENCE)
        assert (wrong.state, wrong.restarts) == ("stopped", 0)
        assert told.lines == ["child stopped: TZ: is wrong"]
        await asyncio.gather(*supervisor._tasks)
    assert told.lines == ["child stopped: TZ: is wrong"]


async def test_not_ready_in_time(tmp_path: Path) -> None:
    async with running(tmp_path, child(WAIT)) as (supervisor, _):
        assert not await supervisor.ready(0.05)


async def test_a_child_that_ignores_sigterm_is_killed_with_what_it_started(tmp_path: Path) -> None:
    stubborn = child(
        "import signal, subprocess, sys\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "grandchild = subprocess.Popen([sys.executable, '-c', 'import signal; signal.pause()'])\n"
        "print(grandchild.pid, flush=True)\n" + SERVE
    )
    async with running(tmp_path, stubborn) as (supervisor, _):
        assert await supervisor.ready(PATIENCE)
        process = stubborn.process
        grandchild = int((tmp_path / "child.log").read_text().split()[0])
        assert process is not None and alive(process.pid) and alive(grandchild)
    assert process.returncode == -signal.SIGKILL
    assert not alive(grandchild)


async def test_a_polite_child_may_finish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "GRACE_SECONDS", PATIENCE)
    polite = child(
        "import signal, sys\n"
        "def bye(*_):\n    print('bye', flush=True); sys.exit(0)\n"
        "signal.signal(signal.SIGTERM, bye)\n" + SERVE
    )
    async with running(tmp_path, polite) as (supervisor, _):
        assert await supervisor.ready(PATIENCE)
    assert polite.process is not None and polite.process.returncode == 0
    assert (tmp_path / "child.log").read_text() == "bye\n"


async def test_stopping_ends_the_pause_before_a_restart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FIRST_PAUSE", 10 * PATIENCE)
    dying = child("raise SystemExit(3)")
    async with running(tmp_path, dying) as (_, told):
        await told.count("ended", 1)
    assert (dying.state, dying.restarts) == ("stopped", 1)


async def test_a_child_gets_its_environment_and_a_long_log_is_put_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LOG_BYTES", 5)
    (tmp_path / "child.log").write_text("a long old log")
    speaking = child("import os; print(os.environ['SAID'], 'PATH' in os.environ); raise SystemExit(78)", SAID="hello")
    async with running(tmp_path, speaking) as (supervisor, _):
        await supervisor.ready(PATIENCE)
    assert (tmp_path / "child.log").read_text() == "hello True\n"
    assert (tmp_path / "child.log.1").read_text() == "a long old log"


def test_the_grace_leaves_room_in_the_five_seconds_that_up_promises(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert module.GRACE_SECONDS <= 4
