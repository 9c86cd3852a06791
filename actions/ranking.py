"""Reading the ranking of a message that Rasa has parsed."""

from collections.abc import Mapping
from typing import Any

# The intent that Rasa's FallbackClassifier puts first where it is not sure.
FALLBACK = "nlu_fallback"


def ranking_of(parsed: Mapping[str, Any]) -> tuple[tuple[str, float], ...]:
    """(topic, confidence 0..1), likeliest first, without Rasa's fallback intent; a finer intent counts as its topic."""
    return tuple(
        (entry["name"].split("/")[0], float(entry["confidence"]))
        for entry in parsed.get("intent_ranking") or ()
        if entry["name"] != FALLBACK
    )
