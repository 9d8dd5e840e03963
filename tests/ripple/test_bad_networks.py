"""What makes no network is refused, with the element that is wrong and what to do about it."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ripple import BadNetwork, Complete, Network, tidied

TIES = [(0, 1), (1, 2), (2, 3)]


def refusal(make: Callable[[], Any]) -> str:
    with pytest.raises(BadNetwork) as refused:
        make()
    return str(refused.value)


@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        ([*TIES, (4, 4)], "tie 3 is (4, 4): nobody has a tie with themselves"),
        ([*TIES, (2, 1)], "tie 3 is (2, 1), and so is tie 1 (1, 2); give each tie once"),
        ([*TIES, (1, 2), (0, 1)], "tie 4 is (0, 1), and so is tie 0 (0, 1)"),
        ([*TIES, (-1, 2)], "tie 3 is (-1, 2): ids begin at 0"),
        ([*TIES, (0, 1.5)], "tie 3 has the id 1.5, which is no whole number"),
        ([*TIES, (0, 4.0)], "tie 3 has the id 4.0"),
        ([*TIES, ("anna", "bas")], "tie 3 has the id 'anna', which is no whole number"),
        ([*TIES, (None, 4)], "tie 3 has the id None"),
        ([*TIES, (float("nan"), 4)], "tie 3 has the id nan"),
        ([*TIES, (0, 2**70)], f"tie 3 has the id {2**70}; ids go up to"),
        ([*TIES, (7,)], "tie 3 is (7,); give two ids for each tie"),
        ([*TIES, (7, 8, 9)], "tie 3 is (7, 8, 9); give two ids for each tie"),
        ([*TIES, 7], "tie 3 is 7; give two ids for each tie"),
    ],
)
def test_a_wrong_tie_is_named(pairs: list[Any], said: str) -> None:
    assert said in refusal(lambda: Network.from_edges(pairs))


def test_an_id_beyond_the_people_is_named() -> None:
    said = refusal(lambda: Network.from_edges(TIES, people=3))
    assert "tie 2 is (2, 3): there are 3 people, so ids go up to 2" in said


def test_ids_beyond_what_can_be_counted_are_refused() -> None:
    assert "people is 2147483649" in refusal(lambda: Network.from_edges(np.array([[0, 2**31]])))


@pytest.mark.parametrize("people", [-1, 2**31, 2.0, True, "3"])
def test_a_number_of_people_that_is_none_is_refused(people: Any) -> None:
    assert f"people is {people!r}" in refusal(lambda: Network.from_edges([], people))
    assert f"people is {people!r}" in refusal(lambda: Complete(people))


def test_more_ties_than_can_be_counted_are_refused_before_memory_is_asked_for() -> None:
    # One number, shown two thousand million times without being there.
    ones = np.broadcast_to(np.int64(1), 2**31)
    assert "there are 2147483648 ties" in refusal(lambda: Network.from_arrays(ones, ones))


@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        (np.zeros((3, 3), dtype=np.int64), "the ties have the shape (3, 3)"),
        (np.arange(4), "the ties have the shape (4,)"),
        (np.array([[0.0, 1.0]]), "sources holds float64 (sources[0] is np.float64(0.0))"),
        (np.array([[False, True]]), "sources holds bool"),
    ],
)
def test_arrays_of_another_shape_or_type_are_refused(pairs: Any, said: str) -> None:
    assert said in refusal(lambda: Network.from_edges(pairs))


def test_columns_of_unlike_length_are_refused() -> None:
    said = refusal(lambda: Network.from_arrays([0, 1], [1]))
    assert said.startswith("there are 2 sources and 1 targets")


@pytest.mark.parametrize(
    ("indptr", "indices", "said"),
    [
        ([0, 1, 1], [1], "person 0 has person 1 as a contact, and not the other way round"),
        ([0, 0, 1], [0], "person 1 has person 0 as a contact, and not the other way round"),
        ([0, 1, 2, 3], [1, 2, 0], "person 0 has person 1 as a contact, and not"),
        ([0, 2, 4], [1, 1, 0, 0], "tie 1 is (0, 1), and so is tie 0"),
        ([0, 1], [0], "tie 0 is (0, 0)"),
        ([0, 1, 2], [1, 2], "tie 1 is (1, 2): there are 2 people"),
        ([0, 1, 2], [1, -1], "tie 1 is (1, -1): ids begin at 0"),
        ([0, 2, 1, 2], [1, 0], "indptr falls from 2 to 1 at person 1"),
        ([1, 2, 2], [1, 0], "indptr must begin with 0"),
        ([], [], "indptr must begin with 0"),
        ([0, 1, 2], [1, 0, 1], "indptr ends at 2, and there are 3 indices"),
        ([0.0, 1.0], [0], "indptr holds float64"),
        ([[0, 1]], [0], "indptr has the shape (1, 2)"),
    ],
)
def test_rows_that_do_not_fit_are_refused(indptr: Any, indices: Any, said: str) -> None:
    assert said in refusal(lambda: Network.from_csr(indptr, indices))


def test_tidied_refuses_what_no_tidying_mends() -> None:
    assert "tie 1 is (1, -2)" in refusal(lambda: tidied([(0, 1), (1, -2)]))
    assert "tie 0 has the id 'a'" in refusal(lambda: tidied([("a", "b")]))


anything = st.one_of(st.integers(-2, 4), st.integers(), st.floats(), st.none(), st.text(max_size=2))


@given(st.lists(st.one_of(anything, st.lists(anything, max_size=3)), max_size=4))
def test_whatever_is_given_ends_in_a_network_or_a_refusal(pairs: list[Any]) -> None:
    try:
        network = Network.from_edges(pairs)
    except BadNetwork:
        return
    assert network.ties == len(pairs)
