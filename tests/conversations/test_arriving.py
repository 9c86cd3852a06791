"""A newcomer arrives: language, consent, menu, her data."""

import pytest
from sqlmodel import select

from storage.models import Person as StoredPerson
from storage.models import Question
from tests.conversations.conftest import Town

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_amira_chooses_arabic_agrees_and_sees_the_menu(town: Town) -> None:
    amira = town.newcomer("ar")
    await amira.writes("/start")
    assert "اختاروا لغتكم" in await amira.reads_text()
    assert amira.buttons()[0] == "العربية"
    await amira.presses("العربية")
    assert "MITTEndrin" in await amira.reads_text()
    await amira.presses("agree")
    await amira.reads()
    assert len(amira.buttons()) == 9


async def test_nothing_is_stored_before_she_agrees(town: Town) -> None:
    amira = town.newcomer("ar")
    await amira.writes("كيف أسجل ابني بالروضة؟")
    assert "MITTEndrin" in await amira.reads_text()
    assert _stored(town, amira.chat) is None


async def test_what_she_asked_before_agreeing_is_answered_afterwards(town: Town) -> None:
    amira = town.newcomer("ar")
    await amira.writes("كيف أسجل ابني بالروضة؟")
    await amira.reads()
    await amira.presses("agree")
    assert "Kita-Navigator" in await amira.reads_text()


async def test_who_declines_is_told_how_to_come_back(town: Town) -> None:
    olena = town.newcomer("uk")
    await olena.writes("/start")
    await olena.reads()
    await olena.presses("language:uk")
    await olena.reads()
    await olena.presses("decline")
    assert "112" in await olena.reads_text()
    assert olena.data() == ["agree"]


async def test_a_phone_in_a_language_we_do_not_speak_begins_in_german(town: Town) -> None:
    somebody = town.newcomer("so")
    await somebody.writes("/start")
    assert "Sprache" in await somebody.reads_text()


async def test_changing_the_language_later(town: Town) -> None:
    emine = await town.neighbour("de", "Emine")
    await emine.writes("/language")
    await emine.reads()
    await emine.presses("Türkçe")
    assert "Türkçe" in await emine.reads_text()
    await emine.writes("/menu")
    assert "konu" in (await emine.reads_text()).lower()


async def test_she_reads_her_data_and_deletes_it(town: Town) -> None:
    amira = await town.neighbour("de")
    await amira.writes("Wie melde ich mein Kind in der Kita an?")
    await amira.reads()
    await amira.presses("team")
    await amira.reads()
    await amira.writes("/delete")
    await amira.reads()
    await amira.presses("mydata")
    data = await amira.reads_text()
    assert "Deutsch" in data and "Wie melde ich mein Kind in der Kita an?" in data
    stored = _stored(town, amira.chat)
    assert stored is not None
    await amira.presses("topic:delete_data")
    await amira.reads()
    await amira.presses("delete")
    await amira.reads()
    assert _stored(town, amira.chat) is None
    with town.database.session() as session:
        assert session.exec(select(Question).where(Question.person_id == stored.id)).all() == []


async def test_stop_is_remembered_until_start(town: Town) -> None:
    amira = await town.neighbour("de")
    await amira.writes("/stop")
    await amira.reads()
    stopped = _stored(town, amira.chat)
    assert stopped is not None and stopped.muted_at is not None
    await amira.writes("/start")
    await amira.reads()
    again = _stored(town, amira.chat)
    assert again is not None and again.muted_at is None


def _stored(town: Town, chat: int) -> StoredPerson | None:
    with town.database.session() as session:
        return session.exec(select(StoredPerson).where(StoredPerson.address == str(chat))).first()
