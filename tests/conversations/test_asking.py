"""Questions, follow-ups, other languages, and what is not understood."""

import pytest
from sqlmodel import select

from storage.models import Question
from tests.conversations.conftest import Town

pytestmark = pytest.mark.asyncio(loop_scope="session")

QUESTIONS = [
    ("de", "Wie melde ich mein Kind in der Kita an?", "Kita-Navigator"),
    ("en", "How do I register my daughter for kindergarten?", "Kita-Navigator"),
    ("ar", "كيف أسجل ابني بالروضة؟", "Kita-Navigator"),
    ("tr", "Çocuğumu kreşe nasıl kaydettirebilirim?", "Kita-Navigator"),
    ("uk", "Як записати дитину в дитячий садок?", "Kita-Navigator"),
    ("ru", "Как записать сына в детский сад?", "Kita-Navigator"),
    ("fa", "چطور پسرم را در کودکستان ثبت نام کنم؟", "Kita-Navigator"),
    ("ku", "Ez çawa dikarim zarokê xwe li kitayê qeyd bikim?", "Kita-Navigator"),
    ("pl", "Jak zapisać dziecko do przedszkola?", "Kita-Navigator"),
    ("ro", "Cum îmi înscriu copilul la grădiniță?", "Kita-Navigator"),
    ("bg", "Как да запиша детето си в детска градина?", "Kita-Navigator"),
    ("fr", "Comment inscrire mon enfant à la crèche ?", "Kita-Navigator"),
    ("de", "Was macht das Jugendamt?", "02362 664551"),
    ("tr", "jugendamt ne yapar", "02362 664551"),
]


@pytest.mark.parametrize(("language", "question", "expected"), QUESTIONS)
async def test_a_question_is_answered_with_source_and_date(
    town: Town, language: str, question: str, expected: str
) -> None:
    amira = await town.neighbour(language)
    await amira.writes(question)
    answer = await amira.reads_text()
    assert expected in answer
    assert "🔎" in answer and "2026" in answer


async def test_a_message_in_another_language_is_answered_in_that_one(town: Town) -> None:
    amira = await town.neighbour("ar")
    await amira.writes("Merhaba, kızımı ilkokula nasıl yazdırabilirim?")
    assert "okul" in (await amira.reads_text()).lower()
    assert amira.data()[-1] == "language:tr"
    await amira.writes("/menu")
    assert "موضوع" in await amira.reads_text(), "her own language is still Arabic"


async def test_a_language_that_we_do_not_speak_is_noticed(town: Town) -> None:
    stranger = await town.neighbour("en")
    await stranger.writes("Përshëndetje, dua të pyes diçka për vajzën time të vogël, a flisni shqip?")
    assert "Albanian" in await stranger.reads_text()
    assert stranger.data()[0] == "team" and "language:ar" in stranger.data()


async def test_a_need_next_to_our_topics_goes_to_the_counselling(town: Town) -> None:
    amira = await town.neighbour("de")
    await amira.writes("Muss ich den Rundfunkbeitrag GEZ bezahlen?")
    assert "Beratung" in await amira.reads_text()
    assert amira.data()[0] == "topic:counselling" and "team" in amira.data()


async def test_the_phone_number_of_what_we_talked_about(town: Town) -> None:
    amira = await town.neighbour("ar")
    await amira.writes("كيف أسجل ابني بالروضة؟")
    await amira.reads()
    await amira.writes("ورقم الهاتف؟")
    assert "02362 66-4000" in await amira.reads_text()


async def test_what_it_costs(town: Town) -> None:
    oksana = await town.neighbour("uk", "Oksana")
    await oksana.presses("group:kita")
    await oksana.reads()
    await oksana.presses("topic:kita_registration")
    await oksana.reads()
    await oksana.writes("а скільки це коштує?")
    assert "02362 664551" in await oksana.reads_text()
    assert "topic:dorsten_pass" in oksana.data(), "that was the answer on fees"


async def test_is_there_one_near_me(town: Town) -> None:
    amira = await town.neighbour("de")
    await amira.writes("Wie melde ich mein Kind in der Kita an?")
    await amira.reads()
    await amira.writes("Gibt es eine in der Nähe?")
    await amira.reads(2)
    assert "district:kita:Holsterhausen" in amira.data()


async def test_without_a_topic_before_a_follow_up_is_a_question_of_its_own(town: Town) -> None:
    amira = await town.neighbour("de")
    await amira.writes("Und die Telefonnummer?")
    assert "02362 66-4000" not in await amira.reads_text()


async def test_nonsense_gets_a_kind_sentence_and_ways_on(town: Town) -> None:
    amira = await town.neighbour("de")
    await amira.writes("qwertz blubb fnord")
    await amira.reads()
    assert amira.buttons()


async def test_weather_is_not_our_field(town: Town) -> None:
    amira = await town.neighbour("en")
    await amira.writes("what will the weather be like tomorrow")
    assert "can't help with that" in await amira.reads_text()


async def test_a_text_of_5000_letters(town: Town) -> None:
    amira = await town.neighbour("de")
    await amira.writes("Ich habe eine Frage zur Kita. " * 166)
    assert "lang" in await amira.reads_text()
    await amira.reads()


async def test_a_question_goes_to_the_team_once(town: Town) -> None:
    amira = await town.neighbour("de")
    await amira.writes("Wo kann ich mein Fahrrad codieren lassen?")
    await amira.reads()
    await amira.taps_on_old_message("team")
    assert "Fahrrad" in await amira.reads_text()
    with town.database.session() as session:
        questions = session.exec(select(Question).where(Question.text == "Wo kann ich mein Fahrrad codieren lassen?"))
        assert [(question.reason, question.language) for question in questions] == [("asked", "de")]


async def test_writing_a_new_question_to_the_team(town: Town) -> None:
    amira = await town.neighbour("de")
    await amira.writes("/help")
    await amira.reads()
    await amira.taps_on_old_message("team")
    await amira.reads()
    await amira.writes("Wann ist das nächste Frauenfrühstück?")
    assert "Frauenfrühstück" in await amira.reads_text()


async def test_every_topic_is_reachable_by_buttons(town: Town) -> None:
    amira = await town.neighbour("tr")
    found: set[str] = set()
    for group in ("help", "kita", "school", "family", "offers", "recognition", "events", "pointers", "meta"):
        await amira.writes("/menu")
        await amira.reads()
        await amira.presses(f"group:{group}")
        await amira.reads()
        found |= {data.removeprefix("topic:") for data in amira.data() if data.startswith("topic:")}
    assert len(found) == 64 - 6, "all but greetings, thanks, yes, no and out-of-scope"
