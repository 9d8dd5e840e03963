"""How deep in the network somebody stands: the largest k for which they are in the k-core.

In a k-core everybody has at least k contacts who are in it too (Seidman 1983). Where all wait for
k others, it is who would speak together; so one pass gives the greatest equilibrium for every k.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ripple import _engine
from ripple.network import Complete, Group


def core_numbers(network: Group) -> NDArray[np.int32]:
    """Give each person's core number, int32, shape (people,), in time linear in the ties.

    People are peeled off level by level, as in Batagelj and Zaversnik (2003), without their sort.
    """
    if isinstance(network, Complete):
        return network.degrees.astype(np.int32)
    return _engine.cores(network.indptr, network.indices)
