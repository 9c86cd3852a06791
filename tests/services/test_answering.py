"""From a topic or a follow-up question to a reply."""

import pytest
import yaml
from sqlmodel import Session

from actions.content import CONTENT, ROOT, Content, load_content
from actions.replies import (
    Answer,
    AskWhere,
    ContactDetails,
    GroupMenu,
    Holidays,
    Lost,
    NoEventsYet,
    NotKnown,
    PlaceKinds,
    Steer,
)
from actions.services import answering
from tests.conftest import NOW

TODAY = NOW.date()
CONTRACT = yaml.safe_load((CONTENT / "contract.yml").read_text(encoding="utf-8"))
TOPICS = {topic["id"]: topic["group"] for topic in CONTRACT["topics"]}
THINGS = frozenset(yaml.safe_load((ROOT / "nlu_data" / "concepts.yml").read_text(encoding="utf-8"))["things"])


@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_of_the_contract_opens(session: Session, content: Content, topic: str) -> None:
    reply = answering.open_topic(session, content, topic, TODAY)
    special = {"school_holidays": Holidays, "kita_search": PlaceKinds, "school_search": PlaceKinds}
    by_group = {"meta": Steer, "events": NoEventsYet}
    assert type(reply) is special.get(topic, by_group.get(TOPICS[topic], Answer))
    if isinstance(reply, Answer | NoEventsYet):
        assert reply.topic == topic


def test_the_pack_has_the_contracts_topics_in_its_order(content: Content) -> None:
    assert list(content.topics) == list(TOPICS)
    assert {topic: details.group for topic, details in content.topics.items()} == TOPICS
    assert [topic for group in content.groups.values() for topic in group] == sorted(
        TOPICS, key=lambda topic: list(content.groups).index(TOPICS[topic])
    )


@pytest.mark.parametrize("topic", ["", "kita", "kita_registration/x", "DROP TABLE"])
def test_an_unknown_topic_is_lost(session: Session, content: Content, topic: str) -> None:
    assert answering.open_topic(session, content, topic, TODAY) == Lost()


def test_groups_open_and_unknown_ones_are_lost(content: Content) -> None:
    for group in content.groups:
        assert answering.open_group(content, group) == GroupMenu(group)
    assert answering.open_group(content, "nothing") == Lost()


@pytest.mark.parametrize("topic", TOPICS)
def test_what_a_topic_refers_to_exists(content: Content, topic: str) -> None:
    details = content.topics[topic]
    assert set(details.follow_ups) | set(details.aspects.values()) <= set(content.topics)
    assert set(details.contacts) <= set(content.contacts)
    assert len(details.follow_ups) <= 3
    assert topic not in details.follow_ups
    if details.group not in ("meta", "events"):
        assert details.checked is not None
        assert all(source.url.startswith("http") and source.as_of for source in details.sources)


@pytest.mark.parametrize(
    ("topic", "aspect", "reply"),
    [
        ("kita_registration", "cost", Answer("kita_fees")),
        ("kita_registration", "hours", Answer("kita_hours")),
        ("kita_registration", "phone", ContactDetails("kita_registration", ("kita_navigator", "youth_office"))),
        ("childminder", "cost", Answer("childminder")),
        ("childminder", "documents", NotKnown("childminder", "documents")),
        ("school_absence", "phone", ContactDetails("school_absence", ())),
        ("school_absence", "cost", NotKnown("school_absence", "cost")),
    ],
)
def test_a_follow_up_is_answered_from_the_pack_or_honestly_not(
    session: Session, content: Content, topic: str, aspect: str, reply: object
) -> None:
    assert answering.follow_up(session, content, topic, aspect, TODAY) == reply


def test_near_me_asks_where(session: Session, content: Content) -> None:
    reply = answering.follow_up(session, content, "kita_fees", "near", TODAY)
    assert isinstance(reply, AskWhere)
    assert reply.place_kind == "kita"
    assert answering.follow_up(session, content, "school_costs", "near", TODAY) == NotKnown("school_costs", "near") or (
        content.topics["school_costs"].aspects.get("near")
    )


@pytest.mark.parametrize(
    ("text", "concepts", "aspect"),
    [
        ("und die Telefonnummer?", ["phone_number"], "phone"),
        ("Was kostet das?", ["how_much"], "cost"),
        ("free?", ["free_of_charge"], "cost"),
        ("in der Nähe?", ["near"], "near"),
        ("wann offen", ["opening_hours"], "hours"),
        ("welche Papiere", ["documents_needed"], "documents"),
        ("die Antwort kostet Geld?", ["answer", "money", "how_much"], "cost"),
        ("Was kostet die Kita?", ["how_much", "kita"], None),
        ("hallo", ["greeting"], None),
        ("", [], None),
        ("eins zwei drei vier fünf sechs kostet", ["how_much"], "cost"),
        ("eins zwei drei vier fünf sechs sieben kostet", ["how_much"], None),
    ],
)
def test_only_a_short_message_without_a_subject_is_a_follow_up(
    text: str, concepts: list[str], aspect: str | None
) -> None:
    assert answering.asked_aspect(text, concepts, THINGS) == aspect


def test_the_concepts_of_follow_ups_exist() -> None:
    sections = yaml.safe_load((ROOT / "nlu_data" / "concepts.yml").read_text(encoding="utf-8"))
    known = {concept for section in sections.values() for concept in section}
    assert set(answering._ASPECT_OF_CONCEPT) <= known
    assert known >= answering._NO_SUBJECT


def test_the_teams_settings_go_before_the_packs_empty_ones(tmp_path, content: Content) -> None:
    own = tmp_path / "settings.yml"
    own.write_text("mittendrin_phone: '02362 1'\nnot_a_setting: x\nmittendrin_hours:\n", encoding="utf-8")
    settings = load_content(settings=own).settings
    assert settings["mittendrin_phone"] == "02362 1"
    assert settings["mittendrin_hours"] == ""
    assert set(settings) == set(content.settings)
    assert load_content(settings=tmp_path / "missing.yml").settings == content.settings
