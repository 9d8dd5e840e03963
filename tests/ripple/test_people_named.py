"""Lists of people: each mistake in them is said with its place and its remedy."""

import math

import numpy as np
import pytest

from ripple.equilibria import greatest_equilibrium, least_equilibrium
from ripple.errors import BadPeople, BadThreshold
from ripple.network import Complete, Network

NETWORK = Network.from_edges([(0, 1), (1, 2)], people=4)


@pytest.mark.parametrize(
    ("seeds", "told"),
    [
        ([0, 4], r"seeds\[1\] is 4, and there are 4 people: give numbers from 0 up to 3"),
        ([-1], r"seeds\[0\] is -1, and there are 4 people"),
        ([0, 1.0], r"seeds\[1\] is 1\.0; give people as whole numbers, counted from 0"),
        ([2, math.nan], r"seeds\[1\] is nan; give people as whole numbers"),
        ([None], r"seeds\[0\] is None; give people as whole numbers"),
        (["anna"], r"seeds\[0\] is 'anna'; give people as whole numbers"),
        ([2**80], r"seeds\[0\] is 1208925819614629174706176"),
        ([True, False, False, True], r"seeds holds yes and no; give indices: numpy\.flatnonzero"),
        (3, r"seeds has 0 dimensions; give a flat list of people"),
        ([[0, 1]], r"seeds has 2 dimensions; give a flat list of people"),
        ([[0], [1, 2]], "seeds has lists of many lengths in it; give one flat list"),
        ([0, True, 1.5], r"seeds\[1\] is True; give people as whole numbers"),
        (np.array([0, 1], dtype=np.float32), r"seeds\[0\] is 0\.0; give people as whole"),
    ],
)
@pytest.mark.parametrize("group", [NETWORK, Complete(4)])
def test_who_is_no_person_here_is_refused_by_place_and_value(
    group: Network | Complete, seeds: object, told: str
) -> None:
    with pytest.raises(BadPeople, match=told):
        least_equilibrium(group, 1, seeds=seeds)


def test_in_an_empty_group_nobody_can_be_named() -> None:
    with pytest.raises(BadPeople, match=r"seeds\[0\] is 0, and there are 0 people: name nobody"):
        least_equilibrium(Complete(0), 1, seeds=[0])


@pytest.mark.parametrize("group", [NETWORK, Complete(4)])
def test_nobody_both_commits_and_abstains(group: Network | Complete) -> None:
    with pytest.raises(BadPeople, match="person 2 stands in both committed and abstain"):
        greatest_equilibrium(group, 1, committed=[0, 2], abstain=[2, 3])


@pytest.mark.parametrize("called", ["committed", "abstain"])
def test_each_list_is_called_by_its_name(called: str) -> None:
    with pytest.raises(BadPeople, match=rf"{called}\[0\] is 7"):
        greatest_equilibrium(NETWORK, 1, **{called: [7]})


@pytest.mark.parametrize("numbers", [np.uint8, np.int16, np.uint64])
def test_any_kind_of_whole_numbers_will_do(numbers: type[np.integer]) -> None:
    assert least_equilibrium(NETWORK, 1, seeds=np.array([1], dtype=numbers)).size == 3


@pytest.mark.parametrize("k", [-1, [1, 2], [1, 1, -2, 1], 0.5, [1, 1, 1, math.nan], None])
@pytest.mark.parametrize("group", [NETWORK, Complete(4)])
def test_thresholds_that_are_none_are_refused(group: Network | Complete, k: object) -> None:
    with pytest.raises(BadThreshold):
        least_equilibrium(group, k)
    with pytest.raises(BadThreshold):
        greatest_equilibrium(group, k)
