"""The Telegram front: a handler parses an update, calls the conversation, and sends what it says."""
