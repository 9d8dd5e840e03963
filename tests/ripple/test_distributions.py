"""Distributions of thresholds: what they draw, and what they refuse."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from ripple import Answered, BadThreshold, Choice, Distribution, Fixed, Normal, SomeNever, Uniform

PEOPLE = 20_000
# Fixed seeds make these tests the same each time; five standard errors say that it was no luck.
ERRORS = 5

ALL = [
    Fixed(0.3),
    Uniform(0.2, 0.8),
    Normal(0.5, 0.2),
    Choice((0.1, 0.9, math.inf), (1, 2, 1)),
    Answered((1, 0, 0, 0, 0, 4, 0, 0, 0, 0, 2), never=1),
    SomeNever(Fixed(0.5), 0.1),
]


def drawn(recipe: Distribution, seed: int = 1) -> np.ndarray:
    return recipe.draw(PEOPLE, np.random.default_rng(seed))


@pytest.mark.parametrize("recipe", ALL, ids=repr)
def test_all_draw_shares_or_never(recipe: Distribution) -> None:
    shares = drawn(recipe)
    assert shares.shape == (PEOPLE,)
    assert shares.dtype == np.float64
    assert np.all((shares >= 0) & ((shares <= 1) | np.isinf(shares)))


@pytest.mark.parametrize("recipe", ALL, ids=repr)
def test_the_same_stream_draws_the_same(recipe: Distribution) -> None:
    assert drawn(recipe).tolist() == drawn(recipe).tolist()


def test_uniform_is_even() -> None:
    shares = drawn(Uniform(0.2, 0.8))
    assert abs(shares.mean() - 0.5) < ERRORS * 0.6 / math.sqrt(12 * PEOPLE)
    below = np.mean(shares < 0.35)
    assert abs(below - 0.25) < ERRORS * math.sqrt(0.25 * 0.75 / PEOPLE)


def test_normal_is_cut_at_both_ends() -> None:
    shares = drawn(Normal(0.5, 0.5))
    beyond = math.erfc(1 / math.sqrt(2)) / 2
    error = math.sqrt(beyond * (1 - beyond) / PEOPLE)
    assert abs(np.mean(shares == 0) - beyond) < ERRORS * error
    assert abs(np.mean(shares == 1) - beyond) < ERRORS * error


@pytest.mark.parametrize(
    ("recipe", "value", "part"),
    [
        (Choice((0.1, 0.9, math.inf), (1, 2, 1)), 0.9, 0.5),
        (Choice((0.1, 0.9, math.inf), (1, 2, 1)), math.inf, 0.25),
        (Answered((1, 0, 0, 0, 0, 4, 0, 0, 0, 0, 2), never=1), 0.5, 0.5),
        (Answered((1, 0, 0, 0, 0, 4, 0, 0, 0, 0, 2), never=1), math.inf, 0.125),
        (SomeNever(Fixed(0.5), 0.1), math.inf, 0.1),
    ],
    ids=str,
)
def test_each_value_has_its_part(recipe: Distribution, value: float, part: float) -> None:
    error = math.sqrt(part * (1 - part) / PEOPLE)
    assert abs(np.mean(drawn(recipe) == value) - part) < ERRORS * error


def test_answers_are_counted() -> None:
    assert Answered.by([5, 5, 0, None, "never", 10]) == Answered(
        (1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 1), never=2
    )
    assert Answered.by([1, 2], of=2) == Answered((0, 1, 1), of=2)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Fixed(1.2), "value is 1.2; a share goes from 0 to 1"),
        (lambda: Fixed(math.nan), "value is nan"),
        (lambda: Uniform(0.8, 0.2), "low is 0.8 and high is 0.2"),
        (lambda: Uniform(0, 1.5), "high is 1.5"),
        (lambda: Uniform(math.nan, 1), "low is nan"),
        (lambda: Normal(0.5, -1), "deviation is -1"),
        (lambda: Normal(math.inf, 1), "mean is inf"),
        (lambda: Choice((0.1, 2), (1, 1)), "values[1] is 2"),
        (lambda: Choice((0.1,), (1, 1)), "there are 2 shares for 1 values"),
        (lambda: Choice((0.1, 0.2), (1, -1)), "shares[1] is -1"),
        (lambda: Choice((0.1, 0.2), (0, 0)), "shares are all 0"),
        (lambda: Choice((), ()), "shares are all 0"),
        (lambda: Answered((1, 2)), "there are 2 counts; give 11"),
        (lambda: Answered((1,), of=0), "of is 0"),
        (lambda: Answered((0,) * 11), "are all 0"),
        (lambda: Answered.by([1, 2.5]), "answer 1 is 2.5; only whole answers"),
        (lambda: Answered.by([1, 12]), "answer 1 is 12"),
        (lambda: SomeNever(Fixed(0.5), 1.5), "share is 1.5"),
    ],
)
def test_what_cannot_be_drawn_is_refused(make: Callable[[], Any], said: str) -> None:
    with pytest.raises(BadThreshold) as refused:
        make()
    assert said in str(refused.value)
