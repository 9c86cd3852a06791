"""Rasa's own validation of domain, rules and examples."""

import os
import subprocess
from pathlib import Path

from actions.content import ROOT
from bot.environments import ensure_rasa_environment, rasa_python
from bot.training import RASA_VARIABLES, RULES, write_examples


def test_rasa_finds_nothing_wrong_with_domain_rules_and_examples(tmp_path: Path) -> None:
    ensure_rasa_environment()
    command = [str(rasa_python()), "-m", "nlu_data.components.serve", "data", "validate", "--fail-on-warnings"]
    command += ["--domain", str(ROOT / "nlu_data" / "dialogue" / "domain.yml"), "--config", str(ROOT / "config.yml")]
    write_examples(tmp_path / "examples.yml")
    command += ["--data", str(tmp_path / "examples.yml"), str(RULES)]
    result = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **RASA_VARIABLES}, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-3000:]
