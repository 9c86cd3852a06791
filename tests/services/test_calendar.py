"""School holidays and public holidays, seen from a day."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from actions.content import Content
from actions.replies import Period
from actions.services import calendar

SUMMER = Period("summer", date(2026, 7, 20), date(2026, 9, 1))


@pytest.mark.parametrize("day", [SUMMER.first, date(2026, 8, 10), SUMMER.last])
def test_inside_holidays_they_run_and_the_next_two_follow(content: Content, day: date) -> None:
    reply = calendar.upcoming(content, day)
    assert reply.running == SUMMER
    assert [period.name for period in reply.coming] == ["autumn", "christmas"]


@pytest.mark.parametrize(
    ("day", "coming"),
    [
        (SUMMER.first - timedelta(days=1), ["summer", "autumn"]),
        (SUMMER.last + timedelta(days=1), ["autumn", "christmas"]),
        (date(2026, 11, 23), ["christmas", "easter"]),
    ],
)
def test_between_holidays_none_run(content: Content, day: date, coming: list[str]) -> None:
    reply = calendar.upcoming(content, day)
    assert reply.running is None
    assert [period.name for period in reply.coming] == coming
    assert all(period.first > day for period in reply.coming)


def test_beyond_the_list_nothing_is_stated_but_public_holidays_are(content: Content) -> None:
    reply = calendar.upcoming(content, date(2031, 5, 2))
    assert (reply.running, reply.coming) == (None, ())
    assert len(reply.public) == calendar.PUBLIC_HOLIDAYS_SHOWN


@pytest.mark.parametrize(
    ("today", "day", "name"),
    [
        (date(2026, 12, 25), date(2026, 12, 25), "Erster Weihnachtstag"),
        (date(2026, 12, 20), date(2026, 12, 26), "Zweiter Weihnachtstag"),
        (date(2026, 12, 20), date(2027, 1, 1), "Neujahr"),
        (date(2026, 6, 1), date(2026, 6, 4), "Fronleichnam"),
        (date(2027, 5, 20), date(2027, 5, 27), "Fronleichnam"),
        (date(2026, 10, 20), date(2026, 11, 1), "Allerheiligen"),
        (date(2026, 9, 20), date(2026, 10, 3), "Tag der Deutschen Einheit"),
    ],
)
def test_public_holidays_of_north_rhine_westphalia(content: Content, today: date, day: date, name: str) -> None:
    assert Period(name, day, day) in calendar.upcoming(content, today).public


def test_other_states_holidays_are_none_here(content: Content) -> None:
    names = {
        period.name for month in range(1, 13) for period in calendar.upcoming(content, date(2026, month, 1)).public
    }
    assert "Fronleichnam" in names
    assert not names & {"Heilige Drei Könige", "Reformationstag", "Mariä Himmelfahrt", "Buß- und Bettag"}


def test_an_unsorted_list_is_shown_in_order(content: Content) -> None:
    turned = {**content.school_holidays, "holidays": content.school_holidays["holidays"][::-1]}
    day = date(2026, 11, 23)
    assert calendar.upcoming(replace(content, school_holidays=turned), day) == calendar.upcoming(content, day)


def test_the_listed_holidays_do_not_overlap(content: Content) -> None:
    listed = content.school_holidays["holidays"]
    assert all(one["first"] <= one["last"] for one in listed)
    assert all(one["last"] < other["first"] for one, other in pairwise(listed))
