"""The content pack's answers: placeholders, unset settings, sources."""

import re
from dataclasses import replace
from datetime import date

import pytest

from actions.content import Content
from actions.replies import Answer, ContactDetails, Holidays, Period
from bot.texts import answers
from bot.texts.languages import languages
from bot.texts.speech import speech

LANGUAGES = tuple(languages())
PLACEHOLDER = re.compile(r"\{([a-z0-9_]+)(?:\.([a-z]+))?\}")
ANY_BRACE = re.compile(r"[{}]")


def answered(content: Content) -> list[str]:
    return [topic for topic, details in content.topics.items() if details.group not in ("meta", "events")]


def with_line(content: Content, code: str, text: str, **settings: str) -> Content:
    """The pack with one answer and some settings replaced."""
    texts = {**content.answers[code], "kita_fees": text}
    return replace(content, answers={**content.answers, code: texts}, settings={**content.settings, **settings})


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_answers_every_topic_and_no_other(content: Content, code: str) -> None:
    assert set(content.answers[code]) == set(answered(content))


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_placeholder_has_a_value(content: Content, code: str) -> None:
    for topic, text in content.answers[code].items():
        for key, field in PLACEHOLDER.findall(text):
            if field:
                assert content.contacts[key].get(field), (topic, key, field)
            else:
                assert key in content.settings or key in content.facts, (topic, key)
        assert not ANY_BRACE.search(PLACEHOLDER.sub("", text)), topic


@pytest.mark.parametrize("code", LANGUAGES)
def test_answers_say_the_same_values_in_every_language(content: Content, code: str) -> None:
    for topic in answered(content):
        numbers = {key for key, field in PLACEHOLDER.findall(content.answers["de"][topic]) if not field}
        said = {key for key, field in PLACEHOLDER.findall(content.answers[code][topic]) if not field}
        settings = set(content.settings)
        assert said & settings == numbers & settings, topic


@pytest.mark.parametrize("topic", ["emergency", "violence_help"])
@pytest.mark.parametrize("code", LANGUAGES)
def test_an_urgent_answer_begins_with_a_number_and_needs_no_setting(content: Content, code: str, topic: str) -> None:
    message = answers.answer(speech(code), content, Answer(topic))
    number = {"emergency": "112", "violence_help": "110"}[topic]
    assert message.html.startswith(f"\u2068{number}\u2069")
    assert not {key for key, _ in PLACEHOLDER.findall(content.answers[code][topic])} & set(content.settings)
    assert "team" not in [button.data for row in message.buttons for button in row]


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_line_with_an_unset_setting_is_left_out_and_the_team_can_tell(content: Content, code: str) -> None:
    text = "one\nphone {mittendrin_phone}!\nhours {mittendrin_hours}\ntwo"
    voice = speech(code)
    can_tell = voice.say("I don't know more about this yet. The team can tell you.")
    lines = answers.body(voice, with_line(content, code, text), "kita_fees").splitlines()
    assert lines == ["one", "two", can_tell]
    filled = with_line(content, code, text, mittendrin_phone="02362 <1> & 2", mittendrin_hours="Mo")
    lines = answers.body(voice, filled, "kita_fees").splitlines()
    assert lines == ["one", "phone \u206802362 &lt;1&gt; &amp; 2\u2069!", "hours \u2068Mo\u2069", "two"]
    half = with_line(content, code, text, mittendrin_phone="02362 1")
    lines = answers.body(voice, half, "kita_fees").splitlines()
    assert lines == ["one", "phone \u206802362 1\u2069!", "two", can_tell]


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_real_meeting_place_is_honest_while_nobody_filled_it_in(content: Content, code: str) -> None:
    empty = replace(content, settings=dict.fromkeys(content.settings, ""))
    voice = speech(code)
    can_tell = voice.say("I don't know more about this yet. The team can tell you.")
    assert can_tell in answers.body(voice, empty, "meeting_place")
    full = replace(content, settings={key: f"value of {key}" for key in content.settings})
    body = answers.body(voice, full, "meeting_place")
    assert can_tell not in body
    assert "\u2068value of mittendrin_address\u2069" in body


