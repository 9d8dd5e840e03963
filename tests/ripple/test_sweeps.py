"""Sweeps: many points, each in many runs, that survive failures, interrupts and new starts."""

import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ripple import (
    BadChoice,
    BadFile,
    Complete,
    ErdosRenyi,
    Fixed,
    Network,
    monte_carlo,
    sweeps,
)
from ripple.blocks import LostBlock
from ripple.progress import bar
from ripple.sweeps import Question, SweepTable

POINTS = sweeps.grid(mean_degree=[1.0, 3.0], threshold=[0.18, 0.3, 0.5])
RUNS = 7


def asked(mean_degree: float, threshold: float) -> Question:
    return Question(ErdosRenyi(50, mean_degree), Fixed(threshold), starters=2)


def swept(**options: Any) -> SweepTable:
    return sweeps.run(POINTS, asked, **{"runs": RUNS, "seed": 4, **options})


ALONE = swept(workers=1)


class Counter:
    def __init__(self) -> None:
        self.steps: list[int] = []

    def step(self, steps: int = 1) -> None:
        self.steps.append(steps)


class BreaksOff(Counter):
    """Interrupts, as Ctrl+C does, when so many blocks are done."""

    def __init__(self, after: int) -> None:
        super().__init__()
        self.after = after

    def step(self, steps: int = 1) -> None:
        super().step(steps)
        if len(self.steps) == self.after:
            raise KeyboardInterrupt


class Unsteady:
    """Loses some of what it is given, by their number."""

    def __init__(self, pool: ThreadPoolExecutor, lost: set[int]) -> None:
        self.pool, self.lost, self.given = pool, lost, 0

    def submit(self, call: Any, /, *arguments: Any) -> Future[Any]:
        self.given += 1
        if self.given not in self.lost:
            return self.pool.submit(call, *arguments)
        return self.pool.submit(_lose)


def _lose() -> None:
    raise ConnectionError("the worker is gone")


def test_a_grid_is_every_combination_the_last_varying_fastest() -> None:
    assert POINTS[:2] == [
        {"mean_degree": 1.0, "threshold": 0.18},
        {"mean_degree": 1.0, "threshold": 0.3},
    ]
    assert len(POINTS) == 6


@pytest.mark.parametrize("block", [1, 3, RUNS, 4 * RUNS + 1, 1000])
@pytest.mark.parametrize("workers", [1, 2, 3])
def test_workers_and_blocks_across_points_change_nothing(workers: int, block: int) -> None:
    assert np.array_equal(swept(workers=workers, block=block).rows, ALONE.rows)


def test_a_point_can_be_asked_once_more_alone() -> None:
    runs = ALONE.runs(4)
    again = monte_carlo(ErdosRenyi(50, 3.0), Fixed(0.3), starters=2, runs=RUNS, seed=runs.seed)
    assert np.array_equal(again.least, runs.least)
    assert np.array_equal(again.greatest, runs.greatest)


def test_every_point_has_a_stream_of_its_own_below_the_seed() -> None:
    point = {"mean_degree": 2.0, "threshold": 0.3}
    twice = sweeps.run([point, point], asked, runs=RUNS, seed=4)
    assert not np.array_equal(twice.rows[0], twice.rows[1])
    for at, child in enumerate(np.random.SeedSequence(4).spawn(2)):
        alone = monte_carlo(ErdosRenyi(50, 2.0), Fixed(0.3), starters=2, runs=RUNS, seed=child)
        assert np.array_equal(alone.least, twice.runs(at).least)


def test_a_block_that_is_lost_is_sent_again() -> None:
    with ThreadPoolExecutor(2) as pool:
        unsteady = Unsteady(pool, {1, 4, 5})
        assert np.array_equal(swept(executor=unsteady, block=5).rows, ALONE.rows)
    assert unsteady.given == 9 + 3


def test_a_block_that_is_always_lost_ends_the_sweep_with_its_cause() -> None:
    with (
        ThreadPoolExecutor(1) as pool,
        pytest.raises(LostBlock, match=r"failed 3 times.*ConnectionError") as told,
    ):
        swept(executor=Unsteady(pool, set(range(100))), block=5)
    assert isinstance(told.value.__cause__, ConnectionError)


def test_an_executor_that_was_shut_down_says_what_to_do() -> None:
    with ThreadPoolExecutor(1) as pool:
        pass
    with pytest.raises(LostBlock, match="make a new executor and ask again"):
        swept(executor=pool)


def test_an_interrupt_cancels_what_waits() -> None:
    with _held_up() as (pool, given), pytest.raises(KeyboardInterrupt):
        swept(executor=pool, block=1, workers=5, progress=BreaksOff(after=1))
    assert len(given) == 10
    assert sum(future.cancelled() for future in given) == 8


