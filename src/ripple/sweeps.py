"""A question asked at many points, each in many runs: on all cores, or on all machines there are.

Points and runs are cut into blocks and go to any executor: threads (if none is given), a
`ProcessPoolExecutor`, or a `dask.distributed.Client` as it is. What goes there is small: to other
processes send the folder of a network that `save` wrote, never the network.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ripple import answering, kept, tables
from ripple.blocks import Executor
from ripple.errors import BadChoice
from ripple.montecarlo import Runs, Seed, drawn_seed, rooted
from ripple.progress import Steps
from ripple.replicas import Question, Sizes
from ripple.saved import open_saved, save

__all__ = ["Point", "Question", "SweepTable", "grid", "open_saved", "run", "save"]

Point = Mapping[str, Any]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class SweepTable(tables.Tabular):
    """What came out of a sweep.

    Attributes:
        points: The parameters of each point.
        rows: How many speak in every replica, int64, shape (points, runs, 3): by themselves, if all
            knew, and how many people there are.
        seed: What gives the same sweep once more.
    """

    points: tuple[Point, ...]
    rows: Sizes
    seed: Seed

    def __len__(self) -> int:
        return len(self.points)

    def runs(self, point: int) -> Runs:
        """Give the runs of one point; its seed gives them once more in `monte_carlo`."""
        stream = rooted(self.seed)
        return Runs.of(self.rows[point], _stream(stream, range(len(self))[point]))

    def columns(self) -> dict[str, list[Any]]:
        """Give one row a point: its parameters, and for each equilibrium how many speak.

        For each equilibrium there are the mean with its standard error, the 5 %, 50 % and 95 %
        quantiles, and the share of runs in which more than half speak, with its standard error.
        """
        rows = [{**point, **_told(self.runs(at))} for at, point in enumerate(self.points)]
        names = dict.fromkeys(name for row in rows for name in row)
        return {name: [_plain(row.get(name)) for row in rows] for name in names}

    def summary(self) -> dict[str, list[Any]]:
        """Give one row a point, as texts with standard errors."""
        rows = [
            {**point, **{kind.value: str(runs.mean(kind)) for kind in runs.kinds}}
            for point, runs in zip(self.points, map(self.runs, range(len(self))), strict=True)
        ]
        names = dict.fromkeys(name for row in rows for name in row)
        return {name: [row.get(name, "") for row in rows] for name in names}

    def __repr__(self) -> str:
        runs = self.rows.shape[1]
        return f"SweepTable({len(self)} points, {runs} runs each, seed={self.seed})\n{self}"

    def __str__(self) -> str:
        return tables.text(self.summary())

    def _repr_html_(self) -> str:
        return tables.html(self.summary(), f"{len(self)} points, {self.rows.shape[1]:,} runs each")


def grid(**parameters: Iterable[Any]) -> list[Point]:
    """Give every combination of these parameters, the last varying fastest."""
    combined = itertools.product(*parameters.values())
    return [dict(zip(parameters, values, strict=True)) for values in combined]


def run(
    points: Sequence[Point],
    question: Callable[..., Question],
    *,
    runs: int,
    seed: Seed | None = None,
    workers: int | None = None,
    executor: Executor | None = None,
    progress: bool | str | Steps | None = None,
    block: int | None = None,
    keep: str | Path | None = None,
) -> SweepTable:
    """Ask a question at every point, in many runs each.

    Point p draws from `SeedSequence(seed).spawn(points)[p]`, and replica i in it from child i of
    that. So results do not depend on blocks, workers or the executor. A block that fails is sent
    again, twice at most. An interrupt cancels what waits.

    Args:
        points: The parameters of each point, as `grid` gives them.
        question: Makes a `Question` of the parameters of a point. It is called here and never sent
            to a worker, so a lambda will do.
        runs: How many runs at each point, at least 1.
        seed: What gives the same sweep once more; drawn, and told in the result, if not given.
        workers: How many blocks are computed at once: by threads on all cores, if nothing else is
            given.
        executor: Who computes instead: anything with `submit` that gives futures.
        progress: True for a bar on the terminal, a text to label it, or what hears each `step`
            (such as `progress.bar(..., show=True)`, which is drawn in a notebook too).
        block: How many runs go out together; chosen by how long they take, if not given.
        keep: A folder for what is done. The same sweep with the same folder goes on where it was
            broken off. Without a seed, the folder's own is used.

    Raises:
        BadChoice: There is no point, or an option is impossible.
        BadFile: The folder keeps another sweep.
        LostBlock: A block failed on every try, or no workers are left.
    """
    if not len(points):
        raise BadChoice("there is no point to ask at; give at least one")
    root = _seed(keep) if seed is None else seed
    stream = rooted(root)
    asked = [(question(**point), _stream(stream, at)) for at, point in enumerate(points)]
    rows = answering.unanswered(len(points), runs)
    if keep is not None:
        rows = kept.open_rows(keep, kept.named([runs, asked]), root, rows)
    answering.answer_all(
        rows, asked, workers=workers, executor=executor, progress=progress, block=block
    )
    frozen = np.array(rows).reshape(len(points), runs, -1)
    return SweepTable(tuple(points), frozen, root)


def _seed(keep: str | Path | None) -> int:
    found = None if keep is None else kept.seed_of(keep)
    return drawn_seed() if found is None else found


def _stream(root: np.random.SeedSequence, point: int) -> np.random.SeedSequence:
    return np.random.SeedSequence(root.entropy, spawn_key=(*root.spawn_key, point))


def _told(runs: Runs) -> dict[str, float]:
    """Give the numbers of one point, by the names of their columns."""
    told: dict[str, float] = {"people": float(runs.people.mean()), "runs": len(runs)}
    for kind in runs.kinds:
        average, over = runs.mean(kind), runs.share_over_half(kind)
        low, median, high = (one.value for one in runs.quantiles(kind=kind))
        told |= {f"{kind}_mean": average.value, f"{kind}_error": average.error}
        told |= {f"{kind}_low": low, f"{kind}_median": median, f"{kind}_high": high}
        told |= {f"{kind}_over_half": over.value, f"{kind}_over_half_error": over.error}
    return told


def _plain(value: Any) -> Any:
    """Give what a table can hold: numbers and words as they are, the rest by name."""
    return value if isinstance(value, str | int | float | np.number | None) else repr(value)
