"""Influence: how many more speak if this person starts too."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ripple.equilibria import least_equilibrium
from ripple.errors import BadPeople
from ripple.influence import influence
from ripple.network import Complete, Network
from ripple.thresholds import NEVER
from tests.ripple import drawn
from tests.ripple.drawn import Situation


def test_in_the_hundred_who_wait_any_starter_carries_all() -> None:
    k = np.arange(100)
    k[1] = 2
    assert influence(Complete(100), k).tolist() == [0] + [99] * 99


def test_a_chain_falls_whole_from_wherever_it_is_pushed() -> None:
    chain = Network.from_edges([(0, 1), (1, 2), (2, 3)], people=5)
    assert influence(chain, 1).tolist() == [4, 4, 4, 4, 1]


def test_a_person_who_waits_for_two_stops_the_ripple() -> None:
    chain = Network.from_edges([(0, 1), (1, 2), (2, 3)], people=4)
    assert influence(chain, [1, 1, 2, 1]).tolist() == [2, 2, 4, 1]


def test_who_never_speaks_by_themselves_can_still_start() -> None:
    pair = Network.from_edges([(0, 1)], people=2)
    assert influence(pair, [NEVER, 1]).tolist() == [2, 1]
    assert influence(Complete(2), [NEVER, 1]).tolist() == [2, 1]


def test_only_who_is_asked_about_is_answered_in_the_order_asked() -> None:
    chain = Network.from_edges([(0, 1), (1, 2), (2, 3)], people=5)
    assert influence(chain, 1, people=[4, 0]).tolist() == [1, 4]
    assert influence(chain, 1, people=[]).tolist() == []


def test_asking_about_nobody_who_is_there_is_refused() -> None:
    with pytest.raises(BadPeople, match=r"people\[1\] is 9"):
        influence(Complete(5), 1, people=[0, 9])


@given(drawn.situations(), st.data())
def test_it_is_what_one_more_seed_adds(situation: Situation, data: st.DataObject) -> None:
    network, k = situation.network, situation.k
    seeds = data.draw(drawn.some(network.people))
    before = least_equilibrium(network, k, seeds).size
    for person, more in enumerate(influence(network, k, seeds).tolist()):
        assert more == least_equilibrium(network, k, [*seeds, person]).size - before


@given(st.integers(0, 9).flatmap(drawn.counts))
def test_in_a_complete_group_too(k: np.ndarray) -> None:
    group = Complete(len(k))
    before = least_equilibrium(group, k).size
    for person, more in enumerate(influence(group, k).tolist()):
        assert more == least_equilibrium(group, k, [person]).size - before


@given(drawn.random_situations(), st.booleans())
def test_ripples_that_carry_one_another_are_each_counted_whole(
    situation: Situation, backwards: bool
) -> None:
    network, k = situation.network, np.maximum(situation.k, 1)
    asked = np.arange(network.people)[:: -1 if backwards else 1]
    found = influence(network, k, people=[*asked, *asked[:5]])
    assert found[: min(5, len(asked))].tolist() == found[len(asked) :].tolist()
    for person, more in zip(asked[::7].tolist(), found[: len(asked) : 7].tolist(), strict=True):
        assert more == least_equilibrium(network, k, [person]).size
