"""The greatest equilibrium: who would speak if all knew, when all speak until they hear too few."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ripple.cores import core_numbers
from ripple.equilibria import greatest_equilibrium, least_equilibrium
from ripple.network import Complete, Network
from ripple.thresholds import NEVER
from tests.ripple import drawn
from tests.ripple.drawn import Situation

CHAIN = Network.from_edges([(0, 1), (1, 2), (2, 3)], people=5)


def test_granovetters_hundred_would_all_speak() -> None:
    found = greatest_equilibrium(Complete(100), np.arange(100))
    assert (found.size, found.rounds) == (100, 0)


def test_one_person_more_careful_and_all_would_still_speak() -> None:
    k = np.arange(100)
    k[1] = 2
    assert greatest_equilibrium(Complete(100), k).size == 100


def test_one_person_who_asks_for_more_than_all_and_the_rest_falls_silent_one_by_one() -> None:
    found = greatest_equilibrium(Complete(100), np.arange(1, 101))
    assert (found.size, found.rounds) == (0, 99)
    assert found.order.tolist() == list(range(99, -1, -1))


def test_along_a_chain_silence_begins_at_both_ends() -> None:
    found = greatest_equilibrium(CHAIN, 2)
    assert found.round.tolist() == [0, 1, 1, 0, 0]
    assert (found.size, found.rounds) == (0, 1)


def test_who_abstains_takes_others_along() -> None:
    found = greatest_equilibrium(CHAIN, 1, abstain=[1])
    assert found.active.tolist() == [False, False, True, True, False]
    assert found.round.tolist() == [1, 0, -1, -1, 0]


def test_who_is_committed_keeps_others_speaking() -> None:
    found = greatest_equilibrium(CHAIN, 2, committed=[0, 3])
    assert found.active.tolist() == [True, True, True, True, False]


@pytest.mark.parametrize("group", [CHAIN, Complete(5)])
def test_never_is_not_even_when_all_others_speak(group: Network | Complete) -> None:
    found = greatest_equilibrium(group, [0, 0, 0, 0, NEVER])
    assert found.active.tolist() == [True, True, True, True, False]


@pytest.mark.parametrize("group", [Network.from_edges([], people=0), Complete(0)])
def test_in_an_empty_group_nobody_speaks(group: Network | Complete) -> None:
    found = greatest_equilibrium(group, [])
    assert (found.size, found.rounds, len(found.active), len(found.order)) == (0, 0, 0, 0)


@pytest.mark.parametrize("group", [Network.from_edges([], people=1), Complete(1)])
def test_one_person_speaks_who_waits_for_nobody(group: Network | Complete) -> None:
    assert [greatest_equilibrium(group, k).size for k in (0, 1, NEVER)] == [1, 0, 0]
    assert greatest_equilibrium(group, NEVER, committed=[0]).size == 1
    assert greatest_equilibrium(group, 0, abstain=[0]).size == 0


@given(drawn.situations(), st.data())
def test_together_is_never_less_than_by_themselves(
    situation: Situation, data: st.DataObject
) -> None:
    seeds = data.draw(drawn.some(situation.network.people))
    least = least_equilibrium(situation.network, situation.k, seeds)
    greatest = greatest_equilibrium(situation.network, situation.k, committed=seeds)
    assert not (least.active & ~greatest.active).any()


@given(drawn.situations(), st.data())
def test_nobody_falls_silent_when_others_grow_bolder_or_commit(
    situation: Situation, data: st.DataObject
) -> None:
    network, k = situation.network, situation.k
    bolder = np.minimum(k, data.draw(drawn.counts(network.people)))
    committed = data.draw(drawn.some(network.people))
    before = greatest_equilibrium(network, k)
    assert not (before.active & ~greatest_equilibrium(network, bolder).active).any()
    assert not (before.active & ~greatest_equilibrium(network, k, committed).active).any()
    assert not (greatest_equilibrium(network, k, (), committed).active & ~before.active).any()


@given(drawn.situations())
def test_exactly_those_speak_who_hear_enough(situation: Situation) -> None:
    found = greatest_equilibrium(situation.network, situation.k)
    for person in range(situation.network.people):
        heard = np.count_nonzero(found.active[situation.network.contacts(person)])
        assert found.active[person] == (heard >= situation.k[person])


@given(drawn.situations(), st.integers(0, 6))
def test_where_all_wait_for_equally_many_it_is_a_core(situation: Situation, k: int) -> None:
    found = greatest_equilibrium(situation.network, k)
    assert (found.active == (core_numbers(situation.network) >= k)).all()


@given(drawn.situations())
def test_the_parts_of_the_answer_say_the_same(situation: Situation) -> None:
    found = greatest_equilibrium(situation.network, situation.k)
    assert found.size == found.active.sum() == situation.network.people - len(found.order)
    assert (found.active == (found.round < 0)).all()
    assert (np.diff(found.round[found.order]) >= 0).all()
    assert found.rounds == found.round.max(initial=0)


@given(st.integers(0, 9).flatmap(drawn.counts))
def test_a_complete_group_is_a_network_in_which_all_have_ties(k: np.ndarray) -> None:
    people = len(k)
    pairs = [(one, other) for other in range(people) for one in range(other)]
    as_network = greatest_equilibrium(Network.from_edges(pairs, people=people), k)
    as_group = greatest_equilibrium(Complete(people), k)
    assert as_network.round.tolist() == as_group.round.tolist()
    assert as_network.size == as_group.size
    assert as_network.rounds == as_group.rounds
