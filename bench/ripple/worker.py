"""One peer in a process of its own: what it holds, and then one task after another, when asked.

`python -m bench.ripple.worker PEER GRAPH WARM` says as one line of JSON what holding the graph in
that folder costs, and then answers each line on stdin, the name of a task, with how long it took
and a digest of its answer. Compiling and first calls happen before, on a small graph.
"""

import contextlib
import ctypes
import gc
import hashlib
import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

from bench.ripple import graphs
from bench.ripple.graphs import Array
from bench.ripple.ours import Peer
from bench.ripple.peers import PEERS

STATUS, MARKS = Path("/proc/self/status"), Path("/proc/self/clear_refs")


def main() -> None:
    """Hold the graph, tell what that costs, and do what is asked."""
    name, graph, warm = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    _warm(PEERS[name](graphs.read(warm)))
    held = _Memory()
    peer, people = _hold(name, graph)
    memory = {"building": held.peak(), "resident": held.now()}
    gc.freeze()
    done: set[str] = set()
    print(json.dumps({"tasks": list(peer.tasks()), "memory": memory}), flush=True)
    for line in sys.stdin:
        task = line.strip()
        if task not in done:  # its memory is looked at then
            _trim()
            done.add(task)
        print(json.dumps(_do(task, peer, people, held)), flush=True)


def _warm(peer: Peer) -> None:
    for act in peer.tasks().values():
        peer.ready()
        act()


def _hold(name: str, folder: Path) -> tuple[Peer, int]:
    graph = graphs.read(folder)
    return PEERS[name](graph), graph.people


def _do(task: str, peer: Peer, people: int, held: "_Memory") -> dict[str, Any]:
    """Do a task, once: a second time at once, a processor knows by heart how small cascades branch.

    The peak counts what the answer takes, and not the digest of it.
    """
    act = peer.tasks()[task]
    peer.ready()
    held.restart()
    began = time.perf_counter()
    answer = act()
    took = time.perf_counter() - began
    peak = held.peak()
    values = np.asarray(answer() if callable(answer) else answer)
    told = (_cores if task.startswith("core numbers") else _people)(values, people)
    return {"ms": took * 1000, "running": peak, **told}


def _people(values: Array, people: int) -> dict[str, Any]:
    """Tell how many speak or stay, and a digest of who: given as yes or no for each, or by name."""
    found = values
    if values.dtype != np.bool_:
        found = np.zeros(people, dtype=np.bool_)
        found[values] = True
    return {"size": int(found.sum()), "digest": hashlib.sha256(found.tobytes()).hexdigest()[:16]}


def _cores(values: Array, people: int) -> dict[str, Any]:
    """Tell the deepest core, and a digest of everybody's core number."""
    assert len(values) == people
    numbers = values.astype(np.int64)
    told = hashlib.sha256(numbers.tobytes()).hexdigest()[:16]
    return {"size": int(numbers.max()), "digest": told}


class _Memory:
    """How much more this process holds than when this was made, in bytes.

    Pages of files do not count: they are the libraries' code, and the graph while it is read.
    """

    def __init__(self) -> None:
        _trim()
        self.before = _status("RssAnon")
        self.restart()

    def now(self) -> int:
        _trim()
        return _status("RssAnon") - self.before

    def restart(self) -> None:
        """Forget the highest mark so far."""
        with contextlib.suppress(OSError):
            MARKS.write_text("5")

    def peak(self) -> int:
        return _status("VmHWM") - _status("RssFile") - self.before


def _trim() -> None:
    """Give back what is free, so that nobody is charged for another's leftovers."""
    gc.collect()
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").malloc_trim(0)


def _status(what: str) -> int:
    line = next(line for line in STATUS.read_text().splitlines() if line.startswith(f"{what}:"))
    return int(line.split()[1]) * 1024


if __name__ == "__main__":
    main()
