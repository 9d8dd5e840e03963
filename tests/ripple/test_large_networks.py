"""What only the largest networks take: needs too many for the processor's cache, and hubs."""

import numpy as np
import pytest

from ripple import _engine, _kernels
from ripple.equilibria import Equilibrium, greatest_equilibrium, least_equilibrium
from ripple.network import Network

LONELY = 2_200_000


@pytest.mark.parametrize("contacts", [40_000, 2**16])
def test_a_hub_counts_each_of_its_contacts(contacts: int) -> None:
    star = Network.from_edges([(0, contact) for contact in range(1, contacts + 1)])
    everybody = np.arange(1, contacts + 1)
    assert least_equilibrium(star, contacts, seeds=everybody).size == contacts + 1
    assert least_equilibrium(star, contacts, seeds=everybody[:-1]).size == contacts - 1
    k = [contacts] + [1] * contacts
    assert told(greatest_equilibrium(star, k)) == (contacts + 1, 0)
    assert told(greatest_equilibrium(star, k, abstain=[7])) == (0, 2)


def test_needs_too_many_for_the_cache_are_asked_for_ahead() -> None:
    chain = Network.from_edges([(one, one + 1) for one in range(99)], people=LONELY)
    need, queue, ends = _engine.workspace(LONELY)
    assert need.nbytes > _kernels.CACHED
    k = np.full(LONELY, 1, dtype=np.int32)
    k[:2] = 0
    filled = _kernels.start_speaking(chain.indptr, k, need, queue)
    assert _kernels.cascade(chain.indptr, chain.indices, need, queue, ends, 0, filled) == (100, 99)
    left = chain.degrees.astype(np.int32)
    _kernels.peel(chain.indptr, chain.indices, left, queue, ends)
    assert (left[:100] == 1).all()
    assert not left[100:].any()


def told(found: Equilibrium) -> tuple[int, int]:
    """Give how many speak, and after how many rounds."""
    return found.size, found.rounds
