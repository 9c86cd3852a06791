"""Recognising a German name that somebody typed by ear, misspelt or in another script."""

import re
from collections.abc import Iterable

from anyascii import anyascii
from rapidfuzz import fuzz

from nlu_data.text.normalise import normalise
from nlu_data.text.patterns import variants

# How alike (0-100) a typed word and a name must be: measured on tests/services/test_names.py.
ALIKE = 84
_SHORTEST = 4
_SHORTEST_SOUND = 3
SOUNDS_ALIKE = 95.0
_SOUNDS = (
    (r"sch|sh|tsch|ch", "s"),
    (r"ph|pf", "f"),
    (r"th|dh", "t"),
    (r"gh|kh", "g"),
    (r"ck|qu|q|c", "k"),
    (r"(?<=.)w(?![aeiou])", ""),  # Arabic writes o and u with the letter for w
    (r"[wu](?=[aeiou])|v", "w"),
    (r"z|tz", "s"),
    (r"[jy]", "i"),
    (r"b", "p"),
    (r"d", "t"),
    (r"h", ""),
)


def words(text: str) -> list[str]:
    """The words of a text in plain ASCII letters; an Arabic word also without its prefixes."""
    found: list[str] = []
    for word in normalise(text).split():
        found += [re.sub(r"[^a-z0-9]", "", anyascii(form.replace("ا", "a")).lower()) for form in variants(word)]
    return [word for word in found if word]


def sound(word: str) -> str:
    """The consonants of an ASCII word, alike for letters that languages write for one another."""
    for pattern, letter in _SOUNDS:
        word = re.sub(pattern, letter, word)
    first, rest = word[:1], re.sub(r"[aeiou]", "", word[1:])
    return re.sub(r"(.)\1+", r"\1", (first if first not in "aeiou" else "a") + rest)


def likeness(typed: Iterable[str], name: Iterable[str]) -> float:
    """How well the words of a name occur among the typed words, 0 to 100; the best word counts.

    A short word must be typed exactly; longer ones may differ by a letter, or sound alike.
    """
    best = 0.0
    typed = list(typed)
    for wanted in name:
        for word in typed:
            if word == wanted:
                best = max(best, 100.0)
            elif min(len(word), len(wanted)) >= _SHORTEST:
                best = max(best, fuzz.ratio(word, wanted), _sound_likeness(word, wanted))
    return best


def _sound_likeness(word: str, wanted: str) -> float:
    one, other = sound(word), sound(wanted)
    if one == other and len(one) >= _SHORTEST_SOUND:
        return SOUNDS_ALIKE
    # Few consonants are alike by chance: a difference counts only in long words.
    alike = fuzz.ratio(one, other)
    return SOUNDS_ALIKE * alike / 100 if min(len(one), len(other)) > _SHORTEST_SOUND + 1 and alike >= 90 else 0.0
