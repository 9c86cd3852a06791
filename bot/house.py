"""Putting the rooms together for a process that talks to people."""

from datetime import UTC, datetime

from actions.content import ROOT, load_content
from bot.clients.rasa import RasaClient
from bot.conversation.conversation import Conversation
from bot.settings import Settings
from nlu_data.text.emergency import EmergencyRule
from storage.engine import Database

RASA_ROOM = ROOT / "nlu_data"


def utc_now() -> datetime:
    """The moment, aware UTC: the only clock of the front."""
    return datetime.now(UTC)


def build_conversation(settings: Settings, database: Database, rasa: RasaClient) -> Conversation:
    """The conversation with the city's content and the emergency rule."""
    content = load_content(settings=settings.data / "settings.yml")
    return Conversation(database, content, rasa, EmergencyRule.read(RASA_ROOM), utc_now, settings.zone)
