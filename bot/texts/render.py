"""A reply in a language becomes messages."""

from dataclasses import replace

from actions import event_replies, replies
from actions.content import Content
from bot.texts import answers, event_cards, places, reminders, sign_up, steering
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
            case event_replies.EventList():
                return [event_cards.event_list(voice, reply)]
            case event_replies.EventCard():
                return event_cards.event_card(voice, reply)
            case event_replies.MySignUps():
                return [event_cards.my_sign_ups(voice, reply)]
            case event_replies.SignUpQuestion():
                return [sign_up.question(voice, reply)]
            case event_replies.SignUpResult():
                return sign_up.result(voice, reply)
            case event_replies.EventNotice():
                return sign_up.notice(voice, reply)
            case event_replies.ReminderAsked():
                return [reminders.asked(voice, reply)]
            case event_replies.ReminderSet():
                return [reminders.noted(voice, reply)]
            case event_replies.Reminder():
                return [reminders.reminder(voice, reply)]
            case event_replies.News():
                return [reminders.news(voice, reply)]
            case event_replies.TeamMessage():
                return [reminders.team_message(voice, reply)]
