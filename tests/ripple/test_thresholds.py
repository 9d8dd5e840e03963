"""Thresholds: counts, fractions of one's contacts, and answers out of ten."""

import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ripple import (
    NEVER,
    BadThreshold,
    Complete,
    Network,
    counted,
    from_answers,
    from_fractions,
)

STAR = Network.from_edges([(0, at) for at in range(1, 5)], people=6)


def test_one_count_holds_for_all() -> None:
    assert counted(3, 2).tolist() == [3, 3]
    assert counted(np.int64(3), 1).tolist() == [3]
    assert counted([0, NEVER], 2).tolist() == [0, NEVER]
    assert counted(math.inf, 1).tolist() == [NEVER]
    assert counted([], 0).dtype == np.int32


@pytest.mark.parametrize(
    ("k", "said"),
    [
        ([1, -1, 2], "threshold 1 is -1; counts go from 0"),
        ([1, NEVER + 1, 2], f"threshold 1 is {NEVER + 1}"),
        ([1, None, 2], "threshold 1 is None; give a count, or NEVER"),
        ([1.0, math.nan, 2.0], "threshold 1 is nan; give a count, or NEVER"),
        ([0.5, 0.5, 0.5], "threshold 0 is 0.5, and counts are whole numbers"),
        ([1, 2**70, 3], f"threshold 1 is {2**70}"),
        (["1", "2", "3"], "threshold 0 is '1'"),
        ([True, True, True], "threshold 0 is True"),
        ([1, 2], "there are thresholds of shape (2,) for 3 people"),
        ([[1, 2, 3]], "there are thresholds of shape (1, 3)"),
        (None, "the threshold is None"),
        (0.3, "the threshold is 0.3, and counts are whole numbers"),
        (-1, "the threshold is -1"),
        (math.nan, "the threshold is nan"),
    ],
)
def test_what_is_no_count_is_named(k: Any, said: str) -> None:
    with pytest.raises(BadThreshold) as refused:
        counted(k, 3)
    assert said in str(refused.value)


def test_shares_of_contacts_become_counts() -> None:
    # The star's middle has four contacts, the points one, and person 5 none.
    assert from_fractions(STAR, 0.5).tolist() == [2, 1, 1, 1, 1, 1]
    assert from_fractions(STAR, [0, 0, 1, math.inf, 0.01, 0]).tolist() == [0, 0, 1, NEVER, 1, 0]


def test_a_float_that_lies_just_above_a_whole_number_is_that_number() -> None:
    assert 0.07 * 100 > 7
    assert from_fractions(Complete(101), 0.07)[0] == 7


@given(st.integers(0, 400), st.integers(1, 400))
def test_a_share_that_is_a_whole_number_of_contacts_is_that_number(part: int, whole: int) -> None:
    group = Complete(whole + 1)
    share = min(part, whole) / whole
    assert from_fractions(group, share)[0] == min(part, whole)


@given(st.integers(0, 100), st.integers(0, 60))
def test_other_shares_are_rounded_up(hundredths: int, people: int) -> None:
    wanted = max(math.ceil(Fraction(hundredths, 100) * max(people - 1, 0)), hundredths > 0)
    assert from_fractions(Complete(people), hundredths / 100).tolist() == [wanted] * people


@pytest.mark.parametrize(
    ("phi", "said"),
    [
        ([0.5] * 5 + [1.2], "threshold 5 is 1.2; a share goes from 0 to 1"),
        ([0.5] * 5 + [-0.1], "threshold 5 is -0.1"),
        ([0.5] * 5 + [math.nan], "threshold 5 is nan"),
        ([0.5] * 5 + [-math.inf], "threshold 5 is -inf"),
        ([0.5] * 5 + [None], "threshold 5 is None"),
        ([0.5] * 5, "there are thresholds of shape (5,) for 6 people"),
        (3, "the threshold is 3"),
        (["half"] * 6, "are no numbers"),
    ],
)
def test_what_is_no_share_is_named(phi: Any, said: str) -> None:
    with pytest.raises(BadThreshold) as refused:
        from_fractions(STAR, phi)
    assert said in str(refused.value)


def test_answers_out_of_ten_become_counts() -> None:
    answers = [5, 0, 10, None, "never", 1]
    assert from_answers(STAR, answers).tolist() == [2, 0, 1, NEVER, NEVER, 1]
    assert from_answers(Complete(21), [7] * 21).tolist() == [14] * 21
    assert from_answers(Complete(21), [1] * 21, of=4).tolist() == [5] * 21


@pytest.mark.parametrize(
    ("answers", "of", "said"),
    [
        ([3, 11], 10, "answer 1 is 11; give a number from 0 to 10"),
        ([3, -1], 10, "answer 1 is -1"),
        ([3, "often"], 10, "answer 1 is 'often'"),
        ([3, math.nan], 10, "answer 1 is nan"),
        ([3, 4, 5], 10, "shape (3,) for 2 people"),
        ([3, 4], 0, "answers are out of 0"),
    ],
)
def test_what_is_no_answer_is_named(answers: list[Any], of: int, said: str) -> None:
    with pytest.raises(BadThreshold) as refused:
        from_answers(Complete(2), answers, of)
    assert said in str(refused.value)
