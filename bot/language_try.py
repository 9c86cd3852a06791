"""Why the assistant understands a message as it does: for volunteers who improve their language's files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from actions.ranking import ranking_of
from bot.clients.rasa import RasaClient
from bot.language_files import LanguageFiles, Line
from nlu_data.text.emergency import Alarm, EmergencyRule
from nlu_data.text.normalise import normalise

SHOWN_TOPICS = 3
SHOWN_EXAMPLES = 5
# Words beyond these are not left out one by one: a volunteer tries sentences, not letters.
MOST_WORDS = 40


@dataclass(frozen=True)
class Near:
    """An example question that resembles the message: its topic, and the likeness (0 to 100)."""

    topic: str
    example: Line
    likeness: float


@dataclass(frozen=True)
class Explanation:
    """What was understood and why.

    `ranking`: (topic, confidence 0..1), likeliest first. `language`: (code, confidence 0..1). `concepts`: {concept:
    the word it was found at}. `weights`: (word, how much the first topic's confidence falls without it: -1..1), in the
    order of the message. `near`: the most similar examples of the language. `alarm`: what the emergency rule says.
    """

    ranking: tuple[tuple[str, float], ...]
    language: tuple[str, float]
    concepts: Mapping[str, str]
    weights: tuple[tuple[str, float], ...]
    near: tuple[Near, ...]
    alarm: Alarm | None

    @property
    def unknown_words(self) -> tuple[str, ...]:
        """Words of the message, normalised, at which no concept was found."""
        found = set(self.concepts.values())
        return tuple(word for word, _ in self.weights if normalise(word) not in found)


async def explain(rasa: RasaClient, rule: EmergencyRule, files: LanguageFiles, code: str, text: str) -> Explanation:
    """Explain one message in the language `code`; RasaDownError if Rasa does not answer."""
    parsed = await rasa.parse(text)
    ranking = ranking_of(parsed)
    language = parsed.get("language") or {}
    return Explanation(
        ranking=ranking[:SHOWN_TOPICS],
        language=(language.get("code", ""), language.get("confidence", 0.0)),
        concepts=parsed.get("concepts") or {},
        weights=await _weights(rasa, text.split()[:MOST_WORDS], ranking[0]) if ranking else (),
        near=_near(files, code, text),
        alarm=rule.alarm(text),
    )


async def _weights(rasa: RasaClient, words: Sequence[str], first: tuple[str, float]) -> tuple[tuple[str, float], ...]:
    """Leave out each word in turn and look what becomes of the first topic."""
    topic, confidence = first
    weights = []
    for left_out, word in enumerate(words):
        rest = " ".join([*words[:left_out], *words[left_out + 1 :]])
        without = dict(ranking_of(await rasa.parse(rest))) if rest else {}
        weights.append((word, confidence - without.get(topic, 0.0)))
    return tuple(weights)


def _near(files: LanguageFiles, code: str, text: str) -> tuple[Near, ...]:
    examples = [(intent.topic.text, line) for intent in files.examples(code) for line in intent.examples]
    found = process.extract(
        normalise(text),
        [normalise(line.text) for _, line in examples],
        scorer=fuzz.token_set_ratio,
        limit=SHOWN_EXAMPLES,
    )
    return tuple(Near(*examples[number], likeness) for _, likeness, number in found)
