"""The catalogue's template: every sentence of the code, and every name that the content and the code use."""

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from actions.content import ROOT, load_content
from actions.event_replies import INTERESTS, PARTY_STATES, PERIODS
from actions.services.places import SCHOOL_TYPES
from bot.texts.languages import languages
from bot.texts.speech import DOMAIN, LOCALES

KEYWORDS = {"say": None, "label": None, "msgid": None, "many": (1, 2), "command": None}
_PLACE_KINDS = ("kita", "school")
_PROVIDERS = ("städtisch", "katholisch", "evangelisch", "AWO")


def template() -> Catalog:
    """Build the template. A name's msgctxt says what it names, its msgid is the key."""
    catalog = Catalog(project="MITTEndrin", charset="utf-8", copyright_holder="The MITTEndrin team")
    for folder in ("texts", "telegram", "conversation"):
        for path, line, message, comments, context in extract_from_dir(
            str(ROOT / "bot" / folder), [("**.py", "python")], keywords=KEYWORDS
        ):
            catalog.add(message, None, [(f"bot/{folder}/{path}", line)], auto_comments=comments, context=context)
    content = load_content()
    for topic in content.topics:
        catalog.add(topic, context="topic")
    for group in content.groups:
        catalog.add(group, context="group")
    for key in SCHOOL_TYPES:
        catalog.add(key, context="school_type")
    for kind in _PLACE_KINDS:
        catalog.add(kind, context="place_kind")
    for provider in _PROVIDERS:
        catalog.add(provider, context="provider")
    for context, keys in (("interest", INTERESTS), ("period", PERIODS), ("party_state", PARTY_STATES)):
        for key in keys:
            catalog.add(key, context=context)
    for name in sorted({h["name"] for h in content.school_holidays["holidays"]}):
        catalog.add(name, context="holidays")
    return catalog


def path_of(code: str) -> Path:
    """The catalogue of a language."""
    return LOCALES / code / "LC_MESSAGES" / f"{DOMAIN}.po"


def update() -> None:
    """Write every language's catalogue anew from the template, keeping its translations."""
    for code, language in languages().items():
        path = path_of(code)
        path.parent.mkdir(parents=True, exist_ok=True)
        catalog = Catalog(locale=language.formats, domain=DOMAIN)
        if path.exists():
            with path.open("rb") as file:
                catalog = read_po(file, locale=language.formats, domain=DOMAIN)
        catalog.update(template(), no_fuzzy_matching=True)
        for message in catalog:
            # English sentences are their own translation; names still need one.
            if (
                code == "en"
                and message.id
                and not message.string
                and not message.context
                and isinstance(message.id, str)
            ):
                message.string = message.id
        with path.open("wb") as file:
            write_po(file, catalog, width=110, sort_output=False, ignore_obsolete=True)


if __name__ == "__main__":
    update()
