"""Schools, Kitas and other places: lists, names, and what is near."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from statistics import mean

from sqlmodel import Session

from actions.replies import AskWhere, NearestPlaces, PlaceCard, PlaceKinds, PlaceList, PlaceView, Reply
from actions.services import names
from storage import places as table
from storage.models import Place

SHOWN = 3
LISTED = 8
# Dorsten's eleven districts (facts, section 20) and the postcode of each.
DISTRICTS = {
    "Altstadt": "46282",
    "Hardt": "46282",
    "Feldmark": "46282",
    "Östrich": "46282",
    "Altendorf-Ulfkotte": "46282",
    "Holsterhausen": "46284",
    "Hervest": "46284",
    "Wulfen": "46286",
    "Lembeck": "46286",
    "Rhade": "46286",
    "Deuten": "46286",
}
# What each school type's concept of the lexicon covers, by the words of the official type.
SCHOOL_TYPES = {
    "primary_school": ("Grundschule",),
    "secondary_school": ("Sekundarschule", "Gesamtschule", "Gymnasium", "Realschule"),
    "special_school": ("Förderschule",),
    "vocational_school": ("Berufskolleg",),
}
# Words that many names share and that therefore name no place.
_COMMON = set(
    names.words(
        "kath ev städt kita kindergarten familienzentrum verbund schule gymnasium realschule sekundarschule "
        "gesamtschule grundschule berufskolleg förderschule dorsten st sankt der an am zur von neue grüne "
        "kindertageseinrichtung reformschule stadt amt für und str straße strasse im auf maria"
    )
)
_EARTH_METRES = 6_371_000
_DISTRICT_DOUBT = 1000


def import_places(session: Session, rows: Iterable[Mapping[str, str]]) -> int:
    """Make the table hold exactly the rows of places.csv; returns how many. Safe to repeat."""
    places = [_from_row(row) for row in rows]
    _place_by_street(places)
    table.replace_all(session, places)
    return len(places)


def kinds(session: Session, kind: str) -> PlaceKinds:
    """The choice to start from: how many places of a kind are where, and of which school type."""
    shown = table.shown(session, kind)
    types = Counter(key for place in shown for key in SCHOOL_TYPES if _is_of_type(place, key))
    return PlaceKinds(kind, _by_district(shown), tuple((key, types[key]) for key in SCHOOL_TYPES if types[key]))


def ask_where(session: Session, kind: str) -> AskWhere:
    """Asks for the location, with the districts as buttons for those who don't want to share it."""
    return AskWhere(kind, _by_district(table.shown(session, kind)))


def in_district(session: Session, kind: str, district: str) -> PlaceList:
    """Places in a district, or where none is known those of its postcode; KeyError for no district of Dorsten."""
    postcode = DISTRICTS[district]
    shown = table.shown(session, kind)
    inside = [place for place in shown if place.district == district]
    around = [place for place in shown if place.postcode == postcode]
    return PlaceList(kind, district, tuple(view(place) for place in (inside or around)[:LISTED]))


def of_type(session: Session, school_type: str) -> PlaceList:
    """All schools of a type of SCHOOL_TYPES."""
    shown = [place for place in table.shown(session, "school") if _is_of_type(place, school_type)]
    return PlaceList("school", school_type, tuple(view(place) for place in shown))


def card(session: Session, place_id: int) -> PlaceCard | None:
    """One place by its id, or None if it is gone or not sure enough to show."""
    place = table.get(session, place_id)
    return PlaceCard(view(place)) if place and place.confidence in ("high", "medium") else None


def nearest(session: Session, kind: str, lat: float, lon: float) -> NearestPlaces:
    """The nearest places of a kind to a WGS84 position; places without a position are left out.

    A Kita has no sourced position of its own: it takes that of a school in its street, else the mean of its
    district's schools, and its distance is marked as approximate (`precision`).
    """
    centres = _centres(table.shown(session))
    found = []
    for place in table.shown(session, kind):
        position, precision = _position(place, centres)
        if position:
            metres = round(_distance(lat, lon, *position))
            found.append(replace(view(place), metres=metres, precision=precision))
    return NearestPlaces(kind, tuple(sorted(found, key=_nearness)[:SHOWN]))


