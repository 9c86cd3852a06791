"""`mittendrin up`: answers, survives, restarts, stops."""

import asyncio
import os
import signal
import subprocess

import psutil

from tests.doubles.bot_api import BotApi
from tests.e2e.conftest import House


async def test_a_day_of_the_house(house: House, api: BotApi) -> None:
    amira = api.person(7, "ar")
    await amira.arrives("ar", patience=120)  # writes before anything runs: waits, and is answered
    healthy = await house.until("ok")
    assert healthy["model"].endswith(".tar.gz") and healthy["since"]
    assert {name: entry["state"] for name, entry in healthy["processes"].items()} == {
        "rasa": "up",
        "actions": "up",
        "bot": "up",
    }

    await amira.writes("كيف أسجل ابني بالروضة؟")
    assert "Kita-Navigator" in await amira.reads_text()
    await amira.writes("Merhaba, kızımı ilkokula nasıl yazdırabilirim?")
    assert "okul" in (await amira.reads_text()).lower()
    await amira.presses("topic:school_search")
    await amira.reads()
    await amira.writes("Kita in der Nähe")
    await amira.reads()
    amira.skip()

    # Rasa dies: danger is still answered, the rest gets an honest sentence, and Rasa comes back alone.
    os.kill(healthy["processes"]["rasa"]["pid"], signal.SIGKILL)
    amira.skip()
    await amira.writes("زوجي يضربني")
    await api.until(lambda: any("116 016" in message.get("text", "") for message in api.sent[7]))
    await house.until("degraded")
    back = await house.until("ok")
    assert back["processes"]["rasa"]["restarts"] == 1
    assert back["processes"]["bot"]["restarts"] == 0

    second = await asyncio.to_thread(
        subprocess.run, house.command("up"), env=house.variables, capture_output=True, text=True, timeout=60
    )
    assert second.returncode == 1 and "already runs" in second.stderr

    family = house.family()
    house.stop()
    assert house.process is not None and house.process.returncode == 0
    assert not [process for process in family if process.is_running() and process.status() != psutil.STATUS_ZOMBIE]


async def test_a_killed_bot_answers_what_it_had_taken(house: House, api: BotApi) -> None:
    amira = api.person(8, "de")
    await amira.arrives("de", patience=120)
    healthy = await house.until("ok")
    await house.idle()  # what is sent but not yet marked may be sent again: the one case that Telegram leaves open
    os.kill(healthy["processes"]["bot"]["pid"], signal.SIGKILL)
    for question in ("Was kostet die Kita?", "Was macht das Jugendamt?"):
        await amira.writes(question)
    fees, office = [message["text"] for message in await amira.reads(2, seconds=60)]
    assert "Elternbeitrag" in fees and "02362 664551" in office
    house.stop(signal.SIGINT)
    texts = [message.get("text", "") for message in api.sent[8]]
    assert sum("Elternbeitrag" in text and "vier Jahre" in text for text in texts) == 1, "answered once"


async def test_a_wrong_token_is_said_and_not_tried_again(api: BotApi, house: House) -> None:
    house.stop()
    wrong = House(api, house.data, TELEGRAM_BOT_TOKEN="999999999:wrong-wrong-wrong-wrong")
    wrong.start()
    found = await wrong.until("degraded")
    while found["processes"]["bot"]["state"] != "stopped":
        found = await wrong.until("degraded")
    output = wrong.stop()
    assert "TELEGRAM_BOT_TOKEN" in output and "999999999" not in output