def test_a_sweep_that_was_broken_off_goes_on_where_it_was(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        swept(block=4, workers=1, keep=tmp_path, progress=BreaksOff(after=3))
    rest = Counter()
    assert np.array_equal(swept(block=4, keep=tmp_path, progress=rest).rows, ALONE.rows)
    assert rest.steps[0] == 12
    assert sum(rest.steps) == len(POINTS) * RUNS
    done = Counter()
    assert np.array_equal(swept(keep=tmp_path, progress=done).rows, ALONE.rows)
    assert done.steps == [len(POINTS) * RUNS]


def test_a_bar_of_ones_own_begins_where_the_sweep_was_broken_off(tmp_path: Path) -> None:
    swept(keep=tmp_path)
    with bar(len(POINTS) * RUNS, "runs", stream=(seen := StringIO()), show=True) as drawn:
        swept(keep=tmp_path, progress=drawn)
    assert drawn.done == len(POINTS) * RUNS
    assert "42 of 42" in seen.getvalue()


def test_without_a_seed_the_folder_remembers_it(tmp_path: Path) -> None:
    first = swept(seed=None, keep=tmp_path)
    assert swept(seed=None, keep=tmp_path).seed == first.seed


@pytest.mark.parametrize("other", [{"seed": 5}, {"runs": 8}])
def test_a_folder_keeps_one_sweep_only(tmp_path: Path, other: dict[str, int]) -> None:
    swept(keep=tmp_path)
    with pytest.raises(BadFile, match="keeps another sweep"):
        swept(keep=tmp_path, **other)


def test_a_saved_network_is_known_by_what_it_is_and_not_by_where_it_lies(tmp_path: Path) -> None:
    def on(folder: Path, keep: str) -> SweepTable:
        points = [{"starters": 3}]
        return sweeps.run(
            points, lambda starters: Question(folder, 2, starters), runs=4, keep=tmp_path / keep
        )

    network = Network.erdos_renyi(30, 4.0, seed=1)
    here, there = (sweeps.save(network, tmp_path / name) for name in ("here", "there"))
    assert np.array_equal(on(here, "rows").rows, on(there, "rows").rows)
    sweeps.save(Network.erdos_renyi(30, 4.0, seed=2), here)
    with pytest.raises(BadFile, match="keeps another sweep"):
        on(here, "rows")
    with pytest.raises(BadFile, match="cannot be read"):
        on(tmp_path / "nowhere", "other")


def test_kept_rows_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    swept(keep=tmp_path)
    (tmp_path / "rows.npy").write_bytes(b"nothing")
    with pytest.raises(BadFile, match="remove its folder to begin anew"):
        swept(keep=tmp_path)
    (tmp_path / "sweep.json").write_text("{", encoding="utf-8")
    with pytest.raises(BadFile, match=r"sweep\.json cannot be read"):
        swept(keep=tmp_path)


def test_saved_thresholds_are_opened_too(tmp_path: Path) -> None:
    np.save(tmp_path / "k.npy", np.array([0, 1, 3], dtype=np.int32))
    assert monte_carlo(Complete(3), tmp_path / "k.npy", runs=1, seed=0).least.tolist() == [2]


def test_large_arrays_are_not_sent_with_every_block() -> None:
    class Elsewhere:
        def submit(self, call: Any, /, *arguments: Any) -> Future[Any]:
            raise AssertionError("nothing should be sent")

    large = Network(np.zeros(200_001, np.int64), np.zeros(0, np.uint32))
    with pytest.raises(BadChoice, match=r"1,600,008 bytes .* save it with ripple\.sweeps\.save"):
        monte_carlo(large, 1, runs=9, seed=0, executor=Elsewhere())
    with pytest.raises(BadChoice, match="give the path"):
        monte_carlo(Complete(2), np.zeros(10**6), runs=9, seed=0, executor=Elsewhere())


def test_no_points_are_refused() -> None:
    with pytest.raises(BadChoice, match="there is no point to ask at"):
        sweeps.run([], asked, runs=1)


@contextmanager
def _held_up() -> Iterator[tuple[Any, list[Future[Any]]]]:
    """Give an executor with one thread that computes one block and then waits in the second."""
    given: list[Future[Any]] = []
    go_on, under_way = threading.Event(), threading.Event()

    def second() -> None:
        under_way.set()
        go_on.wait(20)

    class OneThread:
        def submit(self, call: Any, /, *arguments: Any) -> Future[Any]:
            if len(given) == 1:
                given.append(pool.submit(second))
                assert under_way.wait(20)
            else:
                given.append(pool.submit(call, *arguments))
            return given[-1]

    with ThreadPoolExecutor(1) as pool:
        try:
            yield OneThread(), given
        finally:
            go_on.set()
