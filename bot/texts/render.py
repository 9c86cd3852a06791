"""A reply in a language becomes messages."""

from dataclasses import replace

from actions import replies
from actions.content import Content
from bot.texts import answers, places, steering
from bot.texts.messages import Message
from bot.texts.speech import Speech, right_to_left, speech


class Texts:
    """Renders replies with a content pack."""

    def __init__(self, content: Content) -> None:
        self._content = content

    def render(self, reply: replies.Reply, language: str, *, offer_switch: bool = False) -> list[Message]:
        """The messages of a reply in a language; `offer_switch` adds a button to keep that language for good."""
        voice = speech(language)
        messages = self._messages(voice, reply)
        if voice.language.direction == "rtl":
            messages = [replace(message, html=right_to_left(message.html)) for message in messages]
        if offer_switch:
            first = messages[0]
            switch = steering.languages_seen(voice, language)
            messages[0] = replace(first, buttons=(*first.buttons, switch))
        return messages

    def _messages(self, voice: Speech, reply: replies.Reply) -> list[Message]:
        content = self._content
        match reply:
            case replies.Answer():
                return [answers.answer(voice, content, reply)]
            case replies.NoEventsYet():
                return [answers.no_events_yet(voice)]
            case replies.ContactDetails():
                return [answers.contact_details(voice, content, reply)]
            case replies.NotKnown():
                return [answers.not_known(voice, reply)]
            case replies.Holidays():
                return [answers.holidays(voice, content, reply)]
            case replies.PlaceKinds():
                return [places.kinds(voice, content, reply)]
            case replies.PlaceList():
                return [places.place_list(voice, reply)]
            case replies.NearestPlaces():
                return places.nearest(voice, reply)
            case replies.PlaceCard():
                return places.card(voice, reply)
            case replies.AskWhere():
                return [places.ask_where(voice, reply)]
            case replies.LocationReceived():
                return [places.location_received(voice, reply)]
            case replies.AskBack():
                return [steering.ask_back(voice, reply)]
            case replies.Lost():
                return [steering.lost(voice, content)]
            case replies.ForeignLanguage():
                return [steering.foreign_language(voice, content, reply)]
            case replies.Steer():
                return [steering.STEERING[reply.name](voice, content)]
            case replies.GroupMenu():
                return [steering.group_menu(voice, content, reply)]
            case replies.LanguageChanged():
                return [steering.language_changed(voice, content, reply)]
            case replies.HandedOver():
                return [steering.handed_over(voice, reply)]
            case replies.StoredData():
                return [steering.stored_data(voice, reply)]
            case replies.TeamAnswer():
                return [steering.team_answer(voice, reply)]
