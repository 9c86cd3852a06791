"""Talking to the assistant in a terminal, on the same path as on Telegram; buttons are numbered."""

import asyncio
import html
import re
from collections.abc import Callable

from actions.replies import Steer
from bot.conversation.conversation import Conversation, Who
from bot.conversation.press import press
from bot.texts.messages import Button, Message

_LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>')
_TAG = re.compile(r"</?b>")
HELP = "(a number presses a button; 51.66,6.96 sends a location; /start, /menu, /delete; /quit ends)"
_COMMANDS = {"/menu": Steer("menu"), "/language": Steer("change_language"), "/help": Steer("menu_help")}
_COMMANDS |= {"/privacy": Steer("privacy"), "/delete": Steer("delete_data"), "/start": Steer("change_language")}
_LOCATION = re.compile(r"(-?\d+\.\d+)\s*,\s*(-?\d+\.\d+)")


class Terminal:
    """One person at one terminal."""

    def __init__(self, conversation: Conversation, who: Who, show: Callable[[str], None]) -> None:
        self._conversation, self._who, self._show = conversation, who, show
        self._buttons: list[Button] = []

    async def begin(self, language: str | None) -> None:
        """Agree on the person's behalf (she started this command) and greet her."""
        if language:
            await self._conversation.choose_language(self._who, language)
        await self._conversation.agree(self._who)
        self._show(HELP)
        self.display(await self._conversation.say(self._who, Steer("greet")))

    async def line(self, text: str) -> None:
        """Do what a typed line says."""
        text = text.strip()
        if text in _COMMANDS:
            self.display(await self._conversation.say(self._who, _COMMANDS[text]))
        elif text.isdigit() and 0 < int(text) <= len(self._buttons):
            button = self._buttons[int(text) - 1]
            if button.url:
                self._show(button.url)
            else:
                self.display(await press(self._conversation, self._who, button.data))
        elif match := _LOCATION.fullmatch(text):
            self.display(await self._conversation.location(self._who, float(match[1]), float(match[2])))
        elif text:
            self.display(await self._conversation.text(self._who, text))

    def display(self, messages: list[Message]) -> None:
        """Print messages and number their buttons."""
        self._buttons = []
        for message in messages:
            if message.pin:
                self._show(
                    f"📍 {message.pin.title}, {message.pin.address} ({message.pin.lat:.5f},{message.pin.lon:.5f})"
                )
                continue
            self._show("\n" + plain(message.html))
            for row in message.buttons:
                labels = []
                for button in row:
                    self._buttons.append(button)
                    labels.append(f"[{len(self._buttons)}] {button.label}")
                self._show("   ".join(labels))


def plain(text: str) -> str:
    """A message's HTML as plain text, links with their addresses."""
    return html.unescape(_TAG.sub("", _LINK.sub(r"\2 (\1)", text)))


async def talk(terminal: Terminal, language: str | None, read: Callable[[], str]) -> None:
    """Read lines until the end of input or /quit."""
    await terminal.begin(language)
    while True:
        try:
            line = await asyncio.to_thread(read)
        except EOFError:
            return
        if line.strip() == "/quit":
            return
        await terminal.line(line)
