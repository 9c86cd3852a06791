"""What each button does. Data is `action:argument:…` (bot/texts/buttons.py)."""

from collections.abc import Awaitable, Callable

from actions.replies import LanguageChanged, Lost, PlaceCard, Reply, Steer
from actions.services import answering, own_data, places
from actions.services import event_buttons as events
from bot.conversation.conversation import Conversation, Who
from bot.texts.messages import Message

Press = Callable[[Conversation, Who, list[str]], Awaitable[list[Message]]]
# These work before a person has agreed: nothing is stored by them.
BEFORE_AGREEING = {"language", "agree", "decline", "start"}


async def press(conversation: Conversation, who: Who, data: str) -> list[Message]:
    """React to a button; unknown or broken data (an old message's button) gets a kind sentence and the menu."""
    action, *arguments = data.split(":")
    person = await conversation.person(who)
    urgent = action == "topic" and arguments[:1] in (["emergency"], ["violence_help"], ["change_language"], ["privacy"])
    if person is None and action not in BEFORE_AGREEING and not urgent:
        return await conversation.say(who, Steer("privacy_notice"))
    handler = _ACTIONS.get(action)
    if handler is None:
        return await conversation.say(who, Steer("old_button"))
    try:
        return await handler(conversation, who, arguments)
    except (IndexError, KeyError, ValueError):
        return await conversation.say(who, Steer("old_button"))


async def _topic(conversation: Conversation, who: Who, arguments: list[str]) -> list[Message]:
    return await conversation.topic(who, arguments[0])


async def _group(conversation: Conversation, who: Who, arguments: list[str]) -> list[Message]:
    return await conversation.say(who, answering.open_group(conversation.content, arguments[0]))


async def _language(conversation: Conversation, who: Who, arguments: list[str]) -> list[Message]:
    known = await conversation.person(who)
    code = await conversation.choose_language(who, arguments[0])
    reply: Reply = LanguageChanged(code) if known else Steer("privacy_notice")
    return conversation.texts.render(reply, code)


async def _agree(conversation: Conversation, who: Who, _arguments: list[str]) -> list[Message]:
    return await conversation.agree(who)


async def _team(conversation: Conversation, who: Who, _arguments: list[str]) -> list[Message]:
    person = await conversation.person(who)
    return await conversation.ask_team(who, person) if person else await conversation.say(who, Steer("privacy_notice"))


async def _anew(conversation: Conversation, who: Who, _arguments: list[str]) -> list[Message]:
    person = await conversation.person(who)
    return await conversation.ask_team_anew(person) if person else await conversation.say(who, Steer("privacy_notice"))


async def _near(conversation: Conversation, who: Who, arguments: list[str]) -> list[Message]:
    kind, lat, lon = arguments[0], float(arguments[1]), float(arguments[2])
    return await conversation.say(who, await conversation.stored(places.nearest, kind, lat, lon))


async def _where(conversation: Conversation, who: Who, arguments: list[str]) -> list[Message]:
    await conversation.topic(who, f"{arguments[0]}_search")
    return await conversation.say(who, await conversation.stored(places.ask_where, arguments[0]))


async def _district(conversation: Conversation, who: Who, arguments: list[str]) -> list[Message]:
    return await conversation.say(who, await conversation.stored(places.in_district, arguments[0], arguments[1]))


async def _schools(conversation: Conversation, who: Who, arguments: list[str]) -> list[Message]:
    return await conversation.say(who, await conversation.stored(places.of_type, arguments[0]))


async def _place(conversation: Conversation, who: Who, arguments: list[str]) -> list[Message]:
    card: PlaceCard | None = await conversation.stored(places.card, int(arguments[0]))
    return await conversation.say(who, card or Steer("old_button"))


async def _delete(conversation: Conversation, who: Who, _arguments: list[str]) -> list[Message]:
    return await conversation.delete(who)


async def _mydata(conversation: Conversation, who: Who, _arguments: list[str]) -> list[Message]:
    person = await conversation.person(who)
    if person is None:
        return await conversation.say(who, Steer("privacy_notice"))
    return await conversation.say(
        who, await conversation.stored(own_data.stored_data, person, conversation.now(), conversation.zone)
    )


async def _event(conversation: Conversation, who: Who, arguments: list[str]) -> list[Message]:
    return await conversation.events(who, events.card, int(arguments[0]))


async def _sign_up(conversation: Conversation, who: Who, arguments: list[str]) -> list[Message]:
    return await conversation.events(who, events.begin, int(arguments[0]))


async def _answer(conversation: Conversation, who: Who, arguments: list[str]) -> list[Message]:
    event_id, step, *values = arguments
    value = values[0] if values else ""
    if step == "name" and not value:
        value = who.name
    return await conversation.events(who, events.answer, int(event_id), step, value)


async def _news(conversation: Conversation, who: Who, arguments: list[str]) -> list[Message]:
    return await conversation.events(who, events.news, *arguments)


async def _calendar(conversation: Conversation, who: Who, arguments: list[str]) -> list[Message]:
    return await conversation.calendar_file(who, int(arguments[0]))


async def _stop(conversation: Conversation, who: Who, _arguments: list[str]) -> list[Message]:
    return await conversation.stop(who)


def _with_party(service: events.OfParty) -> Press:
    async def handler(conversation: Conversation, who: Who, arguments: list[str]) -> list[Message]:
        return await conversation.events(who, service, int(arguments[0]))

    return handler


def _fixed(reply: Reply) -> Press:
    async def handler(conversation: Conversation, who: Who, _arguments: list[str]) -> list[Message]:
        return await conversation.say(who, reply)

    return handler


def _fixed_topic(topic: str) -> Press:
    async def handler(conversation: Conversation, who: Who, _arguments: list[str]) -> list[Message]:
        return await conversation.topic(who, topic)

    return handler


_ACTIONS: dict[str, Press] = {
    "topic": _topic,
    "group": _group,
    "menu": _fixed(Steer("menu")),
    "lost": _fixed(Lost()),
    "language": _language,
    "agree": _agree,
    "decline": _fixed(Steer("declined")),
    "team": _team,
    "anew": _anew,
    "near": _near,
    "where": _where,
    "district": _district,
    "schools": _schools,
    "place": _place,
    "delete": _delete,
    "event": _event,
    "events": _fixed_topic("events_overview"),
    "signup": _sign_up,
    "su": _answer,
    "accept": _with_party(events.accept),
    "off": _with_party(events.sign_off),
    "coming": _with_party(events.coming),
    "resize": _with_party(events.resize),
    "forget": _with_party(events.forget_reminder),
    "news": _news,
    "ics": _calendar,
    "stop": _stop,
    "mydata": _mydata,
}
