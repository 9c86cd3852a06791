"""Rasa's room: what the intent model learns from, and the code that reads what people type."""
