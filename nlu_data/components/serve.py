"""Starts Rasa's command line with a secret that no process list shows: `python -m nlu_data.components.serve run …`."""

import logging
import os
import sys


def main() -> None:
    """Run `rasa` with the arguments given, and the API token from MITTENDRIN_RASA_TOKEN if it is set."""
    token = os.environ.pop("MITTENDRIN_RASA_TOKEN", "")
    if token:
        sys.argv += ["--auth-token", token]
    # The channel logs the message's text when something fails behind it.
    logging.getLogger("rasa.core.channels.rest").setLevel(logging.CRITICAL + 1)
    from rasa.__main__ import main as rasa

    sys.argv[0] = "rasa"
    rasa()


if __name__ == "__main__":
    main()
