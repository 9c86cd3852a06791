"""What a language still lacks."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po

from actions.content import ROOT
from bot.language_files import LanguageFiles
from bot.texts.speech import DOMAIN
from bot.texts.template import path_of, template
from nlu_data.text.counting import IDS as COUNTED
from nlu_data.text.emergency import TOPICS as DANGERS

FEWEST_EXAMPLES = 40
# There are not so many ways to greet or to thank.
FEWER_EXAMPLES = dict.fromkeys(("greet", "goodbye", "thanks", "affirm", "deny"), 30)
FEWEST_CONCEPTS = 250
FEWEST_PHRASES = 3
FEWEST_PATTERNS = 40
# What reading a catalogue may raise.
UNREADABLE = (OSError, PoFileError, UnicodeDecodeError)


@dataclass(frozen=True)
class Check:
    """One column of the status: how much of what is needed is there, and what is missing, item by item."""

    name: str
    have: int
    need: int
    missing: tuple[str, ...]


def status(files: LanguageFiles, code: str) -> list[Check]:
    """The checks of a language, always in the same order."""
    examples: Counter[str] = Counter()
    for intent in files.examples(code):
        examples[intent.topic.text] += len(intent.examples)
    phrases: Counter[str] = Counter()
    for entry in files.phrases(code):
        phrases[entry.key.text] += len(entry.texts)
    patterns = {entry.key.text: len(entry.texts) for entry in files.emergency(code)}
    counted = {entry.key.text for entry in files.counting(code) if entry.texts}
    answered = {entry.key.text for entry in files.answers(code) if entry.texts[0].text}
    return [
        _counted("examples", dict.fromkeys(files.topics, FEWEST_EXAMPLES) | FEWER_EXAMPLES, examples),
        _lexicon(files, code),
        _listed("answers", files.answered_topics, [topic for topic in files.answered_topics if topic not in answered]),
        _catalogue(files.root, code, files.languages[code].formats),
        _counted("phrases", dict.fromkeys(files.topics, FEWEST_PHRASES), phrases),
        _counted("emergency", dict.fromkeys(DANGERS, FEWEST_PATTERNS), patterns),
        _listed("counting", COUNTED, [word for word in COUNTED if word not in counted]),
    ]


def key_of(message: Message) -> str:
    """A sentence of the catalogue as a volunteer finds it: its English text, or what its name belongs to."""
    text = message.id if isinstance(message.id, str) else message.id[0]
    return f"{message.context} {text}" if message.context else text


def read_catalogue(root: Path, code: str, formats: str) -> Catalog:
    """A language's catalogue; one of UNREADABLE is raised if there is none or it is broken."""
    with (root / path_of(code).relative_to(ROOT)).open("rb") as file:
        return read_po(file, locale=formats, domain=DOMAIN, abort_invalid=True)


def is_translated(message: Message) -> bool:
    """Whether every form of a sentence has a text that nobody marked as doubtful."""
    forms = (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))
    return all(forms) and not message.fuzzy


def _counted(name: str, needs: Mapping[str, int], counts: Mapping[str, int]) -> Check:
    missing = [f"{item} {counts.get(item, 0)} of {need}" for item, need in needs.items() if counts.get(item, 0) < need]
    return Check(name, len(needs) - len(missing), len(needs), tuple(missing))


def _listed(name: str, wanted: Iterable[str], missing: Iterable[str]) -> Check:
    lacking = tuple(missing)
    need = len(list(wanted))
    return Check(name, need - len(lacking), need, lacking)


def _lexicon(files: LanguageFiles, code: str) -> Check:
    filled = {entry.key.text for entry in files.lexicon(code) if entry.texts}
    concepts = [concept for section in files.concepts.values() for concept in section]
    have = len(filled.intersection(concepts))
    missing = [concept for concept in concepts if concept not in filled] if have < FEWEST_CONCEPTS else []
    return Check("lexicon", have, FEWEST_CONCEPTS, tuple(missing))


def _catalogue(root: Path, code: str, formats: str) -> Check:
    wanted = [message for message in template() if message.id]
    try:
        catalogue = read_catalogue(root, code, formats)
    except UNREADABLE:
        catalogue = Catalog()
    missing = [
        key_of(message)
        for message in wanted
        if catalogue is None or (own := catalogue.get(message.id, message.context)) is None or not is_translated(own)
    ]
    return _listed("catalogue", map(key_of, wanted), missing)
