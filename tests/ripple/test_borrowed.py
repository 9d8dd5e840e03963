"""Networks of other libraries: the same ties, or a refusal."""

from collections.abc import Callable
from typing import Any

import igraph
import networkx
import numpy as np
import pytest
import scipy.sparse
from hypothesis import given
from hypothesis import strategies as st

from ripple import BadNetwork, Network

PEOPLE = 7
pairs = st.lists(
    st.sampled_from([(one, other) for other in range(PEOPLE) for one in range(other)]), unique=True
)
Pairs = list[tuple[int, int]]


def told(network: Network) -> tuple[int, list[list[int]]]:
    return network.people, network.edges.tolist()


@given(pairs)
def test_scipy_gives_the_same_ties(ties: Pairs) -> None:
    network = Network.from_edges(ties, PEOPLE)
    rows = np.ones(len(network.indices)), network.indices, network.indptr
    matrix = scipy.sparse.csr_array(rows, shape=(PEOPLE, PEOPLE))
    assert told(Network.from_scipy(matrix)) == told(network)
    assert told(Network.from_scipy(matrix.tocoo())) == told(network)


@given(pairs)
def test_networkx_gives_the_same_ties(ties: Pairs) -> None:
    graph = networkx.Graph(ties)
    graph.add_nodes_from(range(PEOPLE))
    ordered = networkx.Graph()
    ordered.add_nodes_from(range(PEOPLE))
    ordered.add_edges_from(ties)
    assert told(Network.from_networkx(ordered)) == told(Network.from_edges(ties, PEOPLE))
    assert Network.from_networkx(graph).ties == len(ties)


@given(pairs)
def test_igraph_gives_the_same_ties(ties: Pairs) -> None:
    graph = igraph.Graph(n=PEOPLE, edges=ties)
    assert told(Network.from_igraph(graph)) == told(Network.from_edges(ties, PEOPLE))


def test_people_of_networkx_stand_in_the_order_of_its_nodes() -> None:
    graph = networkx.Graph([("cato", "anna"), ("anna", "bas")])
    assert Network.from_networkx(graph).edges.tolist() == [[0, 1], [1, 2]]


def test_a_nought_that_scipy_keeps_is_no_tie_and_stays_there() -> None:
    matrix = scipy.sparse.csr_array(([0.0, 0.0, 2.0, 2.0], ([0, 1, 1, 2], [1, 0, 2, 1])), (3, 3))
    assert Network.from_scipy(matrix).edges.tolist() == [[1, 2]]
    assert matrix.nnz == 4


def test_graphs_without_people_are_networks_without_people() -> None:
    assert Network.from_networkx(networkx.Graph()).people == 0
    assert Network.from_igraph(igraph.Graph()).people == 0
    assert Network.from_scipy(scipy.sparse.csr_array((0, 0))).people == 0


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Network.from_networkx(networkx.DiGraph([(0, 1)])), "the graph is directed"),
        (lambda: Network.from_igraph(igraph.Graph([(0, 1)], directed=True)), "is directed"),
        (lambda: Network.from_networkx(networkx.Graph([(0, 0)])), "tie 0 is (0, 0)"),
        (lambda: Network.from_igraph(igraph.Graph([(0, 1), (1, 0)])), "so is tie 0"),
        (lambda: Network.from_networkx(networkx.MultiGraph([(0, 1), (0, 1)])), "so is tie 0"),
        (
            lambda: Network.from_scipy(scipy.sparse.csr_array(([1], ([0], [1])), (2, 2))),
            "person 0 has person 1 as a contact, and not the other way round",
        ),
        (lambda: Network.from_scipy(scipy.sparse.csr_array((2, 3))), "has the shape (2, 3)"),
        (lambda: Network.from_scipy(scipy.sparse.eye_array(2)), "tie 0 is (0, 0)"),
        (lambda: Network.from_scipy([[0, 1], [1, 0]]), "list is no SciPy sparse matrix"),
        (lambda: Network.from_networkx([(0, 1)]), "list is no networkx graph"),
        (lambda: Network.from_igraph([(0, 1)]), "list is no igraph graph"),
    ],
)
def test_what_is_no_such_network_is_refused(make: Callable[[], Any], said: str) -> None:
    with pytest.raises(BadNetwork) as refused:
        make()
    assert said in str(refused.value)
