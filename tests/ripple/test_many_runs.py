"""Many runs of one question: the same whoever computes them, and right on average."""

import math
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ripple import (
    Answered,
    BadChoice,
    BadNetwork,
    BadPeople,
    BadThreshold,
    Complete,
    ErdosRenyi,
    Fixed,
    Network,
    Runs,
    Uniform,
    from_fractions,
    greatest_equilibrium,
    least_equilibrium,
    monte_carlo,
)

RECIPE = ErdosRenyi(60, 4.0)
RUNS = 23


def drawn(**options: Any) -> Runs:
    return monte_carlo(RECIPE, Uniform(0, 0.6), runs=RUNS, seed=5, starters=3, **options)


def same(one: Runs, other: Runs) -> bool:
    return all(
        np.array_equal(getattr(one, name), getattr(other, name))
        for name in ("least", "greatest", "people")
    )


ALONE = drawn(workers=1)


@given(workers=st.integers(1, 3), block=st.integers(1, RUNS + 1))
def test_workers_and_blocks_change_nothing(workers: int, block: int) -> None:
    assert same(drawn(workers=workers, block=block), ALONE)


def test_blocks_that_are_chosen_by_time_change_nothing() -> None:
    assert same(drawn(), ALONE)


def test_an_executor_changes_nothing() -> None:
    with ThreadPoolExecutor(3) as executor:
        assert same(drawn(executor=executor), ALONE)


def test_an_executor_without_callbacks_is_heard_in_the_order_of_asking() -> None:
    class Bare:
        def __init__(self, future: Future[Any]) -> None:
            self.result = future.result

    class Plain:
        def submit(self, call: Any, /, *arguments: Any) -> Bare:
            return Bare(pool.submit(call, *arguments))

    with ThreadPoolExecutor(2) as pool:
        assert same(drawn(executor=Plain(), block=4), ALONE)


def test_more_runs_begin_with_the_same_ones() -> None:
    more = monte_carlo(RECIPE, Uniform(0, 0.6), runs=RUNS + 9, seed=5, starters=3)
    assert np.array_equal(more.least[:RUNS], ALONE.least)


def test_another_seed_is_another_chance() -> None:
    other = monte_carlo(RECIPE, Uniform(0, 0.6), runs=RUNS, seed=6, starters=3)
    assert not np.array_equal(other.least, ALONE.least)


def test_compiled_kernels_in_several_threads_change_nothing() -> None:
    network = Network.erdos_renyi(4000, 10.0, seed=3)
    one, three = (
        monte_carlo(
            network, Uniform(0, 0.4), runs=12, seed=1, starters=300, workers=workers, block=1
        )
        for workers in (1, 3)
    )
    assert same(one, three)
    assert one.least.max() > 3000


def test_without_a_seed_one_is_drawn_and_told() -> None:
    first = monte_carlo(Complete(9), Uniform(0, 1), runs=40)
    assert same(monte_carlo(Complete(9), Uniform(0, 1), runs=40, seed=first.seed), first)
    assert monte_carlo(Complete(9), Uniform(0, 1), runs=1).seed != first.seed


def test_each_run_draws_from_a_child_of_the_seed() -> None:
    for replica, child in enumerate(np.random.SeedSequence(5).spawn(RUNS)):
        graph, thresholds, starters = map(np.random.default_rng, child.spawn(3))
        network = RECIPE.draw(graph)
        k = from_fractions(network, Uniform(0, 0.6).draw(60, thresholds))
        seeds = starters.choice(60, 3, replace=False, shuffle=False)
        assert least_equilibrium(network, k, seeds).size == ALONE.least[replica]
        assert greatest_equilibrium(network, k, seeds).size == ALONE.greatest[replica]


def test_other_starters_leave_graphs_and_thresholds_as_they_were() -> None:
    without = monte_carlo(RECIPE, Uniform(0, 0.6), runs=RUNS, seed=5)
    assert np.all(without.least <= ALONE.least)
    assert np.all(without.greatest <= ALONE.greatest)


