"""All replicas of all questions answered: by threads of one's own, or whoever is given."""

from __future__ import annotations

import os
from collections import deque
from concurrent import futures
from contextlib import AbstractContextManager, ExitStack, closing, nullcontext
from typing import Any

import numpy as np

from ripple.blocks import Asked, Cutter, Executor, compute
from ripple.errors import BadChoice
from ripple.network import Network
from ripple.progress import Bar, Steps, following
from ripple.replicas import UNANSWERED, Column, Sizes

LARGEST_SENT = 1_000_000
"""How many bytes of arrays may go to other processes with every block."""


def unanswered(questions: int, runs: Any) -> Sizes:
    """Give room for so many replicas of so many questions.

    Raises:
        BadChoice: There would be no run.
    """
    replicas = questions * at_least_one(runs, "runs")
    return np.full((replicas, len(Column)), UNANSWERED, dtype=np.int64)


def answer_all(
    rows: Sizes,
    questions: Asked,
    *,
    workers: int | None,
    executor: Executor | None,
    progress: bool | str | Steps | None,
    block: int | None,
) -> None:
    """Compute what is unanswered in rows, and write each answer as soon as it is there.

    Args:
        rows: As `unanswered` gives them, or partly answered.
        questions: The questions, each with its stream.
        workers: How many blocks at once; all cores, or what the executor tells, if not given.
        executor: Who computes; threads, if not given.
        progress: Who hears of it; see `progress.following`.
        block: How many replicas go out together; chosen by how long they take, if not given.

    Raises:
        BadChoice: An option is impossible, or arrays would be sent with every block.
        LostBlock: A block failed on every try, or no workers are left.
    """
    fixed = None if block is None else at_least_one(block, "block")
    wide = _width(executor) if workers is None else at_least_one(workers, "workers")
    if executor is not None and not isinstance(executor, futures.ThreadPoolExecutor):
        _refuse_large(questions)
    gaps = _gaps(rows)
    cutter = Cutter(questions, len(rows) // len(questions), gaps, fixed)
    with ExitStack() as stack:
        heard = stack.enter_context(following(progress, len(rows), "runs"))
        if len(rows) > (missing := sum(last - first for first, last in gaps)):
            (heard.skip if isinstance(heard, Bar) else heard.step)(len(rows) - missing)
        used = stack.enter_context(_own(wide)) if executor is None else executor
        done = stack.enter_context(closing(compute(cutter, used, wide)))
        for one, sizes in done:
            rows[one.first : one.last] = sizes
            heard.step(len(one))


def at_least_one(given: Any, name: str) -> int:
    """Give a whole number from 1 as it is.

    Raises:
        BadChoice: It is something else.
    """
    if isinstance(given, bool) or not isinstance(given, int | np.integer) or given < 1:
        raise BadChoice(f"{name}={given!r} cannot be; give a whole number from 1")
    return int(given)


def _gaps(rows: Sizes) -> deque[tuple[int, int]]:
    """Give the ranges of rows in which something is unanswered."""
    missing = np.concatenate([[False], (rows == UNANSWERED).any(axis=1), [False]])
    edges = np.flatnonzero(missing[1:] != missing[:-1]).reshape(-1, 2)
    return deque((first, last) for first, last in edges.tolist())


def _own(workers: int) -> AbstractContextManager[Executor]:
    if workers == 1:
        return nullcontext(Inline())
    return futures.ThreadPoolExecutor(workers, thread_name_prefix="ripple")


def _width(executor: Executor | None) -> int:
    """Give how many blocks can be computed at once, as far as that can be known."""
    if executor is None:
        return cores()
    if hasattr(executor, "nthreads"):
        # dask tells the threads of each worker; who joins later shares the work all the same.
        return max(int(sum(executor.nthreads().values())), 1)
    return int(getattr(executor, "_max_workers", cores()))


def _refuse_large(questions: Asked) -> None:
    """Refuse arrays that would go to another process with every block."""
    for question, _ in questions:
        for given, remedy in (
            (question.group, "save it with ripple.sweeps.save(network, folder), and give folder"),
            (question.thresholds, "numpy.save them as int32 counts, and give the path"),
        ):
            size = _bytes(given)
            if size > LARGEST_SENT:
                raise BadChoice(
                    f"{type(given).__name__} of {size:,} bytes would be sent with every block; "
                    f"{remedy}"
                )


def _bytes(given: object) -> int:
    if isinstance(given, Network):
        return int(given.indptr.nbytes + given.indices.nbytes)
    return int(given.nbytes) if isinstance(given, np.ndarray) else 0


class Inline:
    """An executor that computes at once, in the thread that asks."""

    def submit(self, call: Any, /, *arguments: Any) -> futures.Future[Any]:
        """Compute, and give a future that is done."""
        future: futures.Future[Any] = futures.Future()
        try:
            future.set_result(call(*arguments))
        except Exception as error:
            future.set_exception(error)
        return future


def cores() -> int:
    """Give how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
