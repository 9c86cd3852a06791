"""What is asked and said when a family signs up, and what it hears about its events unasked."""

from actions.event_replies import EventNotice, SignUpQuestion, SignUpResult
from bot.texts import event_cards as cards
from bot.texts.buttons import data, in_rows, menu_button, one_each, ways_on
from bot.texts.messages import Button, Message
from bot.texts.speech import Html, Speech, isolate, msgid

# What the buttons offer; more can be written.
MOST_ADULTS, MOST_CHILDREN = 4, 5


def question(speech: Speech, reply: SignUpQuestion) -> Message:
    """One question with its buttons, the way back and the way out."""
    event, step = reply.event, reply.step
    lines = []
    if reply.unclear:
        lines.append(speech.say("I have not understood that. Please press a button, or write it in other words."))
    lines.append(cards.head(speech, event) if step in ("adults", "confirm") else "")
    lines.append(_summary(speech, reply) if step == "confirm" else speech.say(_QUESTIONS[step]))
    buttons = in_rows(_choices(speech, reply))
    ways = [Button("✖ " + speech.label("Cancel"), data("su", event.id, "stop"))]
    if step != "adults":
        ways.insert(0, Button("⬅ " + speech.label("Back"), data("su", event.id, "back")))
    return Message("\n\n".join(line for line in lines if line), (*buttons, tuple(ways)))


def result(speech: Speech, reply: SignUpResult) -> list[Message]:
    """How it ended, with what can be done next."""
    event, party = reply.event, reply.party
    lines = [cards.head(speech, event)] if event else []
    lines.append(_RESULT_SIGNS.get(reply.what, "") + speech.say(_RESULTS[reply.what]))
    if reply.what == "waiting" and party:
        if party.ahead:
            ahead = speech.many("{number} family is before you.", "{number} families are before you.", party.ahead)
            lines.append(ahead)
        lines.append(speech.say("When there are seats for you, I will write to you at once."))
    if reply.what == "not_enough":
        lines.append(speech.many("{number} seat is free.", "{number} seats are free.", reply.free))
    if party and reply.what in ("seated", "waiting", "not_enough"):
        lines.append(cards.standing(speech, party))
    if event and reply.what in ("seated", "coming"):
        lines += [cards.where(speech, event), cards.bring(speech, event)]
    buttons: tuple[tuple[Button, ...], ...] = ()
    if event and reply.what == "seated":
        buttons = ((Button("🗓 " + speech.label("Calendar"), data("ics", event.id)),),)
    if party and reply.what in ("seated", "waiting", "not_enough"):
        buttons = (*buttons, *cards.party_buttons(speech, party))
    if event and reply.what in ("lapsed", "stopped"):
        buttons = one_each([Button("✅ " + speech.label("Sign up"), data("signup", event.id))])
    ways = ways_on(speech) if reply.what in ("too_many", "closed", "gone") else ((menu_button(speech),),)
    messages = [Message("\n\n".join(line for line in lines if line), (*buttons, *ways))]
    if event and reply.what == "seated" and (pin := cards.event_pin(speech, event)):
        messages.append(Message("", pin=pin))
    return messages


def notice(speech: Speech, reply: EventNotice) -> list[Message]:
    """A reminder, an offer, or what has changed."""
    event, party, what = reply.event, reply.party, reply.what
    lines = [f"{_NOTICE_SIGNS[what]} {cards.head(speech, event)}"]
    if what == "offer" and party.offered_until:
        end = party.offered_until
        moment = Html(f"{isolate(speech.day(end.date(), weekday=True))}, {isolate(speech.time(end))}")
        lines.append(speech.say("Good news: there are seats for you. Do you want them?"))
        lines.append(speech.say("Please answer by {moment}. Then the seats go to the next family.", moment=moment))
    else:
        lines.append(speech.say(_NOTICES[what]))
    if what in ("day_before", "shortly", "moved", "promoted", "offer"):
        lines += [cards.standing(speech, party), cards.where(speech, event)]
    if what in ("day_before", "shortly"):
        lines.append(cards.bring(speech, event))
    messages = [Message("\n\n".join(line for line in lines if line), _notice_buttons(speech, reply))]
    if what in ("day_before", "shortly", "moved") and (pin := cards.event_pin(speech, event)):
        messages.append(Message("", pin=pin))
    return messages


