"""What Rasa understood of the latest message, as a typed value."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from actions.ranking import ranking_of


@dataclass(frozen=True)
class Understood:
    """`ranking` holds (topic, confidence), likeliest first, without Rasa's fallback intent.

    `topic_before` is what the talk was about, `location` WGS84 (lat, lon) shared a short while ago; both may be None.
    """

    text: str
    ranking: tuple[tuple[str, float], ...]
    concepts: tuple[str, ...]
    topic_before: str | None
    location: tuple[float, float] | None

    @property
    def topic(self) -> str:
        """The likeliest topic."""
        return self.ranking[0][0] if self.ranking else "out_of_scope"

    @classmethod
    def of(cls, message: Mapping[str, Any]) -> "Understood":
        """Read rasa_sdk's `tracker.latest_message`."""
        metadata = message.get("metadata") or {}
        location = metadata.get("location")
        return cls(
            text=message.get("text") or "",
            ranking=ranking_of(message),
            concepts=tuple(message.get("concepts") or ()),
            topic_before=metadata.get("topic"),
            location=(float(location[0]), float(location[1])) if location else None,
        )
