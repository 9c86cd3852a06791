"""Reading what people type: shared by Rasa's components and by the front, so it imports neither rasa nor bot.

Runs on Python 3.10 (Rasa's environment) and later.
"""
