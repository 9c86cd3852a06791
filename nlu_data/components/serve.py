"""Starts Rasa's command line with a secret that no process list shows: `python -m nlu_data.components.serve run …`."""

import logging
import os
import sys


def main() -> None:
    """Run `rasa` with the arguments given, and the API token from MITTENDRIN_RASA_TOKEN if it is set."""
    token = os.environ.pop("MITTENDRIN_RASA_TOKEN", "")
    if token:
        # One argument: as two, a token that begins with a hyphen would be read as an option.
        sys.argv.append(f"--auth-token={token}")
    # The channel logs the message's text when something fails behind it.
    logging.getLogger("rasa.core.channels.rest").setLevel(logging.CRITICAL + 1)
    from rasa.__main__ import main as rasa

    if sys.argv[1:2] == ["train"]:
        _hurry()
    sys.argv[0] = "rasa"
    rasa()


def _hurry() -> None:
    """Leave out what takes Rasa half of the training's time and gives us nothing.

    It fingerprints every message after every component, which only its cache reads, and ours is off: the project has a
    fingerprint of its own (bot/training.py). Where it looks for doubles among the messages, text and intent are enough
    of a hash; equality still decides. And it copies all messages in depth several times before anything is learnt: a
    message's texts and metadata never change, so that the copies may share them.
    """
    from rasa.engine.training.hooks import TrainingHook
    from rasa.shared.nlu.training_data.message import Message

    TrainingHook.on_before_node = lambda self, *args, **kwargs: {}
    TrainingHook.on_after_node = lambda self, *args, **kwargs: None
    Message.__hash__ = lambda self: hash((self.data.get("text"), self.data.get("intent")))
    Message.__deepcopy__ = lambda self, memo: Message(
        self.data, set(self.output_properties), self.time, list(self.features)
    )


if __name__ == "__main__":
    main()
