"""Events and trips: what is on, coming along, the waiting list, reminders. By buttons alone and by free text."""

import itertools
from datetime import datetime, timedelta

import pytest
import pytest_asyncio
from icalendar import Calendar
from sqlmodel import select

from actions.services import event_admin
from bot.house import utc_now
from storage import events as table
from storage.models import Delivery, Event, Party
from tests.conversations.conftest import Town
from tests.doubles.bot_api import Person

pytestmark = pytest.mark.asyncio(loop_scope="session")
_numbers = itertools.count(1)


def noon(days: int) -> datetime:
    """Noon in the city so many days from now: the assistant and Rasa's actions live in the present."""
    return (utc_now() + timedelta(days=days)).replace(hour=11, minute=0, second=0, microsecond=0)


async def trip(town: Town, title: str, days: int = 9, **values: object) -> int:
    starts_at = noon(days)
    columns = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=2), "place": "Jüdisches Museum", **values}
    texts = {"de": {"title": title, "description": "Wir fahren zusammen hin.", "bring": "Wasser"}}
    key = f"test-{next(_numbers)}"
    return await town.conversation.stored(event_admin.put, key, columns, texts, utc_now(), town.conversation.zone)


async def parties(town: Town, event_id: int) -> list[Party]:
    every = ("seated", "waiting", "offered", "cancelled", "lapsed")
    return await town.conversation.stored(table.parties, event_id, every)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def museum(town: Town) -> int:
    return await trip(town, "Ausflug ins Jüdische Museum", seats=40, price=500, pass_price=0)


async def test_what_is_on_shows_a_card_with_everything(town: Town, museum: int) -> None:
    jonas = await town.neighbour("de")
    await jonas.writes("/events")
    assert "Jüdische Museum" in await jonas.reads_text()
    await jonas.presses(f"event:{museum}")
    card = await jonas.reads_text()
    for shown in ("Jüdisches Museum", "5\xa0€", "Dorsten-Pass", "40", "Wasser"):
        assert shown in card
    assert noon(9).astimezone(town.conversation.zone).strftime("%H:%M") in card


async def test_signing_up_in_arabic_by_buttons_takes_six_taps(town: Town, museum: int) -> None:
    amira = await town.neighbour("ar")
    await amira.writes("/events")
    await amira.reads()
    taps = [f"event:{museum}", f"signup:{museum}", f"su:{museum}:adults:2", f"su:{museum}:children:1"]
    taps += [f"su:{museum}:interpreter:ar", f"su:{museum}:name:", f"su:{museum}:confirm:yes"]
    for data in taps:
        await amira.presses(data)
        await amira.reads()
    assert len(taps) - 1 <= 6  # from the event's card on
    (party,) = [party for party in await parties(town, museum) if party.name == "Amira"]
    assert (party.state, party.adults, party.children, party.interpreter) == ("seated", 2, 1, "ar")


async def test_signing_up_in_kurmanji_in_her_own_words(town: Town) -> None:
    zoo = await trip(town, "Zoobesuch Gelsenkirchen", seats=9)
    rojin = await town.neighbour("ku", "Rojîn")
    await rojin.taps_on_old_message(f"signup:{zoo}")
    await rojin.reads()
    await rojin.writes("ez û mêrê min û sê zarok")
    await rojin.reads()
    await rojin.writes("na")
    await rojin.reads()
    await rojin.writes("Rojîn")
    await rojin.reads()
    await rojin.writes("erê")
    await rojin.reads()
    (party,) = await parties(town, zoo)
    assert (party.state, party.adults, party.children, party.name) == ("seated", 2, 3, "Rojîn")


async def test_a_question_in_the_middle_is_answered_and_the_form_goes_on(town: Town, museum: int) -> None:
    oksana = await town.neighbour("de", "Oksana")
    await oksana.taps_on_old_message(f"signup:{museum}")
    await oksana.reads()
    await oksana.writes("Was kostet die Kita?")
    answer, again = await oksana.reads(2)
    assert "Kita" in answer["text"] or "Elternbeitrag" in answer["text"]
    assert any(data.startswith(f"su:{museum}:adults") for data in oksana.data())
    await oksana.presses(f"su:{museum}:stop")
    await oksana.reads()
    assert not [party for party in await parties(town, museum) if party.name == "Oksana"]
    assert again


