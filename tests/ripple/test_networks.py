"""Networks: what goes in as ties comes out as ties, in little memory."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ripple import Complete, Network, tidied

PEOPLE = 9
Pairs = list[tuple[int, int]]


@st.composite
def ties(draw: st.DrawFn) -> Pairs:
    """Draw ties between a few people: each once, either way round, in any order."""
    every = [(one, other) for other in range(PEOPLE) for one in range(other)]
    chosen = draw(st.lists(st.sampled_from(every), unique=True))
    return [pair[::-1] if draw(st.booleans()) else pair for pair in chosen]


def once(pairs: Pairs) -> list[list[int]]:
    """Give ties as a network tells them: the lower id first, ascending."""
    return sorted(sorted(pair) for pair in pairs)


@given(ties())
def test_ties_come_out_as_they_went_in(pairs: Pairs) -> None:
    assert Network.from_edges(pairs, PEOPLE).edges.tolist() == once(pairs)


@given(ties())
def test_contacts_stand_both_ways_and_ascending(pairs: Pairs) -> None:
    network = Network.from_edges(pairs, PEOPLE)
    for person in range(PEOPLE):
        theirs = {sum(pair) - person for pair in pairs if person in pair}
        assert network.contacts(person).tolist() == sorted(theirs)
        assert network.degrees[person] == len(theirs)


@given(ties())
def test_rows_make_the_same_network_again_in_any_order(pairs: Pairs) -> None:
    network = Network.from_edges(pairs, PEOPLE)
    reversed_rows = [network.contacts(person)[::-1] for person in range(PEOPLE)]
    again = Network.from_csr(network.indptr, np.concatenate(reversed_rows))
    assert again.indptr.tolist() == network.indptr.tolist()
    assert again.indices.tolist() == network.indices.tolist()


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5))))
def test_tidied_keeps_each_tie_once(pairs: Pairs) -> None:
    kept = {(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]}
    assert tidied(pairs).tolist() == once(list(kept))


@pytest.mark.parametrize("kind", [np.uint8, np.int16, np.uint32, np.uint64])
def test_ids_may_have_any_whole_type(kind: type[np.integer]) -> None:
    pairs = np.array([(0, 200), (200, 3)], dtype=np.uint8).astype(kind)
    network = Network.from_edges(pairs)
    assert network.people == 201
    assert network.edges.tolist() == [[0, 200], [3, 200]]
    assert network.indices.dtype == np.uint32
    assert network.indptr.dtype == np.int64


def test_two_columns_make_a_network() -> None:
    network = Network.from_arrays([0, 2], [1, 1], people=5)
    assert network.edges.tolist() == [[0, 1], [1, 2]]
    assert network.degrees.tolist() == [1, 2, 1, 0, 0]


def test_pairs_may_come_one_by_one() -> None:
    assert Network.from_edges((at, at + 1) for at in range(3)).ties == 3


@pytest.mark.parametrize("people", [0, 1, 4])
def test_nobody_needs_a_tie(people: int) -> None:
    network = Network.from_edges([], people)
    assert (network.people, network.ties) == (people, 0)
    assert network.edges.shape == (0, 2)
    assert Network.from_csr(network.indptr, network.indices).people == people


def test_a_tie_costs_nine_bytes_at_most() -> None:
    network = Network.erdos_renyi(20_000, 20, seed=1)
    # 8 a tie, and 8 a person: with twenty contacts, ten ties a person.
    assert network.indices.nbytes + network.indptr.nbytes <= 9 * network.ties
    assert network.indices.base is None


def test_in_a_complete_group_everybody_sees_everybody() -> None:
    group = Network.complete(5)
    assert group == Complete(5)
    assert group.ties == 10
    assert group.degrees.tolist() == [4] * 5
    assert (Complete(0).ties, Complete(1).ties) == (0, 0)
    assert Complete(0).degrees.tolist() == []


def test_networks_say_what_they_are() -> None:
    network = Network.from_edges([(0, 1), (1, 2)])
    assert repr(network) == "Network(people=3, ties=2, mean_degree=1.33)"
    assert repr(Complete(3)) == "Complete(people=3)"


@pytest.mark.parametrize("group", [Network.from_edges([(0, 1), (1, 2)]), Complete(0)])
def test_notebooks_show_a_small_table(group: Network | Complete) -> None:
    shown = group._repr_html_()
    assert f"<td>{group.people}</td>" in shown
    assert shown.count("<tr>") == shown.count("</tr>") == 3
