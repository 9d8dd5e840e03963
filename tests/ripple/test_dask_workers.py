"""Sweeps on other processes: dask workers and pools, one of which is killed in the middle."""

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import distributed
import numpy as np
import pytest

from ripple import Network, Uniform, sweeps
from ripple.blocks import LostBlock
from ripple.sweeps import Question, SweepTable
from tests.ripple import dask_workers
from tests.ripple.dask_workers import Cluster

pytestmark = pytest.mark.slow

POINTS = sweeps.grid(high=[0.3, 0.5, 0.7], starters=[20, 60])
# Large enough that a block of ten lasts some tens of milliseconds: time to be killed in.
RUNS, BLOCK = 40, 10


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    network = Network.erdos_renyi(20_000, 8.0, seed=1)
    return sweeps.save(network, tmp_path_factory.mktemp("network"))


@pytest.fixture(scope="module")
def alone(folder: Path) -> SweepTable:
    return swept(folder, workers=1)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    with dask_workers.started(["left", "right"], tmp_path) as running:
        yield running


def swept(folder: Path, **options: Any) -> SweepTable:
    def question(high: float, starters: int) -> Question:
        return Question(folder, Uniform(0.1, high), starters=starters)

    return sweeps.run(POINTS, question, runs=RUNS, seed=8, block=BLOCK, **options)


class KillsAWorker:
    """Kills the first worker that is seen at work after a block was done."""

    def __init__(self, client: distributed.Client, cluster: Cluster) -> None:
        self.client, self.cluster = client, cluster
        self.names = {
            worker["name"]: address
            for address, worker in client.scheduler_info(n_workers=-1)["workers"].items()
        }
        self.killed, self.busy_with, self.steps = "", 0, 0

    def step(self, steps: int = 1) -> None:
        self.steps += steps
        if self.killed:
            return
        at_work = self.client.processing()
        for name, address in self.names.items():
            if at_work.get(address):
                self.killed, self.busy_with = name, len(at_work[address])
                os.kill(self.cluster.workers[name].pid, signal.SIGKILL)
                return


class KillsOne:
    """Kills one process of a pool, once."""

    def __init__(self, pool: ProcessPoolExecutor) -> None:
        self.pool, self.done = pool, False

    def step(self, steps: int = 1) -> None:
        if not self.done:
            os.kill(next(iter(self.pool._processes)), signal.SIGKILL)
        self.done = True


class Counts:
    def __init__(self) -> None:
        self.steps: list[int] = []

    def step(self, steps: int = 1) -> None:
        self.steps.append(steps)


def test_dask_gives_what_one_process_gives_though_a_worker_is_killed(
    folder: Path, alone: SweepTable, cluster: Cluster
) -> None:
    with distributed.Client(cluster.address, timeout=60) as client:
        client.wait_for_workers(2, timeout=60)
        killer = KillsAWorker(client, cluster)
        table = swept(folder, executor=client, progress=killer)
        left = client.scheduler_info(n_workers=-1)["workers"]
    assert killer.busy_with
    assert cluster.workers[killer.killed].wait(timeout=20) == -signal.SIGKILL
    assert [worker["name"] for worker in left.values()] == list(
        killer.names.keys() - {killer.killed}
    )
    assert killer.steps == len(POINTS) * RUNS
    assert np.array_equal(table.rows, alone.rows)


def test_an_interrupt_leaves_nothing_waiting_at_the_scheduler(
    folder: Path, cluster: Cluster
) -> None:
    class Interrupts:
        def step(self, steps: int = 1) -> None:
            raise KeyboardInterrupt

    # By its value: the scheduler knows nothing of these tests.
    count = lambda dask_scheduler: len(dask_scheduler.tasks)  # noqa: E731
    with distributed.Client(cluster.address, timeout=60) as client:
        client.wait_for_workers(2, timeout=60)
        with pytest.raises(KeyboardInterrupt):
            swept(folder, executor=client, progress=Interrupts())
        end = time.monotonic() + 60
        while (left := client.run_on_scheduler(count)) and time.monotonic() < end:
            time.sleep(0.05)
    assert left == 0


def test_processes_give_what_one_process_gives(folder: Path, alone: SweepTable) -> None:
    with _pool() as pool:
        assert np.array_equal(swept(folder, executor=pool).rows, alone.rows)


def test_a_pool_of_which_a_process_was_killed_is_taken_up_by_the_next(
    folder: Path, alone: SweepTable, tmp_path: Path
) -> None:
    with (
        pytest.raises(LostBlock, match="make a new executor and ask again"),
        _pool() as broken,
    ):
        swept(folder, executor=broken, progress=KillsOne(broken), keep=tmp_path)
    rest = Counts()
    with _pool() as pool:
        table = swept(folder, executor=pool, progress=rest, keep=tmp_path)
    kept, *computed = rest.steps
    assert kept >= BLOCK
    assert computed
    assert kept + sum(computed) == len(POINTS) * RUNS
    assert np.array_equal(table.rows, alone.rows)


def _pool() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(2, mp_context=get_context("spawn"))
