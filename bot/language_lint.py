"""What is wrong in volunteers' files, with file and line, in words that say what to do."""

import re
from collections.abc import Iterable

from bot.language_files import Finding, Intent, LanguageFiles, Line
from bot.language_lint_texts import lint_answers, lint_catalogue
from bot.language_scripts import mostly_in
from nlu_data.text.counting import IDS as COUNTED
from nlu_data.text.emergency import TOPICS as EMERGENCY_TOPICS
from nlu_data.text.normalise import normalise
from nlu_data.text.patterns import parse

SHORTEST_STEM = 3
# Files that hold topics of any group: more for those that deserve many (danger, out of scope), and little stories.
MORE, SITUATIONS = "more", "situations"
# So many words are hardly the same in two languages by accident.
COPIED_FROM = 4
_MARKUP = re.compile(r"[\[\]{}()]")


def lint(files: LanguageFiles, codes: Iterable[str]) -> list[Finding]:
    """All findings in the files of these languages, by file and line."""
    chosen = set(codes)
    intents = {code: files.examples(code) for code in files.languages}
    trained: dict[str, Line] = {}
    for line in (line for each in intents.values() for intent in each for line in intent.examples):
        trained.setdefault(normalise(line.text), line)
    for code in chosen:
        _examples(files, code, intents[code], trained)
        _lexicon(files, code)
        _emergency(files, code)
        _counting(files, code)
        _phrases(files, code, trained)
        lint_answers(files, code)
        lint_catalogue(files, code)
        for entry in files.answers(code):
            _known_topic(files, entry.key)
        for entry in files.phrases(code):
            _known_topic(files, entry.key, MORE)
    # What cannot be read in another language's files is no concern of these.
    found = [finding for finding in files.findings if chosen.intersection(finding.path.parts)]
    return sorted(found, key=lambda finding: (str(finding.path), finding.line))


def _examples(files: LanguageFiles, code: str, intents: list[Intent], trained: dict[str, Line]) -> None:
    """`trained`: for each message of all languages, normalised, where it stands first."""
    script = files.languages[code].script
    seen: dict[str, tuple[str, Line]] = {}
    for intent in intents:
        topic = intent.topic.text
        _known_topic(files, intent.topic, MORE, SITUATIONS)
        if intent.language != code:
            files.report(intent.topic, f"{topic}: metadata must say `language: {code}`, not {intent.language!r}")
        _scripts(files, script, topic, intent.examples)
        for line in intent.examples:
            if _MARKUP.search(line.text) or line.text.startswith("/"):
                files.report(line, f"write it without brackets and without a leading slash: {line.text}")
            spelling = normalise(line.text)
            owner = trained[spelling].path.parent.parent.name
            if owner != code and len(line.text.split()) >= COPIED_FROM:
                files.report(
                    line, f"stands in {owner} too, word for word; write it as a speaker of {code} would: {line.text}"
                )
            other, first = seen.setdefault(spelling, (topic, line))
            if other != topic and spelling:
                where = f"{first.path.name} line {first.number}"
                files.report(line, f"stands under {other} too ({where}); keep it where it belongs: {line.text}")


def _scripts(files: LanguageFiles, script: str, topic: str, lines: Iterable[Line]) -> None:
    """Messages in a foreign alphabet. Where the own is not Latin, up to half of a topic may be romanised."""
    listed = list(lines)
    used = [mostly_in(line.text) for line in listed]
    allowed = (script.upper(), "LATIN", "")
    for line, letters in zip(listed, used, strict=True):
        if letters not in allowed:
            files.report(line, f"is mostly in {letters.title()} letters, the language is in {script}: {line.text}")
    romanised, own = used.count("LATIN"), used.count(script.upper())
    if script != "Latin" and romanised > max(own, 1):
        first = listed[used.index("LATIN")]
        files.report(first, f"{topic}: {romanised} messages in Latin letters, only {own} in {script}; at most half")


def _lexicon(files: LanguageFiles, code: str) -> None:
    concepts = {concept for section in files.concepts.values() for concept in section}
    for entry in files.lexicon(code):
        if entry.key.text not in concepts:
            files.report(entry.key, f"{entry.key.text} is no concept of nlu_data/concepts.yml")
        for word in entry.texts:
            _word(files, word, word.text)


def _counting(files: LanguageFiles, code: str) -> None:
    for entry in files.counting(code):
        if entry.key.text not in COUNTED:
            files.report(entry.key, f"{entry.key.text} is none of the words of counting.yml: {', '.join(COUNTED)}")
        for word in entry.texts:
            _word(files, word, word.text)


def _emergency(files: LanguageFiles, code: str) -> None:
    for entry in files.emergency(code):
        if entry.key.text not in EMERGENCY_TOPICS:
            files.report(entry.key, f"{entry.key.text}: only {' and '.join(EMERGENCY_TOPICS)} stand in this file")
        for pattern in entry.texts:
            groups = pattern.text.split(" + ")
            for option in re.split(r" \+ |\|", pattern.text):
                _word(files, pattern, option, alone=len(groups) == 1)


def _word(files: LanguageFiles, at: Line, option: str, *, alone: bool = True) -> None:
    """One entry of a lexicon or option of a pattern. A stem that never stands alone may be short."""
    parts = parse(option)
    if not parts:
        files.report(at, f"{option!r} has no letters to look for")
    elif alone and len(parts) == 1 and (parts[0].before or parts[0].behind) and len(parts[0].letters) < SHORTEST_STEM:
        files.report(at, f"{option}: * needs at least {SHORTEST_STEM} letters; write the whole words")


def _phrases(files: LanguageFiles, code: str, trained: dict[str, Line]) -> None:
    seen: dict[str, tuple[str, Line]] = {}
    for entry in files.phrases(code):
        for phrase in entry.texts:
            spelling = normalise(phrase.text)
            if not spelling:
                files.report(phrase, f"{entry.key.text}: an empty phrase measures nothing; write it or leave it out")
                continue
            if example := trained.get(spelling):
                where = f"{example.path.relative_to(files.room)} line {example.number}"
                files.report(phrase, f"is trained on ({where}), so it measures nothing: {phrase.text}")
            topic, first = seen.setdefault(spelling, (entry.key.text, phrase))
            if first is not phrase:
                files.report(phrase, f"stands in {first.path.name} line {first.number} ({topic}) too: {phrase.text}")


def _known_topic(files: LanguageFiles, key: Line, *of_any_group: str) -> None:
    """The topic exists and stands in its group's file, or in one that may hold any."""
    row = files.topics.get(key.text)
    if row is None:
        files.report(key, f"{key.text} is no topic of content/contract.yml")
    elif key.path.stem not in (row["group"], *of_any_group):
        files.report(key, f"{key.text} belongs into {row['group']}.yml")