_QUESTIONS = {
    "adults": msgid("How many adults will come, with you?"),
    "children": msgid("How many children will come along?"),
    "ages": msgid("How old are the children? Write the ages, for example: 4, 7"),
    "interpreter": msgid("Do you need an interpreter?"),
    "childcare": msgid("Do you need childcare during the event?"),
    "wheelchair": msgid("Does one of you use a wheelchair?"),
    "diet": msgid("Is there food that you don't eat? Write it, or press “No”."),
    "name": msgid("Which name shall I put on the list? A first name is enough, or a name that you choose."),
}
_RESULTS = {
    "seated": msgid("You are signed up. I will remind you."),
    "coming": msgid("Thank you. See you there!"),
    "waiting": msgid("All seats are taken. You are on the waiting list."),
    "not_enough": msgid("There are not enough free seats. You keep the seats that you have."),
    "cancelled": msgid("I have signed you off. Thank you for telling us: now others can come."),
    "stopped": msgid("All right, I have not signed you up."),
    "over": msgid("This event is over."),
    "closed": msgid("The time to sign up for this event is over. You can ask the team."),
    "not_open": msgid("You can't sign up for this event yet. Please try again later."),
    "too_many": msgid("That is more people than I can sign up. Please ask the team."),
    "lapsed": msgid("This offer is over. You can sign up again."),
    "gone": msgid("I don't know this event any more."),
}
_RESULT_SIGNS = {"seated": "✅ ", "coming": "✅ ", "waiting": "⏳ ", "cancelled": "❌ "}
_NOTICES = {
    "day_before": msgid("This is a reminder. Do you come?"),
    "shortly": msgid("It begins soon. See you there!"),
    "lapsed": msgid("You have not answered in time, so the seats went to another family. You can sign up again."),
    "moved": msgid("Something has changed: please note day, time and place."),
    "cancelled": msgid("This event is cancelled. We are sorry."),
    "promoted": msgid("Good news: you have seats now. See you there!"),
}
_NOTICE_SIGNS = {
    "day_before": "🔔",
    "shortly": "🔔",
    "offer": "🎁",
    "lapsed": "⌛",
    "moved": "⚠️",
    "cancelled": "❌",
    "promoted": "✅",
}


def _choices(speech: Speech, reply: SignUpQuestion) -> list[Button]:
    event, step = reply.event, reply.step

    def choice(label: str, value: object) -> Button:
        return Button(label, data("su", event.id, step, value))

    match step:
        case "adults":
            return [choice(speech.number(number), number) for number in range(1, MOST_ADULTS + 1)]
        case "children":
            return [choice(speech.number(number), number) for number in range(MOST_CHILDREN + 1)]
        case "ages":
            return [choice(speech.label("I'd rather not say"), "")]
        case "interpreter":
            offered = event.interpreters or (speech.language.code,)
            codes = [code for code in offered if code != "de"] or [speech.language.code]
            names = [choice(speech.language_name(code), code) for code in codes]
            return [choice(speech.label("No"), ""), *names]
        case "childcare" | "wheelchair":
            return [choice(speech.label("Yes"), 1), choice(speech.label("No"), 0)]
        case "diet":
            return [choice(speech.label("No"), "")]
        case "name":
            return [choice(reply.suggested, "")] if reply.suggested else []
        case _:
            return [Button("✅ " + speech.label("Yes, sign us up"), data("su", event.id, "confirm", "yes"))]


def _summary(speech: Speech, reply: SignUpQuestion) -> str:
    draft = reply.draft
    family = [Html(speech.many("{number} adult", "{number} adults", draft.adults or 0))]
    if draft.children:
        family.append(Html(speech.many("{number} child", "{number} children", draft.children)))
    lines = [f"👪 {speech.listed(family)}"]
    if draft.ages:
        lines.append(speech.say("Age of the children: {ages} years", ages=", ".join(map(str, draft.ages))))
    if draft.interpreter:
        name = speech.language_name(draft.interpreter)
        lines.append("🗣 " + speech.say("Interpreter: {language}", language=name))
    lines += ["🧸 " + speech.say("With childcare")] if draft.childcare else []
    lines += ["♿ " + speech.say("With a wheelchair")] if draft.wheelchair else []
    lines += ["🍽 " + speech.say("You don't eat: {food}", food=draft.diet)] if draft.diet else []
    lines += ["✍️ " + speech.say("Name: {name}", name=draft.name)] if draft.name else []
    return "\n".join([*lines, "", speech.say("Is that right? Shall I sign you up?")])


def _notice_buttons(speech: Speech, reply: EventNotice) -> tuple[tuple[Button, ...], ...]:
    party, event = reply.party, reply.event
    match reply.what:
        case "day_before" | "moved":
            return (
                (Button("✅ " + speech.label("Yes, we come"), data("coming", party.id)),),
                (Button("❌ " + speech.label("We can't come"), data("off", party.id)),),
            )
        case "shortly" | "promoted":
            return ((Button("❌ " + speech.label("We can't come"), data("off", party.id)),),)
        case "offer":
            return tuple(cards.party_buttons(speech, party))
        case "lapsed":
            return ((Button("✅ " + speech.label("Sign up"), data("signup", event.id)),),)
        case _:
            return ((cards.all_events_button(speech),), (menu_button(speech),))
