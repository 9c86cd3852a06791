"""Events: lists, cards, what is asked and said when a family signs up, and what it hears unasked."""

from urllib.parse import urlencode

from actions.event_replies import EventCard, EventList, EventView, EventWords, MySignUps, PartyView
from bot.texts.buttons import data, in_rows, menu_button, one_each, ways_on
from bot.texts.messages import Button, Message, Pin
from bot.texts.speech import Html, Speech, isolate

# How many events a list shows with their lines; an old phone shows no more without scrolling for long.
LISTED = 8


def event_list(speech: Speech, reply: EventList) -> Message:
    """What is on: a line and a button for each event."""
    title = speech.name("period", reply.period) if reply.period else speech.label("Events and trips")
    if not reply.events:
        text = speech.say("I know of no event for this time.")
        buttons = [all_events_button(speech)] if reply.period else []
        return Message(f"<b>{isolate(title)}</b>\n{text}", (*one_each(buttons), *ways_on(speech)))
    shown = reply.events[:LISTED]
    lines = [f"<b>{isolate(title)}</b>"]
    lines += [f"{when(speech, event)}\n{_title(speech, event)}{_seats_short(speech, event)}" for event in shown]
    buttons = [Button(f"{_sign(event)} {words(speech, event).title}"[:60], data("event", event.id)) for event in shown]
    return Message("\n\n".join(lines), (*one_each(buttons), (menu_button(speech),)))


def event_card(speech: Speech, reply: EventCard) -> list[Message]:
    """Everything about an event, with what can be done; its pin if its position is known."""
    event, text = reply.event, words(speech, reply.event)
    lines = [head(speech, event)]
    if text.language != speech.language.code:
        lines.append(speech.say("I have this text only in German so far."))
    if text.description:
        lines.append(isolate(text.description))
    lines.append("\n".join(_facts(speech, event, text)))
    lines += [standing(speech, party) for party in reply.parties]
    if event.example:
        lines.append(speech.say("This is an example, not a real event."))
    messages = [Message("\n\n".join(line for line in lines if line), _card_buttons(speech, reply))]
    if pin := event_pin(speech, event):
        messages.append(Message("", pin=pin))
    return messages


def my_sign_ups(speech: Speech, reply: MySignUps) -> Message:
    """Where she comes along, each with a button to its card."""
    if not reply.entries:
        text = speech.say("You are not signed up for anything.")
        return Message(text, ((all_events_button(speech),), (menu_button(speech),)))
    title = speech.say("Your sign-ups")
    lines = [f"<b>{title}</b>"]
    lines += [f"{head(speech, event)}\n{standing(speech, party)}" for event, party in reply.entries]
    buttons = [Button(f"{_sign(e)} {words(speech, e).title}"[:60], data("event", e.id)) for e, _ in reply.entries]
    return Message("\n\n".join(lines), (*one_each(buttons), (menu_button(speech),)))


def words(speech: Speech, event: EventView) -> EventWords:
    """What the event is called in this language, else in German, else in whatever language there is."""
    by_language = {text.language: text for text in event.texts}
    fallback = event.texts[0] if event.texts else EventWords("de", "MITTEndrin", "", "", "")
    return by_language.get(speech.language.code) or by_language.get("de") or fallback


def head(speech: Speech, event: EventView) -> str:
    """Title and time."""
    return f"{_title(speech, event)}\n{when(speech, event)}"


def when(speech: Speech, event: EventView) -> str:
    """Day and time in the city."""
    times = f"{speech.time(event.starts_at)}–{speech.time(event.ends_at)}"
    return f"📅 {isolate(speech.day(event.starts_at.date(), weekday=True))}, {isolate(times)}"


def standing(speech: Speech, party: PartyView) -> str:
    """How many of a family come, and whether they have seats."""
    return f"{_STATE_SIGNS.get(party.state, '•')} {speech.name('party_state', party.state)}: {size(speech, party)}"


def size(speech: Speech, party: PartyView) -> str:
    """So many adults, so many children."""
    parts = [Html(speech.many("{number} adult", "{number} adults", party.adults))]
    if party.children:
        parts.append(Html(speech.many("{number} child", "{number} children", party.children)))
    return speech.listed(parts)


def where(speech: Speech, event: EventView) -> str:
    """Place and meeting point."""
    place = ", ".join(part for part in (event.place, event.address) if part)
    lines = [f"📍 {isolate(place)}"] if place else []
    if meeting := words(speech, event).meeting_point:
        lines.append("🚩 " + speech.say("Meeting point: {place}", place=meeting))
    return "\n".join(lines)


def bring(speech: Speech, event: EventView) -> str:
    """What to bring, or ""."""
    things = words(speech, event).bring
    return "🎒 " + speech.say("Please bring: {things}", things=things) if things else ""


def event_pin(speech: Speech, event: EventView) -> Pin | None:
    """The place on the map, if its position is known."""
    if event.lat is None or event.lon is None:
        return None
    return Pin(event.lat, event.lon, event.place or words(speech, event).title, event.address or "Dorsten")


def all_events_button(speech: Speech) -> Button:
    """What is on altogether."""
    return Button("🎉 " + speech.label("All events and trips"), data("events"))


