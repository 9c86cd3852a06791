"""Rasa's own environment: Python 3.10 and its locked packages, made and kept current with uv."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from uv import find_uv_bin

from actions.content import ROOT

RASA_ROOM = ROOT / "nlu_data"
RASA_ENV = RASA_ROOM / ".venv"
# The extra of Rasa's environment with what a sentence encoder needs.
ENCODER = "encoder"
# Written into the environment when it is complete; holds the fingerprint of what it was made from.
_STAMP = RASA_ENV / "mittendrin-complete"


class EnvironmentFailedError(Exception):
    """Rasa's environment could not be made; the message says why and what to do."""


def rasa_python() -> Path:
    """The interpreter of Rasa's environment."""
    return RASA_ENV / "bin" / "python"


def is_complete(*, encoder: bool = False) -> bool:
    """Whether Rasa's environment is there and made from the lock file as it is now, with an encoder's packages."""
    if not (rasa_python().exists() and _STAMP.exists()):
        return False
    made_from, _, extra = _STAMP.read_text().partition(" ")
    return made_from == _fingerprint() and (not encoder or extra == ENCODER)


def ensure_rasa_environment(*, encoder: bool = False) -> None:
    """Make or update Rasa's environment; shows uv's own progress. EnvironmentFailedError if that is not possible.

    `encoder` adds the packages that a sentence encoder needs; they stay until the lock file changes.
    """
    if is_complete(encoder=encoder):
        return
    command = [find_uv_bin(), "sync", "--project", str(RASA_ROOM), "--locked", "--python", python_3_10()]
    command += ["--extra", ENCODER] if encoder else []
    environment = {
        key: value for key, value in os.environ.items() if key not in ("VIRTUAL_ENV", "UV_PROJECT_ENVIRONMENT")
    }
    result = subprocess.run(command, env=environment, stdout=sys.stderr, check=False)
    if result.returncode != 0:
        raise EnvironmentFailedError(
            "Rasa's environment could not be made (uv's message stands above). Check the network and the free disk "
            "space (1.6 GB), then run the command again; it goes on where it stopped."
        )
    _STAMP.write_text(f"{_fingerprint()} {ENCODER if encoder else ''}".rstrip())


def python_3_10() -> str:
    """A Python 3.10 on this machine, else "3.10" for uv to download.

    pyenv's `python3.10` shim may be there and not work (it answers only where .python-version names 3.10), so every
    candidate is asked.
    """
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    candidates = [
        shutil.which("python3.10"),
        *sorted(map(str, pyenv.glob("versions/3.10*/bin/python3.10")), reverse=True),
    ]
    return next((path for path in candidates if path and _is_3_10(path)), "3.10")


def _is_3_10(path: str) -> bool:
    check = "import sys; sys.exit(sys.version_info[:2] != (3, 10))"
    try:
        return subprocess.run([path, "-c", check], capture_output=True, timeout=20, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _fingerprint() -> str:
    files = (RASA_ROOM / "pyproject.toml", RASA_ROOM / "uv.lock")
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
