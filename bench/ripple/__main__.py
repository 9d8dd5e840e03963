"""What ripple costs beside six peers: time, memory, and the distance to the machine's own limit.

`python -m bench.ripple [--people N …] [--rounds N] [--quick] [--json FILE]`; see README.md in the
folder above. Tables and targets go to stdout, progress to stderr; 1 where a target is missed.
"""

import argparse
import json
import sys
import tempfile
import time
from importlib import metadata
from pathlib import Path
from typing import Any

from bench import report, running
from bench.ripple import contest, graphs, installing, targets, throughput
from bench.ripple.contest import Plan

PEOPLE = (10_000, 100_000, 1_000_000)
WARM_PEOPLE = 4_000
# The graph for memory: with forty contacts each, so that ties weigh, and not people.
DENSE_PEOPLE, DENSE_DEGREE = 100_000, 40
PACKAGES = ("numpy", "numba", "scipy", "networkx", "igraph", "networkit", "ndlib", "cynetdiff")
SOME_SECONDS = 2.0


class Progress:
    """Says every few seconds what is being done, and how long all of it will still take."""

    def __init__(self, plans: list[Plan]) -> None:
        self.all = sum(plan.seconds() for plan in plans)
        self.before, self.began, self.said = 0.0, time.perf_counter(), 0.0

    def __call__(self, line: str, done: float) -> None:
        """Say it, unless something was said just now."""
        now = time.perf_counter()
        if now - self.said < SOME_SECONDS:
            return
        self.said = now
        done += self.before
        # The plan is for a quiet machine; what has been seen of this one stretches what is left.
        slower = (now - self.began + 20.0) / (done + 20.0)
        left = max(self.all - done, 0.0) * slower
        report.progress(f"{line}; about {left / 60:.1f} minutes left")

    def over(self, plan: Plan) -> None:
        """Count a graph as done."""
        self.before += plan.seconds()


def main() -> int:
    """Measure, print, and give the exit code."""
    options = _options()
    rounds = options.rounds or (3 if options.quick else 7)
    patience = 4.0 if options.quick else 15.0
    plans = [
        Plan(kind, people, rounds, patience)
        for people in sorted(options.people)
        for kind in graphs.KINDS
    ]
    dense = Plan("erdos-renyi", DENSE_PEOPLE, 1, 0.0, mean_degree=DENSE_DEGREE)
    with tempfile.TemporaryDirectory() as folder:
        figures, versions = _measure(Path(folder), plans, dense)
    sys.path.insert(0, str(running.ROOT / "src"))
    if (judged := targets.JUDGED) in figures["times"]:
        from bench.ripple import bound

        figures["bound"] = bound.measure(figures["times"][judged]["people"], rounds * 3)
    figures["throughput"] = throughput.measure(
        runs=500 if options.quick else 4000, rounds=1 if options.quick else 3
    )
    return _tell(figures, versions, options.json)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.ripple", description=__doc__.splitlines()[0])
    parser.add_argument(
        "--people", type=int, nargs="+", default=list(PEOPLE), help="sizes of the graphs"
    )
    parser.add_argument("--rounds", type=int, help="how often each task is done, 7 unless slow")
    parser.add_argument("--quick", action="store_true", help="fewer rounds")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write all figures there")
    return parser.parse_args()


def _measure(folder: Path, plans: list[Plan], dense: Plan) -> tuple[dict[str, Any], dict[str, str]]:
    peers = folder / "peers"
    report.progress("installing the peers")
    installing.install(peers)
    graphs.write(folder / "warm", graphs.draw("erdos-renyi", WARM_PEOPLE))
    progress = Progress([*plans, dense])
    found = {}
    for plan in [*plans, dense]:
        found[plan.name] = contest.hold(plan, folder, peers, progress)
        progress.over(plan)
    held = found.pop(dense.name)
    sys.path.append(str(peers))
    versions = {name: metadata.version(name) for name in PACKAGES}
    return {"times": found, "dense": {dense.name: held}}, versions


def _tell(figures: dict[str, Any], versions: dict[str, str], to: Path | None) -> int:
    """Print tables and targets, write the JSON where asked, and give the exit code."""
    times, dense = figures["times"], figures["dense"]
    judged = targets.judge(times, next(iter(dense.values())), figures.get("bound"))
    told = report.machine().items()
    machine = {name: one for name, one in told if name not in report.PACKAGES} | versions
    for kind in graphs.KINDS:
        print("\n".join(targets.table(times, kind)), end="\n\n")
    *_, largest = (name for name in times if name.startswith(graphs.KINDS[0]))
    print("\n".join(targets.memory({largest: times[largest]} | dense)))
    rates = figures["throughput"]["replicas_a_second"]
    print(f"Replicas a second, {throughput.PEOPLE:,} people:",
          ", ".join(f"{way} {rate:,}" for way, rate in rates.items()), end="\n\n")  # fmt: skip
    if found := figures.get("bound"):
        ways = ", ".join(f"{way} {ms:g}" for way, ms in found["ms"].items())
        print(f"The machine's bound, {found['people']:,} people, ms: {ways}", end="\n\n")
    print("\n".join(map(str, judged)))
    if targets.JUDGED not in times:
        print(f"not judged: times, which are promised for {targets.JUDGED}")
    print(f"load of this machine over the last minute: {machine['load_1_min']}")
    rows = [target.row() for target in judged]
    if to:
        everything = {"bench": "ripple", "machine": machine, "figures": figures, "targets": rows}
        to.write_text(json.dumps(everything, indent=2, ensure_ascii=False) + "\n")
    return int(not all(target.met for target in judged))


if __name__ == "__main__":
    sys.exit(main())
