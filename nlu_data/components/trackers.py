"""Rasa's memory of conversations: short, bounded, and never on disk."""

from collections import OrderedDict
from typing import Any

from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.trackers import DialogueStateTracker


class RecentTrackerStore(InMemoryTrackerStore):
    """Keeps the last events of the people who wrote last.

    The whole tracker travels with every action, so a long one slows every turn; what must outlast a restart is in the
    database. endpoints.yml sets `conversations` and `events`. (A form will need more: its slots
    are events too.)
    """

    def __init__(self, *args: Any, conversations: int = 2000, events: int = 10, **kwargs: Any) -> None:
        kwargs.pop("host", None)
        super().__init__(*args, **kwargs)
        self.store: "OrderedDict[str, str]" = OrderedDict()
        self._conversations, self._events = conversations, events

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Store the tracker's last events; the person silent longest makes room."""
        recent = list(tracker.events)[-self._events :]
        short = DialogueStateTracker.from_events(
            tracker.sender_id, recent, self.domain.slots, sender_source=tracker.sender_source, domain=self.domain
        )
        await super().save(short)
        self.store.move_to_end(tracker.sender_id)
        while len(self.store) > self._conversations:
            self.store.popitem(last=False)
