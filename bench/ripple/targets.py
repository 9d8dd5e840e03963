"""What is promised, beside what was measured; and the tables that people read."""

from dataclasses import asdict, dataclass
from typing import Any

from bench.ripple.contest import OURS

# Where the promises hold: a million people, ten contacts each.
JUDGED = "erdos-renyi 1000000 10"
TIMES = (
    ("ndlib", "least", 400.0),
    ("cynetdiff", "least", 35.0),
    ("igraph", "core numbers", 7.0),
    ("networkit", "core numbers, two threads", 2.0),
)
BYTES_A_TIE, TIMES_BOUND = 9.0, 1.6
LABELS = {
    ("ripple", "least"): "**ripple**, `least_equilibrium`",
    ("ripple", "least, kernel"): "ripple, its kernel alone",
    ("queue", "least"): "a plain queue in numba",
    ("cynetdiff", "least"): "CyNetDiff (Cython)",
    ("networkx", "least"): "networkx, by hand",
    ("ndlib", "least"): "NDlib ThresholdModel",
    ("ripple", "one core"): "**ripple**, `greatest_equilibrium`: one k-core",
    ("networkx", "one core"): "networkx, `k_core`",
    ("ripple", "core numbers"): "**ripple**, `core_numbers`",
    ("networkit", "core numbers, two threads"): "NetworKit (C++), two threads",
    ("networkit", "core numbers"): "NetworKit (C++), one thread",
    ("igraph", "core numbers"): "igraph (C)",
}
Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Target:
    """A promise: at least this, or at most.

    Attributes:
        what: In words.
        measured: In this run.
        wanted: What was promised.
        at_least: Whether more is better.
    """

    what: str
    measured: float
    wanted: float
    at_least: bool

    @property
    def met(self) -> bool:
        """Whether the promise is kept."""
        if self.at_least:
            return self.measured >= self.wanted
        return self.measured <= self.wanted

    def row(self) -> Figures:
        """Give it for JSON."""
        return {**asdict(self), "met": self.met}

    def __str__(self) -> str:
        least = "at least" if self.at_least else "at most"
        said = "met" if self.met else "MISSED"
        return f"{said:7} {self.what}: {self.measured:g}, {least} {self.wanted:g}"


def judge(times: Figures, dense: Figures | None, bound: Figures | None) -> list[Target]:
    """Give the promises that this run can judge.

    Args:
        times: The figures by graph.
        dense: Those of the graph for memory, or None where it was left out.
        bound: What the machine itself could do, or None where it was not measured.
    """
    targets = []
    if JUDGED in times:
        peers = times[JUDGED]["peers"]
        targets += [
            Target(f"times faster than {who}, {task}", ratio(peers, who, task), wanted, True)
            for who, task, wanted in TIMES
        ]
    if dense:
        ours = dense["peers"][OURS]
        # To a tenth, as it was promised: this is read from a whole process.
        held = round(ours["memory"]["resident_bytes_a_tie"], 1)
        peak = round(ours["tasks"]["least, kernel"]["running_bytes_a_tie"], 1)
        targets += [
            Target("bytes a tie, network and thresholds", held, BYTES_A_TIE, False),
            Target("bytes a tie, at the peak of the cascade", peak, BYTES_A_TIE, False),
        ]
    if bound:
        targets.append(
            Target("times the machine's bound, cascade", bound["times"], TIMES_BOUND, False)
        )
    return targets


def ratio(peers: Figures, who: str, task: str) -> float:
    """Give how many times as long a peer takes as our public function for the same."""
    ours = peers[OURS]["tasks"][task.partition(",")[0]]["ms"]
    return float(f"{peers[who]['tasks'][task]['ms'] / ours:.3g}")


def table(times: Figures, kind: str) -> list[str]:
    """Give the times on one kind of graph as Markdown: ms by people, and how many times ours."""
    shown = {name: one for name, one in times.items() if name.startswith(f"{kind} ")}
    heads = [f"{one['people']:,}" for one in shown.values()]
    lines = [
        f"| {kind}, ms | {' | '.join(heads)} people | × ripple |",
        "|---" + "|--:" * (len(heads) + 1) + "|",
    ]
    *_, largest = shown.values()
    for (who, task), label in LABELS.items():
        cells = [_ms(one["peers"][who]["tasks"][task]["ms"]) for one in shown.values()]
        cells.append(f"{ratio(largest['peers'], who, task):,g}")
        lines.append(f"| {label} | {' | '.join(cells)} |")
    return lines


def memory(graphs: Figures) -> list[str]:
    """Give bytes a tie as Markdown: held, and at the peak of the first task and of making it."""
    lines = []
    for name, one in graphs.items():
        lines += [
            f"| bytes a tie: {name} | held | peak while running | peak while making |",
            "|---|--:|--:|--:|",
        ]
        for who, peer in one["peers"].items():
            held = peer["memory"]
            runs = [
                f"{task['running_bytes_a_tie']:.1f} ({name})"
                for name, task in peer["tasks"].items()
                if "two threads" not in name
            ]
            lines.append(
                f"| {who} | {held['resident_bytes_a_tie']:.1f} | {', '.join(runs)} "
                f"| {held['building_bytes_a_tie']:.1f} |"
            )
        lines.append("")
    return lines


def _ms(value: float) -> str:
    return f"{value:.2f}" if value < 10 else f"{value:,.0f}"
