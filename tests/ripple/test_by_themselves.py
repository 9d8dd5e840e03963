"""The least equilibrium: who speaks by themselves, when nobody speaks before hearing enough."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ripple.equilibria import least_equilibrium
from ripple.network import Complete, Network
from ripple.thresholds import NEVER
from tests.ripple import drawn
from tests.ripple.drawn import Situation

CHAIN = Network.from_edges([(0, 1), (1, 2), (2, 3)], people=5)


def test_granovetters_hundred_follow_one_another() -> None:
    found = least_equilibrium(Complete(100), np.arange(100))
    assert (found.size, found.rounds) == (100, 99)
    assert found.order.tolist() == list(range(100))
    assert found.round.tolist() == list(range(100))


def test_one_person_more_careful_and_nobody_follows() -> None:
    k = np.arange(100)
    k[1] = 2
    found = least_equilibrium(Complete(100), k)
    assert (found.size, found.rounds) == (1, 0)
    assert found.order.tolist() == [0]


def test_one_starter_is_enough_where_one_person_was_too_careful() -> None:
    k = np.arange(100)
    k[1] = 2
    assert least_equilibrium(Complete(100), k, seeds=[1]).size == 100


def test_along_a_chain_each_follows_the_one_before() -> None:
    found = least_equilibrium(CHAIN, 1, seeds=[0])
    assert found.active.tolist() == [True, True, True, True, False]
    assert found.round.tolist() == [0, 1, 2, 3, -1]
    assert found.order.tolist() == [0, 1, 2, 3]
    assert (found.size, found.rounds) == (4, 3)


def test_who_waits_for_nobody_speaks_without_contacts_and_who_waits_never_hears_one() -> None:
    assert least_equilibrium(Network.from_edges([], people=2), [0, 1]).active.tolist() == [1, 0]


@pytest.mark.parametrize("group", [CHAIN, Complete(5)])
def test_never_is_not_even_when_all_others_speak(group: Network | Complete) -> None:
    found = least_equilibrium(group, [0, 0, 0, 0, NEVER])
    assert found.active.tolist() == [True, True, True, True, False]


@pytest.mark.parametrize("group", [Network.from_edges([], people=0), Complete(0)])
def test_in_an_empty_group_nobody_speaks(group: Network | Complete) -> None:
    found = least_equilibrium(group, [])
    assert (found.size, found.rounds, len(found.active), len(found.order)) == (0, 0, 0, 0)


@pytest.mark.parametrize("group", [Network.from_edges([], people=1), Complete(1)])
def test_one_person_speaks_who_waits_for_nobody(group: Network | Complete) -> None:
    assert [least_equilibrium(group, k).size for k in (0, 1, NEVER)] == [1, 0, 0]
    assert least_equilibrium(group, NEVER, seeds=[0]).size == 1


def test_naming_a_starter_twice_changes_nothing() -> None:
    found = least_equilibrium(CHAIN, 1, seeds=[0, 0])
    assert found.order.tolist() == [0, 1, 2, 3]


def test_the_thresholds_that_were_given_stay_as_they_were() -> None:
    k = np.array([1, 1, 1, 1, 1], dtype=np.int32)
    least_equilibrium(CHAIN, k, seeds=[0])
    assert k.tolist() == [1, 1, 1, 1, 1]


@given(drawn.situations(), st.data())
def test_nobody_falls_silent_when_others_grow_bolder_or_more_people_start(
    situation: Situation, data: st.DataObject
) -> None:
    network, k = situation.network, situation.k
    bolder = np.minimum(k, data.draw(drawn.counts(network.people)))
    seeds = data.draw(drawn.some(network.people))
    before = least_equilibrium(network, k, seeds)
    assert not (before.active & ~least_equilibrium(network, bolder, seeds).active).any()
    more = seeds + data.draw(drawn.some(network.people))
    assert not (before.active & ~least_equilibrium(network, k, more).active).any()


@given(drawn.situations())
def test_everybody_who_speaks_hears_enough_of_whoever_spoke_before(situation: Situation) -> None:
    found = least_equilibrium(situation.network, situation.k)
    for person in range(situation.network.people):
        rounds = found.round[situation.network.contacts(person)]
        heard = np.count_nonzero((rounds >= 0) & (rounds < found.round[person]))
        if found.active[person]:
            assert heard >= situation.k[person]
        else:
            assert np.count_nonzero(rounds >= 0) < situation.k[person]


@given(drawn.situations())
def test_the_parts_of_the_answer_say_the_same(situation: Situation) -> None:
    found = least_equilibrium(situation.network, situation.k)
    assert found.size == found.active.sum() == len(found.order)
    assert (found.active == (found.round >= 0)).all()
    assert (np.diff(found.round[found.order]) >= 0).all()
    assert found.rounds == found.round.max(initial=0)


@given(st.integers(0, 9).flatmap(drawn.counts))
def test_a_complete_group_is_a_network_in_which_all_have_ties(k: np.ndarray) -> None:
    people = len(k)
    pairs = [(one, other) for other in range(people) for one in range(other)]
    as_network = least_equilibrium(Network.from_edges(pairs, people=people), k)
    as_group = least_equilibrium(Complete(people), k)
    assert as_network.round.tolist() == as_group.round.tolist()
    assert as_network.size == as_group.size
    assert as_network.rounds == as_group.rounds
