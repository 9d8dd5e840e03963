"""How many replicas a second: one after another in a loop, and with `monte_carlo` on the cores.

The same graph, thresholds drawn anew for each replica and so many starters, one equilibrium. Both
ways of `monte_carlo` have to give the very same numbers.
"""

import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from bench.ripple import graphs

PEOPLE, WORKERS = 10_000, (1, 2)
SEED = 6


def measure(*, runs: int, rounds: int) -> dict[str, Any]:
    """Give replicas a second for each way, the median of the rounds in which they take turns."""
    from ripple.distributions import Uniform
    from ripple.equilibria import least_equilibrium
    from ripple.montecarlo import monte_carlo
    from ripple.network import Network
    from ripple.thresholds import from_fractions

    graph = graphs.draw("erdos-renyi", PEOPLE)
    network = Network.from_arrays(graph.sources, graph.targets, PEOPLE)
    law, starters = Uniform(graphs.LEAST, graphs.MOST), int(PEOPLE * graphs.STARTERS)

    def loop() -> int:
        chance, speak = np.random.default_rng(SEED), 0
        for _ in range(runs):
            k = from_fractions(network, law.draw(PEOPLE, chance))
            seeds = chance.choice(PEOPLE, starters, replace=False, shuffle=False)
            speak += least_equilibrium(network, k, seeds).size
        return speak

    def many(workers: int) -> int:
        found = monte_carlo(
            network, law, runs=runs, seed=SEED, starters=starters, kinds=("least",), workers=workers
        )
        return int(found.least.sum())

    ways: dict[str, Callable[[], int]] = {"one by one": loop}
    ways |= {f"monte_carlo, workers={n}": lambda n=n: many(n) for n in WORKERS}  # type: ignore[misc]
    return {"people": PEOPLE, "runs": runs, "rounds": rounds} | _in_turn(ways, runs, rounds)


def _in_turn(ways: dict[str, Callable[[], int]], runs: int, rounds: int) -> dict[str, Any]:
    seen: dict[str, list[float]] = {way: [] for way in ways}
    found: dict[str, int] = {}
    for number in range(rounds + 1):
        for way, act in ways.items():
            began = time.perf_counter()
            found[way] = act()
            if number:  # the first round warms up
                seen[way].append(runs / (time.perf_counter() - began))
    one, *others = (found[way] for way in ways if way != "one by one")
    assert all(other == one for other in others), "workers change what is found"
    a_second = {way: round(statistics.median(rates)) for way, rates in seen.items()}
    return {"replicas_a_second": a_second}
