"""Pictures of real conversations: `uv run python docs/pictures/render.py [name …]` writes docs/pictures/<name>.png.

Needs a trained model in the data folder, and Debian's chromium, fonts-noto-core and fonts-noto-color-emoji.
"""

import asyncio
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from browser import BrowserMissingError, photograph
from page import Said, page

from actions.replies import Steer
from actions.services import event_examples
from bot.clients.rasa import RasaClient
from bot.conversation.conversation import Conversation, Who
from bot.conversation.press import press
from bot.house import build_conversation, utc_now
from bot.services import NotReadyError, prepare_database, rasa_at_hand
from bot.settings import Settings, load_settings
from bot.texts.messages import Message
from bot.training import model_path
from storage.engine import open_database

FOLDER = Path(__file__).parent
WIDTH, SCALE = 390, 2
LARGEST = 300_000
NAMES = {"ar": "أميرة", "ku": "Rojîn"}


class WrongPictureError(Exception):
    """A picture would not show what it should; the message says why."""


@dataclass(frozen=True)
class Start:
    """She opens the chat."""


@dataclass(frozen=True)
class Press:
    """She presses the button with this data."""

    data: str


@dataclass(frozen=True)
class Write:
    """She writes; `topic` is what the assistant must understand."""

    text: str
    topic: str


@dataclass(frozen=True)
class Locate:
    """She shares her location."""

    lat: float
    lon: float


Step = Start | Press | Write | Locate
# By name: the language, and what the person does. Whoever does not begin with Start has agreed before.
CONVERSATIONS: dict[str, tuple[str, Sequence[Step]]] = {
    "ar": (
        "ar",
        (
            Start(),
            Press("language:ar"),
            Press("agree"),
            Write("كيف أسجل ابني بالروضة؟", "kita_registration"),
            Write("وكم بتكلف؟", "kita_fees"),
            Locate(51.6603, 6.9642),
        ),
    ),
    "tr": ("tr", (Write("Oğlumu ilkokula nasıl kaydettiririm?", "school_enrolment"),)),
    "uk": ("uk", (Write("Як визнати мій диплом у Німеччині?", "recognition"),)),
    "de": ("de", (Write("Mein Kind ist krank. Wie entschuldige ich es in der Schule?", "school_absence"),)),
    "en": ("en", (Write("Where can I learn German?", "german_courses"),)),
    "ru": ("ru", (Write("Где мы можем получить Дорстен-пасс и какие скидки он даёт?", "dorsten_pass"),)),
    "fa": ("fa", (Write("می‌خواهم پسرم را در کودکستان ثبت نام کنم، چه کار کنم؟", "kita_registration"),)),
    "ku": ("ku", (Write("Ez dixwazim elmanî fêr bibim, kurs li ku ne?", "german_courses"),)),
    "pl": ("pl", (Write("Kiedy są ferie szkolne?", "school_holidays"),)),
    "ro": ("ro", (Write("Cine mă ajută să completez un formular?", "counselling"),)),
    "bg": ("bg", (Write("Къде да преведа дипломата си?", "document_translation"),)),
    "fr": ("fr", (Write("Comment demander les allocations familiales pour mes enfants ?", "child_benefit"),)),
    "sign_up_ar": (
        "ar",
        (
            Write("شو في فعاليات؟", "events_overview"),
            Press("event:1"),
            Press("signup:1"),
            Press("su:1:adults:2"),
            Press("su:1:children:1"),
            Press("su:1:interpreter:ar"),
            Press("su:1:name:"),
            Press("su:1:confirm:yes"),
        ),
    ),
    "sign_up_ku": (
        "ku",
        (
            Write("Ez dixwazim ji bo gera muzeyê xwe qeyd bikim", "event:1"),
            Write("ez û mêrê min û sê zarok", "event:1"),
            Write("na", "event:1"),
            Write("Rojîn", "event:1"),
            Write("erê", "event:1"),
        ),
    ),
    "emergency_ar": ("ar", (Write("الحقوني ابني ما عم يتنفس", "emergency"),)),
}


