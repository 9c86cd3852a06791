"""Telegram posts updates to us: only with the secret, each answered once."""

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.telegram.receive import PATH, web_app
from tests.conversations.conftest import Town

pytestmark = pytest.mark.asyncio(loop_scope="session")
SECRET = "only-Telegram-knows"
HEADER = {"X-Telegram-Bot-Api-Secret-Token": SECRET}


async def test_a_posted_update_is_answered_once(town: Town) -> None:
    amira = await town.neighbour("de")
    update = {"update_id": 900_000_001, "message": amira.message(text="Was macht das Jugendamt?")}
    async with TestClient(TestServer(web_app(town.app, town.inbox, SECRET))) as telegram:
        assert (await telegram.post(PATH, json=update, headers=HEADER)).status == 200
        assert "02362 664551" in await amira.reads_text()
        assert (await telegram.post(PATH, json=update, headers=HEADER)).status == 200
    await amira.writes("/language")
    assert "Sprache" in await amira.reads_text(), "the repeated update was not answered again"


@pytest.mark.parametrize("headers", [{}, {"X-Telegram-Bot-Api-Secret-Token": "wrong"}])
async def test_without_the_secret_nothing_is_taken(town: Town, headers: dict[str, str]) -> None:
    async with TestClient(TestServer(web_app(town.app, town.inbox, SECRET))) as somebody:
        assert (await somebody.post(PATH, json={"update_id": 1}, headers=headers)).status == 403


@pytest.mark.parametrize("body", ["no json", "[]", '{"update_id": "x"}', "{}"])
async def test_what_is_no_update_is_refused(town: Town, body: str) -> None:
    async with TestClient(TestServer(web_app(town.app, town.inbox, SECRET))) as telegram:
        assert (await telegram.post(PATH, data=body, headers=HEADER)).status == 400


async def test_it_says_that_it_is_up(town: Town) -> None:
    async with TestClient(TestServer(web_app(town.app, town.inbox, SECRET))) as supervisor:
        assert (await (await supervisor.get("/health")).json())["status"] == "ok"
