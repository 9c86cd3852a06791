"""One person's updates one after the other, different people's at the same time."""

import asyncio
from collections.abc import Iterator

import pytest
from telegram import Chat, Message, Update

from bot.telegram.order import PerPersonProcessor
from tests.conftest import NOW


def update(number: int, chat: int) -> Update:
    return Update(number, message=Message(number, NOW, Chat(chat, "private"), text="x"))


class Work:
    """Coroutines that note their beginning and end and wait to be let through."""

    def __init__(self) -> None:
        self.log: list[str] = []
        self.begun: dict[str, asyncio.Event] = {}
        self.gates: dict[str, asyncio.Event] = {}

    async def do(self, name: str) -> None:
        self.log.append(f"{name} begins")
        self.begun.setdefault(name, asyncio.Event()).set()
        await self.gates.setdefault(name, asyncio.Event()).wait()
        self.log.append(f"{name} ends")

    async def fail(self) -> None:
        raise ZeroDivisionError

    async def beginning(self, name: str) -> None:
        await self.begun.setdefault(name, asyncio.Event()).wait()

    def let(self, *names: str) -> None:
        for name in names:
            self.gates.setdefault(name, asyncio.Event()).set()


@pytest.fixture
def work() -> Work:
    return Work()


@pytest.fixture
def done() -> Iterator[list[int]]:
    numbers: list[int] = []
    yield numbers


@pytest.fixture
def processor(done: list[int]) -> PerPersonProcessor:
    async def handled(number: int) -> None:
        done.append(number)

    return PerPersonProcessor(handled, at_once=4)


async def test_one_chat_keeps_its_order(processor: PerPersonProcessor, work: Work, done: list[int]) -> None:
    async with asyncio.timeout(10), asyncio.TaskGroup() as group:
        for number in (1, 2, 3):
            group.create_task(processor.process_update(update(number, chat=7), work.do(str(number))))
        # 2 and 3 may go through at once, and still wait for 1.
        work.let("2", "3")
        await work.beginning("1")
        assert work.log == ["1 begins"] and done == []
        work.let("1")
    assert work.log == [f"{n} {what}" for n in (1, 2, 3) for what in ("begins", "ends")]
    assert done == [1, 2, 3]


async def test_a_slow_chat_holds_up_no_other(processor: PerPersonProcessor, work: Work, done: list[int]) -> None:
    async with asyncio.timeout(10), asyncio.TaskGroup() as group:
        group.create_task(processor.process_update(update(1, chat=7), work.do("slow")))
        await work.beginning("slow")
        work.let("quick")
        await group.create_task(processor.process_update(update(2, chat=8), work.do("quick")))
        assert work.log == ["slow begins", "quick begins", "quick ends"]
        assert done == [2]
        work.let("slow")
    assert done == [2, 1]


async def test_a_failure_is_not_handled_and_lets_the_next_through(
    processor: PerPersonProcessor, work: Work, done: list[int]
) -> None:
    with pytest.raises(ZeroDivisionError):
        await processor.process_update(update(1, chat=7), work.fail())
    work.let("next")
    async with asyncio.timeout(10):
        await processor.process_update(update(2, chat=7), work.do("next"))
    assert done == [2]


async def test_nothing_is_kept_of_chats_that_are_quiet(processor: PerPersonProcessor, work: Work) -> None:
    work.let("x")
    for chat in range(5):
        await processor.process_update(update(chat, chat=chat), work.do("x"))
    assert not processor._locks and not processor._waiting


async def test_an_update_without_a_chat_is_processed(
    processor: PerPersonProcessor, work: Work, done: list[int]
) -> None:
    work.let("x")
    await processor.process_update(Update(9), work.do("x"))
    await processor.process_update(object(), work.do("x"))
    assert done == [9]
