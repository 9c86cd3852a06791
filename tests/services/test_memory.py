"""What is remembered for an hour at most."""

from datetime import timedelta

from bot.conversation.memory import Memory
from tests.conftest import NOW

HOUR = timedelta(hours=1)


def test_a_value_fades() -> None:
    memory: Memory[str] = Memory(keep=HOUR)
    memory.put("a", "value", NOW)
    assert memory.get("a", NOW + HOUR) == "value"
    assert memory.get("a", NOW + HOUR + timedelta(seconds=1)) is None
    assert memory.get("b", NOW) is None


def test_putting_again_renews() -> None:
    memory: Memory[str] = Memory(keep=HOUR)
    memory.put("a", "old", NOW)
    memory.put("a", "new", NOW + HOUR)
    assert memory.get("a", NOW + HOUR + HOUR) == "new"


def test_the_oldest_make_room() -> None:
    memory: Memory[int] = Memory(most=2)
    memory.put("a", 1, NOW)
    memory.put("b", 2, NOW)
    memory.put("a", 3, NOW)
    memory.put("c", 4, NOW)
    assert [memory.get(key, NOW) for key in "abc"] == [3, None, 4]


def test_a_value_can_be_forgotten_also_twice() -> None:
    memory: Memory[int] = Memory()
    memory.put("a", 1, NOW)
    memory.forget("a")
    memory.forget("a")
    assert memory.get("a", NOW) is None


def test_a_false_value_is_remembered_too() -> None:
    memory: Memory[bool] = Memory()
    memory.put("a", False, NOW)
    assert memory.get("a", NOW) is False
