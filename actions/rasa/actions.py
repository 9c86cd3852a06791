"""The actions that Rasa's rules name."""

import logging
from abc import ABC, abstractmethod
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from sqlmodel import Session

from actions.rasa.surroundings import Surroundings, surroundings
from actions.rasa.understood import Understood
from actions.replies import AskBack, Lost, PlaceCard, Reply, Steer, to_json
from actions.services import answering, event_asking, event_topics, names, places, sign_up
from actions.services.event_topics import Asked
from nlu_data.text.emergency import TOPICS as DANGERS

logger = logging.getLogger(__name__)
# Below this the likeliest topics are not worth offering: measured with `mittendrin evaluate` on out-of-scope phrases.
WORTH_ASKING = 0.12
OFFERED = 3
# From here on a message is what the model takes it for, also in the middle of a sign-up.
SURE = 0.6
# Concepts of daily life that no topic covers but that the counselling knows about.
NEIGHBOURING_NEEDS = {
    *("bank", "broadcasting_fee", "bus_train", "debt_bill", "disability", "employer", "health_insurance", "pension"),
    *("phone_internet", "tax_id", "waste", "furniture"),
}
NOT_WORTH_ASKING = {"greet", "goodbye", "thanks", "affirm", "deny", "out_of_scope"}


class _ServiceAction(Action, ABC):
    """Runs a service in a database session; an error is logged without the message's text and answered kindly."""

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Send the reply, and the topic that it is about, as Rasa's `custom` JSON."""
        around = surroundings()
        reply: Reply = Steer("error")
        try:
            understood = Understood.of(tracker.latest_message, tracker.sender_id)
            with around.database.session() as session:
                reply = (
                    _answered(session, around, understood)
                    or _followed_up(session, around, understood)
                    or self.decide(session, around, understood)
                )
        except Exception as error:  # Rasa would log the whole conversation if this came through
            logger.error("%s failed: %s", self.name(), type(error).__name__)
            logger.debug("traceback", exc_info=True)
        dispatcher.utter_message(json_message={"reply": to_json(reply), "message": _summary(tracker.latest_message)})
        return []

    @abstractmethod
    def decide(self, session: Session, around: Surroundings, understood: Understood) -> Reply:
        """The reply to what was understood."""


class ActionAnswer(_ServiceAction):
    """A topic of the content pack, or an event topic."""

    def name(self) -> str:
        """Rasa's name of the action."""
        return "action_answer"

    def decide(self, session: Session, around: Surroundings, understood: Understood) -> Reply:
        """Open the topic."""
        return answering.open_topic(session, around.content, understood.topic, around.today())


class ActionPlaces(_ServiceAction):
    """Schools and Kitas."""

    def name(self) -> str:
        """Rasa's name of the action."""
        return "action_places"

    def decide(self, session: Session, around: Surroundings, understood: Understood) -> Reply:
        """Search with the words of the message."""
        kind = answering.PLACE_TOPICS[understood.topic]
        return places.search(session, kind, understood.text, understood.concepts, understood.location)


class ActionEvents(_ServiceAction):
    """Events and trips: what is on, one of them, coming along, not coming, being reminded."""

    def name(self) -> str:
        """Rasa's name of the action."""
        return "action_events"

    def decide(self, session: Session, around: Surroundings, understood: Understood) -> Reply:
        """Find the event that is meant."""
        asked = Asked(understood.topic, understood.text, understood.person_id, understood.event_before)
        return event_topics.reply(session, asked, around.now(), around.zone)


class ActionSteer(_ServiceAction):
    """The conversation itself."""

    def name(self) -> str:
        """Rasa's name of the action."""
        return "action_steer"

    def decide(self, session: Session, around: Surroundings, understood: Understood) -> Reply:
        """Open the topic of the group `meta`; what is only nearly out of scope goes to the counselling."""
        if understood.topic == "out_of_scope" and NEIGHBOURING_NEEDS.intersection(understood.concepts):
            return Steer("neighbouring_need")
        return answering.open_topic(session, around.content, understood.topic, around.today())


class ActionAskBack(_ServiceAction):
    """Not sure: a place that was named, else the likeliest topics, else honestly lost."""

    def name(self) -> str:
        """Rasa's name of the action."""
        return "action_ask_back"

    def decide(self, session: Session, around: Surroundings, understood: Understood) -> Reply:
        """Choose by confidence."""
        named = places.by_name(session, names.words(understood.text))
        if len(named) == 1 and len(understood.text.split()) <= 5:
            return PlaceCard(named[0])
        likely = [topic for topic, confidence in understood.ranking[:OFFERED] if confidence >= WORTH_ASKING]
        likely = [topic for topic in likely if topic in around.content.topics and topic not in NOT_WORTH_ASKING]
        return AskBack(tuple(likely)) if likely else Lost()


def _answered(session: Session, around: Surroundings, understood: Understood) -> Reply | None:
    """The next question, if the message answers one of a sign-up that has begun."""
    if understood.person_id is None:
        return None
    sure = bool(understood.ranking) and understood.ranking[0][1] >= SURE
    topic = understood.topic if sure or understood.topic in DANGERS else None
    return sign_up.said(session, understood.person_id, understood.text, topic, around.now(), around.zone)


def _followed_up(session: Session, around: Surroundings, understood: Understood) -> Reply | None:
    """The answer to a question that only makes sense after the last topic, or None."""
    if understood.event_before is not None:
        aspect = answering.asked_aspect(understood.text, understood.concepts, around.things)
        who, what = understood.person_id, understood.event_before
        if aspect and (card := event_asking.card(session, what, who, around.now(), around.zone)):
            return card
    before = understood.topic_before
    if before is None or before not in around.content.topics:
        return None
    # "And the number?" alone is no cry for help, even if the model takes it for one: the rule has been asked before.
    aspect = answering.asked_aspect(understood.text, understood.concepts, around.things)
    return answering.follow_up(session, around.content, before, aspect, around.today()) if aspect else None


def _summary(message: Any) -> dict[str, Any]:
    """What the front needs to know of the parsed message."""
    return {"language": message.get("language"), "intent": (message.get("intent") or {}).get("name")}
