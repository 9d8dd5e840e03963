"""Who would have to start: exact where all see all, held against every possible set elsewhere."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ripple.equilibria import least_equilibrium
from ripple.errors import BadChoice
from ripple.network import Complete, Group, Network
from ripple.seeding import Method, target_set
from ripple.thresholds import NEVER, from_fractions

WAITS = st.one_of(st.integers(0, 8), st.just(NEVER))


@st.composite
def groups(draw: st.DrawFn) -> tuple[Complete, list[int], int]:
    k = draw(st.lists(WAITS, min_size=1, max_size=8))
    return Complete(len(k)), k, draw(st.integers(0, sum(one != NEVER for one in k)))


@st.composite
def networks(draw: st.DrawFn) -> tuple[Network, list[int], int]:
    people = draw(st.integers(1, 7))
    possible = list(combinations(range(people), 2))
    chosen = draw(st.sets(st.sampled_from(possible))) if possible else set()
    k = draw(st.lists(WAITS, min_size=people, max_size=people))
    goal = draw(st.integers(0, sum(one != NEVER for one in k)))
    return Network.from_edges(sorted(chosen), people), k, goal


def smallest(group: Group, k: list[int], goal: int) -> list[tuple[int, ...]]:
    """Try all sets of people who ever would, the smallest first; give all of that size that do."""
    willing = [person for person, one in enumerate(k) if one != NEVER]
    for size in range(len(willing) + 1):
        found = [
            chosen
            for chosen in combinations(willing, size)
            if least_equilibrium(group, k, chosen).size >= goal
        ]
        if found:
            return found
    raise AssertionError("everybody who would is always enough")


def test_one_starter_gives_granovetters_hundred_back() -> None:
    k = np.arange(100)
    k[1] = 2
    found = target_set(Complete(100), k)
    assert (len(found.seeds), found.reached, found.method) == (1, 100, Method.EXACT)
    assert found.fewest


def test_where_all_follow_by_themselves_nobody_has_to_start() -> None:
    found = target_set(Complete(100), np.arange(100))
    assert len(found.seeds) == 0
    assert found.reached == 100


def test_the_next_in_line_is_not_always_the_one_to_ask() -> None:
    # Asking person 1 leaves two who never hear enough; asking those two brings person 1 and 2.
    assert target_set(Complete(5), [0, 2, 2, 9, 9]).seeds.tolist() == [3, 4]


@given(groups())
def test_where_all_see_all_no_smaller_set_does(given_: tuple[Complete, list[int], int]) -> None:
    group, k, goal = given_
    found, best = target_set(group, k, goal), smallest(group, k, goal)
    assert len(found.seeds) == len(best[0]) == found.lower_bound
    assert found.reached >= goal
    # Of all sets of that size it is one whose own thresholds are lowest together.
    assert sum(k[one] for one in found.seeds) == min(sum(k[one] for one in set_) for set_ in best)


@given(networks())
def test_on_a_network_the_set_does_what_it_says(given_: tuple[Network, list[int], int]) -> None:
    network, k, goal = given_
    found = target_set(network, k, goal)
    assert found.reached == least_equilibrium(network, k, found.seeds).size >= goal
    assert NEVER not in [k[one] for one in found.seeds]
    assert len(set(found.seeds.tolist())) == len(found.seeds)


@given(networks())
def test_the_lower_bound_is_one(given_: tuple[Network, list[int], int]) -> None:
    network, k, goal = given_
    found, fewest = target_set(network, k, goal), len(smallest(network, k, goal)[0])
    assert found.lower_bound <= fewest <= len(found.seeds)


@given(networks())
def test_nobody_in_a_small_set_can_be_left_out(given_: tuple[Network, list[int], int]) -> None:
    network, k, goal = given_
    seeds = target_set(network, k, goal).seeds
    for one in seeds:
        assert least_equilibrium(network, k, seeds[seeds != one]).size < goal


def test_whoever_knows_nobody_must_start_to_be_counted() -> None:
    found = target_set(Network.from_edges([(0, 1)], people=3), [1, 1, 1])
    assert 2 in found.seeds
    assert (len(found.seeds), found.reached, found.lower_bound) == (2, 3, 2)


def test_who_never_would_is_neither_asked_nor_counted() -> None:
    star = Network.from_edges([(0, one) for one in range(1, 6)])
    found = target_set(star, [NEVER, 1, 1, 1, 1, 1])
    assert sorted(found.seeds.tolist()) == [1, 2, 3, 4, 5]
    assert target_set(star, [1] * 6).seeds.tolist() == [0]


@pytest.mark.parametrize("goal", [-1, 4, True, 1.5])
def test_a_goal_that_cannot_be_is_refused(goal: int) -> None:
    with pytest.raises(BadChoice, match="goal is"):
        target_set(Complete(4), [1, 1, 1, NEVER], goal)


def test_no_more_have_to_start_than_others_have_published() -> None:
    # ER of 10^5 people, majority: 15,218 (TSS), 14,653 (adaptive). Of 2,000 people a fiftieth;
    # a number made of people varies by its square root: sqrt(14,653 / 50), 6 % of it.
    network = drawn(2_000, 10, seed=1)
    found = target_set(network, from_fractions(network, 0.5))
    assert found.reached == 2_000
    assert found.method in {Method.ADAPTIVE, Method.TSS}
    assert len(found.seeds) <= 1.06 * 14_653 / 50
    assert 0 < found.lower_bound < len(found.seeds)


def drawn(people: int, mean_degree: float, seed: int) -> Network:
    return Network.erdos_renyi(people, mean_degree, seed)
