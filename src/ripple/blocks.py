"""Replicas cut into blocks and brought to whatever executes them, so that none gets lost.

Anything will do that has `submit` and gives futures with `result`: threads, processes, or a
`dask.distributed.Client` unchanged. Blocks begin with one replica and grow until each is about a
quarter of a second of work, so that 1.6 ms of scheduling elsewhere costs less than a hundredth;
the last ones are smaller.
"""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Generator, Iterator
from concurrent import futures
from dataclasses import dataclass, field, replace
from queue import SimpleQueue
from typing import Any, Protocol

import numpy as np

from ripple.errors import RippleError
from ripple.replicas import Block, Question, Sizes, answer

Asked = list[tuple[Question, np.random.SeedSequence]]

SECONDS = 0.25
"""How long a block should take: long against a scheduler's 1.6 ms, short against one's patience."""
GROWTH = 4
SHARES = 4
"""No block is more than this part of a worker's share of what is left."""
ATTEMPTS = 3
"""How often a block is tried before the sweep gives up."""


class Executor(Protocol):
    """What computes elsewhere: `submit` gives a future, of which `result` gives the answer."""

    def submit(self, call: Any, /, *arguments: Any) -> Any:
        """Compute this call some time soon."""


class LostBlock(RuntimeError):
    """A block could not be computed, however often it was tried; the cause is chained."""


@dataclass(slots=True)
class Cutter:
    """Cuts what is still to be computed into blocks of a good size.

    Attributes:
        questions: All questions with their streams.
        runs: How many replicas each has.
        gaps: Ranges of replicas to compute, counted through all questions, none of them empty.
        fixed: A size of block to keep to; None to find one.
    """

    questions: Asked
    runs: int
    gaps: deque[tuple[int, int]]
    fixed: int | None = None
    size: int = 1
    _largest: int = 0

    def next(self, workers: int) -> Block | None:
        """Give the next block, or None when all is cut.

        Towards the end blocks become smaller, so that no worker waits long for another's last one.
        """
        if not self.gaps:
            return None
        left = sum(end - first for first, end in self.gaps)
        share = -(-left // (SHARES * workers))
        first, end = self.gaps.popleft()
        last = min(first + (self.fixed or min(self.size, share)), end)
        if last < end:
            self.gaps.appendleft((last, end))
        passed = first // self.runs
        needed = self.questions[passed : (last - 1) // self.runs + 1]
        return Block(tuple(needed), passed, self.runs, first, last)

    def learn(self, replicas: int, seconds: float) -> None:
        """Choose the size of the next blocks by how long one of so many replicas took."""
        fitting = int(SECONDS * replicas / max(seconds, 1e-9)) + 1
        self._largest = max(self._largest, replicas)
        self.size = min(fitting, GROWTH * self._largest)


@dataclass(slots=True)
class Flight:
    """The blocks that are under way, in the order in which they come home.

    Attributes:
        executor: Who computes.
    """

    executor: Executor
    _under_way: dict[int, tuple[Any, Block]] = field(default_factory=dict)
    _landed: SimpleQueue[int] = field(default_factory=SimpleQueue)
    _tickets: Iterator[int] = field(default_factory=itertools.count)

    def __len__(self) -> int:
        return len(self._under_way)

    def send(self, block: Block) -> None:
        """Submit a block."""
        ticket = next(self._tickets)
        try:
            future = self.executor.submit(answer, block)
        except RuntimeError as error:
            raise _lost_workers(error) from error
        self._under_way[ticket] = (future, block)
        if hasattr(future, "add_done_callback"):
            future.add_done_callback(lambda _: self._landed.put(ticket))
        else:
            self._landed.put(ticket)

    def receive(self) -> tuple[Block, Sizes, float]:
        """Wait for the next block that is done; one that failed is sent again.

        Raises:
            LostBlock: A block failed too often, or no workers are left.
            RippleError: What was asked cannot be computed; trying again would not help.
        """
        while True:
            future, block = self._under_way.pop(self._landed.get())
            try:
                sizes, seconds = future.result()
            except RippleError:
                raise
            except futures.BrokenExecutor as error:
                raise _lost_workers(error) from error
            except Exception as error:
                self._send_again(block, error)
            else:
                return block, sizes, seconds

    def cancel(self) -> None:
        """Call back what waits; what is being computed comes to its end unheard."""
        for future, _ in self._under_way.values():
            if hasattr(future, "cancel"):
                future.cancel()
        self._under_way.clear()

    def _send_again(self, block: Block, error: Exception) -> None:
        if block.attempt + 1 >= ATTEMPTS:
            raise LostBlock(
                f"replicas {block.first} to {block.last - 1} failed {ATTEMPTS} times, the last "
                f"time with {type(error).__name__}: {error}. Computed here they may say more: "
                "give workers=1 and no executor."
            ) from error
        self.send(replace(block, attempt=block.attempt + 1))


def compute(
    cutter: Cutter, executor: Executor, workers: int
) -> Generator[tuple[Block, Sizes], None, None]:
    """Give every block with its answer, in the order in which they are done.

    Two blocks a worker are under way at any time: one computed and one waiting, so that nobody
    idles and little is lost when the sweep is interrupted. Closing this iterator, or an interrupt
    in it, cancels what waits.

    Args:
        cutter: What to compute.
        executor: Who computes it.
        workers: How many blocks can be computed at once.

    Raises:
        LostBlock: A block failed too often, or no workers are left.
    """
    flight = Flight(executor)
    try:
        while True:
            while len(flight) < 2 * workers and (block := cutter.next(workers)):
                flight.send(block)
            if not len(flight):
                return
            done, sizes, seconds = flight.receive()
            cutter.learn(len(done), seconds)
            yield done, sizes
    finally:
        flight.cancel()


def _lost_workers(error: Exception) -> LostBlock:
    return LostBlock(
        f"the executor takes no more work ({type(error).__name__}: {error}). If one of its "
        "processes died, it may have been short of memory: make a new executor and ask again. "
        "With sweeps.run(..., keep=folder) whatever was done is not computed again."
    )
