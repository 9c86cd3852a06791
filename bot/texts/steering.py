"""Sentences that steer the conversation: welcome, consent, menus, small talk, not understood, the team."""

from collections.abc import Callable
from textwrap import shorten

from actions.content import Content
from actions.replies import AskBack, ForeignLanguage, GroupMenu, HandedOver, LanguageChanged, StoredData, TeamAnswer
from bot.texts import event_cards
from bot.texts.buttons import (
    NOT_IN_MENUS,
    ask_team_button,
    data,
    groups_keyboard,
    in_rows,
    menu_button,
    one_each,
    topic_button,
    ways_on,
)
from bot.texts.languages import languages
from bot.texts.messages import Button, Message
from bot.texts.speech import Speech, isolate

# Enough of a question to recognise it by.
SHOWN_OF_QUESTION = 200
Write = Callable[[Speech, Content], Message]


def choose_language(speech: Speech, content: Content) -> Message:
    """All languages by their native names, the one spoken now first."""
    ordered = sorted(languages().values(), key=lambda language: language.code != speech.language.code)
    made = [Button(language.native, data("language", language.code)) for language in ordered]
    return Message("🌍 " + speech.say("Choose your language"), in_rows(made))


def privacy_notice(speech: Speech, content: Content) -> Message:
    """Two sentences before anything is stored, and the choice."""
    text = speech.say(
        "Hello, I am the assistant of MITTEndrin in Dorsten. I store your language, the last topic and questions that "
        "you send to the team, no name and no phone number. You can read and delete everything at any time."
    )
    buttons = ((Button("✅ " + speech.label("I agree"), data("agree")), Button(speech.label("No"), data("decline"))),)
    return Message(
        text, (*buttons, (Button("🌍 " + speech.label("Another language"), data("topic", "change_language")),))
    )


def declined(speech: Speech, content: Content) -> Message:
    """Nothing is stored; how to come back."""
    text = speech.say(
        "That is fine, I store nothing. In an emergency call 112. If you change your mind, press the button."
    )
    return Message(text, ((Button("✅ " + speech.label("I agree"), data("agree")),),))


def menu(speech: Speech, content: Content) -> Message:
    """The groups of topics."""
    text = speech.say("What do you want to know? Choose a topic, or write your question in your own words.")
    return Message(text, groups_keyboard(speech, content))


def group_menu(speech: Speech, content: Content, reply: GroupMenu) -> Message:
    """The topics of a group, a button each."""
    topics = [topic for topic in content.groups[reply.group] if topic not in NOT_IN_MENUS]
    made = [topic_button(speech, topic) for topic in topics]
    return Message(f"<b>{speech.name('group', reply.group)}</b>", (*one_each(made), (menu_button(speech),)))


def ask_back(speech: Speech, reply: AskBack) -> Message:
    """The likeliest topics as buttons."""
    buttons = one_each([topic_button(speech, topic) for topic in reply.topics])
    none = Button("❓ " + speech.label("Something else"), data("lost"))
    return Message(speech.say("I am not sure that I understand you. Do you mean one of these?"), (*buttons, (none,)))


def lost(speech: Speech, content: Content) -> Message:
    """Not understood: the menu and a person."""
    text = speech.say("I have not understood that. Choose a topic, write it in other words, or ask the team.")
    return Message(text, ((ask_team_button(speech),), *groups_keyboard(speech, content)))


def foreign_language(speech: Speech, content: Content, reply: ForeignLanguage) -> Message:
    """Not one of our languages: those that there are, and the team."""
    text = speech.say(
        "I think you write in this language: {language}. I do not speak it yet. Choose a language that you can read, "
        "or ask the team.",
        language=speech.language_name(reply.language),
    )
    danger = in_rows([topic_button(speech, topic) for topic in content.groups["help"]])
    return Message(text, ((ask_team_button(speech),), *choose_language(speech, content).buttons, *danger))


