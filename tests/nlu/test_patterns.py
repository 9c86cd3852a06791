"""Words as volunteers write them, and the lexicon over them."""

from pathlib import Path

import pytest

from actions.content import ROOT
from nlu_data.text.lexicon import Lexicon
from nlu_data.text.normalise import normalise
from nlu_data.text.patterns import parse, variants


def lexicon(*patterns: str) -> Lexicon:
    made = Lexicon()
    made.add({"it": patterns})
    return made


@pytest.mark.parametrize(
    ("pattern", "text", "word"),
    [
        ("kita", "Eine Kita bitte", "kita"),
        ("kita", "Kitaplatz", None),
        ("kita", "Mikita", None),
        ("kita*", "Kitaplatz", "kitaplatz"),
        ("kita*", "Mikita", None),
        ("*geld", "Elterngeld", "elterngeld"),
        ("*geld", "Geldautomat", None),
        ("*geld*", "Elterngeldstelle", "elterngeldstelle"),
        ("*geld*", "Gelb", None),
        ("Familien Büro", "wo ist das familien buero?", "familien"),
        ("Familien Büro", "Büro für Familien", None),
        ("familien* büro", "Familiengeld Büro", "familiengeld"),
        ("schul* sach*", "Schul Sachen", "schul"),
        ("schul* sach*", "schul und sachen", None),
        ("oma opa enkel", "oma opa", None),
        ("روضه", "الروضة", "الروضه"),
        ("روضه", "وبالروضة", "وبالروضه"),
        ("روضه", "للروضة", "للروضه"),
        ("الصف", "صف", None),
        ("دم", "قدم", None),
        ("дит*", "Дитина", "дитина"),
        ("ümit", "Umit", "umit"),
        ("👍", "👍🏽", "👍"),
    ],
)
def test_a_pattern_finds_its_word(pattern: str, text: str, word: str | None) -> None:
    assert lexicon(pattern).find(normalise(text)) == ({"it": word} if word else {})


def test_concepts_come_in_the_order_of_the_message_each_with_its_first_word() -> None:
    made = Lexicon()
    made.add({"cost": ["kostet", "preis*"], "kita": ["kita*"], "nothing": None})
    assert list(made.find(normalise("Kitapreis? Was kostet der Kitaplatz, Preise?")).items()) == [
        ("kita", "kitapreis"),
        ("cost", "kostet"),
    ]


def test_all_languages_share_one_lexicon(tmp_path: Path) -> None:
    for code, line in (("de", "kita: [kita*]"), ("uk", "kita: [садок, 'дитяч* сад*']")):
        (tmp_path / code).mkdir()
        (tmp_path / code / "lexicon.yml").write_text(line, encoding="utf-8")
    made = Lexicon.read(tmp_path)
    assert made.find("kitaplatz") == {"kita": "kitaplatz"}
    assert made.find("дитячии садок") == {"kita": "дитячии"}


def test_an_entry_without_letters_is_nothing() -> None:
    assert parse("*") == parse(" ") == parse("…") == ()
    assert lexicon("*", "…").find("alles") == {}


def test_short_arabic_words_keep_their_first_letter() -> None:
    assert variants("ولد") == ("ولد",)
    assert set(variants("والبيت")) >= {"والبيت", "البيت", "بيت"}
    assert variants("wald") == ("wald",)


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("Was kostet die Kita?", {"how_much", "kita"}),
        ("كم تكلفة الروضة", {"how_much", "kita"}),
        ("Скільки коштує дитячий садок", {"how_much", "kita"}),
        ("Kreş ücreti ne kadar", {"how_much", "kita"}),
        ("how much is the kindergarten", {"how_much", "kita"}),
        ("und die Telefonnummer?", {"phone_number"}),
    ],
)
def test_the_real_lexicons_know_the_basics(text: str, concepts: set[str]) -> None:
    assert concepts <= set(real_lexicon().find(normalise(text)))


def real_lexicon() -> Lexicon:
    if "it" not in _read:
        _read["it"] = Lexicon.read(ROOT / "nlu_data")
    return _read["it"]


_read: dict[str, Lexicon] = {}
