"""A question reaches the team, and the team's answer reaches the person, in her language."""

import asyncio

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from tests.conversations.conftest import Town
from tests.doubles.bot_api import TOKEN

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_jonas_answers_amira(town: Town) -> None:
    amira = await town.neighbour("ar")
    question = "هل يوجد كورس خياطة للنساء في دورستن؟"
    await amira.writes("/help")
    await amira.reads()
    await amira.taps_on_old_message("team")
    await amira.reads()
    await amira.writes(question)
    assert question in await amira.reads_text()

    listed = (await _mittendrin(town, "inbox", "list")).stdout
    line = next(line for line in listed.splitlines() if question in line)
    assert "Arabisch" in line
    number = line.split("\t")[0]
    assert (await _mittendrin(town, "inbox", "answer", number, "نعم، كل يوم اثنين.")).exit_code == 0
    answer = await amira.reads_text()
    assert "نعم، كل يوم اثنين." in answer and question in answer
    assert question not in (await _mittendrin(town, "inbox", "list")).stdout
    assert (await _mittendrin(town, "inbox", "answer", number, "noch einmal")).exit_code == 1


async def test_if_telegram_refuses_the_question_stays_open(town: Town) -> None:
    amira = await town.neighbour("de")
    await amira.writes("Wo kann ich im Winter Schlitten leihen?")
    await amira.reads()
    await amira.taps_on_old_message("team")
    await amira.reads()
    listed = (await _mittendrin(town, "inbox", "list")).stdout
    number = next(line for line in listed.splitlines() if "Schlitten" in line).split("\t")[0]
    town.api.fail_next("sendMessage", 403)
    assert (await _mittendrin(town, "inbox", "answer", number, "Im Rathaus.")).exit_code == 1
    assert "Schlitten" in (await _mittendrin(town, "inbox", "list")).stdout


async def _mittendrin(town: Town, *arguments: str) -> Result:
    environment = {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": town.api.url,
        "MITTENDRIN_DATA_DIR": str(town.settings.data),
        "DATABASE_URL": "",
    }
    return await asyncio.to_thread(CliRunner().invoke, app, list(arguments), env=environment)
