"""ripple itself: its public functions, and its cascade without what surrounds it."""

from collections.abc import Callable
from typing import Any

import numpy as np

from bench.ripple.graphs import CORE, Array, Graph

Answer = Callable[[], Any]


class Peer:
    """A library that holds a graph, and does tasks with it."""

    packages: tuple[str, ...] = ()

    def __init__(self, graph: Graph) -> None:
        raise NotImplementedError

    def tasks(self) -> dict[str, Answer]:
        """Give what it can do, by name.

        Each gives its answer, or what makes it; that is then outside the time that is measured.
        """
        raise NotImplementedError

    def ready(self) -> None:
        """Do what has to be done before each run, outside the time that is measured."""


class Ripple(Peer):
    """Our own, from ties to a network, and on to equilibria and cores."""

    packages = ("numpy", "numba")

    def __init__(self, graph: Graph) -> None:
        from ripple import _engine
        from ripple.network import Network

        self.network = Network.from_arrays(graph.sources, graph.targets, graph.people)
        self.k, self.seeds = np.array(graph.k), graph.seeds.astype(np.uint32)
        # For the kernel, which knows no starters; the public function does so once more, itself.
        self.k[self.seeds] = 0
        self.kernels = _engine.kernels(len(self.network.indices))
        self.workspace = _engine.workspace

    def tasks(self) -> dict[str, Answer]:
        """Give both equilibria, the cascade alone, and all core numbers."""
        from ripple.cores import core_numbers
        from ripple.equilibria import greatest_equilibrium, least_equilibrium

        return {
            "least": lambda: least_equilibrium(self.network, self.k, self.seeds).active,
            "least, kernel": self.cascade,
            "one core": lambda: greatest_equilibrium(self.network, CORE).active,
            "core numbers": lambda: core_numbers(self.network),
        }

    def cascade(self) -> Array:
        """Find who speaks, without looking over what is given, and without telling the rounds."""
        network, kernels = self.network, self.kernels
        need, queue, ends = self.workspace(network.people)
        filled = kernels.start_speaking(network.indptr, self.k, need, queue)
        filled, _ = kernels.cascade(network.indptr, network.indices, need, queue, ends, 0, filled)
        return queue[:filled]
