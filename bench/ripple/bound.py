"""How far the cascade is from what this machine's memory can do at all.

`python -m bench.ripple.bound [--quick] [--gate]`; see README.md in the folder above. What a cascade
cannot do without: read every tie, lower what the contact at its end still needs, and for each
person open two places that lie anywhere: where their contacts begin, and the contacts themselves.
The bound does only that, in the order that a cascade took, with every address known beforehand and
asked for in time; a cascade learns them as it goes, and keeps a queue.
"""

import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable
from typing import Any

import numba
import numpy as np

from bench import report, running
from bench.report import Limit
from bench.ripple import graphs
from bench.ripple.graphs import Graph

PEOPLE, QUICK_PEOPLE = 1_000_000, 100_000
ROUNDS, QUICK_ROUNDS = 21, 5
# With these a hundredth more or less of starters decides nothing: all but a few speak in the end.
SHARE, STARTERS = 0.18, 0.02
DENSE_DEGREE = 40
LIMIT_TIMES, LIMIT_BYTES = 1.6, 9.0
Ways = dict[str, Callable[[], Any]]


def main() -> int:
    """Measure, print, and give the exit code."""
    options = report.options(__doc__.splitlines()[0]).parse_args()
    sys.path.insert(0, str(running.ROOT / "src"))
    people = QUICK_PEOPLE if options.quick else PEOPLE
    figures = measure(people, QUICK_ROUNDS if options.quick else ROUNDS)
    figures["bytes_a_tie"] = bytes_a_tie(people // 4)
    limits = [
        Limit("the cascade, times the bound", figures["times"], LIMIT_TIMES),
        Limit("resident, bytes a tie", figures["bytes_a_tie"]["resident"], LIMIT_BYTES),
    ]
    return report.finish("ripple.bound", figures, limits, gate=options.gate)


def measure(people: int, rounds: int) -> dict[str, Any]:
    """Give medians in milliseconds, in turn, and how many times the bound each takes."""
    report.progress(f"the machine's bound, {people:,} people")
    ways = _ways(_graph(people))
    seen: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds + 1):
        for name, way in ways.items():
            begin = time.perf_counter()
            way()
            seen[name].append((time.perf_counter() - begin) * 1e3)
    medians = {name: statistics.median(times[1:]) for name, times in seen.items()}
    bound = seen["known_order"][1:]
    times = {
        name: round(statistics.median(a / b for a, b in zip(these[1:], bound, strict=True)), 2)
        for name, these in seen.items()
    }
    return {
        "people": people,
        "ms": {name: round(ms, 2) for name, ms in medians.items()},
        "times_the_bound": times,
        "times": times["cascade"],
    }


def _graph(people: int) -> Graph:
    """Draw ten contacts each, and let nearly everybody follow."""
    graph = graphs.draw("erdos-renyi", people)
    k = np.maximum(np.ceil(SHARE * graph.degrees - 1e-9), 1).astype(np.int32)
    starters = np.random.default_rng(people).choice(people, int(people * STARTERS), replace=False)
    k[starters] = 0
    return Graph(graph.sources, graph.targets, graph.indptr, graph.indices, k, starters)


def _ways(graph: Graph) -> Ways:
    """Give what is measured, from the barest to the whole."""
    from ripple.cores import core_numbers
    from ripple.equilibria import least_equilibrium
    from ripple.network import Network

    indptr, indices, k = graph.indptr, graph.indices, graph.k
    network = Network(indptr, indices)
    order = least_equilibrium(network, k).order.copy()
    begins, left = indptr[order], np.zeros(graph.people, dtype=np.int32)
    two_lines, known_order = _visits()
    return {
        "streaming": lambda: _stream(indptr, indices),
        "random_read_modify_write": lambda: _lower(indices, left),
        "two_random_lines_a_person": lambda: two_lines(indptr, indices, left, order, begins, False),
        "the_same_asked_ahead": lambda: two_lines(indptr, indices, left, order, begins, True),
        "known_order": lambda: known_order(indptr, indices, left, order, begins),
        "cascade": lambda: _cascade(indptr, indices, k),
        "least_equilibrium": lambda: least_equilibrium(network, k),
        "core_numbers": lambda: core_numbers(network),
        "plain_queue": lambda: _plain_queue(indptr, indices, k),
    }


