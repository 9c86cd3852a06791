"""Custom components of the pipeline: the only code that imports rasa. Runs in Rasa's environment, Python 3.10."""
