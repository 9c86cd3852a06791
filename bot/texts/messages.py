"""What a front shows: text with buttons, a pin on a map, or a file."""

from dataclasses import dataclass

# Telegram's limits: https://core.telegram.org/bots/api#inlinekeyboardbutton and #sendmessage
LONGEST_DATA = 64
LONGEST_TEXT = 4096


@dataclass(frozen=True)
class Button:
    """A button: pressing it sends `data` back to us, or opens `url`."""

    label: str
    data: str = ""
    url: str = ""

    def __post_init__(self) -> None:
        if bool(self.data) == bool(self.url):
            raise ValueError("a button carries either data or a url")
        if len(self.data.encode()) > LONGEST_DATA:
            raise ValueError(f"callback data over {LONGEST_DATA} bytes: {self.data!r}")


@dataclass(frozen=True)
class Pin:
    """A place on the map (WGS84)."""

    lat: float
    lon: float
    title: str
    address: str


@dataclass(frozen=True)
class Document:
    """A file to keep."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Message:
    """One message. `html` uses only <b> and <a>; `share_location` offers to send one's position."""

    html: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    pin: Pin | None = None
    share_location: str = ""
    document: Document | None = None
