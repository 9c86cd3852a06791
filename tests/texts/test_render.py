"""Every reply in every language: no exception, no broken HTML, no button that Telegram refuses."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from actions import replies
from actions.content import Content
from actions.services.places import DISTRICTS
from bot.conversation import press
from bot.texts.languages import languages
from bot.texts.messages import LONGEST_DATA, LONGEST_TEXT, Button, Message
from bot.texts.render import Texts
from bot.texts.speech import speech
from bot.texts.steering import languages_seen
from tests.texts.replies import ASKED, EXACT, STREET, UNSURE, examples

LANGUAGES = tuple(languages())
# Telegram cuts a longer label, and takes 100 rows.
LONGEST_LABEL = 64


class Checker(HTMLParser):
    """Fails on any tag but <b> and <a href>, and on a bare < > or &."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ("a", "b")
        assert [name for name, _ in attrs] == (["href"] if tag == "a" else [])
        assert all((value or "").startswith(("http://", "https://")) for _, value in attrs)
        assert tag not in self.open
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        assert not set("<>&") & set(data)
        self.text += data

    def handle_entityref(self, name: str) -> None:
        self.text += {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}[name]

    def handle_charref(self, name: str) -> None:
        self.text += chr(int(name[1:], 16) if name.startswith("x") else int(name))


def shown(html: str) -> str:
    """The text that Telegram shows for checked HTML."""
    checker = Checker()
    checker.feed(html)
    checker.close()
    assert checker.open == []
    return checker.text


# What people wrote holds braces of its own.
ASKED_OR_TITLE = re.compile(r"\{topic\} %s|\{zusammen\}")


def buttons(message: Message) -> list[Button]:
    return [button for row in message.buttons for button in row]


@pytest.fixture(scope="module")
def texts(content: Content) -> Texts:
    return Texts(content)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_reply_renders(texts: Texts, content: Content, code: str) -> None:
    for reply in examples(content):
        messages = texts.render(reply, code)
        assert messages, reply
        for message in messages:
            text = shown(message.html)
            assert bool(text.strip()) != bool(message.pin), reply
            assert not message.document
            assert len(text) <= LONGEST_TEXT
            if not ASKED_OR_TITLE.search(text):
                assert not re.search(r"\{[a-z_.]*\}", text), reply
            assert text.count("\u2068") == text.count("\u2069")
            for button in buttons(message):
                assert button.label.strip()
                assert len(button.label) <= LONGEST_LABEL, button
                assert len(button.data.encode()) <= LONGEST_DATA
                assert "\u2068" not in button.label
                assert not re.search(r"\{[a-z_.]*\}", button.label)
            assert not any(not row for row in message.buttons)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_button_is_understood(texts: Texts, content: Content, code: str) -> None:
    for reply in examples(content):
        for message in texts.render(reply, code, offer_switch=True):
            for button in buttons(message):
                if button.url:
                    assert button.url.startswith("https://")
                    continue
                action, *arguments = button.data.split(":")
                assert action in press._ACTIONS
                if action == "topic":
                    assert arguments[0] in content.topics
                if action == "group":
                    assert arguments[0] in content.groups
                if action == "language":
                    assert arguments[0] in LANGUAGES


def test_the_longest_button_data_fit() -> None:
    for kind in ("school", "kita"):
        for district in DISTRICTS:
            Button("x", f"district:{kind}:{district}")
    Button("x", f"near:school:{-180:.5f}:{-180:.5f}")
    Button("x", f"place:{2**31}")


@pytest.mark.parametrize("code", LANGUAGES)
def test_sentences_are_in_the_language_asked_for(texts: Texts, code: str) -> None:
    lost = shown(texts.render(replies.Lost(), code)[0].html)
    others = {shown(texts.render(replies.Lost(), other)[0].html) for other in LANGUAGES if other != code}
    assert lost not in others


def test_an_unknown_language_is_answered_in_german(texts: Texts) -> None:
    assert texts.render(replies.Lost(), "xx") == texts.render(replies.Lost(), "de")


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_somebody_wrote_is_escaped_and_shown_as_it_was(texts: Texts, code: str) -> None:
    for reply in (
        replies.HandedOver(ASKED),
        replies.StoredData(code, "2026-11-23", None, (ASKED,)),
        replies.TeamAnswer(ASKED, ASKED),
    ):
        [message] = texts.render(reply, code)
        assert "<b>kostet" not in message.html
        assert ASKED in shown(message.html)


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_long_question_is_shortened_for_its_writer(texts: Texts, code: str) -> None:
    [message] = texts.render(replies.HandedOver("wort " * 200), code)
    assert shown(message.html).count("wort") < 50
    assert "…" in message.html


