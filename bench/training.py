"""How long `mittendrin train --anew` takes, and how large its model is."""

import time
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.common import MITTENDRIN, environment, lines_of, report
from bot.environments import ensure_rasa_environment
from bot.terminal_output import say
from bot.training import training_files


def run() -> None:
    """Measure and report."""
    ensure_rasa_environment()
    with TemporaryDirectory(prefix="mittendrin-bench-") as folder:
        begin = time.monotonic()
        for line in lines_of([str(MITTENDRIN), "train", "--anew"], environment(Path(folder))):
            say(line.rstrip())
        seconds = time.monotonic() - begin
        (model,) = (Path(folder) / "models").glob("*.tar.gz")
        figures = {"seconds": round(seconds, 1), "model_mb": round(model.stat().st_size / 1e6, 1)}
    report("mittendrin train --anew", {"training": figures}, {**figures, "files": len(training_files())})
