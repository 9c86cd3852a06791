"""What Rasa understood of the latest message, as a typed value."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from actions.ranking import ranking_of


@dataclass(frozen=True)
class Understood:
    """`ranking` holds (topic, confidence), likeliest first, without Rasa's fallback intent.

    `topic_before` is what the talk was about, `event_before` the event that it was about, `location` WGS84 (lat, lon)
    shared a short while ago; all may be None. `person_id` is None for somebody who is only tried out with.
    """

    text: str
    ranking: tuple[tuple[str, float], ...]
    concepts: tuple[str, ...]
    topic_before: str | None
    event_before: int | None
    person_id: int | None
    location: tuple[float, float] | None

    @property
    def topic(self) -> str:
        """The likeliest topic."""
        return self.ranking[0][0] if self.ranking else "out_of_scope"

    @classmethod
    def of(cls, message: Mapping[str, Any], sender: str = "") -> "Understood":
        """Read rasa_sdk's `tracker.latest_message` and `tracker.sender_id` ("p" and the person's id)."""
        metadata = message.get("metadata") or {}
        location = metadata.get("location")
        return cls(
            text=message.get("text") or "",
            ranking=ranking_of(message),
            concepts=tuple(message.get("concepts") or ()),
            topic_before=metadata.get("topic"),
            event_before=metadata.get("event"),
            person_id=int(sender[1:]) if sender[:1] == "p" and sender[1:].isdecimal() else None,
            location=(float(location[0]), float(location[1])) if location else None,
        )
