"""Core numbers, against other libraries and against what they mean."""

import igraph
import networkx
import numpy as np
import pytest
from hypothesis import given

from ripple.cores import core_numbers
from ripple.network import Complete, Network
from tests.ripple import drawn
from tests.ripple.drawn import Situation


@pytest.fixture(params=["numpy", "numba"])
def kernels(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RIPPLE_KERNELS", request.param)


@pytest.mark.usefixtures("kernels")
def test_a_clique_with_a_tail_and_a_loner() -> None:
    clique = [(one, other) for other in range(4) for one in range(other)]
    network = Network.from_edges([*clique, (3, 4), (4, 5)], people=7)
    assert core_numbers(network).tolist() == [3, 3, 3, 3, 1, 1, 0]


@pytest.mark.usefixtures("kernels")
def test_a_network_without_people_has_no_cores() -> None:
    assert core_numbers(Network.from_edges([], people=0)).tolist() == []


@pytest.mark.usefixtures("kernels")
@pytest.mark.parametrize("seed", range(4))
def test_networkx_and_igraph_find_the_same(seed: int) -> None:
    graph = networkx.gnp_random_graph(300, 0.01, seed=seed)
    graph.add_edges_from(networkx.gnp_random_graph(100, 0.06, seed=seed + 9).edges)
    graph.add_edges_from(networkx.gnp_random_graph(40, 0.4, seed=seed + 8).edges)
    network = Network.from_edges(list(graph.edges), people=300)
    ours = core_numbers(network).tolist()
    assert ours == [networkx.core_number(graph)[person] for person in range(300)]
    assert ours == igraph.Graph(n=300, edges=list(graph.edges)).coreness()
    assert len(set(ours)) > 5


def test_in_a_complete_group_everybody_is_in_the_core_of_all_others() -> None:
    assert core_numbers(Complete(4)).tolist() == [3, 3, 3, 3]
    assert core_numbers(Complete(1)).tolist() == [0]
    assert core_numbers(Complete(0)).tolist() == []


@given(drawn.random_situations())
def test_everybody_has_so_many_contacts_at_least_as_deep(situation: Situation) -> None:
    cores = core_numbers(situation.network)
    for person in range(situation.network.people):
        deep = np.count_nonzero(cores[situation.network.contacts(person)] >= cores[person])
        assert deep >= cores[person]
