"""From what a person does (writes, presses, sends a location) to the messages she gets."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Concatenate, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from sqlmodel import Session

from actions.content import Content
from actions.event_replies import (
    ReminderAsked,
    SignUpQuestion,
    SignUpResult,
)
from actions.replies import (
    Answer,
    HandedOver,
    LocationReceived,
    NoEventsYet,
    Reply,
    Steer,
)
from actions.services import (
    answering,
    event_asking,
    event_topics,
    handover,
    own_data,
    people,
    personal,
    places,
    sign_up,
)
from actions.services.event_topics import Asked
from bot.clients.rasa import RasaClient, RasaDownError, Turn
from bot.conversation.memory import Memory
from bot.conversation.subject import ABOUT_EVENT, foreign, sure, topic_of
from bot.texts.calendar_file import calendar_file
from bot.texts.languages import languages
from bot.texts.messages import Message
from bot.texts.render import Texts
from bot.texts.speech import speech
from nlu_data.text.emergency import Alarm, EmergencyRule
from storage.engine import Database
from storage.models import Person

logger = logging.getLogger(__name__)
P = ParamSpec("P")
T = TypeVar("T")
# What we can't answer may still go to the team.
QUESTIONS_ALL_THE_SAME = ("out_of_scope", "neighbouring_need")
# Rasa reads this much of a message; what a person wants stands at the beginning or at the end.
LONGEST_READ = 1500


@dataclass(frozen=True)
class Who:
    """Where a person writes from; `device_language` is what her app is set to ("ar"), if known.

    `name` is the first name that she shows; it is only suggested to her, never stored unless she takes it.
    """

    channel: str
    address: str
    device_language: str = "de"
    name: str = ""

    @property
    def key(self) -> str:
        """A key for this process's memory."""
        return f"{self.channel}:{self.address}"


