"""How many come along, and which days are meant, in the words of twelve languages."""

from datetime import date, time

import pytest

from nlu_data.text.counting import People, clock, people, period

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "adults", "children"),
    [
        ("2 Erwachsene und 3 Kinder", 2, 3),
        ("ich, mein Mann und zwei Kinder", 2, 2),
        ("nur ich", 1, 0),
        ("ich komme mit meiner Schwester und 2 Kindern", 2, 2),
        ("Erwachsene: 2, Kinder: 3", 2, 3),
        ("2 Kinder, mein Sohn 6 und meine Tochter 4", None, 2),
        ("ein Kind", None, 1),
        ("2 adults and 3 kids", 2, 3),
        ("me and my husband with our two children", 2, 2),
        ("only me", 1, 0),
        ("ana w jozi w tiflen", 2, 2),
        ("أنا وزوجي وثلاثة أطفال", 2, 3),
        ("أنا وبنتي", 1, 1),
        ("ben ve kocam, 3 çocuk", 2, 3),
        ("2 yetişkin 1 çocuk", 2, 1),
        ("вдвоём с сыном 6 лет", 1, 1),
        ("я с мужем и трое детей", 2, 3),
        ("я та двоє дітей", 1, 2),
        ("من و شوهرم و دو طفل", 2, 2),
        ("ez û mêrê min û sê zarok", 2, 3),
        ("dwoje dorosłych i troje dzieci", 2, 3),
        ("eu cu soțul și doi copii", 2, 2),
        ("аз и мъжът ми с две деца", 2, 2),
        ("mon mari et moi avec trois enfants", 2, 3),
    ],
)
def test_who_comes_along(text: str, adults: int | None, children: int | None) -> None:
    found = people(text)
    assert (found.adults, found.children) == (adults, children)


def test_ages() -> None:
    assert people("meine Mutter und ich mit meinem Sohn 6 Jahre").ages == (6,)
    assert people("2 Kinder 5 und 7 Jahre").ages == (5, 7)
    assert people("вдвоём с сыном 6 лет").ages == (6,)


@pytest.mark.parametrize("text", ["", "Was kostet die Kita?", "hallo", "🎉", "blablub"])
def test_nobody_is_named(text: str) -> None:
    assert people(text) == People()


def test_a_bare_number_belongs_to_no_word() -> None:
    assert people("4") == People(numbers=(4,))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("heute", date(2026, 11, 23), date(2026, 11, 23)),
        ("was ist am Wochenende los", date(2026, 11, 28), date(2026, 11, 29)),
        ("am Samstag mit Kindern", date(2026, 11, 28), date(2026, 11, 28)),
        ("nächste Woche Mittwoch", date(2026, 12, 2), date(2026, 12, 2)),
        ("24.12.", date(2026, 12, 24), date(2026, 12, 24)),
        ("am 5. Dezember", date(2026, 12, 5), date(2026, 12, 5)),
        ("5. Mai", date(2027, 5, 5), date(2027, 5, 5)),
        ("im Januar", date(2027, 1, 1), date(2027, 1, 31)),
        ("what's on this weekend?", date(2026, 11, 28), date(2026, 11, 29)),
        ("anything tomorrow", date(2026, 11, 24), date(2026, 11, 24)),
        ("شو في بكرا", date(2026, 11, 24), date(2026, 11, 24)),
        ("يوم السبت", date(2026, 11, 28), date(2026, 11, 28)),
        ("yarın ne var", date(2026, 11, 24), date(2026, 11, 24)),
        ("hafta sonu", date(2026, 11, 28), date(2026, 11, 29)),
        ("що в суботу", date(2026, 11, 28), date(2026, 11, 28)),
        ("что будет завтра", date(2026, 11, 24), date(2026, 11, 24)),
        ("آخر هفته چه خبر است", date(2026, 11, 28), date(2026, 11, 29)),
        ("sibê çi heye", date(2026, 11, 24), date(2026, 11, 24)),
        ("co jest w sobotę", date(2026, 11, 28), date(2026, 11, 28)),
        ("ce este în weekend", date(2026, 11, 28), date(2026, 11, 29)),
        ("какво има утре", date(2026, 11, 24), date(2026, 11, 24)),
        ("qu'est-ce qu'il y a samedi", date(2026, 11, 28), date(2026, 11, 28)),
    ],
)
def test_days(text: str, first: date, last: date) -> None:
    found = period(text, MONDAY)
    assert found is not None and (found.first, found.last) == (first, last)


@pytest.mark.parametrize("text", ["", "Was kostet die Kita?", "31.02.", "my son is ill"])
def test_no_day_is_named(text: str) -> None:
    assert period(text, MONDAY) is None


@pytest.mark.parametrize(
    ("text", "hour"),
    [("morgen um 9", time(9)), ("14:30", time(14, 30)), ("am 24.12. um 10 Uhr", time(10)), ("الساعة ٩", time(9))],
)
def test_the_time_of_day(text: str, hour: time) -> None:
    assert clock(text) == hour


def test_no_time_of_day() -> None:
    assert clock("am 24.12. bitte") is None
