"""The courage ladder: what it learns from what somebody tells, and what it never learns."""

import math
from dataclasses import replace
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench import ladder as bench
from bench.people import World
from kleinverzet.me.ladder import Assumed, Attempt, Ladder, Outcome, climb
from tests.me.answering import ACTS

ANCHORS = {act.id: act.courage for act in ACTS.values()}
COUNTED = (Outcome.DID, Outcome.PARTLY, Outcome.NOT_YET)
MISSING = (Outcome.NO_CHANCE, Outcome.CHOSE_NOT, Outcome.UNSAFE)

acts = st.sampled_from([*ANCHORS, "own"])
hards = st.integers(0, 5)
attempts = st.builds(Attempt, act=acts, outcome=st.sampled_from(Outcome), hard=hards)
missing = st.builds(Attempt, act=acts, outcome=st.sampled_from(MISSING), hard=hards)
entries = st.lists(attempts, max_size=40)


def ladder_of(told: list[Attempt]) -> Ladder:
    return climb(told, ANCHORS)


# --- What it learns --------------------------------------------------------


def test_it_begins_where_most_people_stand() -> None:
    ladder = ladder_of([])
    assert (ladder.mu, ladder.v, ladder.counted, ladder.misses) == (0.0, 1.0, 0, 0)
    assert ladder.highest is None
    assert ladder.chance("anything", 0.0) == 0.5


def test_one_step_is_the_formula_by_hand() -> None:
    # S = 1.49, k = 0.79427, p = 0.31125, I = 0.13524, g = 0.83229, delta = 0.45530
    ladder = climb([Attempt("it", Outcome.DID)], {"it": 1.0})
    assert ladder.mu == pytest.approx(0.45530, abs=1e-5)
    assert ladder.v == pytest.approx(1 - 0.13524 * 0.83229, abs=1e-5)
    assert ladder.rungs["it"].b == pytest.approx(1 - 0.49 * 0.45530, abs=1e-5)
    assert ladder.rungs["it"].s == pytest.approx(0.49 - 0.49**2 * 0.13524 * 0.83229, abs=1e-5)


@given(told=entries)
def test_many_steps_are_the_formulas_as_they_are_written(told: list[Attempt]) -> None:
    mu, v = 0.0, 1.0
    acts: dict[str, tuple[float, float]] = {}
    for attempt in told:
        if attempt.act == "own" or attempt.outcome in MISSING:
            continue
        y = {Outcome.DID: 1.0, Outcome.PARTLY: 0.5, Outcome.NOT_YET: 0.0}[attempt.outcome]
        v = min(1.0, v + 0.02)
        b, s = acts.get(attempt.act, (ANCHORS[attempt.act], 0.49))
        k = 1 / math.sqrt(1 + math.pi * (v + s) / 8)
        p = 1 / (1 + math.exp(-k * (mu - b)))
        information = p * (1 - p) * k**2
        g = 1 / (1 + (v + s) * information)
        delta = (y - p) * k * g
        mu, b = mu + v * delta, b - s * delta
        v, s = v - v**2 * information * g, s - s**2 * information * g
        acts[attempt.act] = b, s
    ladder = ladder_of([replace(attempt, hard=0) for attempt in told])
    assert (ladder.mu, ladder.v) == pytest.approx((mu, v))
    assert {act: (rung.b, rung.s) for act, rung in ladder.rungs.items()} == {
        act: pytest.approx(known) for act, known in acts.items()
    }


@given(told=entries, act=st.sampled_from([*ANCHORS]), hard=hards)
def test_doing_an_act_never_lowers_courage_and_not_yet_never_raises_it(
    told: list[Attempt], act: str, hard: int
) -> None:
    before = ladder_of(told).mu
    assert ladder_of([*told, Attempt(act, Outcome.DID, hard)]).mu >= before
    assert ladder_of([*told, Attempt(act, Outcome.NOT_YET, hard)]).mu <= before


@given(told=entries, act=st.sampled_from([*ANCHORS]))
def test_what_was_done_is_likelier_next_time_than_what_was_not_done_yet(
    told: list[Attempt], act: str
) -> None:
    chances = [
        ladder_of([*told, Attempt(act, outcome)]).chance(act, ANCHORS[act])
        for outcome in (Outcome.NOT_YET, Outcome.PARTLY, Outcome.DID)
    ]
    assert chances == sorted(chances)


@given(told=entries, others=st.lists(missing, max_size=6), shuffle=st.randoms())
def test_what_is_missing_changes_nothing_wherever_it_stands(
    told: list[Attempt], others: list[Attempt], shuffle: Random
) -> None:
    woven = list(told)
    for other in others:
        woven.insert(shuffle.randint(0, len(woven)), other)
    assert ladder_of(woven) == ladder_of(told)