class Conversation:
    """The conversation with everybody. `now` gives aware UTC; `zone` is the city's."""

    def __init__(
        self,
        database: Database,
        content: Content,
        rasa: RasaClient,
        rule: EmergencyRule,
        now: Callable[[], datetime],
        zone: ZoneInfo,
    ) -> None:
        self.content = content
        self.texts = Texts(content)
        self.now = now
        self._database = database
        self._rasa = rasa
        self._rule = rule
        self._zone = zone
        self._last_text: Memory[str] = Memory()
        self._locations: Memory[tuple[float, float]] = Memory()
        self._languages: Memory[str] = Memory()

    async def person(self, who: Who) -> Person | None:
        """The person, or None if she has not agreed."""
        return await self.stored(people.find, who.channel, who.address)

    async def language(self, who: Who, person: Person | None = None) -> str:
        """The language to speak with her: her choice, else what she chose before agreeing, else her device's."""
        person = person or await self.person(who)
        if person:
            return person.language
        return self._languages.get(who.key, self.now()) or who.device_language

    async def say(self, who: Who, reply: Reply) -> list[Message]:
        """Render a reply in the person's language."""
        return self.texts.render(_suggesting(reply, who), await self.language(who))

    async def text(self, who: Who, text: str) -> list[Message]:
        """Answer what a person writes."""
        person = await self.person(who)
        language = await self.language(who, person)
        if alarm := self._rule.alarm(text):
            return await self._alarm(person, language, alarm)
        self._last_text.put(who.key, text, self.now())
        if person is None:
            return self.texts.render(Steer("privacy_notice"), language)
        if person.expects == "team":
            return await self.ask_team(who, person, text)
        if person.expects == "reminder":
            return await self.remind(who, person, text)
        turn = await self._turn(who, person, text)
        if turn is None:
            if step := await self.stored(sign_up.said, person.id, text, None, self.now(), self._zone):
                return await self.say(who, step)
            await self.stored(handover.note, person.id, text, person.language, "outage", self.now())
            return self.texts.render(Steer("outage"), language)
        if isinstance(turn.reply, Steer) and turn.reply.name not in QUESTIONS_ALL_THE_SAME:
            self._last_text.forget(who.key)  # a greeting is no question for the team
        reply = foreign(turn, text) or turn.reply
        if reply == NoEventsYet("reminder_on"):
            return await self.remind(who, person, text)
        if reply == NoEventsYet("reminder_off"):
            return await self.say(who, await self.stored(personal.news, person.id))
        await self._remember(person, reply)
        spoken = self._spoken(person, turn, text)
        messages = self.texts.render(_suggesting(reply, who), spoken, offer_switch=spoken != person.language)
        if not isinstance(reply, SignUpQuestion | SignUpResult):
            messages += await self._waiting_question(who, person, spoken)
        if len(text) > LONGEST_READ:
            messages = [*self.texts.render(Steer("too_long"), spoken), *messages]
        return messages

    async def remind(self, who: Who, person: Person, text: str) -> list[Message]:
        """Note a personal reminder, or ask once more when it shall be."""
        reply = await self.stored(personal.remember, person.id, text, self.now(), self._zone)
        asked_before = person.expects == "reminder"
        if isinstance(reply, ReminderAsked) and asked_before and reply.why == "first":
            reply = ReminderAsked("unclear")
        # Asked twice in vain, she is let go: her next message is an ordinary one.
        again = isinstance(reply, ReminderAsked) and not asked_before
        await self.stored(people.expect, person.id, "reminder" if again else None)
        return await self.say(who, reply)

    async def events(
        self,
        who: Who,
        service: Callable[Concatenate[Session, int, datetime, ZoneInfo, P], Reply],
        *args: P.args,
        **kw: P.kwargs,
    ) -> list[Message]:
        """What a button about events does, for who has agreed."""
        person = await self.person(who)
        if person is None:
            return await self.say(who, Steer("privacy_notice"))
        reply = await self.stored(service, person.id, self.now(), self._zone, *args, **kw)
        await self._remember(person, reply)
        return self.texts.render(_suggesting(reply, who), person.language)

    async def calendar_file(self, who: Who, event_id: int) -> list[Message]:
        """An event for the phone's own calendar."""
        language = await self.language(who)
        card = await self.stored(event_asking.card, event_id, None, self.now(), self._zone)
        return [calendar_file(speech(language), card.event)] if card else await self.say(who, SignUpResult("gone"))

    async def stop(self, who: Who) -> list[Message]:
        """Nothing unasked any more."""
        if person := await self.person(who):
            await self.stored(people.mute, person.id, self.now())
        return await self.say(who, Steer("stopped"))

    async def location(self, who: Who, lat: float, lon: float) -> list[Message]:
        """Show what is near a shared location: what the talk was about, else ask what to look for."""
        person = await self.person(who)
        language = await self.language(who, person)
        if person is None:
            return self.texts.render(Steer("privacy_notice"), language)
        self._locations.put(who.key, (lat, lon), self.now())
        topic = people.current_topic(person, self.now())
        group = self.content.topics[topic].group if topic and topic in self.content.topics else ""
        reply: Reply = LocationReceived(lat, lon)
        if group in ("kita", "school"):
            reply = await self.stored(places.nearest, group, lat, lon)
        return self.texts.render(reply, language)

    async def topic(self, who: Who, topic: str) -> list[Message]:
        """Open a topic that was tapped."""
        person = await self.person(who)
        reply = await self.stored(answering.open_topic, self.content, topic, self.today())
        if isinstance(reply, NoEventsYet):
            asked = Asked(topic, "", person.id if person else None, None)
            reply = await self.stored(event_topics.reply, asked, self.now(), self._zone)
        if reply == NoEventsYet("reminder_on") and person:
            return await self.remind(who, person, "")
        if reply == NoEventsYet("reminder_off") and person:
            reply = await self.stored(personal.news, person.id)
        if person:
            await self._remember(person, reply)
        return self.texts.render(reply, await self.language(who, person))

    async def choose_language(self, who: Who, code: str) -> str:
        """Speak this language from now on (also before she agrees); returns the code now in force."""
        if code not in languages():
            return await self.language(who)
        self._languages.put(who.key, code, self.now())
        if person := await self.person(who):
            await self.stored(people.set_language, person.id, code)
        return code

    async def agree(self, who: Who) -> list[Message]:
        """She agreed: from now on she is known. What she had asked before is answered now."""
        new = await self.person(who) is None
        await self.stored(people.agree, who.channel, who.address, await self.language(who), self.now())
        waiting = self._last_text.get(who.key, self.now()) if new else None
        return await self.text(who, waiting) if waiting else await self.say(who, Steer("menu"))

    async def ask_team_anew(self, person: Person) -> list[Message]:
        """Her next message goes to the team."""
        await self.stored(people.expect, person.id, "team")
        return self.texts.render(HandedOver(""), person.language)

    async def ask_team(self, who: Who, person: Person, text: str | None = None) -> list[Message]:
        """Pass a question on: the one given, else the last one she wrote, else ask her to write it."""
        text = text or self._last_text.get(who.key, self.now())
        if not text:
            return await self.ask_team_anew(person)
        await self.stored(handover.note, person.id, text, person.language, "asked", self.now())
        await self.stored(people.expect, person.id, None)
        self._last_text.forget(who.key)
        return self.texts.render(HandedOver(text), person.language)

    async def delete(self, who: Who) -> list[Message]:
        """Forget the person everywhere."""
        language = await self.language(who)
        if person := await self.person(who):
            await self.stored(own_data.forget, person.id, self.now(), self._zone)
            try:
                await self._rasa.forget(_sender(person))
            except RasaDownError:
                logger.info("Rasa is down; its memory ends with its process")
        for memory in (self._last_text, self._locations, self._languages):
            memory.forget(who.key)
        return self.texts.render(Steer("deleted"), language)

    async def blocked(self, who: Who, *, gone: bool = True) -> None:
        """Note that the person has blocked the assistant, or let it in again."""
        if person := await self.person(who):
            await self.stored(people.block, person.id, self.now() if gone else None)

    @property
    def zone(self) -> ZoneInfo:
        """The city's time zone."""
        return self._zone

    def today(self) -> date:
        """The day in the city."""
        return self.now().astimezone(self._zone).date()

    async def stored(self, service: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a service in a database session, off the event loop."""

        def run() -> T:
            with self._database.session() as session:
                return service(session, *args, **kwargs)

        return await asyncio.to_thread(run)

    async def _alarm(self, person: Person | None, language: str, alarm: Alarm) -> list[Message]:
        spoken = language if language in alarm.languages or person else alarm.languages[0]
        reply = Answer(alarm.topic)
        if person:
            await self._remember(person, reply)
        return self.texts.render(reply, spoken)

    async def _turn(self, who: Who, person: Person, text: str) -> Turn | None:
        topic = people.current_topic(person, self.now())
        metadata: dict[str, object] = {"topic": topic}
        if topic and topic.startswith(ABOUT_EVENT):
            metadata = {"topic": None, "event": int(topic.removeprefix(ABOUT_EVENT))}
        if location := self._locations.get(who.key, self.now()):
            metadata["location"] = list(location)
        if len(text) > LONGEST_READ:
            text = f"{text[: LONGEST_READ // 2]} {text[-LONGEST_READ // 2 :]}"
        try:
            return await self._rasa.turn(_sender(person), text, metadata)
        except RasaDownError as error:
            logger.warning("Rasa did not answer: %s", error)
            return None

    async def _waiting_question(self, who: Who, person: Person, language: str) -> list[Message]:
        """The question of a sign-up that a message interrupted, once more."""
        question = await self.stored(sign_up.current, person.id, self.now(), self._zone)
        return self.texts.render(_suggesting(question, who), language) if question else []

    def _spoken(self, person: Person, turn: Turn, text: str) -> str:
        return turn.language if sure(turn, text) and turn.language in languages() else person.language

    async def _remember(self, person: Person, reply: Reply) -> None:
        if topic := topic_of(reply):
            await self.stored(people.remember_topic, person.id, topic, self.now())


def _suggesting(reply: Reply, who: Who) -> Reply:
    """A sign-up's question for the name suggests the one that she shows anyway."""
    return replace(reply, suggested=who.name) if isinstance(reply, SignUpQuestion) else reply


def _sender(person: Person) -> str:
    """Rasa knows a person only by a number."""
    return f"p{person.id}"
