"""How many come along, and which days are meant: read from messages in any of the languages.

The words stand in `<lang>/counting.yml`, with the notation of the lexicon; all languages are searched together, because
people mix them.
"""

import re
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cache
from pathlib import Path

from nlu_data.text.lexicon import Lexicon, read_lexicon
from nlu_data.text.normalise import normalise

ROOM = Path(__file__).resolve().parent.parent
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october"),
    *("november", "december"),
)
_NUMBERS = {f"n{number}": number for number in range(1, 11)}
_FLAGS = ("me", "alone", "nobody")
# More people than this are no family, and older than this is no child.
_MOST, _OLDEST = 30, 17
_DATE = re.compile(r"(?<!\d)(\d{1,2})[./](\d{1,2})(?:[./](\d{4}|\d{2})?)?(?!\d)")
_CLOCK = re.compile(r"(?<!\d)([01]?\d|2[0-3])[:.h]([0-5]\d)(?!\d)")
_YEAR_FROM_HERE = 60
# Children that a word names without a number.
_CHILDREN = {"children": None, "one_child": 1, "two_children": 2}
# Who can be named; of two that begin and end alike the first counts.
_ROLES = ("two_children", "one_child", "two_adults", "partner", "more_adults", "adults", "children")
# "Adults: 2": the number belongs to the word before it.
_COLON = re.compile(r"(\w+)\s*[:=]\s*(\d+)")
# A number, also with what a language hangs on it ("9da").
_HOUR = re.compile(r"(?<![0-9])([0-9]{1,2})(?![0-9])")
_PERIODS = (
    *("day_after_tomorrow", "tomorrow", "today", "weekend", "next_week", "this_week", "next_month", "this_month"),
    *WEEKDAYS,
    *MONTHS,
)
# "The two of us with" somebody: the other one is named next (Russian, Ukrainian).
_WITH = frozenset({"с", "з", "со", "із", "s", "z"})

# What every language's counting.yml names.
IDS = (*_PERIODS, *_NUMBERS, *_ROLES, *_FLAGS)


@dataclass(frozen=True)
class People:
    """Who comes along: None where nothing was said. `numbers` are those that belong to no word."""

    adults: int | None = None
    children: int | None = None
    ages: tuple[int, ...] = ()
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True)
class Period:
    """First to last day; `name` is today, tomorrow, …, weekend, next_month or "" for days named by date or weekday."""

    first: date
    last: date
    name: str = ""


@cache
def counting(room: Path = ROOM) -> Lexicon:
    """The words of all languages."""
    lexicon = Lexicon()
    for path in sorted(room.glob("*/counting.yml")):
        lexicon.add(read_lexicon(path))
    return lexicon


def people(text: str) -> People:
    """Read who comes along from a message as written.

    Whoever says "with my husband" comes herself. A number behind a child is its age, unless it counts the next word.
    Children that are counted first and named afterwards ("two children, my son and …") count once.
    """
    words = normalise(_COLON.sub(r"\2 \1", text)).split()
    numbers, roles, said = _found(words)
    adults: int | None = None
    counted, named, others = 0, 0, 0
    waiting: int | None = None
    ages: list[int] = []
    unclaimed: list[int] = []
    behind_child, position = -9, 0
    while position < len(words):
        role, end = roles.get(position, ("", position + 1))
        number = numbers.get(position)
        if role and waiting is None:
            waiting = next((numbers[at] for at in range(position, end) if at in numbers), None)
        if role in _CHILDREN:
            counted += waiting or 0
            named += (_CHILDREN[role] or 0) if waiting is None else 0
            waiting, behind_child = None, end
        elif role == "adults":
            adults = adults if waiting is None else (adults or 0) + waiting
            waiting = None
        elif role in ("partner", "more_adults"):
            others, waiting = others + (waiting or 1), None
        elif role == "two_adults":
            others, waiting = others + (not _WITH.intersection(words[end : end + 1])), None
        elif number is not None:
            counts_next = roles.get(position + 1, ("", 0))[0] in (*_CHILDREN, "adults")
            if position - behind_child <= 1 and 0 < number <= _OLDEST and not counts_next:
                ages.append(number)
                behind_child = position + 1
            else:
                unclaimed += [] if waiting is None else [waiting]
                waiting = number
        position = end
    unclaimed += [] if waiting is None else [waiting]
    if adults is None and (others or said & {"alone", "me", "two_adults"}):
        adults = 1 + others
    children: int | None = max(counted, named) or None
    if children is None and ("nobody" in said or ("alone" in said and not said & {*_CHILDREN})):
        children = 0
    return People(adults, children, tuple(ages), tuple(number for number in unclaimed if number <= _MOST))


