"""What ripple measures beside what was published: the numbers for docs/ripple.md.

Every measurement is a mean over independent networks with its standard error, at several sizes, so
that one sees what only large networks do. `tools.ripple_figures` runs all of it and draws.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import combinations
from typing import Any

import numpy as np

from ripple import Network, core_numbers, from_fractions, influence, least_equilibrium, theory
from ripple.seeding import target_set

WATTS = (1.4, 2, 3, 4, 5)
SIZES = ((10, 0.18, 0.01), (10, 0.18, 0.02), (6, 0.3, 0.05))
CORES = (3, 4, 5)


@dataclass(frozen=True)
class Measured:
    """A number, measured, beside what theory says of infinitely many people."""

    what: str
    people: int
    networks: int
    measured: float
    error: float
    theory: float

    def row(self) -> dict[str, Any]:
        """Give it for a table or JSON, with how many standard errors lie between."""
        apart = abs(self.measured - self.theory) / self.error if self.error else math.inf
        return {**asdict(self), "standard_errors_apart": round(apart, 1)}


def _mean(what: str, people: int, values: list[float], theory_: float) -> Measured:
    error = float(np.std(values, ddof=1)) / math.sqrt(len(values))
    return Measured(what, people, len(values), float(np.mean(values)), error, theory_)


def watts(people: int, networks: int, starters: int) -> Iterator[Measured]:
    """Measure how often one starter moves more than a twentieth of everybody; phi = .18."""
    for z in WATTS:
        shares = [watts_share(people, z, seed, starters) for seed in range(networks)]
        expected = theory.global_cascade_share(z, 0.18)
        yield _mean(f"Watts, z = {z}", people, shares, expected)


def watts_share(people: int, z: float, seed: int, starters: int) -> float:
    """Measure it on one network."""
    network = Network.erdos_renyi(people, z, seed)
    chosen = np.random.default_rng([seed, 1]).integers(0, people, starters)
    more = influence(network, from_fractions(network, 0.18), people=chosen)
    return float(np.mean(more > people / 20))


def sizes(people: int, networks: int) -> Iterator[Measured]:
    """Measure how many speak in the end after a share of everybody started."""
    for z, phi, share in SIZES:
        found = [final_size(people, z, phi, share, seed) for seed in range(networks)]
        what = f"Gleeson and Cahalane, z = {z}, φ = {phi}, {share:.0%} start"
        yield _mean(what, people, found, theory.final_size(z, phi, share))


def final_size(people: int, z: float, phi: float, share: float, seed: int) -> float:
    """Measure it on one network."""
    network = Network.erdos_renyi(people, z, seed)
    starters = np.random.default_rng([seed, 1]).permutation(people)[: round(share * people)]
    return least_equilibrium(network, from_fractions(network, phi), starters).size / people


def cores(people: int, networks: int) -> Iterator[Measured]:
    """Measure the tie with which a core begins, and how large it is with that tie."""
    for k in CORES:
        begun = np.array([emergence(people, k, seed) for seed in range(networks)])
        onset = theory.kcore_onset(k)
        yield _mean(
            f"{k}-core begins, mean degree", people, begun[:, 0].tolist(), onset.mean_degree
        )
        yield _mean(f"{k}-core begins, share", people, begun[:, 1].tolist(), onset.share)


def emergence(people: int, k: int, seed: int) -> tuple[float, float]:
    """Measure it on one network, whose ties are added in random order."""
    around = theory.kcore_onset(k).mean_degree
    ties = Network.erdos_renyi(people, around * 1.2, seed).edges
    ties = np.random.default_rng([seed, 1]).permutation(ties)
    few, many, share = int(around * 0.8 * people / 2), len(ties), 0.0
    while many - few > 1:
        middle = (few + many) // 2
        found = core_share(Network.from_edges(ties[:middle], people), k)
        few, many, share = (few, middle, found) if found else (middle, many, share)
    return 2 * many / people, share


def core_share(network: Network, k: int) -> float:
    """Give the share of everybody in the k-core."""
    return float(np.mean(core_numbers(network) >= k))


def starters(people: int) -> Iterator[dict[str, Any]]:
    """Measure how few starters were found, where others have published how few they found."""
    for what, network, phi, published in (
        ("ER, mean degree 10, majority", Network.erdos_renyi(people, 10, 1), 0.5, "15,218; 19,006"),
        ("BA, 5 new ties, φ = .3", Network.barabasi_albert(people, 5, 1), 0.3, "2,617"),
    ):
        found = target_set(network, from_fractions(network, phi))
        yield {
            "what": what,
            "people": people,
            "starters": len(found.seeds),
            "method": found.method.value,
            "lower_bound": found.lower_bound,
            "others": published,
        }


def small_starters(people: int = 9, networks: int = 300) -> dict[str, Any]:
    """Measure how often the fewest starters were found, where every set can be tried."""
    more = np.zeros(people + 1, dtype=np.int64)
    for seed in range(networks):
        draws = np.random.default_rng([seed, 1])
        network = Network.erdos_renyi(people, float(draws.uniform(2, 5)), seed)
        k = from_fractions(network, draws.uniform(0.2, 0.9, people))
        more[len(target_set(network, k).seeds) - fewest(network, k)] += 1
    return {
        "networks": networks,
        "people": people,
        "the fewest": int(more[0]),
        "one more": int(more[1]),
        "two or more more": int(more[2:].sum()),
    }


def fewest(network: Network, k: np.ndarray) -> int:
    """Try every set, the smallest first."""
    everybody = range(network.people)
    return next(
        size
        for size in range(network.people + 1)
        if any(
            least_equilibrium(network, k, chosen).size == network.people
            for chosen in combinations(everybody, size)
        )
    )
