"""Button data and the buttons that many messages share."""

from actions.content import Content
from bot.texts.messages import Button
from bot.texts.speech import Speech

PICTOGRAMS = {
    "kita": "🧸",
    "school": "🎒",
    "family": "👪",
    "offers": "🤝",
    "recognition": "📜",
    "events": "🎉",
    "help": "🚑",
    "pointers": "🏛",
    "meta": "💬",
}
# What a menu of topics leaves out: they answer what people say, nobody looks for them.
NOT_IN_MENUS = {"greet", "goodbye", "thanks", "affirm", "deny", "out_of_scope"}
_LONGEST_PAIR = 17


def data(action: str, *arguments: object) -> str:
    """Button data: `action:argument:…`."""
    return ":".join([action, *map(str, arguments)])


def topic_button(speech: Speech, topic: str) -> Button:
    """A button that asks about a topic."""
    return Button(speech.name("topic", topic), data("topic", topic))


def menu_button(speech: Speech) -> Button:
    """Back to all topics."""
    return Button("☰ " + speech.label("All topics"), data("menu"))


def ask_team_button(speech: Speech) -> Button:
    """Pass the question to a person."""
    return Button("🙋 " + speech.label("Ask the team"), data("team"))


def ways_on(speech: Speech) -> tuple[tuple[Button, ...], ...]:
    """All topics, or a person."""
    return in_rows([menu_button(speech), ask_team_button(speech)])


def groups_keyboard(speech: Speech, content: Content) -> tuple[tuple[Button, ...], ...]:
    """The main menu: one button a group, the emergency group first."""
    order = ["help", *(group for group in content.groups if group != "help")]
    made = [Button(f"{PICTOGRAMS[group]} {speech.name('group', group)}", data("group", group)) for group in order]
    return in_rows(made)


def in_rows(made: list[Button]) -> tuple[tuple[Button, ...], ...]:
    """Two short buttons in a row, long ones alone (an old phone shows about 17 letters in half its width)."""
    rows: list[tuple[Button, ...]] = []
    for button in made:
        if rows and len(rows[-1]) == 1 and max(len(rows[-1][0].label), len(button.label)) <= _LONGEST_PAIR:
            rows[-1] = (rows[-1][0], button)
        else:
            rows.append((button,))
    return tuple(rows)


def one_each(made: list[Button]) -> tuple[tuple[Button, ...], ...]:
    """One button in a row."""
    return tuple((button,) for button in made)
