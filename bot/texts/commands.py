"""The commands that Telegram lists, and what the bot says of itself there, in every language."""

from bot.texts.speech import speech


def command(message: str) -> str:
    """Mark a sentence for the catalogue; it is looked up when shown."""
    return message


COMMANDS = {
    "menu": command("All topics"),
    "events": command("Events and trips"),
    "mine": command("Your sign-ups"),
    "language": command("Change the language"),
    "help": command("What can I ask?"),
    "privacy": command("What happens with my data"),
    "delete": command("Delete my data"),
    "stop": command("No messages unasked"),
    "start": command("Start again"),
}
DESCRIPTION = command(
    "I answer questions about Kita, school, family, recognition and daily life in Dorsten, in your language. "
    "Free of charge, no phone number needed. In an emergency call 112."
)
SHORT_DESCRIPTION = command("Help for newcomers in Dorsten, in your language")


def commands(code: str) -> list[tuple[str, str]]:
    """Commands with their descriptions in a language."""
    return [(name, speech(code).label(message)) for name, message in COMMANDS.items()]