def neighbouring_need(speech: Speech, content: Content) -> Message:
    """A need of daily life that no topic covers: the counselling, and the team."""
    text = speech.say(
        "I have no answer to that. But the counselling helps with such questions too: letters, forms, contracts and "
        "offices. Or I pass your question on to the team."
    )
    return Message(text, (*one_each([topic_button(speech, "counselling")]), *ways_on(speech)))


def out_of_scope(speech: Speech, content: Content) -> Message:
    """Not our field, and what is."""
    text = speech.say("I can't help with that. I know about Kita, school, family, offices and events in Dorsten.")
    return Message(text, ways_on(speech))


def outage(speech: Speech, content: Content) -> Message:
    """Rasa does not answer: honest, and the buttons still work."""
    text = speech.say("I can't read written questions just now. I have noted yours for the team. The buttons work.")
    return Message(text, groups_keyboard(speech, content))


def handed_over(speech: Speech, reply: HandedOver) -> Message:
    """The question is with the team, or is still to be written."""
    if not reply.question:
        text = speech.say("Write your question to the team now. I pass your next message on.")
        return Message(text, ((menu_button(speech),),))
    text = speech.say("I have passed your question to the team. A person will answer you here. It can take some days.")
    shown = speech.say(
        "Your question: “{question}”", question=shorten(reply.question, SHOWN_OF_QUESTION, placeholder=" …")
    )
    another = Button("✏️ " + speech.label("Write another question"), data("anew"))
    return Message(f"{text}\n\n{shown}", ((another,), (menu_button(speech),)))


def delete_question(speech: Speech, content: Content) -> Message:
    """Are you sure? With the chance to read the data first."""
    text = speech.say("Shall I delete everything that I store about you? That can't be undone.")
    buttons = (
        (Button("🗑 " + speech.label("Yes, delete everything"), data("delete")),),
        (Button("📄 " + speech.label("Show my data first"), data("mydata")),),
        (Button(speech.label("No, keep it"), data("menu")),),
    )
    return Message(text, buttons)


def deleted(speech: Speech, content: Content) -> Message:
    """Everything is gone."""
    return Message(speech.say("I have deleted everything about you. If you need me again, write /start."))


def stored_data(speech: Speech, reply: StoredData) -> Message:
    """What is stored, line by line."""
    lines = [
        speech.say("This is stored about you"),
        speech.say("Language: {language}", language=languages()[reply.language].native),
        speech.say("You agreed on {day}", day=reply.consented),
    ]
    if reply.topic:
        lines.append(speech.say("Last topic: {topic}", topic=speech.name("topic", reply.topic)))
    lines += [speech.say("Question to the team: {question}", question=question) for question in reply.questions]
    for event, party in reply.sign_ups:
        lines.append(f"{event_cards.head(speech, event)}\n{event_cards.standing(speech, party)}")
    lines += [f"🔔 {isolate(text)}" for text in reply.reminders]
    if reply.interests:
        names = [isolate(speech.name("interest", interest)) for interest in reply.interests]
        lines.append(f"📰 {speech.label('News for me')}: {speech.listed(names)}")
    delete = Button("🗑 " + speech.label("Delete my data"), data("topic", "delete_data"))
    return Message("\n".join(lines), ((delete,), (menu_button(speech),)))


def language_changed(speech: Speech, content: Content, reply: LanguageChanged) -> Message:
    """Said in the new language."""
    first = menu(speech, content)
    return Message(speech.say("From now on I speak English with you.") + "\n\n" + first.html, first.buttons)


def team_answer(speech: Speech, reply: TeamAnswer) -> Message:
    """A person has answered."""
    lines = [
        speech.say("The team answers your question “{question}”:", question=reply.question),
        "",
        isolate(reply.answer),
    ]
    return Message("\n".join(lines), ((menu_button(speech),),))


def _privacy(speech: Speech, content: Content) -> Message:
    text = speech.say(
        "I store your language, the last topic and questions that you send to the team. Only the team of MITTEndrin "
        "reads these questions. I don't know your name or phone number, and I don't keep your location."
    )
    buttons = [
        Button("📄 " + speech.label("Show my data"), data("mydata")),
        Button("🗑 " + speech.label("Delete my data"), data("topic", "delete_data")),
    ]
    return Message(text, (*one_each(buttons), (menu_button(speech),)))


