"""What the README promises is there, and what is there is in the README."""

import re
import subprocess

from typer.testing import CliRunner

from actions.content import ROOT
from bot.cli import app
from bot.settings import Settings

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_setting_is_in_the_readme_with_its_description() -> None:
    for name, field in Settings.model_fields.items():
        assert f"| `{name.upper()}` | {field.description} |" in README


def test_the_readme_names_no_other_settings() -> None:
    known = {name.upper() for name in Settings.model_fields}
    table = re.findall(r"^\| `([A-Z_]+)` \|", README, re.MULTILINE)
    assert set(table) == known


def test_no_module_but_the_entry_points_reads_the_environment() -> None:
    allowed = {
        "bot/environments.py",
        "bot/settings.py",
        "bot/services.py",
        "bot/supervisor.py",
        "bot/telegram_bot.py",
        "bot/training.py",
        "actions/rasa/serve.py",
        "actions/rasa/surroundings.py",
        "nlu_data/components/serve.py",
    }
    for folder in ("bot", "actions", "storage", "nlu_data/text", "nlu_data/components"):
        for path in (ROOT / folder).rglob("*.py"):
            name = str(path.relative_to(ROOT))
            assert name in allowed or "os.environ" not in path.read_text(encoding="utf-8"), name


def test_every_command_explains_itself() -> None:
    runner = CliRunner()
    listed = runner.invoke(app, ["--help"]).stdout
    for command in ("up", "chat", "train", "understand", "evaluate", "doctor", "inbox", "language"):
        assert command in listed
        assert runner.invoke(app, [command, "--help"]).exit_code == 0


def test_no_machine_path_is_in_a_tracked_file() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    machine = re.compile(r"/(?:work|root)/[a-z]")
    for name in listed.splitlines():
        path = ROOT / name
        if path.suffix in {".py", ".md", ".yml", ".toml", ".sh"} and path.exists() and "test_documented" not in name:
            assert not machine.search(path.read_text(encoding="utf-8")), name