_STATE_SIGNS = {"seated": "✅", "waiting": "⏳", "offered": "🎁"}


def _facts(speech: Speech, event: EventView, text: EventWords) -> list[str]:
    lines = [where(speech, event), price(speech, event)]
    if event.min_age is not None and event.max_age is not None:
        ages = f"{event.min_age}–{event.max_age}"
        lines.append("👪 " + speech.say("Age of the children: {ages} years", ages=ages))
    elif event.min_age is not None:
        lines.append("👪 " + speech.say("For children from {age} years", age=event.min_age))
    lines.append(bring(speech, event))
    if event.childcare:
        lines.append("🧸 " + speech.say("There is childcare during the event."))
    if event.wheelchair is not None:
        no = speech.say("You can't come with a wheelchair.")
        lines.append("♿ " + (speech.say("You can come with a wheelchair.") if event.wheelchair else no))
    if event.interpreters:
        names = speech.listed([isolate(speech.language_name(code)) for code in event.interpreters])
        lines.append("🗣 " + speech.say("Interpreters: {languages}", languages=Html(names)))
    lines.append(seats(speech, event))
    return [line for line in lines if line]


def price(speech: Speech, event: EventView) -> str:
    """What it costs, as far as known."""
    if event.price is None:
        return ""
    if event.price == 0:
        return "💶 " + speech.say("It costs nothing.")
    amount = speech.money(event.price / 100)
    if event.pass_price is None:
        return "💶 " + speech.say("{amount} for each person", amount=amount)
    if event.pass_price == 0:
        return "💶 " + speech.say("{amount} for each person, nothing with the Dorsten-Pass", amount=amount)
    less = speech.money(event.pass_price / 100)
    return "💶 " + speech.say("{amount} for each person, {less} with the Dorsten-Pass", amount=amount, less=less)


def seats(speech: Speech, event: EventView) -> str:
    """Whether there are seats, and until when one can sign up."""
    if event.status == "cancelled":
        return "❌ " + speech.say("This event is cancelled.")
    if event.status == "over":
        return speech.say("This event is over.")
    if not event.sign_up:
        return "🚪 " + speech.say("You need not sign up. Just come along.")
    lines = []
    if event.status == "full":
        lines.append("🪑 " + speech.say("All seats are taken. You can get on the waiting list."))
    elif event.free is not None:
        lines.append("🪑 " + speech.many("{number} seat is free.", "{number} seats are free.", event.free))
    end = event.closes_at
    moment = Html(f"{isolate(speech.day(end.date(), weekday=True))}, {isolate(speech.time(end))}")
    lines.append("✍️ " + speech.say("You can sign up until {moment}.", moment=moment))
    return "\n".join(lines)


def _card_buttons(speech: Speech, reply: EventCard) -> tuple[tuple[Button, ...], ...]:
    event = reply.event
    rows: list[tuple[Button, ...]] = []
    if event.status in ("open", "full") and event.sign_up and not reply.parties:
        label = speech.label("Sign up") if event.status == "open" else speech.label("Get on the waiting list")
        rows.append((Button("✅ " + label, data("signup", event.id)),))
    for party in reply.parties:
        rows += party_buttons(speech, party)
    extra = [Button("🗓 " + speech.label("Calendar"), data("ics", event.id))]
    if map_link := map_url(event):
        extra.insert(0, Button("🗺 " + speech.label("Map"), url=map_link))
    return (*rows, *in_rows(extra), *in_rows([all_events_button(speech), menu_button(speech)]))


def party_buttons(speech: Speech, party: PartyView) -> list[tuple[Button, ...]]:
    """What a family can do with its seats."""
    if party.state == "offered":
        return [
            (Button("✅ " + speech.label("Yes, we come"), data("accept", party.id)),),
            (Button("❌ " + speech.label("No, thank you"), data("off", party.id)),),
        ]
    return [
        (Button("👪 " + speech.label("More or fewer people"), data("resize", party.id)),),
        (Button("❌ " + speech.label("We can't come"), data("off", party.id)),),
    ]


def map_url(event: EventView) -> str:
    """OpenStreetMap at the position, else its search for the address; "" if neither is known."""
    if event.lat is not None and event.lon is not None:
        return f"https://www.openstreetmap.org/?mlat={event.lat}&mlon={event.lon}#map=18/{event.lat}/{event.lon}"
    wanted = ", ".join(part for part in (event.address, "Dorsten") if part)
    return "https://www.openstreetmap.org/search?" + urlencode({"query": wanted}) if event.address else ""


def _title(speech: Speech, event: EventView) -> str:
    return f"<b>{isolate(words(speech, event).title)}</b>"


def _seats_short(speech: Speech, event: EventView) -> str:
    if event.status == "full":
        return "\n🪑 " + speech.say("Waiting list")
    if event.free is None or not event.sign_up:
        return ""
    return "\n🪑 " + speech.many("{number} seat is free.", "{number} seats are free.", event.free)


def _sign(event: EventView) -> str:
    return {"concerts": "🎵", "womens_group": "👩", "meeting": "☕", "families": "🧸"}.get(event.interest, "🎉")
