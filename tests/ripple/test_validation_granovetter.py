"""Granovetter's hundred: one person who is a little more careful, and nobody speaks."""

import numpy as np
import pytest

from ripple import Complete, Group, Network, greatest_equilibrium, least_equilibrium
from ripple.seeding import target_set

EVERYBODY = Complete(100)
TIED = Network.from_edges([(a, b) for a in range(100) for b in range(a)])


@pytest.fixture(params=[EVERYBODY, TIED], ids=["everybody", "all ties"])
def group(request: pytest.FixtureRequest) -> Group:
    given: Group = request.param
    return given


def test_a_hundred_people_follow_one_by_one(group: Group) -> None:
    least = least_equilibrium(group, np.arange(100))
    assert (least.size, least.rounds) == (100, 99)
    assert greatest_equilibrium(group, np.arange(100)).size == 100


def test_one_person_waits_for_one_more_and_nobody_follows(group: Group) -> None:
    k = np.arange(100)
    k[1] = 2
    assert least_equilibrium(group, k).size == 1
    assert greatest_equilibrium(group, k).size == 100


def test_one_starter_is_enough_for_all_of_them(group: Group) -> None:
    k = np.arange(100)
    k[1] = 2
    found = target_set(group, k)
    assert (len(found.seeds), found.reached) == (1, 100)
