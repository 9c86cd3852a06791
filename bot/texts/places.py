"""Schools and Kitas: lists, cards, what is near."""

from urllib.parse import urlencode

from actions.content import Content
from actions.replies import AskWhere, LocationReceived, NearestPlaces, PlaceCard, PlaceKinds, PlaceList, PlaceView
from actions.services.places import SCHOOL_TYPES
from bot.texts.answers import body_with_source, link
from bot.texts.buttons import data, in_rows, menu_button, one_each, topic_button, ways_on
from bot.texts.messages import Button, Message, Pin
from bot.texts.speech import Html, Speech, isolate

_SIGNS = {"kita": "🧸", "school": "🎒"}
_KILOMETRE = 1000
# More places than this are shown as buttons only.
LISTED_IN_TEXT = 4


def kinds(speech: Speech, content: Content, reply: PlaceKinds) -> Message:
    """The topic's answer, and where to look: near me, in a district, of a school type."""
    text = body_with_source(speech, content, f"{reply.place_kind}_search")
    return Message(text, _choice(speech, reply.place_kind, reply.districts, reply.school_types))


def ask_where(speech: Speech, reply: AskWhere) -> Message:
    """Asks for the location, or a district."""
    text = speech.say("Where are you? Send me your location with the button below, or choose a district.")
    note = speech.say("I use your location only for this answer and don't store it.")
    return Message(
        f"{text}\n{note}",
        _choice(speech, reply.place_kind, reply.districts, ()),
        share_location=speech.label("Send my location"),
    )


def location_received(speech: Speech, reply: LocationReceived) -> Message:
    """What shall be found near the location?"""
    where = (f"{reply.lat:.5f}", f"{reply.lon:.5f}")
    buttons = [
        Button(f"{_SIGNS[kind]} {speech.name('place_kind', kind)}", data("near", kind, *where))
        for kind in ("kita", "school")
    ]
    return Message(speech.say("Thank you. What shall I look for near you?"), in_rows(buttons))


def place_list(speech: Speech, reply: PlaceList) -> Message:
    """Names as buttons; a place that needs checking says so on its card."""
    heading = reply.heading
    if speech.knows("school_type", heading):
        heading = speech.name("school_type", heading)
    if not reply.places:
        text = speech.say("I don't know a place of this kind in {district}.", district=heading)
        return Message(text, ways_on(speech))
    title = f"<b>{speech.name('place_kind', reply.place_kind)}</b>"
    if heading:
        title = f"<b>{speech.name('place_kind', reply.place_kind)} · {isolate(heading)}</b>"
    lines = [title]
    if len(reply.places) <= LISTED_IN_TEXT:
        lines += [_line(place) for place in reply.places]
    buttons = [
        Button(f"{_SIGNS.get(place.kind, '📍')} {place.name}", data("place", place.id)) for place in reply.places
    ]
    return Message(
        "\n\n".join(lines), (*one_each(buttons), (_near_button(speech, reply.place_kind), menu_button(speech)))
    )


def nearest(speech: Speech, reply: NearestPlaces) -> list[Message]:
    """The nearest places with distance, phone and address, and the pin of the first."""
    if not reply.places:
        text = speech.say("I don't know a place of this kind near you.")
        return [Message(text, ways_on(speech))]
    lines = [f"<b>{speech.name('place_kind', reply.place_kind)}</b>"]
    lines += [_details(speech, place) for place in reply.places]
    if any(place.precision != "exact" for place in reply.places):
        lines.append(
            speech.say("Distances are as the crow flies. “About” means that I know only the street or the district.")
        )
    else:
        lines.append(speech.say("Distances are as the crow flies."))
    buttons = [Button(f"🗺 {place.name}", url=map_url(place)) for place in reply.places]
    messages = [Message("\n\n".join(lines), (*one_each(buttons), (menu_button(speech),)))]
    pinned = next((place for place in reply.places if _pin(place)), None)
    if pinned:
        messages.append(Message("", pin=_pin(pinned)))
    return messages


