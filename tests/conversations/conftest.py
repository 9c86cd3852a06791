"""The stage: the real Telegram application over HTTP, the real Rasa and actions, a real database.

Only Telegram's server is played (tests/doubles/bot_api.py). Everything is started once for all conversations.
"""

import asyncio
import itertools
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
import pytest_asyncio

from bot.clients.rasa import RasaClient
from bot.conversation.conversation import Conversation
from bot.environments import ensure_rasa_environment
from bot.house import build_conversation
from bot.services import prepare_database, rasa_at_hand
from bot.settings import Settings, load_settings
from bot.telegram.context import App
from bot.telegram.outbox import Outbox
from bot.telegram.receive import Inbox, poll
from bot.telegram.request import AiohttpRequest
from bot.telegram_bot import build_application
from bot.training import ensure_model
from storage.engine import Database, open_database
from tests.doubles.bot_api import TOKEN, BotApi, Person

_chats = itertools.count(10_001)


class Town:
    """Where the cast lives."""

    def __init__(
        self,
        api: BotApi,
        database: Database,
        settings: Settings,
        app: App,
        inbox: Inbox,
        conversation: Conversation,
    ) -> None:
        self.api, self.database, self.settings, self.app, self.inbox = api, database, settings, app, inbox
        self.conversation, self.outbox = conversation, Outbox(app, conversation)

    def newcomer(self, language: str = "de", name: str = "Amira") -> Person:
        """Somebody who has never written before; her phone is set to `language`."""
        return self.api.person(next(_chats), language, name)

    async def neighbour(self, language: str = "de", name: str = "Amira") -> Person:
        """Somebody who has chosen her language and agreed."""
        person = self.newcomer(language, name)
        await person.arrives(language)
        return person


@pytest.fixture(scope="session")
def model() -> Path:
    """The trained model; trains once for each state of the training data (a minute or two)."""
    ensure_rasa_environment()
    return ensure_model(load_settings().data)


@pytest.fixture(scope="session")
def town_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return load_settings(
        _env_file=None,
        mittendrin_data_dir=tmp_path_factory.mktemp("town"),
        database_url="",
        telegram_bot_token=TOKEN,
        telegram_webhook_url="",
    )


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def town(model: Path, town_settings: Settings) -> AsyncIterator[Town]:
    api = BotApi()
    settings = town_settings.model_copy(update={"telegram_api_url": await api.start()})
    prepare_database(settings)
    with closing(open_database(settings.database)) as database:
        async with rasa_at_hand(settings, model, ["rasa", "actions"]) as (url, token), RasaClient(url, token) as rasa:
            conversation = build_conversation(settings, database, rasa)
            app, inbox = build_application(settings, conversation, AiohttpRequest(), AiohttpRequest(connections=2))
            await app.initialize()
            await app.start()
            polling = asyncio.create_task(poll(app, inbox))
            yield Town(api, database, settings, app, inbox, conversation)
            polling.cancel()
            await asyncio.gather(polling, return_exceptions=True)
            await app.stop()
            await app.shutdown()
    await api.stop()
    assert api.errors == [], "Telegram would have refused these calls"
