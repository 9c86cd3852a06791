"""Finding schools and Kitas: by name, district, street, type and distance."""

import pytest
from sqlmodel import Session, select

from actions.content import place_rows
from actions.replies import AskWhere, NearestPlaces, PlaceCard, PlaceKinds, PlaceList
from actions.services import places
from storage.engine import Database
from storage.models import Place

# The Antoniusschule, Heroldstr. 1.
ANTONIUS = (51.676242, 6.936933)


def row(key: str, **values: str) -> dict[str, str]:
    columns = place_rows()[0].keys()
    return {**dict.fromkeys(columns, ""), "key": key, "kind": "kita", "name": key, "confidence": "high", **values}


@pytest.mark.parametrize(
    ("kind", "typed", "name"),
    [
        ("school", "Petrinum", "Städt. Gymnasium Petrinum"),
        ("school", "wo ist das gymnasium petrinom", "Städt. Gymnasium Petrinum"),
        ("school", "مدرسة بيترينوم", "Städt. Gymnasium Petrinum"),
        ("school", "школа Петрінум", "Städt. Gymnasium Petrinum"),
        ("school", "агаташуле", "Agathaschule"),
        ("school", "Adresse der Pestalozischule", "Pestalozzischule"),
        ("school", "вільгельм лембрук", "Wilhelm-Lehmbruck-Schule"),
        ("school", "Von Ketteler", "von-Ketteler-Schule"),
        ("school", "Grüne Schule Talaue", "Grüne Schule an der Talaue"),
        ("kita", "Kita St. Agatha", "Kath. Kita St. Agatha (Westwall)"),
        ("kita", "Nicolaus", "Kath. Kita St. Nikolaus (Familienzentrum)"),
        ("kita", "Kita Kreskenhof Telefon", "Städt. Kita Am Kreskenhof"),
    ],
)
def test_a_named_place_gives_its_card(session: Session, kind: str, typed: str, name: str) -> None:
    reply = places.search(session, kind, typed, [], None)
    assert isinstance(reply, PlaceCard)
    assert reply.place.name == name


def test_a_name_that_two_places_share_gives_both(session: Session) -> None:
    reply = places.search(session, "school", "Montessori", [], None)
    assert isinstance(reply, PlaceList)
    assert {place.name for place in reply.places} == {"Maria-Montessori-Schule Dorsten", "Montessori-Reformschule"}


@pytest.mark.parametrize(
    ("typed", "district"),
    [
        ("Kita in Hervest", "Hervest"),
        ("садок Хервест", "Hervest"),
        ("روضة في هاردت", "Hardt"),
        ("in Holsterhausn", "Holsterhausen"),
        ("Rade", "Rhade"),
        ("wulfen", "Wulfen"),
        ("هولسترهاوزن", "Holsterhausen"),
        ("Lembeck", "Lembeck"),
    ],
)
def test_a_district_gives_its_places(session: Session, typed: str, district: str) -> None:
    reply = places.search(session, "school" if district == "Lembeck" else "kita", typed, [], None)
    assert isinstance(reply, PlaceList)
    assert reply.heading == district


@pytest.mark.parametrize("district", places.DISTRICTS)
def test_a_district_lists_its_own_places_first_then_its_postcode(session: Session, district: str) -> None:
    reply = places.in_district(session, "school", district)
    inside = [place.district == district for place in reply.places]
    assert inside == sorted(inside, reverse=True)
    assert {place.postcode for place in reply.places} == {places.DISTRICTS[district]}
    assert len(reply.places) <= places.LISTED
    assert all(place.kind == "school" for place in reply.places)


def test_a_district_that_dorsten_has_not_is_an_error(session: Session) -> None:
    with pytest.raises(KeyError):
        places.in_district(session, "kita", "Kreuzberg")


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("Ich wohne Heroldstr.", "Antoniusschule"),
        ("Bismarckstr", "von-Ketteler-Schule"),
        ("Bismarckstraße", "von-Ketteler-Schule"),
        ("Marler Straße", "Haldenwangschule"),
    ],
)
def test_a_street_gives_what_is_near_it(session: Session, typed: str, nearest: str) -> None:
    reply = places.search(session, "school", typed, [], None)
    assert isinstance(reply, NearestPlaces)
    assert reply.places[0].name == nearest


@pytest.mark.parametrize(
    ("school_type", "count"),
    [("primary_school", 12), ("secondary_school", 6), ("special_school", 3), ("vocational_school", 1)],
)
def test_a_school_type_gives_all_of_it(session: Session, school_type: str, count: int) -> None:
    reply = places.search(session, "school", "welche gibt es", [school_type], ANTONIUS)
    assert reply == places.of_type(session, school_type)
    assert isinstance(reply, PlaceList)
    assert len(reply.places) == count


