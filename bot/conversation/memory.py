"""What is remembered for an hour at most, in this process only: it is never stored, and gone after a restart."""

from collections import OrderedDict
from datetime import datetime, timedelta
from typing import Generic, TypeVar

Value = TypeVar("Value")
KEEP = timedelta(hours=1)
MOST = 5000


class Memory(Generic[Value]):
    """Values by key that fade after `keep`; the oldest make room when there are `most`."""

    def __init__(self, keep: timedelta = KEEP, most: int = MOST) -> None:
        self._keep, self._most = keep, most
        self._values: OrderedDict[str, tuple[datetime, Value]] = OrderedDict()

    def put(self, key: str, value: Value, now: datetime) -> None:
        """Remember a value."""
        self._values[key] = (now, value)
        self._values.move_to_end(key)
        while len(self._values) > self._most:
            self._values.popitem(last=False)

    def get(self, key: str, now: datetime) -> Value | None:
        """The value if it has not faded."""
        at, value = self._values.get(key, (None, None))
        return value if at is not None and now - at <= self._keep else None

    def forget(self, key: str) -> None:
        """Drop a value."""
        self._values.pop(key, None)
