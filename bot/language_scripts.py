"""Which alphabet a text is written in."""

import unicodedata
from collections import Counter

# So many letters have to be there before the share of an alphabet says anything ("OGS?", "ok").
_FEWEST_LETTERS = 6


def script_of(letter: str) -> str:
    """The script of a letter as Unicode names it ("LATIN", "ARABIC" …); "" for what is no letter."""
    return unicodedata.name(letter, "").split(" ")[0] if letter.isalpha() else ""


def mostly_in(text: str) -> str:
    """The script of more than half of a text's letters; "" if there are few letters or no such script."""
    counts = Counter(script for letter in text if (script := script_of(letter)))
    most = max(counts, key=counts.__getitem__, default="")
    return most if counts.total() >= _FEWEST_LETTERS and counts[most] * 2 > counts.total() else ""
