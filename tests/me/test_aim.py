"""The offers by somebody's courage ladder: what it moves, and the rules that it never moves."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kleinverzet.me import aim, choice
from kleinverzet.me.circle import Answers
from kleinverzet.me.ladder import Attempt, Ladder, Outcome, climb
from tests.me.answering import ACTS, CATALOGUE, CODES

ANCHORS = {act.id: act.courage for act in ACTS.values()}
COUNTED = (Outcome.DID, Outcome.PARTLY, Outcome.NOT_YET)

hards = st.integers(0, 5)
attempts = st.builds(
    Attempt,
    act=st.sampled_from([*ANCHORS, "own"]),
    outcome=st.sampled_from(Outcome),
    hard=hards,
)
counted = st.builds(
    Attempt, act=st.sampled_from([*ANCHORS]), outcome=st.sampled_from(COUNTED), hard=hards
)
# A timid person's ladder too: where little is in stride, the rules are most in need of holding.
timid = counted.map(lambda attempt: replace(attempt, act="count-to-five"))
telling = st.lists(counted, min_size=3, max_size=40) | st.lists(timid, min_size=3)
any_answers = st.builds(
    Answers,
    tension=st.integers(0, 5),
    values=st.lists(st.sampled_from(sorted(CATALOGUE.values)), max_size=3, unique=True).map(tuple),
    round=st.integers(0, 12),
    **{question: st.sampled_from(codes) for question, codes in CODES.items()},
)
thorough = settings(max_examples=300)


def ladder_of(told: list[Attempt]) -> Ladder:
    return climb(told, ANCHORS)


def offered(answers: Answers, ladder: Ladder | None) -> list[str]:
    offers = choice.choose(answers, list(ACTS.values()), ladder=ladder)
    return [offer.act.id for offer in offers]


# --- What it never changes -------------------------------------------------


FIXED = {
    "yes": (-1.25, -0.25, 0.75),
    "unsure": (-1.5, -0.75, 0.0),
    "": (-1.5, -0.75, 0.25),
    "no": (-1.75, -1.0, -0.5),
}


@thorough
@given(answers=any_answers, told=st.lists(attempts, max_size=2))
def test_without_a_ladder_or_with_one_that_tells_too_little_the_offers_are_the_same(
    answers: Answers, told: list[Attempt]
) -> None:
    shift = {4: -0.25, 5: -0.5}.get(answers.tension, 0.0)
    fixed = [
        [abs(act.courage - (target + shift)) for act in ACTS.values()]
        for target in FIXED[answers.safe]
    ]
    for ladder in (None, ladder_of(told), ladder_of([*told, *[Attempt("own", Outcome.DID)] * 9])):
        places = aim.distances(answers, ladder)
        assert [[far(act) for act in ACTS.values()] for far in places] == fixed
        assert aim.in_stride(ACTS.values(), ladder) == list(ACTS.values())
        assert repr(choice.choose(answers, ACTS.values(), ladder=ladder)) == repr(
            choice.choose(answers, ACTS.values())
        )


@thorough
@given(answers=any_answers, told=telling)
def test_with_any_ladder_every_rule_of_safety_and_place_holds(
    answers: Answers, told: list[Attempt]
) -> None:
    picked = [ACTS[act] for act in offered(answers, ladder_of(told))]
    assert len({act.id for act in picked}) == choice.SLOTS
    assert picked[0].mode == "quiet"
    assert [act.courage for act in picked] == sorted(act.courage for act in picked)
    for act in picked:
        assert choice.is_allowed(act, answers)
        assert answers.setting in {"", "elsewhere", *act.settings}
        assert act.mode == "quiet" or (answers.tension < 5 and answers.safe != "no")


@thorough
@given(answers=any_answers, told=telling)
def test_with_any_ladder_unsafe_one_of_three_brings_somebody_beside(
    answers: Answers, told: list[Attempt]
) -> None:
    picked = offered(replace(answers, safe="no", round=0), ladder_of(told))
    assert any(_brings_someone_beside(act) for act in picked)


def _brings_someone_beside(act: str) -> bool:
    return ACTS[act].faces == "ally" and ACTS[act].form not in {"support", "postpone"}


@thorough
@given(answers=any_answers, told=telling)
def test_an_offer_never_lies_more_than_one_above_what_was_picked_before(
    answers: Answers, told: list[Attempt]
) -> None:
    ladder = ladder_of(told)
    assert ladder.highest == max(ANCHORS[attempt.act] for attempt in told)
    above = [act for act in offered(answers, ladder) if ANCHORS[act] > ladder.highest + 1]
    if above:
        assert answers.safe == "no"
        assert len(above) == 1
        assert _brings_someone_beside(above[0])


def test_doing_well_leads_up_step_by_step_and_never_by_a_leap() -> None:
    calm = Answers(tension=2, safe="yes", setting="work", helps="yes")
    told = [Attempt("count-to-five", Outcome.DID)] * 12
    highest = [max(ANCHORS[attempt.act] for attempt in told)]
    while len(told) < 40:
        furthest = offered(calm, ladder_of(told))[-1]
        highest.append(max(highest[-1], ANCHORS[furthest]))
        told.append(Attempt(furthest, Outcome.DID))
    assert all(after - before <= 1 for before, after in pairwise(highest))
    assert highest[-1] >= 1


def test_where_little_is_in_stride_the_next_easiest_come_in() -> None:
    quiet = [act for act in ACTS.values() if act.mode == "quiet" and act.courage >= 0]
    ladder = ladder_of([Attempt("count-to-five", Outcome.NOT_YET)] * 3)
    assert ladder.highest is not None
    assert ladder.highest < -1
    shown = aim.in_stride(quiet, ladder)
    assert len(shown) >= choice.SLOTS
    assert max(act.courage for act in shown) == sorted(act.courage for act in quiet)[2]


# --- What it changes -------------------------------------------------------


def _aims(ladder: Ladder, answers: Answers) -> list[float]:
    """Give the chance that each place looks for, so where its distance is least."""
    untried = ACTS["count-to-five"].model_copy(update={"id": "untried"})
    shelf = [untried.model_copy(update={"courage": n / 100}) for n in range(-800, 800)]
    nearest = [min(shelf, key=distance) for distance in aim.distances(answers, ladder)]
    return [ladder.chance(act.id, act.courage) for act in nearest]


SAFE = Answers(tension=2, safe="yes")
DID, NOT_YET = (Attempt("ask-for-time", outcome) for outcome in (Outcome.DID, Outcome.NOT_YET))
MISSED = Attempt("ask-for-time", Outcome.NO_CHANCE)


def test_the_three_places_look_for_nearly_sure_likely_and_more_than_even() -> None:
    assert _aims(ladder_of([DID, NOT_YET, DID]), SAFE) == pytest.approx([0.9, 0.75, 0.55], abs=5e-3)


@pytest.mark.parametrize(
    ("told", "after_misses"),
    [
        ([DID, NOT_YET, NOT_YET], True),
        ([DID, NOT_YET, MISSED, NOT_YET, MISSED], True),
        ([DID, NOT_YET, NOT_YET, NOT_YET], True),
        ([NOT_YET, DID, NOT_YET], False),
        ([NOT_YET, NOT_YET, DID], False),
        ([NOT_YET, NOT_YET, replace(DID, outcome=Outcome.PARTLY)], False),
    ],
)
def test_after_two_misses_in_a_row_the_places_look_for_likelier_acts(
    told: list[Attempt], after_misses: bool
) -> None:
    expected = [0.9, 0.85, 0.75] if after_misses else [0.9, 0.75, 0.55]
    assert _aims(ladder_of(told), SAFE) == pytest.approx(expected, abs=5e-3)


@pytest.mark.parametrize(
    "cautious", [*({"safe": code} for code in ("no", "unsure", "")), {"tension": 4}]
)
def test_being_unsure_or_tense_looks_for_likelier_acts_on_every_place(
    cautious: dict[str, object],
) -> None:
    ladder = ladder_of([DID] * 4)
    calm, careful = _aims(ladder, SAFE), _aims(ladder, SAFE.having(cautious))
    assert all(after > before for before, after in zip(calm, careful, strict=True))


def test_who_dares_more_is_offered_more() -> None:
    def reach(outcome: Outcome) -> float:
        ladder = ladder_of([Attempt(act, outcome) for act in sorted(ANCHORS)[::3]])
        calm = [SAFE.having({"setting": code}) for code in CODES["setting"]]
        return sum(ANCHORS[act] for answers in calm for act in offered(answers, ladder))

    assert reach(Outcome.NOT_YET) < reach(Outcome.PARTLY) < reach(Outcome.DID) - 30
