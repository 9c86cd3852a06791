"""`mittendrin language try`: why a message is understood as it is, with the real Rasa."""

from pathlib import Path

import pytest
import pytest_asyncio

from bot.clients.rasa import RasaClient
from bot.environments import RASA_ROOM
from bot.language_files import LanguageFiles
from bot.language_try import Explanation, explain
from bot.services import rasa_at_hand
from bot.settings import Settings
from nlu_data.text.emergency import EmergencyRule

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def explanations(model: Path, town_settings: Settings) -> dict[str, Explanation]:
    rule, files = EmergencyRule.read(RASA_ROOM), LanguageFiles()
    texts = ("kita zwölfblatt anmelden", "kocam beni dövüyor")
    async with rasa_at_hand(town_settings, model, ["rasa"]) as (url, token), RasaClient(url, token) as rasa:
        return {text: await explain(rasa, rule, files, "de", text) for text in texts}


async def test_topic_concepts_and_unknown_words_are_shown(explanations: dict[str, Explanation]) -> None:
    found = explanations["kita zwölfblatt anmelden"]
    assert found.ranking[0][0] == "kita_registration"
    assert found.language[0] == "de"
    assert found.concepts["kita"] == "kita" and "register" in found.concepts
    assert found.unknown_words == ("zwölfblatt",)
    assert found.alarm is None


async def test_the_words_that_decide_weigh_most(explanations: dict[str, Explanation]) -> None:
    weights = dict(explanations["kita zwölfblatt anmelden"].weights)
    assert weights["kita"] > weights["zwölfblatt"]
    assert weights["anmelden"] > 0


async def test_the_nearest_examples_stand_in_the_languages_files(explanations: dict[str, Explanation]) -> None:
    near = explanations["kita zwölfblatt anmelden"].near
    assert near[0].likeness >= near[-1].likeness > 50
    for each in near:
        written = each.example.path.read_text(encoding="utf-8").splitlines()[each.example.number - 1]
        assert written == f"    - {each.example.text}"


async def test_danger_is_named_with_the_language_that_found_it(explanations: dict[str, Explanation]) -> None:
    alarm = explanations["kocam beni dövüyor"].alarm
    assert alarm is not None and alarm.topic == "violence_help" and "tr" in alarm.languages
