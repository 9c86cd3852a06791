"""Kitas and schools: by location, district, kind and name."""

import pytest

from tests.conversations.conftest import Town

pytestmark = pytest.mark.asyncio(loop_scope="session")
HOLSTERHAUSEN = (51.6760, 6.9400)


async def test_a_location_after_asking_for_kitas_shows_the_nearest_with_a_pin(town: Town) -> None:
    amira = await town.neighbour("ar")
    await amira.writes("Kita")
    await amira.reads()
    amira.skip()
    await amira.taps_on_old_message("topic:kita_search")
    await amira.reads()
    await amira.shares_location(*HOLSTERHAUSEN)
    text, pin = await amira.reads(2)
    assert "St. Antonius" in text["text"] and "حوالي" in text["text"]
    assert pin["venue"]["address"].startswith("Heroldstraße 7")


async def test_a_location_out_of_the_blue_asks_what_to_look_for(town: Town) -> None:
    amira = await town.neighbour("de")
    await amira.shares_location(*HOLSTERHAUSEN)
    await amira.reads()
    await amira.presses("Schulen")
    text, pin = await amira.reads(2)
    assert "Antoniusschule" in text["text"]
    assert pin["venue"]["title"] == "Antoniusschule"


@pytest.mark.parametrize(
    ("language", "question", "expected"),
    [
        ("de", "Adresse der Agathaschule", "Nonnenkamp 22"),
        ("de", "telefon petrinum gymnasium", "02362 28433000"),
        ("ar", "وين مدرسة بترينوم؟", "Im Werth 17"),
        ("uk", "де школа Петрінум", "Im Werth 17"),
    ],
)
async def test_a_school_is_found_by_its_name(town: Town, language: str, question: str, expected: str) -> None:
    amira = await town.neighbour(language)
    await amira.writes(question)
    assert expected in await amira.reads_text()


async def test_kitas_of_a_district(town: Town) -> None:
    amira = await town.neighbour("de")
    await amira.writes("Welche Kitas gibt es in Holsterhausen?")
    text = await amira.reads_text()
    assert "Ahornstraße" in text and "St. Antonius" in text


async def test_only_what_is_sure_enough_is_shown(town: Town) -> None:
    amira = await town.neighbour("de")
    await amira.taps_on_old_message("district:kita:Wulfen")
    assert "Surick" not in await amira.reads_text(), "known from 2013 only"


async def test_a_medium_sure_place_asks_to_check(town: Town) -> None:
    amira = await town.neighbour("de")
    await amira.writes("Kita Nikolaus Adresse")
    assert "⚠️" in await amira.reads_text()
