"""What many runs say together, and how sure that is: means, shares and quantiles with errors."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripple.errors import BadChoice


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number that was estimated from runs.

    Attributes:
        value: The estimate.
        error: Its standard error; NaN where a single run tells none.
    """

    value: float
    error: float

    def __str__(self) -> str:
        return f"{self.value:.4g} ± {self.error:.2g}"


def mean(values: NDArray[np.int64]) -> Estimate:
    """Give the mean, with s / sqrt(n) as its error."""
    spread = float(values.std(ddof=1)) if len(values) > 1 else math.nan
    return Estimate(float(values.mean()), spread / math.sqrt(len(values)))


def share(holds: NDArray[np.bool_]) -> Estimate:
    """Give the share of runs in which something holds.

    The error is half the width of the score interval at one standard error (Wilson 1927), so that
    it is not 0 where something held always or never.
    """
    runs = len(holds)
    part = float(holds.mean())
    width = math.sqrt(part * (1 - part) / runs + 1 / (4 * runs**2))
    return Estimate(part, width / (1 + 1 / runs))


def quantile(values: NDArray[np.int64], level: float) -> Estimate:
    """Give the quantile at a level from 0 to 1.

    The error is half the distance between the values that stand one standard error of the *rank*
    below and above, sqrt(n p (1 - p)) (Woodruff 1952): nothing is supposed about how runs spread.

    Raises:
        BadChoice: The level is outside 0 to 1.
    """
    if not 0 <= level <= 1:
        raise BadChoice(f"a quantile at {level} does not exist; give a level from 0 to 1")
    if len(values) == 1:
        return Estimate(float(values[0]), math.nan)
    away = math.sqrt(level * (1 - level) / len(values))
    levels = np.clip([level - away, level, level + away], 0.0, 1.0)
    low, middle, high = np.quantile(values, levels)
    return Estimate(float(middle), float(high - low) / 2)