async def test_back_and_nonsense(town: Town, museum: int) -> None:
    amira = await town.neighbour("de")
    await amira.taps_on_old_message(f"signup:{museum}")
    await amira.reads()
    await amira.presses(f"su:{museum}:adults:3")
    await amira.reads()
    await amira.presses(f"su:{museum}:back")
    await amira.reads()
    assert f"su:{museum}:adults:1" in amira.data()
    await amira.writes("blablub wummi")
    await amira.reads(2)
    assert f"su:{museum}:adults:1" in amira.data()
    await amira.taps_on_old_message(f"su:{museum}:adults:viele")  # a broken button
    await amira.reads()


async def test_the_waiting_list_moves_by_itself(town: Town) -> None:
    small = await trip(town, "Kochabend", seats=2)
    first, second = await town.neighbour("de", "Erste"), await town.neighbour("de", "Zweite")
    for person in (first, second):
        await signs_up(person, small, adults=2)
    one, two = await parties(town, small)
    assert (one.state, two.state) == ("seated", "waiting")
    await first.presses(f"off:{one.id}")
    await first.reads()
    await make_due(town, small)
    await town.outbox.tick()
    if (await parties(town, small))[1].state == "waiting":
        pytest.skip("it is night in Dorsten: the seats are kept until the morning (tests/services/test_seats.py)")
    assert "angeboten" in await second.reads_text() or second.data()
    await second.presses(f"accept:{two.id}")
    await second.reads()
    assert (await parties(town, small))[1].state == "seated"


async def test_the_event_moves_and_is_cancelled_and_she_hears_each_once(town: Town) -> None:
    walk = await trip(town, "Stadtrundgang", seats=5)
    amira = await town.neighbour("de")
    await signs_up(amira, walk, adults=1)
    zone = town.conversation.zone
    await town.conversation.stored(event_admin.change, walk, {"starts_at": noon(8)}, utc_now(), zone)
    await make_due(town, walk)
    await town.outbox.tick()
    assert "Stadtrundgang" in await amira.reads_text()
    await town.conversation.stored(event_admin.cancel, walk, "Jonas", "zu wenige", utc_now(), zone)
    await make_due(town, walk)
    await town.outbox.tick()
    assert "Stadtrundgang" in await amira.reads_text()
    assert await town.outbox.tick() == 0


async def test_the_calendar_file(town: Town, museum: int) -> None:
    amira = await town.neighbour("de")
    await amira.taps_on_old_message(f"ics:{museum}")
    (message,) = await amira.reads()
    calendar = Calendar.from_ical(town.api.files[message["document"]["file_id"]])
    (event,) = calendar.events
    assert event["summary"] == "Ausflug ins Jüdische Museum"
    assert event.start == noon(9)


async def test_where_am_i_signed_up(town: Town, museum: int) -> None:
    amira = await town.neighbour("de")
    await amira.writes("/mine")
    await amira.reads()
    await signs_up(amira, museum, adults=1)
    await amira.writes("Wo bin ich angemeldet?")
    assert "Jüdische Museum" in await amira.reads_text()


async def test_remind_me_tomorrow_at_nine(town: Town) -> None:
    amira = await town.neighbour("de")
    await amira.writes("Erinnere mich morgen um 9 an die Anmeldung in der Kita")
    await amira.reads()
    with town.database.session() as session:
        found = session.exec(select(Delivery).where(Delivery.key.startswith("personal:"))).all()
    local = found[-1].due_at.astimezone(town.conversation.zone)
    assert (local.hour, local.minute) == (9, 0)
    await amira.presses(f"forget:{found[-1].id}")
    await amira.reads()
    with town.database.session() as session:
        assert session.get(Delivery, found[-1].id).state == "dropped"


async def test_news_are_switched_on_and_off(town: Town) -> None:
    amira = await town.neighbour("de")
    await amira.taps_on_old_message("news")
    await amira.reads()
    await amira.presses("news:concerts")
    await amira.reads()
    assert any(label.startswith("✅") for label in amira.buttons())
    await amira.presses("news:concerts")
    await amira.reads()
    assert not any(label.startswith("✅") for label in amira.buttons())


async def signs_up(person: Person, event_id: int, adults: int) -> None:
    await person.taps_on_old_message(f"signup:{event_id}")
    await person.reads()
    for data in (f"adults:{adults}", "children:0", "interpreter:", "name:", "confirm:yes"):
        await person.presses(f"su:{event_id}:{data}")
        await person.reads()


async def make_due(town: Town, event_id: int) -> None:
    """As if it were day: what waits for the end of the quiet hours may go now."""
    with town.database.session() as session:
        version = session.get(Event, event_id).version
        queued = select(Delivery).where(Delivery.event_id == event_id, Delivery.state == "queued")
        for row in session.exec(queued):
            if not row.key.startswith("remind:") and f":{version}" in row.key:
                row.due_at = utc_now()
