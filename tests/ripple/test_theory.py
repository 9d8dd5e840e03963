"""What was published for infinitely many people comes out of the formulas, digit for digit."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ripple import theory
from ripple.errors import BadChoice

FRACTIONS = st.floats(0.01, 1)
DEGREES = st.floats(0.1, 30)


def test_the_window_of_watts() -> None:
    window = theory.cascade_window(0.18)
    assert window is not None
    assert window.low == pytest.approx(1.020704, abs=5e-7)
    assert window.high == pytest.approx(5.764677, abs=5e-7)


def test_where_all_wait_for_many_no_single_voice_is_enough() -> None:
    assert theory.cascade_window(0.3) is None
    assert theory.cascade_window(1) is None


@pytest.mark.parametrize(
    ("z", "share"), [(1.4, 0.478), (2, 0.754), (3, 0.874), (4, 0.865), (5, 0.695)]
)
def test_the_share_of_starters_who_set_off_a_global_cascade(z: float, share: float) -> None:
    # Three digits were noted, at z = 3 of .8735: so to one and a half of the last one.
    assert theory.global_cascade_share(z, 0.18) == pytest.approx(share, abs=1.5e-3)


def test_outside_the_window_the_share_is_nothing() -> None:
    assert theory.global_cascade_share(1.0, 0.18) == 0
    assert theory.global_cascade_share(5.77, 0.18) == 0
    assert 0 < theory.global_cascade_share(5.76, 0.18) < 0.5


@pytest.mark.parametrize(
    ("z", "phi", "seeds", "size"),
    [(10, 0.18, 0.01, 0.01968), (10, 0.18, 0.02, 0.99996), (6, 0.3, 0.05, 0.10716)],
)
def test_the_final_size_of_gleeson_and_cahalane(
    z: float, phi: float, seeds: float, size: float
) -> None:
    assert theory.final_size(z, phi, seeds) == pytest.approx(size, abs=5e-6)


@pytest.mark.parametrize(("k", "onset"), [(3, 3.350919), (4, 5.149403), (5, 6.799275)])
def test_the_mean_degree_at_which_a_core_appears(k: int, onset: float) -> None:
    assert theory.kcore_onset(k).mean_degree == pytest.approx(onset, abs=6e-7)


def test_the_three_core_begins_with_a_quarter_of_all() -> None:
    assert theory.kcore_onset(3).share == pytest.approx(0.26758, abs=5e-6)
    # The size comes out of another formula than the onset; near it, it falls like a square root.
    assert theory.kcore_size(3.350919, 3) == pytest.approx(0.26758, abs=1e-3)
    assert theory.kcore_size(3.3509, 3) == pytest.approx(0, abs=1e-9)


def test_the_two_core_is_the_giant_component_without_its_trees() -> None:
    # The giant component holds v = 1 - e^{-z v}; of it those with two ties into it: all but
    # those with none and those with one, P(Poisson(z v) >= 2).
    part = 1 - math.exp(-2 * 0.7968121300200199)
    assert part == pytest.approx(0.7968121300200199)
    assert theory.kcore_size(2, 2) == pytest.approx(1 - (1 - part) * (1 + 2 * part))


@given(DEGREES, FRACTIONS, st.floats(0, 1), st.floats(0, 1))
def test_more_starters_never_move_fewer(z: float, phi: float, one: float, two: float) -> None:
    few, many = sorted((one, two))
    sizes = theory.final_size(z, phi, few), theory.final_size(z, phi, many)
    assert few - 1e-9 <= sizes[0] <= sizes[1] + 1e-9 <= 1 + 1e-6


@given(DEGREES, FRACTIONS)
def test_shares_are_shares_and_are_nothing_just_where_the_window_ends(z: float, phi: float) -> None:
    share, window = theory.global_cascade_share(z, phi), theory.cascade_window(phi)
    assert 0 <= share < 1
    assert (share > 0) == (window is not None and window.low < z < window.high)


@pytest.mark.parametrize("phi", [0, -0.1, 1.1, math.nan])
def test_a_fraction_outside_its_range_is_refused(phi: float) -> None:
    for call in (
        lambda: theory.cascade_window(phi),
        lambda: theory.global_cascade_share(3, phi),
        lambda: theory.final_size(3, phi, 0.1),
    ):
        with pytest.raises(BadChoice, match="phi is"):
            call()


def test_other_numbers_outside_their_range_are_refused() -> None:
    with pytest.raises(BadChoice, match="z is"):
        theory.final_size(math.inf, 0.2, 0.1)
    with pytest.raises(BadChoice, match="seeds is"):
        theory.final_size(3, 0.2, 1.2)
    with pytest.raises(BadChoice, match="k is 2"):
        theory.kcore_onset(2)
    with pytest.raises(BadChoice, match="k is 1"):
        theory.kcore_size(3, 1)