def clock(text: str) -> time | None:
    """Read a time of day ("at 9", "14:30", "9'da"); None if none is named."""
    rest = _DATE.sub(" ", text)
    if match := _CLOCK.search(rest):
        return time(int(match[1]), int(match[2]))
    hours = [int(number) for number in _HOUR.findall(normalise(rest)) if int(number) < 24]
    return time(hours[-1]) if hours else None


def _found(words: list[str]) -> tuple[dict[int, int], dict[int, tuple[str, int]], set[str]]:
    """The numbers and who is named with where that ends, by the word they begin at; and all that is said.

    "I", "alone" and "nobody" cover nothing: whoever is named in the same words counts as well.
    """
    numbers = {at: int(word) for at, word in enumerate(words) if word.isdecimal() and len(word) <= 2}
    roles: list[tuple[int, int, str]] = []
    said = set()
    for position, end, concept in counting().places(" ".join(words)):
        said.add(concept)
        if concept in _NUMBERS:
            numbers[position] = _NUMBERS[concept]
        elif concept in _ROLES:
            roles.append((position, end, concept))
    return numbers, {position: (role, end) for position, end, role in _longest(roles, _ROLES)}, said


def _longest(found: list[tuple[int, int, str]], order: tuple[str, ...]) -> list[tuple[int, int, str]]:
    """Of entries that overlap the first, of those that begin alike the longest, of equals the first in `order`."""
    kept: list[tuple[int, int, str]] = []
    for position, end, name in sorted(found, key=lambda entry: (entry[0], -entry[1], order.index(entry[2]))):
        if not kept or position >= kept[-1][1]:
            kept.append((position, end, name))
    return kept


def period(text: str, today: date) -> Period | None:
    """Read which days are meant, seen from `today` in the city; None if no day is named."""
    normalised = normalise(text)
    if (match := _DATE.search(text)) and (day := _day(int(match[1]), int(match[2]), match[3], today)):
        return Period(day, day)
    places = _longest([place for place in counting().places(normalised) if place[2] in _PERIODS], _PERIODS)
    said = [concept for _, _, concept in places]
    words = normalised.split()
    for position, end, concept in places:
        if concept in MONTHS:
            near = words[max(position - 1, 0) : end + 1]  # the entry may hold the number: "5. Mai"
            number = next((int(word) for word in near if word.isdecimal() and len(word) <= 2), None)
            month = MONTHS.index(concept) + 1
            if number is not None and (day := _day(number, month, None, today)):
                return Period(day, day)
            return _month(today.year + (month < today.month), month)
    monday = today - timedelta(days=today.weekday())
    for concept in said:
        if concept in WEEKDAYS:
            day = monday + timedelta(days=WEEKDAYS.index(concept))
            if "next_week" in said or day < today:
                day += timedelta(weeks=1)
            return Period(day, day)
    fixed = {
        "day_after_tomorrow": (today + timedelta(days=2),) * 2,
        "tomorrow": (today + timedelta(days=1),) * 2,
        "today": (today, today),
        "weekend": _weekend(monday, today, next_one="next_week" in said),
        "next_week": (monday + timedelta(days=7), monday + timedelta(days=13)),
        "this_week": (today, monday + timedelta(days=6)),
    }
    for name, (first, last) in fixed.items():
        if name in said:
            return Period(first, last, name)
    if "next_month" in said:
        found = _month(today.year + today.month // 12, today.month % 12 + 1)
        return Period(found.first, found.last, "next_month")
    if "this_month" in said:
        return Period(today, _month(today.year, today.month).last, "this_month")
    return None


def _weekend(monday: date, today: date, *, next_one: bool) -> tuple[date, date]:
    saturday = monday + timedelta(days=12 if next_one else 5)
    return max(saturday, today), saturday + timedelta(days=1)


def _month(year: int, month: int) -> Period:
    first = date(year, month, 1)
    following = date(year + month // 12, month % 12 + 1, 1)
    return Period(first, following - timedelta(days=1))


def _day(day: int, month: int, year: str | None, today: date) -> date | None:
    """A date, without a year the next such day; None if there is none or it lies far away."""
    try:
        if year:
            found = date(int(year) + (2000 if len(year) == 2 else 0), month, day)
        else:
            found = date(today.year, month, day)
            if found < today:
                found = date(today.year + 1, month, day)
    except ValueError:
        return None
    return found if abs(found.year - today.year) <= _YEAR_FROM_HERE else None
