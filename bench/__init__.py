"""Benchmarks of the running assistant: `uv run python -m bench NAME`."""