@given(told=entries)
def test_an_act_of_ones_own_says_nothing(told: list[Attempt]) -> None:
    assert ladder_of(told) == ladder_of([attempt for attempt in told if attempt.act != "own"])


@given(told=entries, forgotten=attempts, at=st.integers(0, 40))
def test_an_entry_that_is_deleted_leaves_no_trace(
    told: list[Attempt], forgotten: Attempt, at: int
) -> None:
    ladder_of([*told[:at], forgotten, *told[at:]])
    assert ladder_of(told) == climb(iter(told), dict(ANCHORS))


@given(told=entries)
def test_climbing_on_is_climbing_anew(told: list[Attempt]) -> None:
    ladder = ladder_of([])
    for attempt in told:
        if attempt.act in ANCHORS:
            ladder = ladder.after(attempt, ANCHORS[attempt.act])
    assert ladder == ladder_of(told)


@given(told=entries)
def test_every_attempt_that_counts_makes_surer_but_for_what_moves(told: list[Attempt]) -> None:
    ladders = [ladder_of(told[:n]) for n in range(len(told) + 1)]
    for before, after in pairwise(ladders):
        assert 0 < after.v <= before.spread() <= Assumed().v0


far = st.floats(-1e300, 1e300, allow_nan=False)


@settings(max_examples=300)
@given(
    anchors=st.lists(far, min_size=1, max_size=4),
    told=st.lists(
        st.tuples(st.integers(0, 3), st.sampled_from(Outcome), hards), min_size=1, max_size=60
    ),
    at=far,
)
def test_nothing_however_extreme_gives_a_chance_of_none_or_all(
    anchors: list[float], told: list[tuple[int, Outcome, int]], at: float
) -> None:
    named = {f"act-{number}": anchor for number, anchor in enumerate(anchors)}
    ladder = climb([Attempt(f"act-{n}", outcome, hard) for n, outcome, hard in told], named)
    assert all(map(math.isfinite, (ladder.mu, ladder.v)))
    assert ladder.v > 0
    assert all(math.isfinite(rung.b) and rung.s > 0 for rung in ladder.rungs.values())
    for act, anchor in [*named.items(), ("never tried", at)]:
        assert 0 < ladder.chance(act, anchor) < 1


@pytest.mark.parametrize("outcome", COUNTED)
def test_ten_thousand_attempts_stay_within_reason(outcome: Outcome) -> None:
    ladder = ladder_of([Attempt("count-to-five", outcome)] * 10_000)
    assert abs(ladder.mu) < 20
    assert 0 < ladder.v <= 1


def test_an_act_that_looks_harder_is_taken_to_be_a_little_harder() -> None:
    after = [climb([Attempt("it", Outcome.PARTLY, hard)], {"it": 0.5}) for hard in range(6)]
    unasked, *asked = [ladder.rungs["it"].b for ladder in after]
    assert asked == sorted(set(asked))
    assert asked[2] < unasked < asked[3]  # anchor 0.5 is an answer of 3.5
    assert asked[4] - asked[0] < 0.5


def test_how_hard_it_looked_last_replaces_how_hard_it_looked_before() -> None:
    told = [Attempt("it", Outcome.DID, 1), Attempt("it", Outcome.DID, 5)]
    assert climb(told, {"it": 0.0}).rungs["it"].hard == 5
    again = [*told, Attempt("it", Outcome.NO_CHANCE, 1), Attempt("it", Outcome.DID)]
    assert climb(again, {"it": 0.0}).rungs["it"].hard == 5


@pytest.mark.parametrize("hard", [-1, 6])
def test_an_answer_that_does_not_exist_is_refused(hard: int) -> None:
    with pytest.raises(ValueError, match="hard is 0 to 5"):
        Attempt("it", Outcome.DID, hard)


# --- How well it learns, quickly; `bench.ladder` measures it in full -------


@pytest.fixture(scope="module")
def simulated() -> dict[str, float]:
    return bench.run(World(), seed=7, people=80)


@pytest.mark.parametrize(
    ("figure", "least", "most"),
    [
        ("r", 0.8, 1),
        ("rmse", 0, 0.58),
        ("ece", 0, 0.045),
        ("coverage", 0.85, 1),
        ("bias", -0.2, 0.2),
    ],
)
def test_simulated_people_are_found_out_well_enough(
    simulated: dict[str, float], figure: str, least: float, most: float
) -> None:
    assert least <= simulated[figure] <= most


def test_it_errs_less_than_elo_on_the_same_people(simulated: dict[str, float]) -> None:
    assert simulated["rmse"] < simulated["elo_rmse"]
