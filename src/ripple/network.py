"""Who has ties with whom: networks in compressed rows, and the group in which all see all.

A `Network` keeps the contacts of all people in one array of uint32, sorted by person: 8 bytes a tie
and 8 a person. In a `Complete` group everybody sees everybody, and no tie is kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ripple import ties as pairing

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Network:
    """People and the ties between them, both ways, in compressed sparse rows.

    The bare constructor trusts what it is given; `from_csr` looks it over.

    Attributes:
        indptr: Where each person's contacts begin, int64, shape (people + 1,).
        indices: The contacts, uint32, ascending within a person, shape (2 * ties,).
    """

    indptr: NDArray[np.int64]
    indices: NDArray[np.uint32]

    @property
    def people(self) -> int:
        """How many people there are."""
        return len(self.indptr) - 1

    @property
    def ties(self) -> int:
        """How many ties there are, each counted once."""
        return len(self.indices) // 2

    @property
    def degrees(self) -> NDArray[np.int64]:
        """How many contacts each person has."""
        return np.diff(self.indptr)

    @property
    def edges(self) -> NDArray[np.uint32]:
        """Each tie once, the lower id first, ascending, shape (ties, 2)."""
        sources = np.repeat(np.arange(self.people, dtype=np.uint32), self.degrees)
        once = sources < self.indices
        return np.stack([sources[once], self.indices[once]], axis=1)

    def contacts(self, person: int) -> NDArray[np.uint32]:
        """Give whom this person has a tie with, ascending."""
        return self.indices[self.indptr[person] : self.indptr[person + 1]]

    @classmethod
    def from_edges(cls, pairs: Iterable[Any], people: int | None = None) -> Network:
        """Make a network of ties, each given once.

        Args:
            pairs: Integers of shape (ties, 2), or an iterable of pairs of ids.
            people: How many people there are; without it, one more than the highest id.

        Raises:
            BadNetwork: A tie is no pair of ids, is with oneself, or stands there twice.
        """
        return cls(*pairing.rows(*pairing.columns(pairs), people))

    @classmethod
    def from_arrays(
        cls, sources: ArrayLike, targets: ArrayLike, people: int | None = None
    ) -> Network:
        """Make a network of two columns of ids, shape (ties,): the ends of each tie, given once.

        Raises:
            BadNetwork: As `from_edges`.
        """
        return cls(*pairing.rows(sources, targets, people))

    @classmethod
    def from_csr(cls, indptr: ArrayLike, indices: ArrayLike) -> Network:
        """Make a network of compressed rows that hold each tie both ways.

        Args:
            indptr: Where each person's contacts begin, shape (people + 1,).
            indices: The contacts, in any order within a person, shape (2 * ties,).

        Raises:
            BadNetwork: The rows do not fit, or a tie goes one way only, is there twice, or is with
                oneself.
        """
        return cls(*pairing.rows_of_csr(indptr, indices))

    @classmethod
    def from_scipy(cls, matrix: Any) -> Network:
        """Make a network of a symmetric SciPy sparse matrix; what is not 0 in it is a tie.

        Raises:
            BadNetwork: It is not square or not symmetric, or its diagonal is not empty.
        """
        from ripple import borrowed

        return cls.from_csr(*borrowed.rows_of_scipy(matrix))

    @classmethod
    def from_networkx(cls, graph: Any) -> Network:
        """Make a network of an undirected networkx graph; people are in the order of its nodes.

        Raises:
            BadNetwork: It is directed, has several ties between two people, or one with oneself.
        """
        from ripple import borrowed

        return cls.from_arrays(*borrowed.ties_of_networkx(graph))

    @classmethod
    def from_igraph(cls, graph: Any) -> Network:
        """Make a network of an undirected igraph graph.

        Raises:
            BadNetwork: It is directed, has several ties between two people, or one with oneself.
        """
        from ripple import borrowed

        return cls.from_arrays(*borrowed.ties_of_igraph(graph))

    @classmethod
    def complete(cls, people: int) -> Complete:
        """Make the group in which everybody sees everybody."""
        return Complete(people)

    @classmethod
    def erdos_renyi(cls, people: int, mean_degree: float, seed: int = 0) -> Network:
        """Draw a network in which every two people are tied with the same chance.

        What it needs and refuses is said by `ripple.ErdosRenyi`; one seed gives one network.
        """
        from ripple import random_networks

        return random_networks.ErdosRenyi(people, mean_degree).draw(np.random.default_rng(seed))

    @classmethod
    def watts_strogatz(cls, people: int, contacts: int, rewire: float, seed: int = 0) -> Network:
        """Draw a ring of neighbours of which a share of the ties is laid elsewhere.

        What it needs and refuses is said by `ripple.WattsStrogatz`; one seed gives one network.
        """
        from ripple import random_networks

        recipe = random_networks.WattsStrogatz(people, contacts, rewire)
        return recipe.draw(np.random.default_rng(seed))

    @classmethod
    def barabasi_albert(cls, people: int, new_ties: int, seed: int = 0) -> Network:
        """Draw a network in which who comes later ties with who is known already.

        What it needs and refuses is said by `ripple.BarabasiAlbert`; one seed gives one network.
        """
        from ripple import random_networks

        return random_networks.BarabasiAlbert(people, new_ties).draw(np.random.default_rng(seed))

    @classmethod
    def configuration(cls, degrees: ArrayLike, seed: int = 0) -> Network:
        """Draw a network in which everybody has (about) the number of contacts given.

        What it needs and refuses is said by `ripple.Configuration`; one seed gives one network.
        """
        from ripple import random_networks

        return random_networks.Configuration(degrees).draw(np.random.default_rng(seed))

    @classmethod
    def blocks(cls, sizes: Sequence[int], random_ties: int, seed: int = 0) -> Network:
        """Draw teams in which all see all, with some ties between the teams.

        What it needs and refuses is said by `ripple.Blocks`; one seed gives one network.
        """
        from ripple import random_networks

        recipe = random_networks.Blocks(tuple(sizes), random_ties)
        return recipe.draw(np.random.default_rng(seed))

    def __repr__(self) -> str:
        return f"Network(people={self.people}, ties={self.ties}, mean_degree={_mean(self):.3g})"

    def _repr_html_(self) -> str:
        return _as_table("Network", self)


@dataclass(frozen=True, slots=True)
class Complete:
    """A group in which everybody sees everybody; no tie is stored.

    Attributes:
        people: How many people there are, from 0 to 2^31 - 1.

    Raises:
        BadNetwork: `people` is no such number.
    """

    people: int

    def __post_init__(self) -> None:
        object.__setattr__(self, "people", pairing.need_people(self.people))

    @property
    def ties(self) -> int:
        """How many ties there are, each counted once."""
        return self.people * (self.people - 1) // 2

    @property
    def degrees(self) -> NDArray[np.int64]:
        """How many contacts each person has."""
        return np.full(self.people, max(self.people - 1, 0), dtype=np.int64)

    def _repr_html_(self) -> str:
        return _as_table("Complete group", self)


Group = Network | Complete


def _mean(group: Group) -> float:
    return 2 * group.ties / group.people if group.people else 0.0


def _as_table(name: str, group: Group) -> str:
    """Show a group in a notebook."""
    lines = {"people": f"{group.people:,}", "ties": f"{group.ties:,}", "mean ties": _mean(group)}
    told = "".join(
        f"<tr><th scope='row' style='text-align:left'>{label}</th><td>"
        f"{value if isinstance(value, str) else f'{value:.3g}'}</td></tr>"
        for label, value in lines.items()
    )
    return f"<table><caption>{name}</caption>{told}</table>"
