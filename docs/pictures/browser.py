"""Photographing a page with Chromium, steered over its DevTools protocol."""

import asyncio
import base64
import os
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import aiohttp
from png import encode

NAMES = ("chromium", "chromium-browser", "google-chrome")
START_SECONDS = 60.0
ANSWER_SECONDS = 60.0
# The browser itself unpacks its screenshot into width, height and raw pixels, so that we can pack it smaller.
UNPACK = """(async () => {
  const picture = await createImageBitmap(await (await fetch("data:image/png;base64,%s")).blob());
  const canvas = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
  canvas.drawImage(picture, 0, 0);
  const reader = new FileReader();
  const read = new Promise(done => { reader.onload = done; });
  reader.readAsDataURL(new Blob([canvas.getImageData(0, 0, picture.width, picture.height).data]));
  await read;
  return [picture.width, picture.height, reader.result.split(",")[1]];
})()"""


class BrowserMissingError(Exception):
    """There is no usable Chromium; the message says what to do."""


async def photograph(pages: Sequence[tuple[str, Path]], width: int, scale: int) -> None:
    """Take a PNG of each page (its HTML, the picture's path): `width` CSS pixels wide, as high as its content."""
    with TemporaryDirectory() as profile:
        async with (
            _browser(Path(profile)) as endpoint,
            aiohttp.ClientSession() as session,
            session.ws_connect(endpoint, max_msg_size=0) as socket,
        ):
            for html, path in pages:
                path.write_bytes(await _picture(_Page(socket), html, width, scale))


class _Page:
    """Commands to one page over the browser's socket."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket, self._number, self._session = socket, 0, ""

    async def open(self) -> None:
        target = await self.call("Target.createTarget", url="about:blank")
        attached = await self.call("Target.attachToTarget", targetId=target["targetId"], flatten=True)
        self._session = attached["sessionId"]

    async def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        self._number += 1
        command = {"id": self._number, "method": method, "params": parameters}
        await self._socket.send_json({**command, "sessionId": self._session} if self._session else command)
        async with asyncio.timeout(ANSWER_SECONDS):
            while True:
                message = await self._socket.receive_json()
                if message.get("id") == self._number and message.get("sessionId", "") == self._session:
                    if "error" in message:
                        raise RuntimeError(f"{method}: {message['error'].get('message')}")
                    return dict(message["result"])


async def _picture(page: _Page, html: str, width: int, scale: int) -> bytes:
    await page.open()
    screen = {"width": width, "height": 800, "deviceScaleFactor": scale, "mobile": False}
    await page.call("Emulation.setDeviceMetricsOverride", **screen)
    frame = (await page.call("Page.getFrameTree"))["frameTree"]["frame"]["id"]
    await page.call("Page.setDocumentContent", frameId=frame, html=html)
    measure = "document.fonts.ready.then(() => Math.ceil(document.body.getBoundingClientRect().height))"
    found = await page.call("Runtime.evaluate", expression=measure, awaitPromise=True, returnByValue=True)
    clip = {"x": 0, "y": 0, "width": width, "height": found["result"]["value"], "scale": 1}
    shot = await page.call("Page.captureScreenshot", format="png", clip=clip, captureBeyondViewport=True)
    unpacked = await page.call(
        "Runtime.evaluate", expression=UNPACK % shot["data"], awaitPromise=True, returnByValue=True
    )
    columns, rows, pixels = unpacked["result"]["value"]
    return encode(base64.b64decode(pixels), columns, rows)


@asynccontextmanager
async def _browser(profile: Path) -> AsyncIterator[str]:
    """A running Chromium; yields the address of its socket."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        raise BrowserMissingError(
            f"No browser found (looked for {', '.join(NAMES)}). On Debian: "
            "apt-get install chromium fonts-noto-core fonts-noto-color-emoji"
        )
    options = ["--headless", "--remote-debugging-port=0", f"--user-data-dir={profile}", "--hide-scrollbars"]
    options += ["--no-first-run", "--disable-gpu", "--disable-dev-shm-usage", "--force-color-profile=srgb"]
    if os.geteuid() == 0:
        options.append("--no-sandbox")  # Chromium refuses to start for root with its sandbox
    silent = asyncio.subprocess.DEVNULL
    process = await asyncio.create_subprocess_exec(found, *options, stdout=silent, stderr=silent)
    try:
        yield await _endpoint(profile / "DevToolsActivePort", process)
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _endpoint(file: Path, process: asyncio.subprocess.Process) -> str:
    for _ in range(int(START_SECONDS / 0.1)):
        if len(lines := _lines(file)) >= 2:
            return f"ws://127.0.0.1:{lines[0]}{lines[1]}"
        if process.returncode is not None:
            break
        await asyncio.sleep(0.1)
    raise BrowserMissingError("Chromium does not start; try `chromium --headless --dump-dom about:blank` by hand.")


def _lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines() if file.exists() else []