def test_one_person_less_and_nobody_follows_in_any_run() -> None:
    thresholds = np.arange(100)
    thresholds[1] = 2
    runs = monte_carlo(Complete(100), thresholds, runs=7, seed=0)
    assert runs.least.tolist() == [1] * 7
    assert runs.greatest.tolist() == [100] * 7


def test_two_people_who_wait_for_each_other_by_half_speak_as_often_as_is_computed() -> None:
    # Each speaks anyway with chance 1/2 (5 of 10 answered 0), else waits for the other:
    # nobody speaks in a quarter of the runs, both in the rest.
    answers = Answered((5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5))
    runs = monte_carlo(Complete(2), answers, runs=4000, seed=11)
    both = runs.share_over(1)
    exact = math.sqrt(0.75 * 0.25 / 4000)
    assert both.error == pytest.approx(exact, rel=0.05)
    # Five standard errors: one seed in two million would fail, and this one is fixed.
    assert abs(both.value - 0.75) < 5 * exact
    assert runs.mean().value == pytest.approx(2 * both.value)
    assert runs.greatest.tolist() == [2] * 4000


def test_a_kind_that_was_not_asked_for_is_empty_and_says_so() -> None:
    runs = monte_carlo(Complete(5), 2, runs=3, seed=0, kinds=["greatest"])
    assert len(runs.least) == 0
    assert runs.greatest.tolist() == [5, 5, 5]
    with pytest.raises(BadChoice, match="'least' was not computed"):
        runs.mean()


def test_every_run_may_draw_another_network() -> None:
    runs = monte_carlo(ErdosRenyi(40, 2.0), Fixed(0.5), runs=30, seed=1, starters=[0])
    assert len(set(runs.least.tolist())) > 1


def test_one_person_and_nobody_at_all_are_groups_too() -> None:
    assert monte_carlo(Complete(1), 0, runs=2, seed=0).least.tolist() == [1, 1]
    assert monte_carlo(Complete(0), 0, runs=2, seed=0).greatest.tolist() == [0, 0]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"runs": 0}, "runs=0 cannot be; give a whole number from 1"),
        ({"runs": 2.5}, "runs=2.5"),
        ({"runs": True}, "runs=True"),
        ({"workers": 0}, "workers=0"),
        ({"block": -1}, "block=-1"),
        ({"seed": -1}, "seed=-1 gives no stream"),
        ({"seed": 0.5}, "seed=0.5"),
        ({"kinds": ["most"]}, "'most' is not a valid Kind"),
        ({"kinds": []}, "no equilibrium is asked for"),
        ({"starters": -2}, "starters=-2 is no number of people"),
        ({"starters": 1.5}, "starters=1.5"),
        ({"starters": 11}, "11 starters cannot be drawn of 10 people"),
    ],
)
def test_a_wrong_option_is_named(options: dict[str, Any], told: str) -> None:
    with pytest.raises(BadChoice, match=told.replace("(", r"\(")):
        monte_carlo(Complete(10), 1, **{"runs": 2, "seed": 0, **options})


def test_what_is_wrong_in_itself_is_told_at_once_by_workers_too() -> None:
    with pytest.raises(BadThreshold, match="threshold 1 is -3"):
        monte_carlo(Complete(2), [0, -3], runs=50, seed=0, workers=2)
    with pytest.raises(BadPeople, match="seeds"):
        monte_carlo(Complete(2), 1, runs=50, seed=0, workers=2, starters=[7])
    with pytest.raises(BadNetwork, match="no group"):
        monte_carlo(17, 1, runs=1, seed=0)  # type: ignore[arg-type]


def test_a_single_run_tells_no_standard_error() -> None:
    runs = monte_carlo(Network.from_edges([(0, 1)]), 1, runs=1, seed=0, starters=[0])
    assert runs.mean().value == 2
    assert math.isnan(runs.mean().error)
