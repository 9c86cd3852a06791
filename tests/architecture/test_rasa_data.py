"""Rasa's own validation of domain, rules and examples."""

import os
import subprocess

from actions.content import ROOT
from bot.environments import ensure_rasa_environment, rasa_python
from bot.training import RASA_VARIABLES, data_folders


def test_rasa_finds_nothing_wrong_with_domain_rules_and_examples() -> None:
    ensure_rasa_environment()
    command = [str(rasa_python()), "-m", "nlu_data.components.serve", "data", "validate", "--fail-on-warnings"]
    command += ["--domain", str(ROOT / "nlu_data" / "dialogue" / "domain.yml"), "--config", str(ROOT / "config.yml")]
    command += ["--data", *map(str, data_folders())]
    result = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **RASA_VARIABLES}, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-3000:]
