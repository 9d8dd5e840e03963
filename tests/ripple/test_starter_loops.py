"""The loops behind starters: compiled and plain do the same, and leaving out loses nobody."""

from types import ModuleType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ripple import (
    Network,
    _leaving_out,
    _starter_kernels,
    _starter_loops,
    _starters,
    from_fractions,
    least_equilibrium,
    target_set,
)

SEEDS, FRACTIONS = st.integers(0, 2**32), st.floats(0.05, 1)
LOOPS = (_starter_loops, _starter_kernels)


def drawn(people: int, phi: float, seed: int) -> tuple[Network, np.ndarray]:
    network = Network.erdos_renyi(people, 5, seed)
    need = np.minimum(from_fractions(network, phi), network.degrees + 1)
    return network, need.astype(np.int32)


@settings(max_examples=20)
@given(SEEDS, FRACTIONS, st.integers(1, 200))
def test_compiled_and_plain_loops_choose_the_same(seed: int, phi: float, goal: int) -> None:
    network, need = drawn(200, phi, seed)
    rows = (network.indptr, network.indices, need)
    asked, moved = ([one.adaptive(*rows, goal), one.tss(*rows)] for one in LOOPS)
    assert [one.tolist() for one in asked] == [one.tolist() for one in moved]


@settings(max_examples=20)
@given(SEEDS, FRACTIONS, st.integers(0, 60))
def test_compiled_and_plain_loops_leave_out_the_same(seed: int, phi: float, limit: int) -> None:
    network, need = drawn(60, phi, seed)
    starters = _starter_loops.tss(network.indptr, network.indices, need)
    left = [_leaving_out.nearby(one, network, need, starters, limit).tolist() for one in LOOPS]
    assert left[0] == left[1]


@settings(max_examples=30)
@given(SEEDS, FRACTIONS, st.integers(0, 40))
def test_leaving_out_loses_nobody(seed: int, phi: float, limit: int) -> None:
    network, need = drawn(40, phi, seed)
    # More than are needed, and some who are not moved at all.
    starters = np.random.default_rng(seed).permutation(40)[:25].astype(np.uint32)
    before = least_equilibrium(network, need, starters)
    left = _leaving_out.nearby(_starter_loops, network, need, starters, limit)
    assert set(left) <= set(starters)
    assert (least_equilibrium(network, need, left).active == before.active).all()


@settings(max_examples=30)
@given(SEEDS, FRACTIONS)
def test_without_a_limit_it_finds_what_playing_the_whole_finds(seed: int, phi: float) -> None:
    network, need = drawn(40, phi, seed)
    starters = np.random.default_rng(seed).permutation(40)[:25].astype(np.uint32)
    size = least_equilibrium(network, need, starters).size
    nearby = _leaving_out.nearby(_starter_loops, network, need, starters, 40)
    assert nearby.tolist() == _leaving_out.one_by_one(network, need, size, starters).tolist()


@pytest.mark.parametrize("loops", LOOPS)
def test_nobody_is_left_out_of_a_set_without_which_nothing_moves(loops: ModuleType) -> None:
    star = Network.from_edges([(0, one) for one in range(1, 6)])
    need, centre = np.ones(6, dtype=np.int32), np.array([0], dtype=np.uint32)
    assert _leaving_out.nearby(loops, star, need, centre, 6).tolist() == [0]
    both = np.array([0, 1], dtype=np.uint32)
    assert _leaving_out.nearby(loops, star, need, both, 6).tolist() == [1]


def test_on_a_large_network_leaving_out_is_worth_its_while() -> None:
    network = Network.erdos_renyi(20_000, 10, 1)
    k = from_fractions(network, 0.5)
    found = target_set(network, k)
    need = np.minimum(k, network.degrees + 1).astype(np.int32)
    plain = _starter_kernels.adaptive(network.indptr, network.indices, need, 20_000)
    assert found.reached == 20_000
    assert len(found.seeds) < len(plain)


def test_the_network_among_some_is_numbered_anew() -> None:
    ring = Network.from_edges([(0, 1), (1, 2), (2, 3), (0, 3), (0, 2)])
    among = _starters.within(ring, np.array([True, False, True, True]))
    assert among.edges.tolist() == [[0, 1], [0, 2], [1, 2]]