def _help(speech: Speech, content: Content) -> Message:
    text = speech.say(
        "I answer questions about Kita, school, family, recognition and daily life in Dorsten, in your language. "
        "Choose a topic, or write your question as you speak. You can send me your location, and I show you Kitas and "
        "schools near you."
    )
    return Message(text, groups_keyboard(speech, content))


def _handover(speech: Speech, content: Content) -> Message:
    text = speech.say("Do you want to ask a person of the team? Press the button and write your question.")
    return Message(text, ((ask_team_button(speech),), (menu_button(speech),)))


def _feedback(speech: Speech, content: Content) -> Message:
    text = speech.say("Thank you for telling me. Press the button and write what was good or wrong. The team reads it.")
    return Message(text, ((ask_team_button(speech),), (menu_button(speech),)))


def _with_menu(sentence: Callable[[Speech], str]) -> Write:
    return lambda speech, content: Message(sentence(speech), groups_keyboard(speech, content))


def _with_way_back(sentence: Callable[[Speech], str]) -> Write:
    return lambda speech, content: Message(sentence(speech), ways_on(speech))


# The topics of the group `meta`, and the other fixed sentences, by name.
STEERING: dict[str, Write] = {
    "greet": lambda speech, content: Message(
        speech.say("Hello, how can I help you?") + "\n" + menu(speech, content).html, groups_keyboard(speech, content)
    ),
    "goodbye": _with_way_back(lambda s: s.say("Goodbye. Write to me whenever you need me.")),
    "thanks": _with_way_back(lambda s: s.say("You are welcome. Do you have another question?")),
    "affirm": _with_menu(lambda s: s.say("Good. What do you want to know?")),
    "deny": _with_menu(lambda s: s.say("All right. What else do you want to know?")),
    "menu_help": _help,
    "change_language": choose_language,
    "human_handover": _handover,
    "bot_challenge": _with_way_back(
        lambda s: s.say(
            "I am a program, not a person. I am the assistant of MITTEndrin. "
            "If you like, a person of the team helps you."
        )
    ),
    "privacy": _privacy,
    "delete_data": delete_question,
    "feedback_complaint": _feedback,
    "out_of_scope": out_of_scope,
    "neighbouring_need": neighbouring_need,
    "menu": menu,
    "privacy_notice": privacy_notice,
    "declined": declined,
    "deleted": deleted,
    "outage": outage,
    "old_button": _with_menu(lambda s: s.say("This button is too old. Please choose again.")),
    "voice": _with_menu(
        lambda s: s.say("I can't listen to voice messages yet. Please write your question, or choose a topic.")
    ),
    "picture": _with_way_back(
        lambda s: s.say(
            "I can't read pictures or documents. If you need help with a letter, choose a topic or ask the team."
        )
    ),
    "sticker": _with_menu(lambda s: s.say("How nice! What do you want to know?")),
    "contact": _with_menu(
        lambda s: s.say("I don't need phone numbers, and I have not stored this one. How can I help you?")
    ),
    "unreadable": _with_menu(
        lambda s: s.say("I can't read this kind of message. Please write your question, or choose a topic.")
    ),
    "group_chat": lambda speech, content: Message(
        speech.say(
            "I answer only in a private chat, so that nobody else reads your questions. Please write to me there."
        )
    ),
    "stopped": _with_way_back(
        lambda s: s.say("I will not write to you unasked any more. You can still ask me at any time.")
    ),
    "error": _with_menu(lambda s: s.say("Something went wrong on my side. Please try again, or choose a topic.")),
    "too_long": _with_way_back(lambda s: s.say("Your message is very long. I have read only its beginning.")),
    "unmuted": _with_way_back(lambda s: s.say("I may write to you again when there is something new for you.")),
}


def languages_seen(speech: Speech, seen: str) -> tuple[Button, ...]:
    """The button to switch for good to the language that was just answered in; `speech` speaks that one."""
    return (Button("🌍 " + speech.label("Always speak English"), data("language", seen)),)
