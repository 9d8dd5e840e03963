"""All peers on one graph, in turn, with the demand that they find the very same people.

Each peer is a process of its own that holds the graph; only one of them computes at a time. How
often each does a task is planned beforehand by about how long it takes, so that a slow peer does
not keep the others waiting, and so that it can be said how long all will take.
"""

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import running
from bench.ripple import graphs, installing

# Seconds for a million people with ten contacts each, about: making it, and then each task.
BUILDING = {
    "ripple": 3.0, "queue": 1.0, "cynetdiff": 1.0, "networkx": 14.0, "ndlib": 26.0, "igraph": 5.0,
    "networkit": 4.0,
}  # fmt: skip
TAKES = {
    ("ripple", "least"): 0.1, ("ripple", "least, kernel"): 0.1, ("ripple", "one core"): 0.05,
    ("ripple", "core numbers"): 0.1, ("queue", "least"): 0.2, ("cynetdiff", "least"): 5.0,
    ("networkx", "least"): 7.0, ("networkx", "one core"): 75.0, ("ndlib", "least"): 36.0,
    ("igraph", "core numbers"): 0.9, ("networkit", "core numbers"): 0.5,
    ("networkit", "core numbers, two threads"): 0.3,
}  # fmt: skip
# Starting a process, and the digest of an answer with all that goes to and fro.
STARTING, TELLING = 2.5, 0.03
AT_ONCE = 0.6
TEN_MILLION = 10_000_000
OURS = "ripple"


@dataclass(frozen=True, slots=True)
class Plan:
    """A graph to draw, and how much time each peer's task may take on it.

    Attributes:
        kind: One of `graphs.KINDS`.
        people: How many people.
        mean_degree: How many contacts each has on average.
        rounds: How often a task is done at most; three times as often where it is over at once.
        patience: Seconds for all rounds of one task; a single round may take longer.
    """

    kind: str
    people: int
    rounds: int
    patience: float
    mean_degree: int = graphs.MEAN_DEGREE

    @property
    def name(self) -> str:
        """What this graph is called in the figures."""
        return f"{self.kind} {self.people} {self.mean_degree}"

    def times(self, who: str, task: str) -> int:
        """Give how often a peer does a task."""
        took = TAKES[who, task] * self.scale
        most = self.rounds * 3 if took < AT_ONCE else self.rounds
        return max(1, min(most, int(self.patience / (took + TELLING))))

    def seconds(self) -> float:
        """Give about how long all of it takes."""
        each = sum(self.times(*key) * (took * self.scale + TELLING) for key, took in TAKES.items())
        made = sum(BUILDING.values()) + 3.0
        return each + made * self.scale + STARTING * len(BUILDING)

    @property
    def scale(self) -> float:
        """How many times as much there is to do as with ten million entries."""
        return self.people * self.mean_degree / TEN_MILLION


class Worker:
    """A peer's process, with the graph in hand.

    Attributes:
        tasks: What it can do.
        memory: What building and holding the graph took, in bytes.
    """

    def __init__(self, who: str, graph: Path, warm: Path, peers: Path) -> None:
        self.who, self.errors = who, tempfile.TemporaryFile()  # noqa: SIM115
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bench.ripple.worker", who, str(graph), str(warm)],
            cwd=running.ROOT, env=installing.surroundings(peers), text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors,
        )  # fmt: skip
        told = self._listen()
        self.tasks: list[str] = told["tasks"]
        self.memory: dict[str, int] = told["memory"]

    def do(self, task: str) -> dict[str, Any]:
        """Do a task; give how long it took, the size of its answer and its digest."""
        assert self.process.stdin
        self.process.stdin.write(f"{task}\n")
        self.process.stdin.flush()
        return self._listen()

    def stop(self) -> None:
        """End the process."""
        self.process.kill()
        self.process.communicate()
        self.errors.close()

    def _listen(self) -> dict[str, Any]:
        assert self.process.stdout
        line = self.process.stdout.readline()
        if not line:
            self.process.wait()
            self.errors.seek(0)
            sys.exit(f"{self.who} failed:\n{self.errors.read().decode()}")
        return dict(json.loads(line))


def hold(
    plan: Plan, folder: Path, peers: Path, progress: Callable[[str, float], None]
) -> dict[str, Any]:
    """Measure all peers on one graph.

    Args:
        plan: Which graph, and how often.
        folder: Where graphs are kept; `warm` stands there already.
        peers: Where the peers are installed.
        progress: Is told what is being done, and about how many seconds of the plan are done.

    Returns:
        For each peer its memory in bytes a tie, and its tasks: the median in ms, the size found.
    """
    progress(f"{plan.name}: drawing", 0.0)
    graph = graphs.draw(plan.kind, plan.people, mean_degree=plan.mean_degree)
    graphs.write(folder / plan.name, graph)
    ties, done = graph.ties, 0.0
    del graph
    workers: list[Worker] = []
    try:
        for who in BUILDING:
            progress(f"{plan.name}: making {who}", done)
            workers.append(Worker(who, folder / plan.name, folder / "warm", peers))
            done += BUILDING[who] * plan.scale + STARTING
        seen = _alternate(plan, workers, done, progress)
        return {"people": plan.people, "ties": ties, "peers": _figures(workers, seen, ties)}
    finally:
        for worker in workers:
            worker.stop()


def _alternate(
    plan: Plan, workers: list[Worker], done: float, progress: Callable[[str, float], None]
) -> dict[tuple[str, str], list[dict[str, Any]]]:
    seen: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for number, worker, task in _turns(plan, workers):
        key = worker.who, task
        if TAKES[key] * plan.scale > 1.0 or worker.who == OURS:
            progress(f"{plan.name}: round {number + 1}, {worker.who}, {task}", done)
        seen.setdefault(key, []).append(worker.do(task))
        _agree(seen, key)
        done += TAKES[key] * plan.scale + TELLING
    return seen


def _turns(plan: Plan, workers: list[Worker]) -> Iterator[tuple[int, Worker, str]]:
    """Give whose turn it is: everybody once, and again, until all have had theirs."""
    left = {(w.who, task): plan.times(w.who, task) for w in workers for task in w.tasks}
    for number in range(max(left.values())):
        for worker in workers:
            for task in worker.tasks:
                if number < left[worker.who, task]:
                    yield number, worker, task


def _agree(seen: dict[tuple[str, str], list[dict[str, Any]]], key: tuple[str, str]) -> None:
    """Stop the bench where a peer finds other people than ripple does."""
    ours = seen[OURS, key[1].partition(",")[0]][0]
    theirs = seen[key][-1]
    if theirs["digest"] != ours["digest"]:
        sys.exit(f"{key[0]} finds {theirs['size']} at {key[1]!r}, and ripple {ours['size']}: "
                 "either they are not asked the same, or one of them is wrong")  # fmt: skip


def _figures(
    workers: list[Worker], seen: dict[tuple[str, str], list[dict[str, Any]]], ties: int
) -> dict[str, Any]:
    figures: dict[str, Any] = {}
    for worker in workers:
        tasks = {}
        for task in worker.tasks:
            runs = seen[worker.who, task]
            tasks[task] = {
                "ms": round(statistics.median(run["ms"] for run in runs), 3),
                "least_ms": round(min(run["ms"] for run in runs), 3),
                "rounds": len(runs),
                "found": runs[0]["size"],
                "running_bytes_a_tie": round(runs[0]["running"] / ties, 2),
            }
        held = {f"{what}_bytes_a_tie": round(n / ties, 2) for what, n in worker.memory.items()}
        figures[worker.who] = {"memory": held, "tasks": tasks}
    return figures
