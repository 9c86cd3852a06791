"""One conversation, the same on Telegram and in the terminal: what a person does in, messages out."""
