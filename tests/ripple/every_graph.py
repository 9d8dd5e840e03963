"""All graphs of a few people at once, side by side in one network, and what must hold in each.

People of different graphs have no tie, so one call gives the equilibria of all of them; beside it
stands the same by brute force, over every set of people or round by round.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from ripple.network import Network

Bools = NDArray[np.bool_]
Counts = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class EveryGraph:
    """Graphs of equally many people: their ties, shape (graphs, people, people), and as one."""

    ties: NDArray[np.int8]
    network: Network

    @property
    def graphs(self) -> int:
        return len(self.ties)

    @property
    def people(self) -> int:
        return self.ties.shape[1]

    def apart(self, values: NDArray[np.generic]) -> NDArray[np.generic]:
        """Give what belongs to all people as one row a graph."""
        return values.reshape(self.graphs, self.people)

    def heard(self, speaking: Bools) -> NDArray[np.int64]:
        """Give how many contacts of each speak; speaking has shape (graphs, people)."""
        return np.einsum("gij,gj->gi", self.ties, speaking.astype(np.int64))


@cache
def of(people: int) -> EveryGraph:
    """Give all graphs of so many people."""
    pairs = list(itertools.combinations(range(people), 2))
    chosen = np.arange(2 ** len(pairs))
    ties = np.zeros((len(chosen), people, people), dtype=np.int8)
    for bit, (one, other) in enumerate(pairs):
        ties[:, one, other] = ties[:, other, one] = chosen >> bit & 1
    return EveryGraph(ties, _side_by_side(ties))


def with_every_threshold(people: int) -> tuple[EveryGraph, Counts]:
    """Give all graphs of so many people, each with all thresholds that can matter."""
    graphs = of(people)
    rows = np.array(list(itertools.product(range(people + 1), repeat=people)), dtype=np.int32)
    ties = np.repeat(graphs.ties, len(rows), axis=0)
    return EveryGraph(ties, _side_by_side(ties)), np.tile(rows, (graphs.graphs, 1))


def lasting(graphs: EveryGraph, k: Counts) -> tuple[Bools, Bools]:
    """Give what all sets that can last have in common, and what they have together.

    A set lasts where exactly those speak who hear enough; looked at for every set of people.
    """
    common = np.ones(k.shape, dtype=bool)
    together = np.zeros(k.shape, dtype=bool)
    for subset in itertools.product((False, True), repeat=graphs.people):
        speaking = np.tile(np.array(subset), (graphs.graphs, 1))
        lasts = ((graphs.heard(speaking) >= k) == speaking).all(axis=1)
        common[lasts] &= speaking[lasts]
        together[lasts] |= speaking[lasts]
    return common, together


def round_by_round(graphs: EveryGraph, k: Counts, *, together: bool) -> Counts:
    """Give in which round each changes when all look at once, from silence or all speaking."""
    speaking = np.full(k.shape, together)
    changed = np.full(k.shape, -1, dtype=np.int32)
    at_once = k > graphs.ties.sum(axis=2) if together else k <= 0
    changed[at_once] = 0
    speaking[at_once] = not together
    for round_ in range(1, graphs.people + 1):
        now = (graphs.heard(speaking) >= k) == (not together)
        now &= speaking == together
        changed[now] = round_
        speaking[now] = not together
    return changed


def _side_by_side(ties: NDArray[np.int8]) -> Network:
    graph, person, contact = np.nonzero(ties)
    people = ties.shape[1]
    counts = np.bincount(graph * people + person, minlength=len(ties) * people)
    indptr = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    return Network(indptr, (graph * people + contact).astype(np.uint32))
