"""The peers: each made from the same graph, and asked the same questions in its own way.

What each needs beforehand (its graph, its model, its thresholds) is made outside the time that is
measured. Thresholds are counts here and shares of one's contacts with some peers: those get the
middle between two counts, so that nothing hangs on how a fraction is rounded.
"""

from collections import deque
from collections.abc import Callable
from typing import Any

import numpy as np

from bench.ripple.graphs import CORE, Array, Graph
from bench.ripple.ours import Answer, Peer, Ripple


class Queue(Peer):
    """What one would write with numba in ten minutes: a queue over SciPy's own arrays."""

    packages = ("numba",)

    def __init__(self, graph: Graph) -> None:
        self.indptr, self.indices = graph.indptr.astype(np.int32), graph.indices.astype(np.int32)
        self.k, self.seeds = np.array(graph.k), np.array(graph.seeds)
        self.cascade = _compiled()

    def tasks(self) -> dict[str, Answer]:
        """Give the cascade."""
        return {"least": lambda: self.cascade(self.indptr, self.indices, self.k, self.seeds)}


class Networkx(Peer):
    """networkx: its k-core, and a cascade written by hand, since it has none."""

    packages = ("networkx",)

    def __init__(self, graph: Graph) -> None:
        self.graph = _networkx(graph)
        self.k, self.seeds = dict(enumerate(graph.k.tolist())), graph.seeds.tolist()

    def tasks(self) -> dict[str, Answer]:
        """Give the cascade and a k-core."""
        import networkx  # type: ignore[import-untyped]

        return {
            "least": self.cascade,
            "one core": lambda: list(networkx.k_core(self.graph, CORE)),
        }

    def cascade(self) -> list[int]:
        """Find who speaks, with a queue."""
        neighbours, need = self.graph.adj, self.k.copy()
        active, queue = set(self.seeds), deque(self.seeds)
        while queue:
            for person in neighbours[queue.popleft()]:
                need[person] -= 1
                if need[person] == 0 and person not in active:
                    active.add(person)
                    queue.append(person)
        return list(active)


class Ndlib(Peer):
    """NDlib's ThresholdModel, iterated until nobody new speaks."""

    packages = ("ndlib",)

    def __init__(self, graph: Graph) -> None:
        from ndlib.models.epidemics import ThresholdModel  # type: ignore[import-not-found]
        from ndlib.models.ModelConfig import Configuration  # type: ignore[import-not-found]

        self.model = ThresholdModel(_networkx(graph))
        config = Configuration()
        shares = (graph.k - 0.5) / np.maximum(graph.degrees, 1)
        for person, share in enumerate(shares.tolist()):
            config.add_node_configuration("threshold", person, share)
        config.add_model_initial_configuration("Infected", graph.seeds.tolist())
        self.model.set_initial_status(config)

    def tasks(self) -> dict[str, Answer]:
        """Give the cascade."""
        return {"least": self.cascade}

    def cascade(self) -> Callable[[], list[int]]:
        """Find who speaks."""
        self.model.iteration(node_status=False)
        while self.model.iteration(node_status=False)["status_delta"][1]:
            pass
        return lambda: [person for person, status in self.model.status.items() if status]

    def ready(self) -> None:
        """Let everybody be as they were at first."""
        self.model.reset()


class Cynetdiff(Peer):
    """CyNetDiff's LinearThresholdModel, with thresholds of ours instead of random ones.

    Every tie weighs the same power of two, so that its sums of 32 bits are exact.
    """

    packages = ("cynetdiff",)
    weight = 2.0**-16

    def __init__(self, graph: Graph) -> None:
        from cynetdiff.models import LinearThresholdModel  # type: ignore[import-not-found]

        self.starts, self.ends = graph.indptr[:-1].astype(np.uint32), np.array(graph.indices)
        self.weights = np.full(len(self.ends), self.weight, dtype=np.float32)
        self.thresholds = ((graph.k - 0.5) * self.weight).astype(np.float32)
        self.made, self.seeds = LinearThresholdModel, graph.seeds.tolist()
        self.ready()

    def tasks(self) -> dict[str, Answer]:
        """Give the cascade."""
        return {"least": self.cascade}

    def ready(self) -> None:
        """Make a new model on the same arrays: one that was used before is slower."""
        self.model = self.made(self.starts, self.ends, influence=self.weights)
        # In this order: naming the seeds draws all thresholds anew.
        self.model.set_seeds(self.seeds)
        self.model._assign_thresholds(self.thresholds)

    def cascade(self) -> Callable[[], list[int]]:
        """Find who speaks."""
        self.model.advance_until_completion()
        return lambda: list(self.model.get_activated_nodes())


class Igraph(Peer):
    """igraph's coreness, in C."""

    packages = ("igraph",)

    def __init__(self, graph: Graph) -> None:
        import igraph  # type: ignore[import-untyped]

        edges = np.stack([graph.sources, graph.targets], axis=1).astype(np.int64)
        self.graph = igraph.Graph(n=graph.people, edges=edges)

    def tasks(self) -> dict[str, Answer]:
        """Give all core numbers."""
        return {"core numbers": lambda: self.graph.coreness()}


class Networkit(Peer):
    """NetworKit's CoreDecomposition, in C++ on one thread and on two (ParK)."""

    packages = ("networkit",)

    def __init__(self, graph: Graph) -> None:
        import networkit  # type: ignore[import-not-found, unused-ignore]

        ends = (np.array(graph.sources, dtype=np.uint64), np.array(graph.targets, dtype=np.uint64))
        self.graph = networkit.GraphFromCoo(ends, n=graph.people)

    def tasks(self) -> dict[str, Answer]:
        """Give all core numbers, on one thread and on two."""
        return {
            "core numbers": lambda: self.cores(1),
            "core numbers, two threads": lambda: self.cores(2),
        }

    def cores(self, threads: int) -> Any:
        """Find all core numbers."""
        import networkit

        networkit.setNumberOfThreads(threads)
        found = networkit.centrality.CoreDecomposition(self.graph)
        found.run()
        return found.scores


PEERS: dict[str, type[Peer]] = {
    "ripple": Ripple,
    "queue": Queue,
    "cynetdiff": Cynetdiff,
    "networkx": Networkx,
    "ndlib": Ndlib,
    "igraph": Igraph,
    "networkit": Networkit,
}


def _networkx(graph: Graph) -> Any:
    import networkx

    made = networkx.Graph()
    made.add_nodes_from(range(graph.people))
    made.add_edges_from(zip(graph.sources.tolist(), graph.targets.tolist(), strict=True))
    return made


def _compiled() -> Any:
    """Compile the queue; numba is imported here, since most processes do without."""
    import numba

    @numba.njit
    def cascade(indptr: Array, indices: Array, k: Array, seeds: Array) -> Array:
        need = k.copy()
        queue = np.empty(len(need), np.int32)
        filled = 0
        for person in seeds:
            need[person] = 0
            queue[filled] = person
            filled += 1
        at = 0
        while at < filled:
            person = queue[at]
            at += 1
            for place in range(indptr[person], indptr[person + 1]):
                other = indices[place]
                need[other] -= 1
                if need[other] == 0:
                    queue[filled] = other
                    filled += 1
        return queue[:filled]

    return cascade