def test_without_a_name_what_is_near_or_the_choice(session: Session) -> None:
    text = "xyz"
    assert isinstance(places.search(session, "kita", text, [], None), PlaceKinds)
    assert isinstance(places.search(session, "kita", text, ["near"], None), AskWhere)
    assert places.search(session, "kita", text, [], ANTONIUS) == places.nearest(session, "kita", *ANTONIUS)
    assert isinstance(places.search(session, "kita", text, ["primary_school"], None), PlaceKinds)


def test_the_choice_counts_only_what_is_shown(session: Session) -> None:
    reply = places.kinds(session, "kita")
    shown = [place for place in session.exec(select(Place)) if place.kind == "kita" and place.confidence != "low"]
    assert dict(reply.districts)["Holsterhausen"] == sum(place.district == "Holsterhausen" for place in shown)
    assert "Wulfen" not in dict(reply.districts)
    assert places.ask_where(session, "kita").districts == reply.districts
    assert dict(places.kinds(session, "school").school_types)["vocational_school"] == 1


def test_nearest_orders_by_distance_and_says_how_sure_it_is(session: Session) -> None:
    schools = places.nearest(session, "school", *ANTONIUS).places
    assert [place.name for place in schools] == ["Antoniusschule", "Bonifatiusschule", "Neue Sekundarschule Dorsten"]
    assert schools[0].metres == 0
    # 0.014490° of longitude at 51.68° north, 97 m of latitude (haversine by hand).
    assert schools[1].metres == pytest.approx(1006, abs=5)
    assert {place.precision for place in schools} == {"exact"}
    kitas = places.nearest(session, "kita", *ANTONIUS).places
    assert kitas[0].name == "Kath. Kita St. Antonius (Holsterhausen)"
    assert [place.precision for place in kitas[:2]] == ["street", "district"]


def test_a_place_known_by_its_district_stands_behind_one_that_is_surely_near(database: Database) -> None:
    rows = [
        row("exact", district="Hardt", lat="51.6600", lon="6.9500"),
        row("district", district="Hardt"),
        row("nowhere"),
    ]
    with database.session() as session:
        places.import_places(session, rows)
    with database.session() as session:
        found = places.nearest(session, "kita", 51.6640, 6.9500).places
        assert [place.name for place in found] == ["exact", "district"]
        # Some 445 m both; the doubt decides, and "nowhere" has no distance at all.
        assert found[0].metres == found[1].metres


def test_a_place_on_a_school_street_takes_its_position(session: Session) -> None:
    [kita] = [p for p in places.in_district(session, "kita", "Holsterhausen").places if "Antonius" in p.name]
    assert (kita.lat, kita.lon, kita.precision) == (*ANTONIUS, "street")


@pytest.mark.parametrize("kind", ["kita", "school", "office"])
def test_only_places_of_high_or_medium_confidence_are_shown(session: Session, kind: str) -> None:
    low = {r["name"] for r in place_rows() if r["confidence"] == "low" and r["kind"] == kind}
    seen = set()
    for district in places.DISTRICTS:
        seen |= {place.name for place in places.in_district(session, kind, district).places}
    seen |= {place.name for place in places.nearest(session, kind, *ANTONIUS).places}
    assert not seen & low
    assert isinstance(places.search(session, "kita", "Wennemar", [], None), PlaceKinds)


def test_a_card_shows_no_doubtful_place_and_none_that_is_gone(session: Session) -> None:
    stored = {place.confidence: place for place in session.exec(select(Place))}
    assert places.card(session, stored["low"].id) is None
    assert places.card(session, 99_999) is None
    sure, unsure = places.card(session, stored["high"].id), places.card(session, stored["medium"].id)
    assert sure is not None and sure.place.sure
    assert unsure is not None and not unsure.place.sure


def test_importing_again_changes_nothing(session: Session) -> None:
    before = [place.model_dump() for place in session.exec(select(Place).order_by(Place.id))]
    assert places.import_places(session, place_rows()) == len(place_rows()) == len(before)
    session.flush()
    session.expire_all()
    assert [place.model_dump() for place in session.exec(select(Place).order_by(Place.id))] == before


def test_importing_removes_what_the_pack_no_longer_has(session: Session) -> None:
    kept = place_rows()[3:]
    gone = place_rows()[0]["name"]
    places.import_places(session, kept)
    assert places.search(session, "school", gone, [], None) == places.kinds(session, "school")
    assert len(session.exec(select(Place)).all()) == len(kept)


def test_every_district_of_the_pack_is_one_of_dorstens() -> None:
    rows = [r for r in place_rows() if r["district"]]
    assert {r["district"] for r in rows} <= set(places.DISTRICTS)
    assert all(r["postcode"] in ("", places.DISTRICTS[r["district"]]) for r in rows)
