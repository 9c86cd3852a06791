"""What is wrong in a language's answers and catalogue: above all the placeholders."""

import html
import re
from pathlib import Path

import yaml

from actions.content import CONTACT_FIELDS, ROOT, Content
from bot.language_files import LanguageFiles, Line
from bot.language_scripts import mostly_in
from bot.language_status import UNREADABLE, key_of, read_catalogue
from bot.texts.answers import fill
from bot.texts.speech import speech
from bot.texts.template import path_of

LONGEST_ANSWER = 650
# These answers put the number first and may leave out the German name of the office beside it.
_NAMELESS = ("emergency", "violence_help", "doctor")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_UNSHOWN = re.compile("<[^>]+>|[\u2066-\u2069]")


def lint_answers(files: LanguageFiles, code: str) -> None:
    """Report what is wrong in the answers of a language."""
    content = _content(files.root)
    german = {entry.key.text: entry.texts[0].text for entry in files.answers("de")}
    script = files.languages[code].script
    for entry in files.answers(code):
        topic, answer = entry.key.text, entry.texts[0]
        if not answer.text:
            continue
        wanted, used = _placeholders(german.get(topic, "")), _placeholders(answer.text)
        unknown = {key for key in used if not _exists(content, key)}
        for key in sorted(unknown):
            files.report(entry.key, f"{topic}: there is no {{{key}}} in contacts.yml, facts.yml or settings.yml")
        missing = wanted - used
        if topic in _NAMELESS:
            missing = {key for key in missing if not key.endswith(".name")}
        for key in sorted(missing):
            files.report(entry.key, f"{topic}: {{{key}}} of the German answer is missing")
        for key in sorted(used - wanted - unknown):
            files.report(entry.key, f"{topic}: {{{key}}} does not stand in the German answer")
        if code != "de" and answer.text == german.get(topic):
            files.report(entry.key, f"{topic}: is still the German answer")
        letters = _PLACEHOLDER.sub("", answer.text)
        if (mostly := mostly_in(letters)) and mostly != script.upper():
            files.report(entry.key, f"{topic}: is mostly in {mostly.title()} letters, not in {script}")
        size = _shown_length(content, answer.text) if not unknown else 0
        if size > LONGEST_ANSWER:
            files.report(entry.key, f"{topic}: {size} characters as shown; at most {LONGEST_ANSWER} are read")


def lint_catalogue(files: LanguageFiles, code: str) -> None:
    """Report sentences of the catalogue whose placeholders differ from the English."""
    path = files.root / path_of(code).relative_to(ROOT)
    try:
        catalogue = read_catalogue(files.root, code, files.languages[code].formats)
    except UNREADABLE as error:
        files.report(Line("", path, getattr(error, "lineno", 1) or 1), f"cannot be read as a catalogue: {error}")
        return
    for message in catalogue:
        forms = [message.string] if isinstance(message.string, str) else list(message.string or ())
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        known = set().union(*map(_placeholders, ids))
        for form in forms:
            # A plural form for one or two may say the number in words.
            wrong = _placeholders(form) - known if len(ids) > 1 else _placeholders(form) ^ known
            if message.id and form and wrong:
                shown = ", ".join(f"{{{key}}}" for key in sorted(wrong))
                files.report(
                    Line("", path, message.lineno or 1), f"{key_of(message)}: {shown} differs from the English"
                )


def _placeholders(text: str) -> set[str]:
    return set(_PLACEHOLDER.findall(text))


def _exists(content: Content, key: str) -> bool:
    name, _, field = key.partition(".")
    if field:
        return field in CONTACT_FIELDS and bool(content.contacts.get(name, {}).get(field))
    return name in content.facts or name in content.settings


def _shown_length(content: Content, text: str) -> int:
    """How long an answer is on the screen, with German formats for all languages: they differ by a few letters."""
    lines = [filled for line in text.splitlines() if (filled := fill(speech("de"), content, line)) is not None]
    return len(html.unescape(_UNSHOWN.sub("", "\n".join(lines))))


def _content(root: Path) -> Content:
    """What placeholders stand for, without the answers, so that a broken answer does not end the search for others."""
    contacts, facts, settings = (
        yaml.safe_load((root / "content" / f"{name}.yml").read_text(encoding="utf-8"))
        for name in ("contacts", "facts", "settings")
    )
    return Content({}, contacts, facts, settings, {}, {})
