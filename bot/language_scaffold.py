"""The empty files of a new language: valid from the first moment, with a note at everything that is to be written."""

import io
import re
from pathlib import Path

import yaml
from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from actions.content import ROOT
from bot.language_files import LanguageFiles
from bot.language_scripts import script_of
from bot.texts.languages import Language
from bot.texts.speech import DOMAIN
from bot.texts.template import path_of, template
from nlu_data.text.counting import IDS as COUNTED

_CODE = re.compile(r"[a-z]{2,3}")
# Where Unicode's alphabets and syllabaries end and symbols and ideographs begin.
_ALPHABETS_END = 0x2000
_STYLES = """\
#   plain: "…"        # a full question
#   short: "…"        # one to four words
#   situation: "…"    # two or three sentences, the need indirect or last
#   angle: "…"        # another point of view: worried, for a friend, a statement
#   messy: "…"        # misspelt, without accents, in Latin letters, mixed with German
"""


class ScaffoldError(Exception):
    """The language cannot be begun; the message says why."""


def scaffold(language: Language, root: Path = ROOT) -> list[Path]:
    """Write a new language's files below `root` and list it in languages.yml; returns them, relative to `root`.

    ScaffoldError, and nothing written, if a value is wrong or anything of the language exists already.
    """
    files = LanguageFiles(root)
    _check(language, files)
    texts = _texts(language, files)
    existing = [path for path in texts if (root / path).exists()]
    if existing:
        raise ScaffoldError("already there, nothing was written: " + ", ".join(map(str, existing)))
    for path, text in texts.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(text.encode() if isinstance(text, str) else text)
    listed = files.room / "languages.yml"
    row = {key: getattr(language, key) for key in ("native", "direction", "script", "formats", "german")}
    line = yaml.safe_dump({language.code: row}, default_flow_style=None, allow_unicode=True, sort_keys=False, width=999)
    listed.write_text(listed.read_text(encoding="utf-8").rstrip("\n") + "\n" + line, encoding="utf-8")
    return [*texts, listed.relative_to(root)]


def known_script(name: str) -> bool:
    """Whether letters of Unicode's alphabets are called so: Latin, Arabic, Cyrillic, Ethiopic …"""
    return any(script_of(chr(point)) == name.upper() for point in range(_ALPHABETS_END))


def _check(language: Language, files: LanguageFiles) -> None:
    if not _CODE.fullmatch(language.code):
        raise ScaffoldError(f"{language.code!r}: the code has two or three small letters (ISO 639), for example so")
    if language.code in files.languages:
        raise ScaffoldError(f"{language.code} is listed in nlu_data/languages.yml already")
    if not language.native.strip() or not language.german.strip():
        raise ScaffoldError("--native and --german must not be empty")
    if language.direction not in ("ltr", "rtl"):
        raise ScaffoldError(f"--direction {language.direction}: write ltr or rtl")
    if not known_script(language.script):
        raise ScaffoldError(f"--script {language.script}: unknown; for example Latin, Arabic, Cyrillic, Ethiopic")
    try:
        Locale.parse(language.formats)
    except (UnknownLocaleError, ValueError, TypeError):
        raise ScaffoldError(f"--formats {language.formats}: no known locale; for example so_SO, or only so") from None


def _texts(language: Language, files: LanguageFiles) -> dict[Path, str | bytes]:
    code = language.code
    room = Path("nlu_data") / code
    groups: dict[str, list[str]] = {}
    for topic, row in files.topics.items():
        groups.setdefault(row["group"], []).append(topic)
    texts: dict[Path, str | bytes] = {
        room / "examples" / f"{group}.yml": _examples(code, topics, files) for group, topics in groups.items()
    }
    texts[room / "lexicon.yml"] = _lexicon(language, files)
    texts[room / "emergency.yml"] = _emergency()
    texts[room / "counting.yml"] = _counting()
    german = {entry.key.text: entry.texts[0].text for entry in files.answers("de")}
    for group, topics in groups.items():
        if answered := [topic for topic in topics if topic in files.answered_topics]:
            texts[Path("content/answers") / code / f"{group}.yml"] = _answers(answered, german)
    for group, topics in groups.items():
        texts[Path("tests/phrases") / code / f"{group}.yml"] = _phrases(topics, files)
    texts[path_of(code).relative_to(ROOT)] = _catalogue(language)
    return texts


def _examples(code: str, topics: list[str], files: LanguageFiles) -> str:
    # A code such as "no" must not be read as a truth value.
    quoted = yaml.safe_dump(code).split("\n")[0]
    blocks = [
        f"# {files.topics[topic]['means']}\n- intent: {topic}\n  metadata:\n    language: {quoted}\n  examples: |\n"
        for topic in topics
    ]
    return 'version: "3.1"\nnlu:\n' + "\n".join(blocks)


def _lexicon(language: Language, files: LanguageFiles) -> str:
    lines = [
        f"# The words that stand for each concept of ../concepts.yml in this language ({language.german}).",
        "# `word` = that word, `stem*` = words that begin so, `*part*` = words that contain it,",
        '# several words stand in quotes; accents are ignored. Write them so: [word, stem*, "two words"].',
    ]
    for section, concepts in files.concepts.items():
        lines.append(f"# --- {section}")
        lines += [f"{concept}: []  # {gloss}" for concept, gloss in concepts.items()]
    return "\n".join(lines) + "\n"


def _emergency() -> str:
    return (
        "# Danger, recognised by rule besides the model. The parts of a pattern, joined by ` + `, must all occur, in\n"
        "# any order; `|` divides a part's alternatives; words are written as in lexicon.yml. Replace each [] by\n"
        '# lines with one pattern each, in quotes:   - "child*|son|baby + not breathing|unconscious*"\n'
        "# Danger to life: ambulance, fire, not breathing, unconscious, bleeding, poison, accident, suicide, birth.\n"
        "emergency: []\n"
        "# Violence: hits, threatens, rapes, locks up, forced marriage, afraid of husband or relatives, child is hit.\n"
        "violence_help: []\n"
    )


def _counting() -> str:
    head = (
        "# Words for days, numbers (n1 = one …) and who comes along, written as in lexicon.yml. one_child: my son, my\n"
        "# daughter; two_children, two_adults: words that mean exactly two; more_adults: my mother, a friend; alone:\n"
        "# only me; nobody: without children. Where words overlap, the longest counts.\n"
    )
    return head + "".join(f"{word}: []\n" for word in COUNTED)


def _answers(topics: list[str], german: dict[str, str]) -> str:
    blocks = []
    for topic in topics:
        original = "".join(f"# {line}\n" for line in german.get(topic, "").splitlines())
        blocks.append(f'{original}{topic}: ""\n')
    head = (
        "# Write each answer below its German text, as `topic: |` and indented lines; keep {what stands so} as it is.\n"
    )
    return head + "\n" + "\n".join(blocks)


def _phrases(topics: list[str], files: LanguageFiles) -> str:
    head = (
        "# Phrases that measure the understanding. They are never trained on: write them without looking at the\n"
        f"# examples. Replace each {{}} by five lines of this kind:\n{_STYLES}"
    )
    return head + "\n" + "\n".join(f"# {files.topics[topic]['means']}\n{topic}: {{}}\n" for topic in topics)


def _catalogue(language: Language) -> bytes:
    catalogue = Catalog(locale=language.formats, domain=DOMAIN)
    catalogue.update(template(), no_fuzzy_matching=True)
    written = io.BytesIO()
    write_po(written, catalogue, width=110, sort_output=False)
    return written.getvalue()