def test_a_place_name_is_escaped_and_isolated(texts: Texts) -> None:
    message, *_ = texts.render(replies.PlaceCard(UNSURE), "ar")
    assert "<b>\u2068Ev. Kita &lt;Hardt&gt; &amp; Co\u2069</b>" in message.html


def test_an_unsure_place_says_so_in_a_sure_one_not(texts: Texts) -> None:
    assert "⚠️" in texts.render(replies.PlaceCard(UNSURE), "en")[0].html
    assert "⚠️" not in texts.render(replies.PlaceCard(EXACT), "en")[0].html


def test_a_pin_is_set_where_the_position_is_known_and_its_doubt_is_said(texts: Texts) -> None:
    assert [message.pin for message in texts.render(replies.PlaceCard(UNSURE), "en")] == [None]
    exact, street = (texts.render(replies.PlaceCard(place), "en") for place in (EXACT, STREET))
    assert exact[1].pin is not None and (exact[1].pin.lat, exact[1].pin.lon) == (51.65, 6.95)
    assert "The pin shows the street" in street[0].html
    assert "The pin shows the street" not in exact[0].html


@pytest.mark.parametrize(
    ("place", "metres", "text"),
    [
        (EXACT, 4, "0 m"),
        (EXACT, 347, "350 m"),
        (EXACT, 1249, "1.2 km"),
        (EXACT, 12_000, "12 km"),
        (STREET, 340, "about 300 m"),
        (STREET, 12, "about 100 m"),
        (UNSURE, 1700, "about 2 km"),
        (UNSURE, 10, "about 1 km"),
    ],
)
def test_distances_are_no_surer_than_the_position(
    texts: Texts, place: replies.PlaceView, metres: int, text: str
) -> None:
    [message, *_] = texts.render(replies.NearestPlaces("kita", (replace(place, metres=metres),)), "en")
    plain = shown(message.html).replace("\u2068", "").replace("\u2069", "")
    assert f"🚶 {text}\n" in plain


def test_a_map_link_points_at_the_position_or_searches_the_address(texts: Texts) -> None:
    def url(place: replies.PlaceView) -> str:
        return next(button.url for button in buttons(texts.render(replies.PlaceCard(place), "de")[0]) if button.url)

    assert "mlat=51.65&mlon=6.95" in url(EXACT)
    assert "Heroldstra%C3%9Fe+7%2C+Dorsten" in url(STREET)
    assert "Hardt" in url(UNSURE)


def test_the_button_to_stay_in_a_language_is_offered_on_wish(texts: Texts) -> None:
    plain, offered = (texts.render(replies.Lost(), "tr", offer_switch=switch)[0] for switch in (False, True))
    assert offered.buttons == (*plain.buttons, languages_seen(speech("tr"), "tr"))
    assert offered.buttons[-1][0].data == "language:tr"


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_menu_has_every_group_emergencies_first(texts: Texts, content: Content, code: str) -> None:
    [message] = texts.render(replies.Steer("menu"), code)
    groups = [button.data for button in buttons(message)]
    assert groups[0] == "group:help"
    assert sorted(groups) == sorted(f"group:{group}" for group in content.groups)
    for group, topics in content.groups.items():
        [opened] = texts.render(replies.GroupMenu(group), code)
        offered = {button.data for button in buttons(opened)} - {"menu"}
        assert offered <= {f"topic:{topic}" for topic in topics}
        if group != "meta":
            assert len(offered) == len(topics)


@pytest.mark.parametrize("arguments", [{}, {"data": "menu", "url": "https://example.org"}])
def test_a_button_needs_either_data_or_a_url(arguments: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="either"):
        Button("x", **arguments)


def test_a_button_takes_64_bytes_not_letters() -> None:
    Button("x", data="ä" * 32)
    with pytest.raises(ValueError, match="64"):
        Button("x", data="ä" * 33)
