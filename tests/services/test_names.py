"""German names typed by ear, misspelt or in another script. ALIKE is measured on these pairs."""

import pytest

from actions.services.names import ALIKE, likeness, words

SAME = [
    ("Petrinum", "Petrinum"),
    ("Petrinom", "Petrinum"),
    ("بيترينوم", "Petrinum"),
    ("Петрінум", "Petrinum"),
    ("агаташуле", "Agathaschule"),
    ("Agataschule", "Agathaschule"),
    ("Pestalozischule", "Pestalozzischule"),
    ("лембрук", "Lehmbruck"),
    ("Хервест", "Hervest"),
    ("وولفن", "Wulfen"),
    ("بفولفن", "Wulfen"),
    ("هاردت", "Hardt"),
    ("Holsterhausn", "Holsterhausen"),
    ("Nicolaus", "Nikolaus"),
    ("Bonifazius", "Bonifatius"),
    ("Rade", "Rhade"),
    ("Антоніус", "Antonius"),
]
OTHER = [
    ("Kita", "Hardt"),
    ("Wulfen", "Hervest"),
    ("Kind", "Rhade"),
    ("Germania", "Hervest"),
    ("Schule", "Lembeck"),
    ("Ursula", "Urbanus"),
    ("Anna", "Antonius"),
    ("am", "Talaue"),
    ("Straße", "Östrich"),
    ("Lembeck", "Lehmbruck"),
]


@pytest.mark.parametrize(("typed", "name"), SAME)
def test_the_name_is_recognised(typed: str, name: str) -> None:
    assert likeness(words(typed), words(name)) >= ALIKE


@pytest.mark.parametrize(("typed", "name"), OTHER)
def test_another_word_is_another_name(typed: str, name: str) -> None:
    assert likeness(words(typed), words(name)) < ALIKE


@pytest.mark.parametrize(("typed", "name"), [("هولسترهاوزن", "Holsterhausen"), ("أنطونيوس", "Antonius")])
def test_longer_names_are_recognised_in_arabic(typed: str, name: str) -> None:
    assert likeness(words(typed), words(name)) >= ALIKE


def test_short_words_must_be_typed_exactly() -> None:
    assert likeness(["ida"], ["ida"]) == 100
    assert likeness(["ido"], ["ida"]) == 0


def test_the_best_word_counts_and_nothing_is_like_nothing() -> None:
    assert likeness(["welche", "hervest"], ["kita", "hervest"]) == 100
    assert likeness([], ["hervest"]) == likeness(["hervest"], []) == 0


def test_arabic_words_are_also_read_without_their_prefixes() -> None:
    assert "blhrfst" not in words("هرفست")
    assert len(words("بهرفست")) == 2
    assert words("!?") == []
