"""The actions' process: rasa_sdk's server on loopback, `python -m actions.rasa.serve --port N`."""

import argparse
import logging
import os

from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor

from actions.rasa.surroundings import surroundings


def main() -> None:
    """Open database and content first, so that a wrong setting shows at once; then serve until SIGTERM.

    One process instead of Sanic's manager and worker: our supervisor starts it again, and it saves 80 MB.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    arguments = parser.parse_args()
    logging.basicConfig(level=os.environ.get("LOG_LEVEL", "WARNING"))
    surroundings()
    executor = ActionExecutor()
    executor.register_package("actions.rasa")
    app = create_app(executor)
    app.run(host="127.0.0.1", port=arguments.port, single_process=True, access_log=False, motd=False)


if __name__ == "__main__":
    main()
