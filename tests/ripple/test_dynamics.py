"""Leaving, speaking up, listening and practice: what each does, and what never happens."""

from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ripple.dynamics import Story, simulate
from ripple.equilibria import least_equilibrium
from ripple.errors import BadChoice, BadPeople
from ripple.network import Complete, Group, Network
from ripple.thresholds import NEVER

ALL_CAREFUL_BUT_ONE = [0] + [2] * 9


@st.composite
def groups(draw: st.DrawFn) -> tuple[Group, list[int], list[int]]:
    people = draw(st.integers(1, 9))
    k = draw(
        st.lists(st.one_of(st.integers(0, 9), st.just(NEVER)), min_size=people, max_size=people)
    )
    starters = draw(st.lists(st.integers(0, people - 1), max_size=3))
    possible = list(combinations(range(people), 2))
    if draw(st.booleans()) or not possible:
        return Complete(people), k, starters
    ties = draw(st.sets(st.sampled_from(possible)))
    return Network.from_edges(sorted(ties), people), k, starters


rules = st.fixed_dictionaries(
    {
        "exit_after": st.one_of(st.none(), st.integers(1, 5)),
        "voice": st.floats(0, 1),
        "replace": st.booleans(),
        "echo": st.integers(0, 3),
        "practice": st.floats(0, 2),
        "listening": st.floats(-1, 1),
        "seed": st.integers(0, 2**32),
    }
)


@given(groups())
def test_with_all_off_it_is_the_least_equilibrium_round_by_round(
    given_: tuple[Group, list[int], list[int]],
) -> None:
    group, k, starters = given_
    least = least_equilibrium(group, k, starters)
    story = simulate(group, k, 12, starters=starters)
    assert story.active.tolist() == least.active.tolist()
    by_round = [np.count_nonzero((least.round >= 0) & (least.round <= t)) for t in range(13)]
    assert story.speaking.tolist() == by_round


def test_granovetters_hundred_take_ninety_nine_steps() -> None:
    story = simulate(Complete(100), np.arange(100), 99)
    assert story.speaking.tolist() == list(range(1, 101))


@given(groups(), rules)
def test_people_are_counted_once_and_needs_stay_bounded(
    given_: tuple[Group, list[int], list[int]], rules: dict[str, Any]
) -> None:
    group, k, starters = given_
    story = simulate(group, k, 8, starters=starters, **rules)
    people = group.people
    assert all(len(column) == 9 for column in (story.speaking, story.left, story.need))
    assert (story.speaking <= story.present).all()
    assert (story.willing <= story.present).all()
    gone = 0 if rules["replace"] else np.cumsum(story.left)
    assert (story.present == people - gone).all()
    assert (story.left + story.voiced <= people).all()
    most = max([people, *(one for one in k if one != NEVER)])
    known = story.need[~np.isnan(story.need)]
    assert ((known >= 0) & (known <= most)).all()
    assert story.active.sum() == story.speaking[-1]
    if rules["exit_after"] is None:
        assert not story.left.any()
        assert not story.voiced.any()


@given(groups(), rules)
def test_the_same_seed_tells_the_same_story(
    given_: tuple[Group, list[int], list[int]], rules: dict[str, Any]
) -> None:
    group, k, starters = given_
    one, two = (simulate(group, k, 6, starters=starters, **rules) for _ in range(2))
    # Rows hold NaN, which equals nothing; as text it does.
    assert str(one.rows()) == str(two.rows())


@given(st.integers(2, 9), st.data(), rules)
def test_a_complete_group_is_a_network_of_all_ties(
    people: int, data: st.DataObject, rules: dict[str, Any]
) -> None:
    k = data.draw(st.lists(st.integers(0, people), min_size=people, max_size=people))
    tied = Network.from_edges(list(combinations(range(people), 2)), people)
    rows = [str(simulate(group, k, 6, **rules).rows()) for group in (Complete(people), tied)]
    assert rows[0] == rows[1]


@given(groups(), st.floats(0, 1), st.floats(0, 1), st.floats(-1, 1), st.floats(-1, 1))
def test_more_listening_and_more_practice_never_silence_anybody(
    given_: tuple[Group, list[int], list[int]], a: float, b: float, c: float, d: float
) -> None:
    group, k, starters = given_
    less = simulate(group, k, 8, starters=starters, practice=min(a, b), listening=min(c, d))
    more = simulate(group, k, 8, starters=starters, practice=max(a, b), listening=max(c, d))
    assert (less.active <= more.active).all()


def test_who_listens_brings_a_careful_group_to_speak() -> None:
    stuck = simulate(Complete(10), ALL_CAREFUL_BUT_ONE, 60)
    heard = simulate(Complete(10), ALL_CAREFUL_BUT_ONE, 60, listening=0.5)
    assert (stuck.speaking[-1], heard.speaking[-1]) == (1, 10)


def test_where_nobody_listens_speakers_fall_silent_again() -> None:
    story = simulate(Complete(10), [0, 0, 0] + [3] * 7, 60, listening=-0.5)
    assert story.speaking.max() == 10
    assert story.speaking[-1] == 0


def test_one_speaker_alone_leaves_when_patience_is_over() -> None:
    story = simulate(Complete(3), [0, NEVER, NEVER], 20, exit_after=4, newcomers=[NEVER])
    assert story.left.sum() == 1
    assert (story.speaking[-1], story.willing[-1]) == (0, 0)


def test_who_fits_in_silence_never_leaves() -> None:
    assert not simulate(Complete(5), NEVER, 30, exit_after=1).left.any()


def test_whoever_stays_and_speaks_up_brings_the_others() -> None:
    story = simulate(Complete(10), ALL_CAREFUL_BUT_ONE, 30, exit_after=5, voice=1)
    assert story.left.sum() == 0
    assert story.voiced.sum() >= 1
    assert story.speaking[-1] == 10


def test_where_nobody_comes_for_those_who_leave_only_the_contented_remain() -> None:
    k = [0, 5, 5, 5, NEVER, NEVER]
    story = simulate(Complete(6), k, 30, exit_after=3, replace=False)
    assert (story.present[-1], story.willing[-1], story.left.sum()) == (2, 0, 4)


def test_a_starter_who_leaves_starts_no_more() -> None:
    story = simulate(Complete(4), 9, 12, starters=[0], exit_after=2, newcomers=[NEVER])
    assert (story.speaking[0], story.speaking[-1]) == (1, 0)


def test_an_empty_group_has_an_empty_story() -> None:
    story = simulate(Complete(0), [], 3, exit_after=1)
    assert isinstance(story, Story)
    assert (story.share, story.speaking.tolist()) == (0, [0, 0, 0, 0])


@pytest.mark.parametrize(
    "wrong",
    [
        {"steps": -1},
        {"steps": 2.5},
        {"exit_after": 0},
        {"voice": 1.1},
        {"echo": -1},
        {"practice": -0.1},
        {"practice": float("inf")},
        {"listening": float("nan")},
        {"listening": -2},
        {"newcomers": []},
    ],
)
def test_an_option_outside_its_range_is_refused_by_name(wrong: dict[str, Any]) -> None:
    with pytest.raises(BadChoice, match=f"{next(iter(wrong))} is"):
        simulate(Complete(3), 1, **{"steps": 3, **wrong})


def test_a_starter_who_is_not_there_is_refused() -> None:
    with pytest.raises(BadPeople, match="starters"):
        simulate(Complete(3), 1, 3, starters=[3])