def card(speech: Speech, reply: PlaceCard) -> list[Message]:
    """Everything known of one place, its pin if its position is known."""
    place = reply.place
    lines = [_details(speech, place)]
    if place.precision == "street":
        lines.append(speech.say("The pin shows the street, not the house."))
    follow = "kita_registration" if place.kind == "kita" else "school_enrolment"
    buttons = [[Button("🗺 " + speech.label("Map"), url=map_url(place))]]
    if place.kind in _SIGNS:
        buttons.append([topic_button(speech, follow)])
    buttons.append([menu_button(speech)])
    messages = [Message("\n\n".join(lines), tuple(tuple(row) for row in buttons))]
    if pin := _pin(place):
        messages.append(Message("", pin=pin))
    return messages


def map_url(place: PlaceView) -> str:
    """OpenStreetMap at the exact position, else its search for the address (or the name where there is none)."""
    if place.precision == "exact":
        return f"https://www.openstreetmap.org/?mlat={place.lat}&mlon={place.lon}#map=18/{place.lat}/{place.lon}"
    wanted = ", ".join(part for part in (place.street or place.name, place.postcode, place.city) if part)
    return "https://www.openstreetmap.org/search?" + urlencode({"query": wanted})


def distance(speech: Speech, place: PlaceView) -> str:
    """The distance in metres or kilometres, "about" where the position is only that of the street or district."""
    metres = place.metres or 0
    if place.precision != "exact":
        step = 1000 if place.precision == "district" else 100
        metres = max(round(metres / step), 1) * step
    if metres < _KILOMETRE:
        shown = speech.say("{number} m", number=speech.number(round(metres / 10) * 10))
    else:
        shown = speech.say("{number} km", number=speech.number(round(metres / _KILOMETRE, 1)))
    return shown if place.precision == "exact" else speech.say("about {distance}", distance=Html(shown))


def _line(place: PlaceView) -> str:
    parts = [f"<b>{isolate(place.name)}</b>"]
    if place.street:
        parts.append(isolate(_address(place)))
    if place.phone:
        parts.append(f"📞 {isolate(place.phone)}")
    return "\n".join(parts)


def _details(speech: Speech, place: PlaceView) -> str:
    lines = [f"<b>{isolate(place.name)}</b>"]
    if place.metres is not None:
        lines.append(f"🚶 {distance(speech, place)}")
    if place.school_type:
        lines.append(_type(speech, place))
    if place.street:
        lines.append(f"📍 {isolate(_address(place))}")
    elif place.district:
        lines.append(f"📍 {isolate(place.district)}")
    if place.phone:
        lines.append(f"📞 {isolate(place.phone)}")
    if place.website:
        lines.append(f"🌐 {link(place.website)}")
    if place.opening_hours:
        lines.append(f"🕒 {isolate(place.opening_hours)}")
    if not place.sure:
        lines.append("⚠️ " + speech.say("Please check by phone before you go."))
    return "\n".join(lines)


def _type(speech: Speech, place: PlaceView) -> str:
    """Who runs a Kita, or what kind of school it is: in the reader's words, then the German term of a school."""
    if speech.knows("provider", place.school_type):
        return speech.name("provider", place.school_type)
    for key, words in SCHOOL_TYPES.items():
        if place.school_type.startswith(words):
            return f"{speech.name('school_type', key)} ({isolate(place.school_type)})"
    return isolate(place.school_type)


def _address(place: PlaceView) -> str:
    town = " ".join(part for part in (place.postcode, place.city) if part)
    return ", ".join(part for part in (place.street, town) if part)


def _pin(place: PlaceView) -> Pin | None:
    if place.lat is None or place.lon is None or place.precision not in ("exact", "street"):
        return None
    return Pin(place.lat, place.lon, place.name, _address(place))


def _near_button(speech: Speech, kind: str) -> Button:
    return Button("📍 " + speech.label("Near me"), data("where", kind))


def _choice(
    speech: Speech, kind: str, districts: tuple[tuple[str, int], ...], types: tuple[tuple[str, int], ...]
) -> tuple[tuple[Button, ...], ...]:
    named = [Button(f"{speech.name('school_type', key)} ({count})", data("schools", key)) for key, count in types]
    where = [Button(f"{name} ({count})", data("district", kind, name)) for name, count in districts]
    return ((_near_button(speech, kind),), *one_each(named), *in_rows(where), (menu_button(speech),))
