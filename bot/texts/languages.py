"""The languages of the assistant, from `nlu_data/languages.yml`."""

from dataclasses import dataclass
from functools import cache

import yaml

from actions.content import ROOT


@dataclass(frozen=True)
class Language:
    """A first-class language: ISO code, native name, direction (ltr, rtl), script, CLDR locale, German name."""

    code: str
    native: str
    direction: str
    script: str
    formats: str
    german: str


@cache
def languages() -> dict[str, Language]:
    """All languages by code, in the order of the language keyboard."""
    rows = yaml.safe_load((ROOT / "nlu_data" / "languages.yml").read_text(encoding="utf-8"))
    return {code: Language(code=code, **row) for code, row in rows.items()}


def nearest_language(code: str | None) -> str:
    """The language to begin with for a device set to `code` ("ar-SY"); German where we don't speak it."""
    base = (code or "").split("-")[0].lower()
    return base if base in languages() else "de"
