"""Logging: to standard error, without message texts and without secrets."""

import logging
import re

# A bot token inside an URL or an error message.
_TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{10,}")


class _WithoutSecrets(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return _TOKEN.sub("<token>", super().format(record))


def log_to_stderr(level: str) -> None:
    """Send all records of `level` and above to standard error; libraries that log what people write stay at WARNING."""
    handler = logging.StreamHandler()
    handler.setFormatter(_WithoutSecrets("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in ("httpx", "telegram", "rasa_sdk", "sanic", "aiohttp", "sqlalchemy"):
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelName(level)))
