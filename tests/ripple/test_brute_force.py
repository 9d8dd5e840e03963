"""Both equilibria against brute force: every graph of up to six people, every set of them."""

import numpy as np
import pytest

from ripple.equilibria import greatest_equilibrium, least_equilibrium
from ripple.influence import influence
from ripple.thresholds import NEVER
from tests.ripple import every_graph
from tests.ripple.every_graph import Counts, EveryGraph

SIZES = (1, 2, 3, 4, 5, 6)
SMALL_SIZES = (1, 2, 3)
TO_FIVE = SIZES[:5]


@pytest.fixture
def kernels(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RIPPLE_KERNELS", request.param)


BOTH = pytest.mark.parametrize("kernels", ["numpy", "numba"], indirect=True)


@BOTH
@pytest.mark.usefixtures("kernels")
@pytest.mark.parametrize("people", SIZES)
def test_every_graph_with_some_thresholds(people: int) -> None:
    graphs = every_graph.of(people)
    hold(graphs, some_thresholds(graphs, seed=people))


@BOTH
@pytest.mark.usefixtures("kernels")
@pytest.mark.parametrize("people", SMALL_SIZES)
def test_every_graph_with_every_threshold(people: int) -> None:
    hold(*every_graph.with_every_threshold(people))


@BOTH
@pytest.mark.usefixtures("kernels")
@pytest.mark.parametrize("people", SIZES)
def test_who_starts_commits_or_abstains_just_has_another_threshold(people: int) -> None:
    graphs = every_graph.of(people)
    k = some_thresholds(graphs, seed=10 + people)
    lot = np.random.default_rng(people).random(k.size)
    starting, abstaining = np.flatnonzero(lot < 0.2), np.flatnonzero(lot > 0.8)
    k.ravel()[starting] = 0
    common, _together = every_graph.lasting(graphs, k)
    least = least_equilibrium(graphs.network, k.ravel(), seeds=starting)
    assert (least.active == common.ravel()).all()
    k.ravel()[abstaining] = NEVER
    _common, together = every_graph.lasting(graphs, k)
    greatest = greatest_equilibrium(graphs.network, k.ravel(), starting, abstaining)
    assert (greatest.active == together.ravel()).all()


@BOTH
@pytest.mark.usefixtures("kernels")
@pytest.mark.parametrize("people", TO_FIVE)
def test_each_ripple_is_the_difference_that_one_starter_makes(people: int) -> None:
    graphs = every_graph.of(people)
    k = some_thresholds(graphs, seed=20 + people)
    more = graphs.apart(influence(graphs.network, k.ravel()))
    before = graphs.apart(least_equilibrium(graphs.network, k.ravel()).active)
    for person in range(people):
        starting = person + people * np.arange(graphs.graphs)
        after = graphs.apart(least_equilibrium(graphs.network, k.ravel(), starting).active)
        assert (more[:, person] == after.sum(axis=1) - before.sum(axis=1)).all()


def some_thresholds(graphs: EveryGraph, seed: int) -> Counts:
    """Give thresholds that favour the numbers at which something happens."""
    generator = np.random.default_rng(seed)
    shape = (graphs.graphs, graphs.people)
    k = generator.choice([0, 1, 1, 2, 2, 3, 4, 5, NEVER], size=shape)
    return k.astype(np.int32)


def hold(graphs: EveryGraph, k: Counts) -> None:
    """Hold both equilibria against all sets that can last, and their rounds against a walk."""
    common, together = every_graph.lasting(graphs, k)
    least = least_equilibrium(graphs.network, k.ravel())
    greatest = greatest_equilibrium(graphs.network, k.ravel())
    assert (least.active == common.ravel()).all()
    assert (greatest.active == together.ravel()).all()
    rising = every_graph.round_by_round(graphs, k, together=False)
    falling = every_graph.round_by_round(graphs, k, together=True)
    assert (least.round == rising.ravel()).all()
    assert (greatest.round == falling.ravel()).all()
    assert (least.rounds, greatest.rounds) == (max(rising.max(), 0), max(falling.max(), 0))
