"""Rasa's actions: each reads what was understood, calls one service, and sends its reply on as JSON.

`rasa_sdk` finds the actions here by importing this package (`--actions actions.rasa`).
"""

from actions.rasa.actions import ActionAnswer, ActionAskBack, ActionPlaces, ActionSteer

__all__ = ["ActionAnswer", "ActionAskBack", "ActionPlaces", "ActionSteer"]
