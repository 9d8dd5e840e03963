"""What runs say together: means, shares and quantiles, with honest standard errors."""

import math

import numpy as np
import pytest

from ripple import BadChoice, estimates


def test_the_mean_has_the_textbook_error() -> None:
    found = estimates.mean(np.array([2, 4, 4, 4, 5, 5, 7, 9]))
    assert found.value == 5
    assert found.error == pytest.approx(math.sqrt(32 / 7) / math.sqrt(8))


def test_a_share_of_all_or_nothing_is_not_certain() -> None:
    assert estimates.share(np.ones(100, dtype=bool)).value == 1
    assert estimates.share(np.ones(100, dtype=bool)).error == pytest.approx(0.5 / 101)
    assert estimates.share(np.zeros(100, dtype=bool)).error == pytest.approx(0.5 / 101)


def test_a_share_of_many_has_the_binomial_error() -> None:
    holds = np.arange(10_000) < 3_000
    assert estimates.share(holds).error == pytest.approx(math.sqrt(0.3 * 0.7 / 10_000), rel=1e-3)


@pytest.mark.parametrize("level", [0.1, 0.5, 0.9])
def test_the_error_of_a_quantile_is_how_much_it_varies(level: float) -> None:
    # Of uniform numbers the quantile p of n varies by sqrt(p (1 - p) / n).
    generator = np.random.default_rng(3)
    found = [estimates.quantile(generator.integers(0, 10**6, 400), level).error for _ in range(200)]
    exact = 10**6 * math.sqrt(level * (1 - level) / 400)
    # Each estimate of the error varies by about a fifth, so 200 of them by under 2 %; the clipping
    # of ranks and the interpolation between them take a little off.
    assert np.mean(found) == pytest.approx(exact, rel=0.08)


def test_a_quantile_outside_its_range_is_refused() -> None:
    with pytest.raises(BadChoice, match=r"quantile at 1\.2 does not exist"):
        estimates.quantile(np.array([1, 2]), 1.2)


def test_an_estimate_reads_as_a_number_with_its_error() -> None:
    assert str(estimates.Estimate(12.3456, 0.789)) == "12.35 ± 0.79"
