"""What the assistant makes of a text, as data: the emergency rule first, then Rasa's model."""

import asyncio
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from actions.ranking import FALLBACK, ranking_of
from bot.clients.rasa import RasaClient
from bot.texts.languages import languages
from nlu_data.text.emergency import EmergencyRule

AT_ONCE = 8
SHOWN_ALTERNATIVES = 5


@dataclass(frozen=True)
class Understanding:
    """A line of `mittendrin understand`: `accepted` is whether the assistant would answer the topic directly."""

    topic: str | None
    confidence: float
    lang: str
    accepted: bool
    alternatives: list[tuple[str, float]] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """The line as JSON-able data."""
        return asdict(self)


async def understand(rasa: RasaClient, rule: EmergencyRule, text: str, lang: str | None = None) -> Understanding:
    """Read one text; `lang` is its language where that is known. RasaDownError if Rasa does not answer."""
    alarm = rule.alarm(text)
    if not text.strip():
        return Understanding(None, 0.0, lang or "de", accepted=False)
    parsed = await rasa.parse(text)
    ranking = [(topic, round(confidence, 4)) for topic, confidence in ranking_of(parsed)]
    detected = lang if lang in languages() else (parsed.get("language") or {}).get("code", "de")
    if alarm:
        others = [pair for pair in ranking if pair[0] != alarm.topic]
        return Understanding(alarm.topic, 1.0, detected, accepted=True, alternatives=others[:SHOWN_ALTERNATIVES])
    if not ranking:
        return Understanding(None, 0.0, detected, accepted=False)
    topic, confidence = ranking[0]
    accepted = parsed["intent"]["name"] != FALLBACK and topic != "out_of_scope"
    return Understanding(topic, confidence, detected, accepted, ranking[1 : SHOWN_ALTERNATIVES + 1])


async def understand_all(
    rasa: RasaClient, rule: EmergencyRule, texts: Iterable[tuple[str, str | None]]
) -> list[Understanding]:
    """Read many (text, language or None), a few at a time, in order."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(text: str, lang: str | None) -> Understanding:
        async with gate:
            return await understand(rasa, rule, text, lang)

    return await asyncio.gather(*(one(text, lang) for text, lang in texts))
