"""Many families at the same moment from several processes, on both databases (the full run: bench `signups`)."""

from bench.signups import measure

PROMISES = ("oversold", "lost", "told_twice", "offers_untold", "passed_too_often", "unserved")


def test_nobody_is_oversold_lost_or_told_twice(any_url: str) -> None:
    figures = measure(any_url, people=60, cancelling=30, processes=3)
    assert figures["transactions"] > 60
    assert {name: figures[name] for name in PROMISES} == dict.fromkeys(PROMISES, 0)
