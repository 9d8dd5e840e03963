"""What the literature computes by hand for large random networks, to hold simulations against.

All formulas are for Erdős-Rényi networks: few short circles, so that a neighbourhood is a tree,
and contacts that are Poisson distributed around a mean `z`. They are exact for infinitely many
people; docs/ripple.md shows how far simulations of finite ones lie from them, and why.

Where a fraction becomes a count, the library's rounding holds: `ceil(phi * contacts - 1e-9)`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripple.errors import BadChoice

ROUNDING = 1e-9
FINE_ENOUGH = 1e-13
STEPS = 100_000


@dataclass(frozen=True, slots=True)
class Window:
    """The mean degrees between which one starter can move a share of everybody.

    Attributes:
        low: Below it too few are tied to each other.
        high: Above it each single voice is one among too many.
    """

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Onset:
    """Where a core appears, all at once.

    Attributes:
        mean_degree: The mean degree from which on there is a core.
        share: The share of everybody in it at that very point: it does not begin at nothing.
    """

    mean_degree: float
    share: float


def cascade_window(phi: float) -> Window | None:
    """Find between which mean degrees a single starter can set off a global cascade.

    A person is vulnerable when one speaking contact is enough, so with at most 1 / phi contacts.
    Global cascades need a giant cluster of vulnerable people: sum over d <= 1 / phi of
    d (d - 1) p_d > z, which for Poisson degrees is z P(Poisson(z) <= 1 / phi - 2) > 1.
    Source: D. J. Watts, "A simple model of global cascades on random networks",
    PNAS 99 (2002) 5766-5771.

    Args:
        phi: The fraction of their contacts that everybody waits for, above 0, at most 1.

    Returns:
        The window, or None where phi is so high that there is none.

    Raises:
        BadChoice: phi is not in (0, 1].
    """
    most = _vulnerable_up_to(phi)

    def reach(z: float) -> float:
        return z * _at_most(most - 2, z) - 1

    peak = _highest(reach, 0, most + 1)
    if reach(peak) <= 0:
        return None
    return Window(_root(reach, 0, peak), _root(reach, peak, _beyond(reach, peak)))


def global_cascade_share(z: float, phi: float) -> float:
    """Give the probability that one starter, drawn from everybody, sets off a global cascade.

    It is the chance to have a tie into the giant cluster of vulnerable people,
    1 - e^{z (u - 1)}, where u = 1 - sum over d <= 1 / phi of (d p_d / z) (1 - u^{d - 1}) is the
    chance that a tie does not lead there. Source: Watts 2002 (see `cascade_window`), with the
    generating functions of D. S. Callaway and others, Phys. Rev. Lett. 85 (2000) 5468.

    Args:
        z: The mean degree, above 0.
        phi: The fraction of their contacts that everybody waits for, above 0, at most 1.

    Raises:
        BadChoice: z or phi is outside its range.
    """
    most = _vulnerable_up_to(phi)
    _check_degree(z)
    if z * _at_most(most - 2, z) <= 1:
        return 0.0
    degrees = np.arange(1, most + 1)
    # d p_d / z of a Poisson distribution is the chance of d - 1.
    weights = _poisson(z, most)[:-1]

    def excess(u: float) -> float:
        return 1 - float(np.sum(weights * (1 - u ** (degrees - 1)))) - u

    # The excess is convex and 0 at 1, too: it falls through its other root, and stays below.
    return 1 - math.exp(z * (_root(excess, 1, 0) - 1))


def final_size(z: float, phi: float, seeds: float) -> float:
    """Give the share that speaks in the end when a share of everybody starts, drawn at random.

    q = s + (1 - s) sum_d (d p_d / z) P(Binomial(d - 1, q) >= c_d) is iterated from s upwards,
    c_d = ceil(phi d); the size is s + (1 - s) sum_d p_d P(Binomial(d, q) >= c_d).
    Source: J. P. Gleeson and D. J. Cahalane, "Seed size strongly affects cascades on random
    networks", Phys. Rev. E 75 (2007) 056103.

    Args:
        z: The mean degree, above 0.
        phi: The fraction of their contacts that everybody waits for, above 0, at most 1.
        seeds: The share of everybody that starts, from 0 to 1.

    Raises:
        BadChoice: One of them is outside its range.
    """
    _check_fraction(phi)
    _check_degree(z)
    if not 0 <= seeds <= 1:
        raise BadChoice(f"seeds is {seeds}: give the share of everybody that starts, 0 to 1.")
    degrees = np.arange(_far_end(z) + 1)
    chances = _poisson(z, len(degrees) - 1)
    counts = np.maximum(np.ceil(phi * degrees - ROUNDING).astype(np.int64), 1)
    tied = _Followers(degrees[1:] - 1, counts[1:])
    q = seeds
    for _ in range(STEPS):
        before = q
        q = seeds + (1 - seeds) * float(chances[:-1] @ tied.share(q))
        if q - before < FINE_ENOUGH:
            break
    return seeds + (1 - seeds) * float(chances @ _Followers(degrees, counts).share(q))


def kcore_size(z: float, k: int) -> float:
    """Give the share of everybody in the k-core: the people who keep k contacts in it.

    The largest solution of l = z P(Poisson(l) >= k - 1) gives the share P(Poisson(l) >= k).
    Source: B. Pittel, J. Spencer and N. Wormald, "Sudden emergence of a giant k-core in a random
    graph", J. Combin. Theory B 67 (1996) 111-151.

    Args:
        z: The mean degree, above 0.
        k: How many contacts each keeps, at least 2.

    Raises:
        BadChoice: z or k is outside its range.
    """
    _check_core(k)
    _check_degree(z)
    within = z
    for _ in range(STEPS):
        before, within = within, z * (1 - _at_most(k - 2, within))
        if before - within < FINE_ENOUGH:
            break
    return 1 - _at_most(k - 1, within)


def kcore_onset(k: int) -> Onset:
    """Find the mean degree at which a k-core appears, and how large it is at once.

    The onset is the minimum over l > 0 of l / P(Poisson(l) >= k - 1). Source: see `kcore_size`.

    Args:
        k: How many contacts each keeps, at least 3; the 2-core grows from nothing.

    Raises:
        BadChoice: k is below 3.
    """
    if k < 3:
        raise BadChoice(f"k is {k}: a core appears all at once from k = 3 on; give 3 or more.")

    def kept(within: float) -> float:
        return (1 - _at_most(k - 2, within)) / within

    at = _highest(kept, 1e-3, 2 * k + 10)
    return Onset(1 / kept(at), 1 - _at_most(k - 1, at))


class _Followers:
    """How likely at least `counts` of `contacts` speak, when each does with chance q."""

    def __init__(self, contacts: NDArray[np.int64], counts: NDArray[np.int64]) -> None:
        most = int(contacts.max())
        factorials = np.array([math.lgamma(number + 1) for number in range(most + 1)])
        self.speaking = np.arange(most + 1)
        self.silent = contacts[:, None] - self.speaking
        possible = (self.silent >= 0) & (self.speaking >= counts[:, None])
        self.silent = np.maximum(self.silent, 0)
        ways = factorials[contacts][:, None] - factorials - factorials[self.silent]
        self.ways = np.where(possible, ways, -np.inf)

    def share(self, q: float) -> NDArray[np.float64]:
        """Give that chance, for each number of contacts."""
        yes, no = math.log(max(q, 1e-300)), math.log(max(1 - q, 1e-300))
        chances = np.exp(self.ways + self.speaking * yes + self.silent * no)
        return np.asarray(chances.sum(axis=1), dtype=np.float64)


def _vulnerable_up_to(phi: float) -> int:
    _check_fraction(phi)
    return math.floor((1 + ROUNDING) / phi)


def _poisson(mean: float, most: int) -> NDArray[np.float64]:
    """Give the chances of 0, 1, …, most."""
    factorials = np.array([math.lgamma(number + 1) for number in range(most + 1)])
    logs = np.arange(most + 1) * math.log(mean) - mean - factorials
    return np.asarray(np.exp(logs), dtype=np.float64)


def _at_most(most: int, mean: float) -> float:
    if most < 0 or mean <= 0:
        return float(most >= 0)
    return min(1.0, float(_poisson(mean, most).sum()))


def _far_end(z: float) -> int:
    # Beyond twelve standard deviations and some, less is left than a double can tell.
    return math.ceil(z + 12 * math.sqrt(z) + 20)


def _beyond(height: Callable[[float], float], start: float) -> float:
    end = start + 1
    while height(end) > 0:
        end *= 2
    return end


def _root(height: Callable[[float], float], low: float, high: float) -> float:
    """Halve between where the height is not above 0 and where it is, whichever comes first."""
    rising = height(high) > height(low)
    for _ in range(200):
        middle = (low + high) / 2
        if (height(middle) > 0) == rising:
            high = middle
        else:
            low = middle
    return (low + high) / 2


def _highest(height: Callable[[float], float], low: float, high: float) -> float:
    """Find the highest point of a single hump, by golden sections."""
    golden = (math.sqrt(5) - 1) / 2
    for _ in range(120):
        left, right = high - golden * (high - low), low + golden * (high - low)
        low, high = (low, right) if height(left) > height(right) else (left, high)
    return (low + high) / 2


def _check_fraction(phi: float) -> None:
    if not 0 < phi <= 1:
        raise BadChoice(f"phi is {phi}: give the fraction of contacts, above 0 and at most 1.")


def _check_degree(z: float) -> None:
    if not 0 < z < math.inf:
        raise BadChoice(f"z is {z}: give a mean degree above 0.")


def _check_core(k: int) -> None:
    if k < 2:
        raise BadChoice(f"k is {k}: give how many contacts each keeps, 2 or more.")
