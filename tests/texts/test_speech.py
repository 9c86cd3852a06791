"""Catalogues, names, money, dates, isolation."""

import string
from datetime import date

import pytest
from babel.messages.pofile import read_po

from bot.texts import template
from bot.texts.commands import COMMANDS, DESCRIPTION, SHORT_DESCRIPTION, commands
from bot.texts.languages import languages, nearest_language
from bot.texts.speech import Html, isolate, speech

LANGUAGES = tuple(languages())


def plain(text: str) -> str:
    """The text with ordinary spaces and without direction marks."""
    return text.replace("\xa0", " ").replace("\u202f", " ").replace("\u200f", "")


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_sentence_and_name_is_translated_with_its_placeholders(code: str) -> None:
    with template.path_of(code).open("rb") as file:
        catalogue = read_po(file, locale=languages()[code].formats)
    translated = {(message.context, message.id): message for message in catalogue if message.id and not message.fuzzy}
    for wanted in template.template():
        if not wanted.id:
            continue
        message = translated.get((wanted.context, wanted.id))
        assert message is not None, wanted.id
        assert message.string, wanted.id
        if isinstance(message.id, str) and not message.context:
            assert placeholders(message.string) == placeholders(message.id), wanted.id


def test_values_are_escaped_and_isolated_html_goes_in_as_it_is() -> None:
    voice = speech("en")
    assert voice.say("{number} m", number="<5>") == "\u2068&lt;5&gt;\u2069 m"
    assert voice.say("{number} m", number=Html("<b>5</b>")) == "<b>5</b> m"
    assert isolate('a "b" & c') == '\u2068a "b" &amp; c\u2069'


@pytest.mark.parametrize(
    ("code", "cents", "whole"),
    [
        ("de", "2,29 €", "1.800 €"),
        ("en", "€2.29", "€1,800"),
        ("tr", "€2,29", "€1.800"),
        ("uk", "2,29 EUR", "1 800 EUR"),
        ("ar", "2.29 €", "1,800 €"),
    ],
)
def test_money_is_written_as_its_reader_does(code: str, cents: str, whole: str) -> None:
    assert plain(speech(code).money(2.29)) == cents
    assert plain(speech(code).money(1800)) == whole
    assert speech(code).money(15.0) == speech(code).money(15)


@pytest.mark.parametrize(
    ("code", "day", "with_weekday"),
    [
        ("de", "25. Dezember 2026", "Freitag, 25. Dezember 2026"),
        ("en", "25 December 2026", "Friday, 25 December 2026"),
        ("tr", "25 Aralık 2026", "25 Aralık 2026 Cuma"),
        ("uk", "25 грудня 2026 р.", "пʼятниця, 25 грудня 2026 р."),
        ("ar", "25 ديسمبر 2026", "الجمعة، 25 ديسمبر 2026"),
    ],
)
def test_dates_are_written_as_their_reader_does(code: str, day: str, with_weekday: str) -> None:
    voice = speech(code)
    assert plain(voice.day(date(2026, 12, 25))) == day
    assert plain(voice.day(date(2026, 12, 25), weekday=True)) == with_weekday


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("number", [0, 1, 2, 3, 5])
def test_any_number_of_things_can_be_listed(code: str, number: int) -> None:
    things = [Html(f"<b>{i}</b>") for i in range(number)]
    listed = speech(code).listed(things)
    assert isinstance(listed, Html)
    assert [listed.count(thing) for thing in things] == [1] * number


@pytest.mark.parametrize(
    ("device", "code"),
    [("ar-SY", "ar"), ("de", "de"), ("UK", "uk"), ("xx", "de"), ("", "de"), (None, "de"), ("en-GB", "en")],
)
def test_the_first_language_is_that_of_the_device(device: str | None, code: str) -> None:
    assert nearest_language(device) == code


def test_an_unknown_key_is_its_own_name() -> None:
    voice = speech("de")
    assert voice.name("topic", "no_such_topic") == "no_such_topic"
    assert not voice.knows("topic", "no_such_topic")
    assert voice.knows("topic", "kita_fees")


@pytest.mark.parametrize("code", LANGUAGES)
def test_telegram_takes_the_commands_and_descriptions(code: str) -> None:
    made = commands(code)
    assert [name for name, _ in made] == list(COMMANDS)
    assert all(1 <= len(text) <= 256 for _, text in made)
    assert 0 < len(speech(code).label(DESCRIPTION)) <= 512
    assert 0 < len(speech(code).label(SHORT_DESCRIPTION)) <= 120
