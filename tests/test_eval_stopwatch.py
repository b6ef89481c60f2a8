"""Seconds by step, each counted once."""

import time
from types import SimpleNamespace

import pytest

from eval.stopwatch import Stopwatch


def test_a_step_inside_another_takes_its_seconds_from_it() -> None:
    parts = SimpleNamespace(inner=lambda: time.sleep(0.05), outer=lambda: [parts.inner()])
    watch = Stopwatch()
    started = time.perf_counter()
    with watch.watching({"inner": ((parts, "inner"),), "outer": ((parts, "outer"),)}, "rest"):
        parts.outer()
    elapsed = time.perf_counter() - started
    assert watch.seconds["inner"] >= 0.05
    assert 0 <= sum(watch.seconds.values()) <= elapsed
    assert watch.seconds["outer"] <= elapsed - watch.seconds["inner"]


def test_the_shares_of_all_steps_sum_to_one() -> None:
    parts = SimpleNamespace(sort=sorted, never=sorted)
    watch = Stopwatch()
    with watch.watching({"sort": ((parts, "sort"),), "never": ((parts, "never"),)}, "rest"):
        parts.sort(range(10_000))
        parts.sort(range(10_000))
    assert set(watch.shares()) == {"sort", "never", "rest"}
    assert sum(watch.shares().values()) == pytest.approx(1)
    assert watch.shares()["never"] == 0 < watch.shares()["sort"]


def test_what_was_watched_is_itself_again_even_after_an_error() -> None:
    def fail() -> None:
        raise KeyError("1,770元")

    parts = SimpleNamespace(fail=fail)
    watch = Stopwatch()
    with pytest.raises(KeyError), watch.watching({"fail": ((parts, "fail"),)}, "rest"):
        parts.fail()
    assert parts.fail is fail
    assert watch.seconds["fail"] > 0