def test_every_setting_is_used_by_an_answer(content: Content) -> None:
    used = {key for text in content.answers["de"].values() for key, _ in PLACEHOLDER.findall(text)}
    assert set(content.settings) <= used


def test_values_are_isolated_in_arabic_and_plain_text_is_escaped(content: Content) -> None:
    voice = speech("ar")
    assert answers.fill(voice, content, "a < b & {emergency_112.phone}") == "a &lt; b &amp; \u2068112\u2069"
    filled = answers.fill(voice, content, "{youth_office.name}: {youth_office.phone}")
    assert filled == "\u2068Amt für Familie und Jugend (Jugendamt)\u2069: \u206802362 664551\u2069"
    assert answers.fill(voice, content, "{kita_navigator.website}") == (
        '<a href="https://dorsten.kita-navigator.org/">\u2068dorsten.kita-navigator.org\u2069</a>'
    )


def test_facts_are_written_as_the_reader_writes_them(content: Content) -> None:
    facts = {"fee": {"eur": 2.29}, "most": {"eur": 1800}, "hours": {"number": 1234}, "from": {"date": date(2026, 8, 1)}}
    pack = replace(content, facts={**content.facts, **facts})

    def plain(code: str) -> str:
        line = answers.fill(speech(code), pack, "{fee} | {most} | {hours} | {from}") or ""
        return re.sub("[\u2068\u2069]", "", line).replace("\xa0", " ").replace("\u202f", " ")

    assert plain("de") == "2,29 € | 1.800 € | 1.234 | 1. August 2026"
    assert plain("en") == "€2.29 | €1,800 | 1,234 | 1 August 2026"
    assert plain("tr") == "€2,29 | €1.800 | 1.234 | 1 Ağustos 2026"
    assert plain("uk") == "2,29 EUR | 1 800 EUR | 1 234 | 1 серпня 2026 р."
    assert plain("ar").replace("\u200f", "") == "2.29 € | 1,800 € | 1,234 | 1 أغسطس 2026"


def test_an_answer_shows_its_sources_and_when_it_was_checked(content: Content) -> None:
    message = answers.answer(speech("en"), content, Answer("kita_fees"))
    details = content.topics["kita_fees"]
    for source in details.sources:
        assert f'href="{source.url}"' in message.html
        assert (f"\u2068{source.as_of}\u2069" in message.html) == (source.as_of != "undated")
    assert details.checked is not None
    assert f"\u2068{speech('en').day(details.checked)}\u2069" in message.html
    data = [button.data for row in message.buttons for button in row]
    assert data == [*(f"topic:{topic}" for topic in details.follow_ups), "menu", "team"]


def test_contacts_show_what_is_known_and_else_the_team(content: Content) -> None:
    voice = speech("en")
    unknown = voice.say("I don't know a phone number for this. The team can help you.")
    known = answers.contact_details(voice, content, ContactDetails("kita_fees", ("youth_office",))).html
    assert "📞 \u206802362 664551\u2069" in known and unknown not in known
    only_name = next(
        key
        for key, c in content.contacts.items()
        if not any(c.get(field) for field in ("phone", "address", "email", "website"))
    )
    assert unknown in answers.contact_details(voice, content, ContactDetails("kita_fees", (only_name,))).html
    assert answers.contact_details(voice, content, ContactDetails("kita_fees", ())).html == unknown


def test_holidays_show_what_runs_what_comes_and_public_ones(content: Content) -> None:
    summer = Period("summer", date(2026, 7, 20), date(2026, 9, 1))
    whitsun = Period("whitsun", date(2027, 5, 18), date(2027, 5, 18))
    feast = Period("Fronleichnam", date(2027, 5, 27), date(2027, 5, 27))
    voice = speech("en")
    html = answers.holidays(voice, content, Holidays(summer, (whitsun,), (feast,))).html
    assert "20 July 2026 – 1 September 2026" in html.split("\n")[0]
    assert f"{voice.name('holidays', 'whitsun')}: 18 May 2027" in html.split("\n")
    assert "Thursday 27 May 2027: \u2068Fronleichnam\u2069" in html.replace("Thursday, ", "Thursday ")
    without = answers.holidays(voice, content, Holidays(None, (whitsun,), (feast,))).html
    assert "20 July" not in without