async def hold(conversation: Conversation, name: str) -> list[Said | Message]:
    """Hold a conversation; WrongPictureError if the assistant understands something else."""
    language, steps = CONVERSATIONS[name]
    who = Who("picture", name, language, NAMES.get(language, ""))
    if not isinstance(steps[0], Start):
        await conversation.agree(who)
    talk: list[Said | Message] = []
    buttons: dict[str, str] = {}
    for step in steps:
        said, messages = await _do(conversation, who, step, buttons)
        buttons = {button.data: button.label for message in messages for row in message.buttons for button in row}
        talk += [said, *messages]
    return talk


async def _do(conversation: Conversation, who: Who, step: Step, buttons: dict[str, str]) -> tuple[Said, list[Message]]:
    match step:
        case Start():
            return Said("/start"), await conversation.say(who, Steer("change_language"))
        case Press(data):
            if data not in buttons:
                raise WrongPictureError(f"{who.address}: no button {data!r} to press, only {', '.join(buttons)}")
            return Said(buttons[data], pressed=True), await press(conversation, who, data)
        case Write(text, topic):
            messages = await conversation.text(who, text)
            person = await conversation.person(who)
            if person is None or person.topic != topic:
                understood = person.topic if person else None
                raise WrongPictureError(f"{who.address}: {text!r} was read as {understood}, not as {topic}")
            return Said(text), messages
        case Locate(lat, lon):
            return Said(), await conversation.location(who, lat, lon)


def find_model(data: Path) -> Path:
    """The model for the training files as they are, else the newest one; WrongPictureError if there is none."""
    wanted = model_path(data)
    if wanted.exists():
        return wanted
    models = sorted(wanted.parent.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    models = [path for path in models if not path.name.startswith("unfinished-")]
    if not models:
        raise WrongPictureError(f"No model in {wanted.parent}; run `uv run mittendrin train` first.")
    print(f"No model for the training files as they are now; taking the newest, {models[-1].name}.")
    return models[-1]


async def hold_all(settings: Settings, model: Path, names: Sequence[str]) -> list[tuple[str, Path]]:
    """The pages of conversations with a Rasa and a database of their own."""
    prepare_database(settings)
    database = open_database(settings.database)
    with database.session() as session:
        event_examples.enter(session, utc_now(), settings.zone)
    pages = []
    try:
        async with rasa_at_hand(settings, model, ["rasa", "actions"]) as (url, token), RasaClient(url, token) as rasa:
            conversation = build_conversation(settings, database, rasa)
            for name in names:
                talk = await hold(conversation, name)
                pages.append((page(name, CONVERSATIONS[name][0], talk), FOLDER / f"{name}.png"))
    finally:
        database.close()
    return pages


def main(names: Sequence[str]) -> None:
    """Render the conversations of these names, or all."""
    names = names or list(CONVERSATIONS)
    if unknown := [name for name in names if name not in CONVERSATIONS]:
        raise WrongPictureError(f"No conversation {', '.join(unknown)}; there are {', '.join(CONVERSATIONS)}.")
    model = find_model(load_settings().data)
    # A folder of its own: nobody's data, logs or running assistant are touched, and no team's settings are shown.
    # It stays only if Rasa does not come up, for the logs that the message names.
    folder = Path(mkdtemp(prefix="mittendrin-pictures-"))
    settings = load_settings(mittendrin_data_dir=folder, database_url=f"sqlite:///{folder / 'pictures.db'}")
    kept = False
    try:
        pages = asyncio.run(hold_all(settings, model, names))
    except NotReadyError:
        kept = True
        raise
    finally:
        if not kept:
            shutil.rmtree(folder)
    asyncio.run(photograph(pages, WIDTH, SCALE))
    for _, path in pages:
        size = path.stat().st_size
        print(f"{path.name}: {size // 1000} kB")
        if size >= LARGEST:
            raise WrongPictureError(f"{path.name} has {size} bytes; it should stay below {LARGEST}.")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except (WrongPictureError, BrowserMissingError, NotReadyError) as error:
        sys.exit(str(error))
