"""Every listed language is complete, and the content pack refers only to what exists and keeps nothing unused."""

import re
from typing import Any

import pytest
import yaml

from actions.content import ROOT, load_content
from actions.services.answering import PLACE_TOPICS
from bot.language_files import LanguageFiles
from bot.language_lint import lint
from bot.language_status import is_translated, key_of, read_catalogue, status
from bot.texts.template import template

FILES = LanguageFiles()
CODES = list(FILES.languages)
CONTENT = load_content()
SHARED_TOPICS = ROOT.parent / "shared" / "topics.yml"
each_language = pytest.mark.parametrize("code", CODES)


def dialogue(name: str) -> Any:
    return yaml.safe_load((ROOT / "nlu_data" / "dialogue" / f"{name}.yml").read_text(encoding="utf-8"))


def intents_of(steps: Any) -> set[str]:
    """Every intent named anywhere in the steps of a rule."""
    if isinstance(steps, dict):
        own = {steps["intent"]} if "intent" in steps else set()
        return own.union(*(intents_of(value) for value in steps.values()))
    return set().union(*map(intents_of, steps)) if isinstance(steps, list) else set()


def test_every_topic_is_an_intent() -> None:
    assert set(CONTENT.topics) - set(dialogue("domain")["intents"]) == set()


def test_every_intent_is_a_topic() -> None:
    assert set(dialogue("domain")["intents"]) - {"nlu_fallback"} - set(CONTENT.topics) == set()


def test_every_topic_has_exactly_one_rule() -> None:
    named = [intent for rule in dialogue("rules")["rules"] for intent in sorted(intents_of(rule["steps"]))]
    assert set(CONTENT.topics) - set(named) == set()
    assert sorted(named) == sorted(set(named))


@each_language
def test_a_language_lacks_nothing(code: str) -> None:
    checks = status(FILES, code)
    assert [check.name for check in checks] == [
        "examples",
        "lexicon",
        "answers",
        "catalogue",
        "phrases",
        "emergency",
        "counting",
    ]
    assert {check.name: check.missing for check in checks if check.missing} == {}


@each_language
def test_a_language_speaks_of_every_topic_that_the_pack_answers(code: str) -> None:
    wanted = {topic.id for topic in CONTENT.topics.values() if topic.group not in ("events", "meta")}
    answered = {topic for topic, text in CONTENT.answers.get(code, {}).items() if text}
    assert answered == wanted
    assert wanted >= set(PLACE_TOPICS)


@each_language
def test_a_catalogue_is_that_of_the_code(code: str) -> None:
    """If this fails: `uv run python -m bot.texts.template`, then translate what is new."""
    catalogue = read_catalogue(ROOT, code, FILES.languages[code].formats)
    assert {key_of(m) for m in catalogue if m.id} == {key_of(m) for m in template() if m.id}
    assert [key_of(m) for m in catalogue if m.id and not is_translated(m)] == []


def test_no_folder_belongs_to_an_unlisted_language() -> None:
    folders = [*(ROOT / "nlu_data").glob("*/examples"), *(ROOT / "nlu_data").glob("*/lexicon.yml")]
    found = {path.parent.name for path in folders}
    for place in ("content/answers", "tests/phrases", "bot/locales"):
        found |= {path.name for path in (ROOT / place).iterdir() if path.is_dir()}
    assert found == set(CODES)


def test_the_lint_finds_nothing() -> None:
    assert [f"{f.path}:{f.line}: {f.text}" for f in lint(LanguageFiles(), CODES)] == []


@pytest.mark.skipif(not SHARED_TOPICS.exists(), reason="no shared contract beside this project")
def test_the_contract_is_the_shared_one() -> None:
    contract = (ROOT / "content" / "contract.yml").read_text(encoding="utf-8")
    assert yaml.safe_load(contract) == yaml.safe_load(SHARED_TOPICS.read_text(encoding="utf-8"))


def placeholders() -> set[str]:
    texts = [text for answers in CONTENT.answers.values() for text in answers.values()]
    return {key for text in texts for key in re.findall(r"\{([^{}]*)\}", text)}


def test_every_placeholder_stands_for_something() -> None:
    fields = {f"{key}.{field}" for key, contact in CONTENT.contacts.items() for field in contact}
    assert placeholders() - fields - set(CONTENT.facts) - set(CONTENT.settings) == set()


def test_every_topics_references_exist() -> None:
    unknown = [
        (topic.id, key)
        for topic in CONTENT.topics.values()
        for keys, known in (
            (topic.contacts, CONTENT.contacts),
            ((*topic.follow_ups, *topic.aspects.values()), CONTENT.topics),
        )
        for key in keys
        if key not in known
    ]
    assert unknown == []


def test_the_packs_details_belong_to_topics() -> None:
    details = yaml.safe_load((ROOT / "content" / "topics.yml").read_text(encoding="utf-8"))
    assert set(details) - set(CONTENT.topics) == set()


def test_every_contact_is_used() -> None:
    used = {key.partition(".")[0] for key in placeholders() if "." in key}
    used.update(key for topic in CONTENT.topics.values() for key in topic.contacts)
    assert set(CONTENT.contacts) - used == set()


def test_every_fact_is_used() -> None:
    assert set(CONTENT.facts) - placeholders() == set()


def test_every_setting_is_used() -> None:
    assert set(CONTENT.settings) - placeholders() == set()


def test_a_key_means_one_thing() -> None:
    assert set(CONTENT.facts) & set(CONTENT.settings) == set()
