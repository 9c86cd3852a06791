"""All settings, from the environment and `.env`; everything missing or wrong is reported together, by name."""

import re
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from actions.content import ROOT

# https://core.telegram.org/bots/api#setwebhook
_WEBHOOK_SECRET = re.compile("[A-Za-z0-9_-]{0,256}")
Port = Annotated[int, Field(ge=1, le=65535)]


class SettingsError(Exception):
    """What is wrong, a line for each setting."""


class Settings(BaseSettings):
    """The settings of this machine. The descriptions are the README's table (a test compares them)."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True, validate_default=True
    )

    telegram_bot_token: SecretStr = Field(
        SecretStr(""), description="the bot's token from @BotFather; empty: no Telegram"
    )
    telegram_api_url: str = Field("https://api.telegram.org", description="base of the Bot API server")
    telegram_webhook_url: str = Field(
        "", description="public https address that Telegram posts to; empty: long polling"
    )
    telegram_webhook_secret: SecretStr = Field(
        SecretStr(""), description="proves that a post comes from Telegram; needed with a webhook"
    )
    database_url: str = Field(
        "", repr=False, description="SQLAlchemy URL, SQLite or PostgreSQL; empty: SQLite in the data folder"
    )
    mittendrin_data_dir: Path = Field(ROOT / "data", description="folder for database, models and logs")
    mittendrin_port: Port = Field(8484, description="loopback port of GET /health")
    mittendrin_webhook_port: Port = Field(8485, description="loopback port on which the bot takes Telegram's posts")
    mittendrin_encoder: Path | None = Field(
        None, description="folder of a sentence encoder (docs/sentence-encoder.md); empty: none"
    )
    tz: str = Field("Europe/Berlin", description="time zone of the city")
    log_level: str = Field("WARNING", description="DEBUG, INFO, WARNING or ERROR")

    @field_validator("tz")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            raise ValueError(f"{value!r} is no time zone; use for example Europe/Berlin") from None
        return value

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        if value:
            try:
                backend = make_url(value).get_backend_name()
            except ArgumentError:
                raise ValueError("is no database URL; use for example postgresql://user@host/name") from None
            if backend not in ("sqlite", "postgresql", "postgres"):
                raise ValueError(f"{backend} is not supported; use sqlite or postgresql")
        return value

    @field_validator("telegram_api_url", "telegram_webhook_url")
    @classmethod
    def _web_address(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("must begin with http:// or https://")
        return value.rstrip("/")

    @field_validator("telegram_bot_token")
    @classmethod
    def _token_shape(cls, value: SecretStr) -> SecretStr:
        token = value.get_secret_value()
        if token and not (token.split(":")[0].isdigit() and len(token.split(":", 1)[-1]) >= 10):
            raise ValueError("does not look like a token of @BotFather (digits, a colon, letters)")
        return value

    @field_validator("mittendrin_encoder", mode="before")
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        return value or None

    @field_validator("mittendrin_encoder")
    @classmethod
    def _existing_folder(cls, value: Path | None) -> Path | None:
        folder = value and value.expanduser().resolve()
        if folder and not folder.is_dir():
            raise ValueError(f"{folder} is no folder")
        return folder

    @field_validator("log_level")
    @classmethod
    def _known_level(cls, value: str) -> str:
        if value.upper() not in ("DEBUG", "INFO", "WARNING", "ERROR"):
            raise ValueError("must be DEBUG, INFO, WARNING or ERROR")
        return value.upper()

    @field_validator("telegram_webhook_secret")
    @classmethod
    def _webhook_needs_secret(cls, value: SecretStr, info: ValidationInfo) -> SecretStr:
        secret = value.get_secret_value()
        if info.data.get("telegram_webhook_url") and not secret:
            raise ValueError("must be set together with TELEGRAM_WEBHOOK_URL")
        if not _WEBHOOK_SECRET.fullmatch(secret):
            raise ValueError("may hold only letters, digits, _ and - (256 at most), as Telegram demands")
        return value

    @property
    def data(self) -> Path:
        """The data folder, absolute."""
        return self.mittendrin_data_dir.expanduser().resolve()

    @property
    def database(self) -> str:
        """The database's URL with the default filled in."""
        return self.database_url or f"sqlite:///{self.data / 'mittendrin.db'}"

    @cached_property
    def zone(self) -> ZoneInfo:
        """The city's time zone."""
        return ZoneInfo(self.tz)

    def environment(self) -> dict[str, str]:
        """What child processes need to see the same settings (no secrets)."""
        return {
            "DATABASE_URL": self.database,
            "MITTENDRIN_DATA_DIR": str(self.data),
            "TZ": self.tz,
            "LOG_LEVEL": self.log_level,
        }


def load_settings(**overrides: Any) -> Settings:
    """Read the settings; SettingsError lists every wrong one by the name of its variable."""
    try:
        return Settings(**overrides)
    except ValidationError as error:
        lines = []
        for problem in error.errors():
            name = str(problem["loc"][0]).upper() if problem["loc"] else ""
            lines.append(f"{name}: {problem['msg']}".removeprefix(": ").replace("Value error, ", ""))
        raise SettingsError("\n".join(lines)) from None
