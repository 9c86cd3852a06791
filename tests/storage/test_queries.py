"""Queries on people, questions, places and updates, on both databases."""

from datetime import timedelta

from storage import people, places, updates
from storage.engine import Database
from storage.models import IncomingUpdate, Person, Place, Question
from tests.conftest import NOW


def add(database: Database, address: str, channel: str = "telegram") -> int:
    with database.session() as session:
        return people.add(session, Person(channel=channel, address=address, language="de")).id


def ask(database: Database, person_id: int, text: str, **values: object) -> int:
    with database.session() as session:
        question = Question(person_id=person_id, text=text, language="de", reason="asked", asked_at=NOW, **values)
        return people.add_question(session, question).id


def test_a_person_is_found_by_channel_and_address(database: Database) -> None:
    telegram, terminal = add(database, "1"), add(database, "1", "terminal")
    with database.session() as session:
        assert people.find(session, "telegram", "1").id == telegram
        assert people.find(session, "terminal", "1").id == terminal
        assert people.find(session, "telegram", "2") is None
        assert people.get(session, terminal).channel == "terminal"
        assert people.get(session, 999) is None


def test_removing_a_person_takes_her_questions_and_nobody_elses(database: Database) -> None:
    gone, stays = add(database, "1"), add(database, "2")
    ask(database, gone, "weg")
    ask(database, stays, "bleibt")
    with database.session() as session:
        people.remove(session, gone)
    with database.session() as session:
        assert people.get(session, gone) is None
        assert [question.text for question in people.open_questions(session)] == ["bleibt"]


def test_open_questions_are_the_unanswered_ones_oldest_first(database: Database) -> None:
    someone = add(database, "1")
    ask(database, someone, "eins")
    ask(database, someone, "zwei", answer="ja", answered_at=NOW)
    ask(database, someone, "drei")
    with database.session() as session:
        assert [q.text for q in people.open_questions(session)] == ["eins", "drei"]
        assert [q.text for q in people.questions_of(session, someone)] == ["eins", "zwei", "drei"]


def test_only_questions_answered_before_a_moment_are_purged(database: Database) -> None:
    someone = add(database, "1")
    ask(database, someone, "open")
    ask(database, someone, "old", answer="a", answered_at=NOW - timedelta(days=1))
    ask(database, someone, "fresh", answer="a", answered_at=NOW)
    with database.session() as session:
        people.purge_answered(session, NOW)
    with database.session() as session:
        assert [q.text for q in people.questions_of(session, someone)] == ["open", "fresh"]


def place(key: str, confidence: str = "high", **values: object) -> Place:
    return Place(key=key, kind="school", name=f"Schule {key}", confidence=confidence, **values)


def test_places_are_replaced_keep_their_ids_and_stale_ones_go(database: Database) -> None:
    with database.session() as session:
        places.replace_all(session, [place("a"), place("b"), place("c")])
    with database.session() as session:
        before = {p.key: p.id for p in places.shown(session)}
    with database.session() as session:
        places.replace_all(session, [place("b", phone="02362 1"), place("c"), place("d")])
    with database.session() as session:
        after = {p.key: p for p in places.shown(session)}
        assert set(after) == {"b", "c", "d"}
        assert after["b"].id == before["b"] and after["c"].id == before["c"]
        assert after["b"].phone == "02362 1"
        assert places.get(session, before["a"]) is None


def test_a_place_that_loses_a_value_loses_it_in_the_table(database: Database) -> None:
    with database.session() as session:
        places.replace_all(session, [place("a", phone="02362 1", lat=51.6, lon=6.9)])
    with database.session() as session:
        places.replace_all(session, [place("a")])
    with database.session() as session:
        [stored] = places.shown(session)
        assert (stored.phone, stored.lat, stored.lon) == ("", None, None)


def test_only_sure_enough_places_of_the_kind_are_shown_by_name(database: Database) -> None:
    rows = [place("z"), place("m", "medium"), place("low", "low")]
    kita = Place(key="k", kind="kita", name="Kita", confidence="high")
    with database.session() as session:
        places.replace_all(session, [*rows, kita])
    with database.session() as session:
        assert [p.key for p in places.shown(session, "school")] == ["m", "z"]
        assert {p.key for p in places.shown(session)} == {"m", "z", "k"}


def test_updates_are_kept_once_in_order_and_forgotten_when_handled(database: Database) -> None:
    with database.session() as session:
        assert updates.keep(session, {12: "twelve", 11: "eleven"}, NOW) == [11, 12]
    with database.session() as session:
        assert updates.keep(session, {12: "again", 13: "thirteen"}, NOW) == [13]
    with database.session() as session:
        updates.mark_handled(session, 12, NOW)
    with database.session() as session:
        assert session.get(IncomingUpdate, 12).payload is None
        assert updates.unhandled(session) == ["eleven", "thirteen"]
        updates.purge(session, NOW + timedelta(seconds=1))
    with database.session() as session:
        assert updates.keep(session, {12: "twelve", 11: "eleven"}, NOW) == [12]
