"""The front: Telegram, the terminal, the texts, and the command line that starts everything."""
