"""The graphs that all are measured on, with everybody's threshold and who starts.

Drawn here with NumPy alone, not by ripple and not by a peer, and kept as files, so that each
process reads the very same people, ties, thresholds and starters.
"""

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

KINDS = ("erdos-renyi", "power-law")
MEAN_DEGREE = 10
# Each waits for a share of their contacts between these, and one in ten for all of them, so that
# most speak in the end but not everybody; so many of all start.
LEAST, MOST, STARTERS, FOR_ALL = 0.1, 0.5, 0.1, 0.1
# The k of the one k-core: below the onset for this mean degree, so that many stay in it.
CORE = 6
EXPONENT, LOWEST = 2.5, 3.72

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Graph:
    """People, ties and thresholds, in the two forms that libraries ask for.

    Attributes:
        sources: One end of each tie, uint32.
        targets: The other end, uint32.
        indptr: Where each person's contacts begin, int64.
        indices: The contacts, both ways, uint32.
        k: For how many others each waits, int32, at least 1.
        seeds: Who starts, int64, each once.
    """

    sources: Array
    targets: Array
    indptr: Array
    indices: Array
    k: Array
    seeds: Array

    @property
    def people(self) -> int:
        """How many people there are."""
        return len(self.indptr) - 1

    @property
    def ties(self) -> int:
        """How many ties there are, each counted once."""
        return len(self.sources)

    @property
    def degrees(self) -> Array:
        """How many contacts each has."""
        return np.diff(self.indptr)


def draw(kind: str, people: int, *, mean_degree: int = MEAN_DEGREE, seed: int = 0) -> Graph:
    """Draw a graph: `erdos-renyi`, or `power-law` (degrees with exponent 2.5, ties by chance)."""
    chance = np.random.default_rng([seed, people, KINDS.index(kind)])
    if kind == "erdos-renyi":
        ends = chance.integers(0, people, size=people * mean_degree)
    else:
        raw = LOWEST * mean_degree / MEAN_DEGREE * chance.random(people) ** (-1 / (EXPONENT - 1))
        degrees = np.minimum(raw, (mean_degree * people) ** 0.5).astype(np.int64)
        ends = chance.permutation(np.repeat(np.arange(people), degrees))
    sources, targets = _once(ends, people)
    indptr, indices = _rows(sources, targets, people)
    fractions = chance.uniform(LEAST, MOST, people)
    fractions[chance.random(people) < FOR_ALL] = 1.0
    k = np.maximum(np.ceil(fractions * np.diff(indptr) - 1e-9), 1).astype(np.int32)
    seeds = np.sort(chance.choice(people, size=int(people * STARTERS), replace=False))
    return Graph(sources, targets, indptr, indices, k, seeds)


def write(folder: Path, graph: Graph) -> None:
    """Keep a graph in a folder, which is made."""
    folder.mkdir(parents=True)
    for field in fields(graph):
        np.save(folder / f"{field.name}.npy", getattr(graph, field.name))


def read(folder: Path) -> Graph:
    """Read a graph that was kept; only what is touched comes into memory."""
    return Graph(
        **{field.name: np.load(folder / f"{field.name}.npy", mmap_mode="r")
           for field in fields(Graph)}
    )  # fmt: skip


def _once(ends: Array, people: int) -> tuple[Array, Array]:
    """Pair these ends, and leave out ties with oneself and those that were there already."""
    half = len(ends) // 2
    one, other = ends[:half], ends[half : 2 * half]
    low, high = np.minimum(one, other), np.maximum(one, other)
    keys = np.unique((low * people + high)[low != high])
    return (keys // people).astype(np.uint32), (keys % people).astype(np.uint32)


def _rows(sources: Array, targets: Array, people: int) -> tuple[Array, Array]:
    """Lay the ties in compressed rows, both ways, ascending within a person."""
    ways = [
        sources.astype(np.int64) * people + targets,
        targets.astype(np.int64) * people + sources,
    ]
    keys = np.sort(np.concatenate(ways))
    indptr = np.searchsorted(keys, np.arange(people + 1) * people)
    return indptr.astype(np.int64), (keys % people).astype(np.uint32)
