"""A conversation as an HTML page that looks like a messenger."""

import html
from dataclasses import dataclass
from pathlib import Path
from string import Template

from bot.texts.messages import Button, Message, Pin

TEMPLATE = Path(__file__).with_name("chat.html")
# A made-up map: tiles of a real one would need the network, and a licence line.
MAP = (
    '<svg viewBox="0 0 250 110"><rect width="250" height="110" fill="#e9e5dc"/>'
    '<path d="M0 0h90v38H0z" fill="#cfe6bf"/><path d="M-5 96Q80 74 140 92T256 80V110H-5z" fill="#a9cfe8"/>'
    '<path d="M0 52L250 40M70 0L96 110M180 0L164 110" stroke="#fff" stroke-width="9"/>'
    '<path d="M0 80L250 66M128 0L130 110" stroke="#fff" stroke-width="4"/>'
    '<path d="M125 62c-16-20-16-36 0-36s16 16 0 36z" fill="#d7322d"/><circle cx="125" cy="39" r="5" fill="#fff"/></svg>'
)


@dataclass(frozen=True)
class Said:
    """What the person does: writes `text`, presses the button labelled `text`, or shares a location."""

    text: str = ""
    pressed: bool = False


def page(title: str, language: str, talk: list[Said | Message]) -> str:
    """The whole page."""
    bubbles = "\n".join(_person(part) if isinstance(part, Said) else _bot(part) for part in talk)
    template = Template(TEMPLATE.read_text(encoding="utf-8"))
    return template.substitute(title=html.escape(title), lang=language, bubbles=bubbles)


def _person(said: Said) -> str:
    if not said.text:
        return f'<section class="person"><article class="map">{MAP}</article></section>'
    kind = ' class="pressed"' if said.pressed else ""
    return f'<section class="person"><article{kind}>{_lines(html.escape(said.text))}</article></section>'


def _bot(message: Message) -> str:
    if message.pin:
        return f'<section class="bot">{_venue(message.pin)}</section>'
    rows = "".join(f"<div>{''.join(map(_button, row))}</div>" for row in message.buttons)
    keyboard = f"<nav>{rows}</nav>" if rows else ""
    return f'<section class="bot"><article>{_lines(message.html)}</article>{keyboard}</section>'


def _lines(text: str) -> str:
    """Each line finds its own direction, as in Telegram."""
    return "".join(f'<div dir="auto">{line or "<br>"}</div>' for line in text.split("\n"))


def _button(button: Button) -> str:
    kind = ' class="link"' if button.url else ""
    return f'<span dir="auto"{kind}>{html.escape(button.label)}</span>'


def _venue(pin: Pin) -> str:
    return f'<article class="map">{MAP}{_lines(html.escape(pin.title))}{_lines(html.escape(pin.address))}</article>'
