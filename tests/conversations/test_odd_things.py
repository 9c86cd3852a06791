"""Stickers, voice, double taps, old buttons, edits, groups: always a kind reaction, never silence."""

from typing import Any

import pytest

from tests.conversations.conftest import Town

pytestmark = pytest.mark.asyncio(loop_scope="session")

FILE = {"file_id": "f", "file_unique_id": "u"}
STICKER = {**FILE, "type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}
ODD_THINGS: list[tuple[dict[str, Any], str]] = [
    ({"sticker": STICKER}, "schön"),
    ({"voice": {**FILE, "duration": 3}}, "Sprachnachricht"),
    ({"photo": [{**FILE, "width": 1, "height": 1}]}, "Bilder"),
    ({"document": FILE}, "Bilder"),
    ({"contact": {"phone_number": "1", "first_name": "x"}}, "Telefonnummer"),
    ({"something_new": {}}, "nicht lesen"),
]


@pytest.mark.parametrize(("content", "expected"), ODD_THINGS)
async def test_what_is_no_text_gets_a_kind_sentence(town: Town, content: dict[str, Any], expected: str) -> None:
    amira = await town.neighbour("de")
    await amira.sends(**content)
    assert expected in await amira.reads_text()
    assert amira.buttons()


async def test_the_caption_of_a_picture_is_read(town: Town) -> None:
    amira = await town.neighbour("de")
    await amira.sends(photo=[{**FILE, "width": 1, "height": 1}], caption="Wie melde ich mein Kind in der Kita an?")
    assert "Kita-Navigator" in await amira.reads_text()


async def test_an_edited_question_is_answered_anew(town: Town) -> None:
    amira = await town.neighbour("de")
    await amira.writes("Was kostet die Kitta?")
    await amira.reads()
    await amira.edits("Was macht das Jugendamt?")
    assert "02362 664551" in await amira.reads_text()


async def test_a_double_tap_is_one_tap(town: Town) -> None:
    amira = await town.neighbour("de")
    await amira.writes("/help")
    message = (await amira.reads())[0]
    before = len(town.api.sent[amira.chat])
    await amira.presses("group:kita", message)
    await amira.presses("group:kita", message)
    await amira.writes("/menu")
    await town.api.until(lambda: len(town.api.sent[amira.chat]) >= before + 2)
    texts = [sent.get("text", "") for sent in town.api.sent[amira.chat][before:]]
    assert len(texts) == 2, texts


@pytest.mark.parametrize(
    "data", ["gone:1", "topic:no_such_topic", "place:999999", "near:kita:x:y", "district:kita:Marl", ""]
)
async def test_the_button_of_an_old_message(town: Town, data: str) -> None:
    amira = await town.neighbour("de")
    message = await _menu(amira)
    await amira.taps(data, message)
    await amira.reads()
    assert amira.buttons()


async def test_in_a_group_it_asks_to_write_privately(town: Town) -> None:
    amira = town.newcomer("de")
    group = {"id": -amira.chat, "type": "group", "title": "Eltern"}
    await town.api.push(message={**amira.message(text="/start@mittendrin_test_bot"), "chat": group})
    await town.api.until(lambda: bool(town.api.sent[-amira.chat]))
    sent = town.api.sent[-amira.chat][0]
    assert sent["reply_markup"]["inline_keyboard"][0][0]["url"].startswith("https://t.me/mittendrin_test_bot")


async def test_chatter_in_a_group_is_left_alone(town: Town) -> None:
    amira = await town.neighbour("de")
    group = {"id": -amira.chat, "type": "group", "title": "Eltern"}
    await town.api.push(message={**amira.message(text="Hallo zusammen"), "chat": group})
    await amira.writes("/menu")
    await amira.reads()
    assert town.api.sent[-amira.chat] == []


async def test_a_persons_messages_are_answered_in_order(town: Town) -> None:
    amira = await town.neighbour("de")
    for question in ("Was kostet die Kita?", "/privacy", "Was macht das Jugendamt?", "/language"):
        await amira.writes(question)
    fees, privacy, office, language = [message["text"] for message in await amira.reads(4)]
    assert "Elternbeitrag" in fees
    assert "Daten" in privacy or "speichere" in privacy
    assert "02362 664551" in office
    assert "Sprache" in language


async def _menu(person: Any) -> dict[str, Any]:
    await person.writes("/menu")
    return dict((await person.reads())[0])
