"""A bar that fills on a terminal, says nothing elsewhere, and never changes a result."""

import io

import numpy as np
import pytest

from ripple import Complete, Uniform, monte_carlo
from ripple.progress import Bar, bar, lasting


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Counter:
    def __init__(self) -> None:
        self.steps: list[int] = []

    def step(self, steps: int = 1) -> None:
        self.steps.append(steps)


def test_a_terminal_sees_the_bar_fill_and_then_a_new_line() -> None:
    seen = Terminal()
    with bar(4, "runs", stream=seen) as drawn:
        drawn.step()
        drawn.step(3)
    first, last = seen.getvalue().split("\r")[1:]
    assert first.startswith("runs ██████░░░░░░░░░░░░░░░░░░ 1 of 4")
    assert last.startswith("runs ████████████████████████ 4 of 4, took ")
    assert last.endswith("\n")


def test_a_pipe_sees_nothing() -> None:
    seen = io.StringIO()
    with bar(2, "runs", stream=seen) as drawn:
        drawn.step(2)
    assert not seen.getvalue()
    assert drawn.done == 2


def test_a_pipe_sees_it_when_it_is_forced_and_a_terminal_nothing_when_not() -> None:
    forced, hushed = io.StringIO(), Terminal()
    with bar(1, "runs", stream=forced, show=True) as drawn:
        drawn.step()
    with bar(1, "runs", stream=hushed, show=False) as drawn:
        drawn.step()
    assert "1 of 1" in forced.getvalue()
    assert not hushed.getvalue()


def test_many_small_steps_are_not_drawn_one_by_one() -> None:
    seen = Terminal()
    with bar(100_000, "runs", stream=seen) as drawn:
        for _ in range(1000):
            drawn.step()
    assert seen.getvalue().count("\r") < 1000


def test_the_time_left_is_that_of_what_is_still_to_do() -> None:
    drawn = Bar(10, "runs", None)
    assert drawn.line(0).endswith("0 of 10, just begun")
    drawn.step(2)
    assert drawn.line(60).endswith("2 of 10, 4 min 0 s left")
    drawn.step(8)
    assert drawn.line(100).endswith("10 of 10, took 1 min 40 s")


def test_what_was_done_before_says_nothing_about_the_time_left() -> None:
    drawn = Bar(10, "runs", None)
    drawn.skip(5)
    assert drawn.line(3).endswith("5 of 10, just begun")
    drawn.step(1)
    assert drawn.line(10).endswith("6 of 10, 40 s left")


def test_nothing_to_do_is_done() -> None:
    assert Bar(0, "runs", None).line(0).startswith("runs ████████████████████████ 0 of 0, took")


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(0.2, "0 s"), (59.6, "1 min 0 s"), (200, "3 min 20 s"), (7500, "2 h 5 min")],
)
def test_durations_have_two_units_at_most(seconds: float, told: str) -> None:
    assert lasting(seconds) == told


def test_whoever_listens_hears_of_every_run_and_changes_none() -> None:
    heard = Counter()
    runs = monte_carlo(Complete(20), Uniform(0, 1), runs=50, seed=2, progress=heard)
    assert sum(heard.steps) == 50
    silent = monte_carlo(Complete(20), Uniform(0, 1), runs=50, seed=2)
    assert np.array_equal(runs.least, silent.least)


def test_the_bar_of_many_runs_stands_on_stderr(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stderr", seen := Terminal())
    monte_carlo(Complete(20), Uniform(0, 1), runs=50, seed=2, progress="throwing stones")
    assert "throwing stones" in seen.getvalue()
    assert "50 of 50" in seen.getvalue()
    assert not capsys.readouterr().out
