"""Settings: everything wrong is reported together by name, and no secret is ever shown."""

import traceback
from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, load_settings

TOKEN = "123456:verysecrettoken"


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No .env and no variable of this machine."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def test_nothing_needs_to_be_set(tmp_path: Path) -> None:
    settings = load_settings(mittendrin_data_dir=tmp_path)
    assert settings.telegram_bot_token.get_secret_value() == ""
    assert settings.database == f"sqlite:///{tmp_path / 'mittendrin.db'}"
    assert settings.zone.key == "Europe/Berlin"


def test_environment_goes_before_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("TZ=Europe/Kyiv\nLOG_LEVEL=debug\nSOMETHING_ELSE=1\n", encoding="utf-8")
    monkeypatch.setenv("TZ", "Asia/Damascus")
    settings = load_settings()
    assert (settings.tz, settings.log_level) == ("Asia/Damascus", "DEBUG")


def test_all_wrong_settings_are_reported_together_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = {
        "TELEGRAM_BOT_TOKEN": "nonsense",
        "TELEGRAM_API_URL": "ftp://example.org",
        "DATABASE_URL": "mysql://host/name",
        "MITTENDRIN_PORT": "70000",
        "MITTENDRIN_WEBHOOK_PORT": "many",
        "TZ": "Dorsten",
        "LOG_LEVEL": "LOUD",
    }
    for name, value in wrong.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    lines = str(caught.value).splitlines()
    assert [line.split(":")[0] for line in lines] == [
        name.upper() for name in Settings.model_fields if name.upper() in wrong
    ]
    assert all(len(line.split(": ", 1)[1]) > 5 for line in lines)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "nonsense"),
        ("TZ", ""),
        ("TZ", "../../etc/passwd"),
        ("TELEGRAM_BOT_TOKEN", "123:short"),
        ("TELEGRAM_BOT_TOKEN", "abc:verysecrettoken"),
        ("MITTENDRIN_PORT", "0"),
        ("TELEGRAM_WEBHOOK_URL", "example.org"),
    ],
)
def test_a_wrong_value_names_its_setting(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=f"^{name}: "):
        load_settings()


def test_a_webhook_needs_its_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_WEBHOOK_URL", "https://example.org/")
    with pytest.raises(SettingsError, match="TELEGRAM_WEBHOOK_SECRET: must be set"):
        load_settings()
    monkeypatch.setenv("TELEGRAM_WEBHOOK_SECRET", "s3cret")
    assert load_settings().telegram_webhook_url == "https://example.org"


def test_a_missing_webhook_secret_is_reported_with_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_WEBHOOK_URL", "https://example.org")
    monkeypatch.setenv("TZ", "Dorsten")
    with pytest.raises(SettingsError, match=r"(?s)TELEGRAM_WEBHOOK_SECRET.*TZ|TZ.*TELEGRAM_WEBHOOK_SECRET"):
        load_settings()


def test_secrets_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("TELEGRAM_WEBHOOK_SECRET", "hushhush")
    settings = load_settings()
    assert settings.telegram_bot_token.get_secret_value() == TOKEN
    for shown in (repr(settings), str(settings), settings.model_dump_json(), str(settings.environment())):
        assert "verysecret" not in shown
        assert "hushhush" not in shown


def test_the_databases_password_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://user:verysecret@host/name")
    settings = load_settings()
    assert "verysecret" not in repr(settings) + str(settings)


def test_a_wrong_secret_is_not_shown_in_its_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "verysecret without a colon")
    monkeypatch.setenv("DATABASE_URL", "mysql://user:verysecret@host/name")
    monkeypatch.setenv("TELEGRAM_WEBHOOK_URL", "https://example.org")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert "verysecret" not in str(caught.value) + repr(caught.value)
    assert "verysecret" not in "".join(traceback.format_exception(caught.value))


def test_children_see_the_same_settings_without_the_token(tmp_path: Path) -> None:
    settings = load_settings(mittendrin_data_dir=tmp_path, tz="Europe/Kyiv", telegram_bot_token=TOKEN)
    again = load_settings(**{name.lower(): value for name, value in settings.environment().items()})
    assert (again.database, again.data, again.tz, again.log_level) == (
        settings.database,
        settings.data,
        "Europe/Kyiv",
        settings.log_level,
    )
    assert again.telegram_bot_token.get_secret_value() == ""


def test_settings_do_not_change_and_each_is_described() -> None:
    settings = load_settings()
    with pytest.raises(ValueError, match="frozen"):
        settings.tz = "UTC"
    assert all(field.description for field in Settings.model_fields.values())