def search(
    session: Session, kind: str, text: str, concepts: Iterable[str], location: tuple[float, float] | None
) -> Reply:
    """Answer a typed question for places: a named one, a district, a street, a type, what is near, else the choice."""
    typed = names.words(text)
    named = by_name(session, typed, kind)
    if len(named) == 1:
        return PlaceCard(named[0])
    if named:
        return PlaceList(kind, "", tuple(named))
    if district := _district(typed):
        return in_district(session, kind, district)
    if street := _on_street(session, typed):
        return nearest(session, kind, *street)
    found = set(concepts)
    if kind == "school":
        for school_type in SCHOOL_TYPES:
            if school_type in found:
                return of_type(session, school_type)
    if location:
        return nearest(session, kind, *location)
    return ask_where(session, kind) if "near" in found else kinds(session, kind)


def by_name(session: Session, typed: list[str], kind: str | None = None) -> list[PlaceView]:
    """Places whose own name was typed, misspelt or in another script; best first, at most three."""
    scored = []
    for place in table.shown(session, kind):
        own = [word for word in names.words(place.name.split("(")[0]) if word not in _COMMON]
        own += [word.removesuffix("schule") for word in own if word.endswith("schule")]
        own = [word for word in own if word not in districts_ascii()]
        score = names.likeness([word for word in typed if word not in _COMMON], own)
        if score >= names.ALIKE:
            scored.append((score, place))
    best = max((score for score, _ in scored), default=0)
    return [view(place) for score, place in scored if score >= best - 3][:SHOWN]


def districts_ascii() -> dict[str, str]:
    """Districts by their ASCII spelling."""
    return {names.words(name)[0]: name for name in DISTRICTS}


def view(place: Place) -> PlaceView:
    """A stored place as services hand it out."""
    return PlaceView(
        id=place.id,
        sure=place.confidence == "high",
        **place.model_dump(
            include={
                *("kind", "name", "school_type", "district", "street", "postcode", "city", "phone"),
                *("website", "opening_hours", "lat", "lon", "precision", "as_of"),
            }
        ),
    )


def _from_row(row: Mapping[str, str]) -> Place:
    known = {key: value for key, value in row.items() if key != "source" and value}
    return Place.model_validate({**known, "precision": "exact" if row["lat"] else ""})


def _place_by_street(places: list[Place]) -> None:
    """Give a place without a position that of a school in the same street (its pin then shows the street)."""
    known = {_street(place.street): place for place in places if place.precision == "exact"}
    for place in places:
        neighbour = known.get(_street(place.street))
        if not place.precision and place.street and neighbour:
            place.lat, place.lon, place.precision = neighbour.lat, neighbour.lon, "street"


def _street(address: str) -> str:
    return " ".join(word for word in address.lower().replace("straße", "str.").split() if not word[:1].isdigit())


def _centres(shown: list[Place]) -> dict[str, tuple[float, float]]:
    positions: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for place in shown:
        if place.district and place.lat is not None and place.lon is not None:
            positions[place.district].append((place.lat, place.lon))
    return {name: (mean(p[0] for p in found), mean(p[1] for p in found)) for name, found in positions.items()}


def _position(place: Place, centres: Mapping[str, tuple[float, float]]) -> tuple[tuple[float, float] | None, str]:
    if place.lat is not None and place.lon is not None:
        return (place.lat, place.lon), place.precision
    return centres.get(place.district), "district"


def _distance(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Metres between two WGS84 positions over the sphere (haversine)."""
    a, b = math.radians(lat), math.radians(other_lat)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 2 * _EARTH_METRES * math.asin(math.sqrt(half))


def _nearness(place: PlaceView) -> int:
    """Metres; a place of which only the district is known stands behind one that is surely near."""
    return (place.metres or 0) + (_DISTRICT_DOUBT if place.precision == "district" else 0)


def _is_of_type(place: Place, school_type: str) -> bool:
    return place.school_type.startswith(SCHOOL_TYPES[school_type])


def _by_district(shown: list[Place]) -> tuple[tuple[str, int], ...]:
    counts = Counter(place.district for place in shown if place.district)
    return tuple((name, counts[name]) for name in DISTRICTS if counts[name])


def _district(typed: list[str]) -> str | None:
    scores = {name: names.likeness(typed, [ascii_name]) for ascii_name, name in districts_ascii().items()}
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] >= names.ALIKE else None


def _on_street(session: Session, typed: list[str]) -> tuple[float, float] | None:
    """The position of a street that was named, if a place with a position lies on it."""
    short = [re.sub("strasse$", "str", word) for word in typed]
    for place in table.shown(session):
        own = [word for word in names.words(_street(place.street)) if word not in _COMMON and len(word) >= 6]
        if place.lat is not None and place.lon is not None and own and names.likeness(short, own) >= 92:
            return place.lat, place.lon
    return None
