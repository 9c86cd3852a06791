"""What lies behind HTTP: Rasa."""
