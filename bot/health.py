"""GET /health on loopback: what is up, since when, and which model is loaded."""

from datetime import datetime

from aiohttp import web

from bot.supervisor import Supervisor


class Health:
    """The little server of `mittendrin up`."""

    def __init__(self, supervisor: Supervisor, since: datetime, model: str, telegram: str) -> None:
        self._supervisor, self._since, self._model, self._telegram = supervisor, since, model, telegram
        self._runner: web.AppRunner | None = None

    async def start(self, port: int) -> None:
        """Listen; OSError if the port is taken."""
        app = web.Application()
        app.add_routes([web.get("/health", self._health)])
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", port).start()

    async def stop(self) -> None:
        """Close the port."""
        if self._runner:
            await self._runner.cleanup()

    async def _health(self, _request: web.Request) -> web.Response:
        children = self._supervisor.children
        well = all(child.state == "up" for child in children)
        body = {
            "status": "ok" if well else "degraded",
            "since": self._since.isoformat(timespec="seconds"),
            "model": self._model,
            "telegram": self._telegram,
            "processes": {
                child.name: {
                    "state": child.state,
                    "since": child.since.isoformat(timespec="seconds") if child.since else None,
                    "pid": child.pid,
                    "restarts": child.restarts,
                }
                for child in children
            },
        }
        return web.json_response(body, status=200 if well else 503)