def _cascade(indptr: graphs.Array, indices: graphs.Array, k: graphs.Array) -> int:
    """Compute who speaks, with the room it takes, and nothing around it."""
    from ripple import _kernels
    from ripple._engine import workspace

    need, queue, ends = workspace(len(k))
    filled = _kernels.start_speaking(indptr, k, need, queue)
    return _kernels.cascade(indptr, indices, need, queue, ends, 0, filled)[0]


@numba.njit
def _stream(indptr, indices):  # noqa: ANN001, ANN202
    """Read all there is to know of a network once, in order."""
    total = np.uint64(0)
    for person in range(np.uint64(len(indptr))):
        total += np.uint64(indptr[person])
    for tie in range(np.uint64(len(indices))):
        total += np.uint64(indices[tie])
    return total


@numba.njit
def _lower(indices, left):  # noqa: ANN001, ANN202
    """Lower what each contact needs, tie by tie in order."""
    for tie in range(np.uint64(len(indices))):
        left[np.uint64(indices[tie])] -= 1


def _visits() -> tuple[Callable[..., Any], Callable[..., Any]]:
    """Give both ways to open two lines for each person, with our own way to ask for a line."""
    from ripple._kernels import prefetch

    one, line, ahead = np.uint64(1), np.uint64(16), np.uint64(32)

    @numba.njit
    def two_lines(indptr, indices, left, order, begins, asks):  # noqa: ANN001, ANN202
        """Lower in the order of memory, and open two lines a person in that of the cascade."""
        total, tie, people = np.uint64(0), np.uint64(0), np.uint64(len(order))
        share = np.uint64(len(indices) // max(len(order), 1))
        for at in range(people):
            if asks and at + ahead < people:
                prefetch(indptr, order[at + ahead])
                prefetch(indices, begins[at + ahead])
            total += np.uint64(indptr[np.uint64(order[at])])
            total += np.uint64(indices[np.uint64(begins[at])])
            for _ in range(share):
                left[np.uint64(indices[tie])] -= 1
                tie += one
        return total

    @numba.njit
    def known_order(indptr, indices, left, order, begins):  # noqa: ANN001, ANN202
        """Visit everybody's contacts in the order of the cascade, all asked for in time."""
        people = np.uint64(len(order))
        for at in range(people):
            if at + ahead < people:
                prefetch(indptr, order[at + ahead])
                first = np.uint64(begins[at + ahead])
                prefetch(indices, first)
                prefetch(indices, first + line)
            person = np.uint64(order[at])
            for tie in range(np.uint64(indptr[person]), np.uint64(indptr[person + one])):
                left[np.uint64(indices[tie])] -= 1

    return two_lines, known_order


@numba.njit
def _plain_queue(indptr, indices, k):  # noqa: ANN001, ANN202
    """Compute the same as the cascade, as one writes it at first: signed, and fetching late."""
    need, queue, speaks = k.copy(), np.empty(len(k), np.int64), k <= 0
    end = 0
    for person in range(len(k)):
        if speaks[person]:
            queue[end] = person
            end += 1
    at = 0
    while at < end:
        person = queue[at]
        at += 1
        for tie in range(indptr[person], indptr[person + 1]):
            contact = indices[tie]
            if not speaks[contact]:
                need[contact] -= 1
                if need[contact] <= 0:
                    speaks[contact] = True
                    queue[end] = contact
                    end += 1
    return end


def bytes_a_tie(people: int) -> dict[str, float]:
    """Give the network's bytes a tie, and those with all that is allocated while we compute.

    Forty contacts each, so that ties weigh and not people. The thresholds are the caller's.
    """
    from ripple.equilibria import least_equilibrium
    from ripple.network import Network

    graph = graphs.draw("erdos-renyi", people, mean_degree=DENSE_DEGREE)
    network = Network(graph.indptr, graph.indices)
    resident = (network.indptr.nbytes + network.indices.nbytes) / network.ties
    tracemalloc.start()
    least_equilibrium(network, graph.k)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return {
        "contacts_each": DENSE_DEGREE,
        "resident": round(resident, 2),
        "peak": round(resident + peak / network.ties, 2),
    }


if __name__ == "__main__":
    sys.exit(main())
