"""Speaking one language: catalogue look-up, plural forms, dates and numbers, and isolated values."""

import gettext
import html
import io
import re
from datetime import date, datetime
from functools import cache

from babel import Locale
from babel.dates import format_date, format_time
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_currency, format_decimal

from actions.content import ROOT
from bot.texts.languages import Language, languages

LOCALES = ROOT / "bot" / "locales"
DOMAIN = "mittendrin"
# First strong isolate and its end (Unicode UAX 9): a German name or a number keeps its own direction.
_ISOLATE, _END = "\u2068", "\u2069"
_ISOLATED = re.compile(f"{_ISOLATE}.*?{_END}|<[^>]*>")
_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_RLM = "\u200f"


class Html(str):
    """Text that is HTML already and goes into a sentence as it is."""

    __slots__ = ()


def isolate(value: object) -> Html:
    """A value for a sentence: HTML-escaped, and set apart so that it scrambles no right-to-left line."""
    return Html(f"{_ISOLATE}{html.escape(str(value), quote=False)}{_END}")


def msgid(message: str) -> str:
    """Marks a sentence that is said later as one of the catalogue."""
    return message


class Speech:
    """One language's sentences and formats."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._catalogue = _catalogue(language.code)
        self._locale = Locale.parse(language.formats)

    def say(self, message: str, /, **values: object) -> str:
        """A sentence of the catalogue as HTML, its `{placeholders}` filled with isolated values (or Html as it is)."""
        text = html.escape(self._catalogue.gettext(message), quote=False)
        return text.format(
            **{key: value if isinstance(value, Html) else isolate(value) for key, value in values.items()}
        )

    def label(self, message: str, /) -> str:
        """A few words of the catalogue as plain text, for a button."""
        return self._catalogue.gettext(message)

    def many(self, one: str, more: str, number: int, /) -> str:
        """A sentence in the plural form for `{number}`."""
        text = html.escape(self._catalogue.ngettext(one, more, number), quote=False)
        return text.format(number=isolate(self.number(number)))

    def name(self, context: str, key: str) -> str:
        """The name of a topic, group, school type … as plain text; the key itself where it has none."""
        found: str = self._catalogue.pgettext(context, key)
        return found

    def knows(self, context: str, key: str) -> bool:
        """Whether the catalogue names this key."""
        return self.name(context, key) != key

    def language_name(self, code: str) -> str:
        """What this language calls another one; the code itself where it has no name for it."""
        name: str = self._locale.languages.get(code, code)
        return name

    def day(self, day: date, *, weekday: bool = False) -> str:
        """A date as people of this language write it, with the weekday if asked."""
        pattern = "full" if weekday else "long"
        return format_date(day, format=pattern, locale=self._locale)

    def time(self, moment: datetime) -> str:
        """The time of day of a moment as it stands on its own clock (of the city), without seconds."""
        return format_time(moment.time(), format="short", locale=self._locale)

    def money(self, amount: float) -> str:
        """Euros; without cents where there are none."""
        whole = float(amount).is_integer()
        return format_currency(
            amount, "EUR", locale=self._locale, currency_digits=not whole, format=self._money_format(whole)
        )

    def listed(self, items: list[Html]) -> Html:
        """Several things in one line, with this language's comma."""
        return Html(("، " if self.language.script == "Arabic" else ", ").join(items))

    def number(self, value: float) -> str:
        """A number with this language's separators."""
        return format_decimal(value, locale=self._locale)

    def _money_format(self, whole: bool) -> str | None:
        pattern = self._locale.currency_formats["standard"].pattern
        return pattern.replace(".00", "") if whole else None


def right_to_left(text: str) -> str:
    """Mark lines of a right-to-left message that hold nothing but isolated values, so that they keep its direction."""
    return "\n".join(
        line if not line.strip() or _RTL.search(_ISOLATED.sub("", line)) else _RLM + line for line in text.split("\n")
    )


@cache
def speech(code: str) -> Speech:
    """The speech of a language by its code; German for a code we don't speak."""
    return Speech(languages().get(code) or languages()["de"])


def _catalogue(code: str) -> gettext.NullTranslations:
    """The catalogue of a language, read from its .po file so that no compiled file can be forgotten."""
    path = LOCALES / code / "LC_MESSAGES" / f"{DOMAIN}.po"
    with path.open("rb") as file:
        catalogue = read_po(file, locale=code)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
