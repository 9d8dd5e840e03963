"""The group in which everybody sees everybody: both equilibria by counting, in O(n).

All hear the same number of others, so only *how many* speak matters. With F(x) the number of people
whose threshold is at most x, the least equilibrium follows x -> F(x) from 0 (Granovetter 1978); in
the greatest a speaker does not count among the others, so that x -> F(x - 1) from n.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int32]
Found = tuple[NDArray[np.int32], NDArray[np.uint32], int]


def least(k: Counts) -> Found:
    """Give rounds, order and last round of who speaks by themselves."""
    people = len(k)
    capped = np.minimum(k, people)
    at_most = _at_most(capped)
    speaking = [0]
    while (more := at_most[speaking[-1]]) > speaking[-1]:
        speaking.append(more)
    # Somebody begins in the first round that opens with enough speakers.
    first = np.searchsorted(speaking, np.arange(people + 1)).astype(np.int32)
    first[first == len(speaking)] = -1
    return _found(first[capped], len(speaking))


def greatest(k: Counts) -> Found:
    """Give rounds, order and last round of who falls silent when all begin by speaking."""
    people = len(k)
    capped = np.minimum(k, people)
    at_most = _at_most(capped)
    speaking = [people]
    while speaking[-1] and (fewer := at_most[speaking[-1] - 1]) < speaking[-1]:
        speaking.append(fewer)
    # Somebody falls silent in the first round that opens with too few others.
    silent = np.searchsorted(-np.asarray(speaking), -np.arange(people + 1)).astype(np.int32)
    silent[silent == len(speaking)] = -1
    return _found(silent[capped], len(speaking))


def _at_most(capped: Counts) -> list[int]:
    """Give for each number how many have a threshold of at most that."""
    counted: list[int] = np.cumsum(np.bincount(capped, minlength=len(capped) + 1)).tolist()
    return counted


def _found(round_: NDArray[np.int32], states: int) -> Found:
    """Give rounds, with who took part in order and the last round in which somebody did."""
    flipped = np.flatnonzero(round_ >= 0)
    order = flipped[_sorted(round_[flipped])].astype(np.uint32)
    return round_, order, max(states - 2, 0)


def _sorted(keys: NDArray[np.int32]) -> NDArray[np.int64]:
    """Sort stably in O(n): NumPy sorts 16 bits by radix, so two passes suffice."""
    low = np.argsort(keys.astype(np.uint16), kind="stable")
    if not len(keys) or keys.max() < 2**16:
        return low
    high = (keys[low] >> 16).astype(np.uint16)
    return low[np.argsort(high, kind="stable")]


def ripples(k: Counts, asked: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give how many more speak for each of these, if they alone start too.

    Whoever starts counts as one speaker more until their own threshold would have been met. So the
    ripple stops at the first y with F(y) < y, if that comes before the threshold, and else at the
    first y from the threshold on with F(y) <= y.
    """
    people = len(k)
    capped = np.minimum(k, people + 1)
    at_most = np.cumsum(np.bincount(capped, minlength=people + 2))[: people + 1]
    at = np.arange(people + 1)
    stops = _first_from(at_most <= at)
    speaking = stops[0]
    stops_without = _first_from(at_most < at)[min(speaking + 1, people)]
    own = capped[asked]
    ends = np.where(stops_without < own, stops_without, stops[np.minimum(own, people)])
    return np.where(own <= speaking, 0, ends - speaking)


def _first_from(holds: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Give for each place the first place from there on where this holds, or one past the end."""
    places = np.where(holds, np.arange(len(holds)), len(holds))
    return np.minimum.accumulate(places[::-1])[::-1]
