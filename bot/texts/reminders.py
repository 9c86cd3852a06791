"""Personal reminders, news by interest, and what the team writes to those who come to an event."""

from actions.event_replies import INTERESTS, News, Reminder, ReminderAsked, ReminderSet, TeamMessage
from bot.texts import event_cards as cards
from bot.texts.buttons import data, menu_button, one_each
from bot.texts.messages import Button, Message
from bot.texts.speech import Html, Speech, isolate, msgid

_ASKED = {
    "first": msgid("What shall I remind you of? Write it with day and time, for example: “tomorrow at 9, Kita”."),
    "past": msgid("This time is over already. Please write another day."),
    "unclear": msgid("I have not understood when. Please write day and time, for example: “on Friday at 10”."),
}


def asked(speech: Speech, reply: ReminderAsked) -> Message:
    """Asks of what and when."""
    news = Button("📰 " + speech.label("News for me"), data("news"))
    return Message(speech.say(_ASKED[reply.why]), ((news,), (menu_button(speech),)))


def noted(speech: Speech, reply: ReminderSet) -> Message:
    """It is noted; one tap takes it back."""
    moment = Html(f"{isolate(speech.day(reply.at.date(), weekday=True))}, {isolate(speech.time(reply.at))}")
    lines = ["🔔 " + speech.say("I will remind you: {moment}", moment=moment), isolate(reply.text)]
    back = Button("✖ " + speech.label("Don't remind me"), data("forget", reply.reminder_id))
    return Message("\n".join(lines), ((back,), (menu_button(speech),)))


def reminder(speech: Speech, reply: Reminder) -> Message:
    """The moment has come."""
    text = speech.say("You wanted me to remind you:")
    return Message(f"🔔 {text}\n{isolate(reply.text)}", ((menu_button(speech),),))


def news(speech: Speech, reply: News) -> Message:
    """What she gets news of; each button switches one."""
    lines = [speech.say("I can write to you when there is something new. Choose what you want to know about:")]
    if reply.changed:
        name = speech.name("interest", reply.changed)
        on = speech.say("From now on you get news: {interest}", interest=name)
        off = speech.say("You get no more news: {interest}", interest=name)
        lines.insert(0, on if reply.changed in reply.chosen else off)
    switches = [
        Button(f"{'✅' if key in reply.chosen else '◻️'} {speech.name('interest', key)}", data("news", key))
        for key in INTERESTS
    ]
    stop = Button("🔕 " + speech.label("No messages unasked"), data("stop"))
    return Message("\n\n".join(lines), (*one_each([*switches, stop]), (menu_button(speech),)))


def team_message(speech: Speech, reply: TeamMessage) -> Message:
    """What the team writes about an event."""
    lines = [cards.head(speech, reply.event), speech.say("The team writes:"), isolate(reply.text)]
    return Message("\n\n".join(lines), ((menu_button(speech),),))
