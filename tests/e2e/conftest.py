"""The whole house: `mittendrin up` as its own process, against a Bot API double."""

import asyncio
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psutil
import pytest
import pytest_asyncio

from bot.environments import ensure_rasa_environment
from bot.services import free_port
from bot.settings import load_settings
from bot.training import ensure_model, model_path
from tests.doubles.bot_api import TOKEN, BotApi

PATIENCE = 120.0


class House:
    """A running `mittendrin up` and its data folder."""

    def __init__(self, api: BotApi, data: Path, **variables: str) -> None:
        self.api, self.data = api, data
        self.port = free_port()
        self.variables = {
            **os.environ,
            "TELEGRAM_API_URL": api.url,
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "MITTENDRIN_DATA_DIR": str(data),
            "MITTENDRIN_PORT": str(self.port),
            "DATABASE_URL": "",
            **variables,
        }
        self.process: subprocess.Popen[str] | None = None

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "bot.cli", *arguments]

    def start(self) -> None:
        self.process = subprocess.Popen(
            self.command("up"), env=self.variables, stderr=subprocess.PIPE, text=True, start_new_session=True
        )

    def stop(self, number: int = signal.SIGTERM) -> str:
        assert self.process is not None
        self.process.send_signal(number)
        _, output = self.process.communicate(timeout=30)
        return output

    def health(self) -> dict[str, Any]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health", timeout=2) as response:
                return dict(json.load(response))
        except urllib.error.HTTPError as error:
            return dict(json.load(error))
        except OSError:
            return {"status": "unreachable"}

    async def until(self, status: str) -> dict[str, Any]:
        async with asyncio.timeout(PATIENCE):
            while (found := await asyncio.to_thread(self.health))["status"] != status:
                await asyncio.sleep(0.1)
        return found

    async def idle(self) -> None:
        """Wait until every update that has arrived is marked as handled."""
        query = "SELECT count(*) FROM incoming_update WHERE handled_at IS NULL"
        async with asyncio.timeout(PATIENCE):
            while True:
                with closing(sqlite3.connect(self.data / "mittendrin.db")) as database:
                    if database.execute(query).fetchone()[0] == 0:
                        return
                await asyncio.sleep(0.05)

    def family(self) -> list[psutil.Process]:
        assert self.process is not None
        return psutil.Process(self.process.pid).children(recursive=True)


@contextmanager
def with_model(data: Path) -> Iterator[None]:
    """Give a fresh data folder the model that is already trained."""
    ensure_rasa_environment()
    trained = ensure_model(load_settings().data)
    target = model_path(data)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(trained, target)
    yield


@pytest_asyncio.fixture
async def api() -> AsyncIterator[BotApi]:
    double = BotApi()
    await double.start()
    yield double
    await double.stop()
    assert double.errors == []


@pytest.fixture
def house(api: BotApi, tmp_path: Path) -> Iterator[House]:
    with with_model(tmp_path / "data"):
        made = House(api, tmp_path / "data")
        made.start()
        yield made
    if made.process and made.process.poll() is None:
        made.stop()
