"""One spelling for the many ways people type the same word."""

import re
import unicodedata

# Arabic and Persian letters that people use for one another (Unicode block Arabic).
_ARABIC = str.maketrans(
    {
        **dict.fromkeys("أإآٱ", "ا"),
        **dict.fromkeys("ةەہھ", "ه"),
        "ى": "ي",
        "ی": "ي",
        "ئ": "ي",
        "ؤ": "و",
        "ک": "ك",
        "گ": "ك",
        "ڤ": "ف",
        "پ": "ب",
        "چ": "ج",
        "ژ": "ز",
        "ء": None,
        "ـ": None,
    }
)
# Latin letters that carry no combining mark in Unicode but are typed without their stroke or dot.
_LATIN = str.maketrans({"ı": "i", "ł": "l", "đ": "d", "ø": "o", "æ": "a", "œ": "o", "ð": "d"})
_APOSTROPHES = re.compile("['\u2018\u2019\u02bc\u02b9`\u00b4\u2032]")
# Zero-width marks, variation selectors and skin tones say nothing about the meaning.
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\U0001f3fb-\U0001f3ff]")
_UMLAUT_DIGRAPH = re.compile("([aou])e+")
_STRETCHED = re.compile(r"([^\W\d])\1{2,}")
_WORD = re.compile(r"\w+|[\u2600-\u27bf\U0001f300-\U0001faff]")


def normalise(text: str) -> str:
    """Fold case, diacritics, Arabic letter variants, digits, stretched letters and apostrophes.

    Takes any text; returns words separated by single spaces (emoji count as words), possibly "".
    The result is for matching only, never for showing to anyone. Idempotent.
    """
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).casefold()
    text = _fold_marks(_APOSTROPHES.sub("", text)).translate(_ARABIC).translate(_LATIN)
    text = "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in text)
    text = _STRETCHED.sub(r"\1", _UMLAUT_DIGRAPH.sub(r"\1", text))
    return " ".join(_WORD.findall(text.replace("_", " ")))


def _fold_marks(text: str) -> str:
    """Drop combining marks from Latin and Arabic letters; Cyrillic й and ї are letters of their own."""
    kept: list[str] = []
    for char in unicodedata.normalize("NFD", text):
        if unicodedata.combining(char):
            base = kept[-1] if kept else ""
            if not "\u0400" <= base <= "\u04ff":
                continue
        kept.append(char)
    return unicodedata.normalize("NFC", "".join(kept))
