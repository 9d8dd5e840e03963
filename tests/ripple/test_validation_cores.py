"""The sudden emergence of cores, held against Pittel, Spencer and Wormald.

Ties are added one by one in random order, and the tie is found with which a core begins: so each
network tells its own onset. Mean over independent networks, within five standard errors and a term
for finite networks: their onset lies lower by a multiple of n^(-2/3) (A. Dembo and A. Montanari,
"Finite size scaling for the core of large random hypergraphs", Ann. Appl. Probab. 18 (2008)
1993-2040); the multiple was measured, at most 5 from n = 1,000 to 64,000.
"""

import math

import numpy as np
import pytest

from ripple import Network, core_numbers, theory

PEOPLE = 8_000
NETWORKS = 16
SHIFT = 5 * PEOPLE ** (-2 / 3)


def emergence(k: int, seed: int) -> tuple[float, float]:
    """Give the mean degree with which a k-core begins, and the share of all who are in it."""
    around = theory.kcore_onset(k).mean_degree
    network = Network.erdos_renyi(PEOPLE, around * 1.2, seed)
    ties = np.random.default_rng([seed, 1]).permutation(network.edges)
    few, many, share = int(around * 0.8 * PEOPLE / 2), len(ties), 0.0
    while many - few > 1:
        middle = (few + many) // 2
        found = core_share(k, ties[:middle])
        few, many, share = (few, middle, found) if found else (middle, many, share)
    return 2 * many / PEOPLE, share


def core_share(k: int, ties: np.ndarray) -> float:
    return float(np.mean(core_numbers(Network.from_edges(ties, PEOPLE)) >= k))


@pytest.mark.parametrize(("k", "onset"), [(3, 3.350919), (4, 5.149403), (5, 6.799275)])
def test_a_core_begins_where_it_was_computed_and_as_large(k: int, onset: float) -> None:
    begun = np.array([emergence(k, seed) for seed in range(NETWORKS)])
    errors = 5 * begun.std(axis=0, ddof=1) / math.sqrt(NETWORKS)
    assert begun[:, 0].mean() == pytest.approx(onset, abs=errors[0] + SHIFT)
    assert begun[:, 1].mean() == pytest.approx(theory.kcore_onset(k).share, abs=errors[1])


def test_the_three_core_begins_with_more_than_a_quarter() -> None:
    begun = np.array([emergence(3, seed)[1] for seed in range(NETWORKS)])
    error = 5 * begun.std(ddof=1) / math.sqrt(NETWORKS)
    assert begun.mean() == pytest.approx(0.26758, abs=error)
    assert begun.min() > 0.1
