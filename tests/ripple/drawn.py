"""Groups, thresholds and lists of people for Hypothesis to draw."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from ripple.network import Network
from ripple.thresholds import NEVER

MOST_PEOPLE = 12


@dataclass(frozen=True, slots=True, eq=False)
class Situation:
    """A network with a threshold for each."""

    network: Network
    k: NDArray[np.int32]

    def __repr__(self) -> str:
        return f"Situation({self.network.people}, {self.network.edges.tolist()}, {self.k.tolist()})"


def counts(people: int) -> st.SearchStrategy[NDArray[np.int32]]:
    """Draw a threshold for each of so many people; more contacts than there are, and never, too."""
    count = st.one_of(st.integers(0, 4), st.integers(0, people + 1), st.just(NEVER))
    return st.lists(count, min_size=people, max_size=people).map(
        lambda drawn: np.array(drawn, dtype=np.int32)
    )


@st.composite
def situations(draw: st.DrawFn) -> Situation:
    """Draw up to a dozen people, any ties between them, and thresholds."""
    people = draw(st.integers(0, MOST_PEOPLE))
    pairs = [(one, other) for other in range(people) for one in range(other)]
    ties = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    return Situation(Network.from_edges(ties, people=people), draw(counts(people)))


def some(people: int) -> st.SearchStrategy[list[int]]:
    """Draw a list of people, perhaps empty, each at most once."""
    if not people:
        return st.just([])
    return st.lists(st.integers(0, people - 1), unique=True)


@st.composite
def random_situations(draw: st.DrawFn) -> Situation:
    """Draw some hundreds of people with random ties: longer walks than a dozen give."""
    people, mean_degree = draw(st.integers(1, 400)), draw(st.floats(0, 8))
    generator = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    pairs = generator.integers(0, people, size=(int(people * mean_degree / 2), 2))
    pairs = np.unique(np.sort(pairs[pairs[:, 0] != pairs[:, 1]], axis=1), axis=0)
    hardest = draw(st.integers(1, 6))
    k = generator.integers(draw(st.integers(0, 1)), hardest + 1, size=people)
    return Situation(Network.from_edges(pairs, people=people), k.astype(np.int32))
