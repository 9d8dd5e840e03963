"""Whom somebody names: lists of people, checked against the group they should be in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ripple.errors import BadPeople


def named(chosen: ArrayLike, people: int, called: str) -> NDArray[np.int64]:
    """Give people as indices, int64, in the order given; somebody named twice stays twice.

    Args:
        chosen: Indices of people, whole numbers from 0.
        people: How many people there are.
        called: What this list is called where it was asked for, for the message.

    Raises:
        BadPeople: Where it is no flat list of whole numbers, or names somebody who is not there.
    """
    given = _flat(chosen, called)
    if not len(given):
        return np.zeros(0, dtype=np.int64)
    if given.dtype == np.bool_:
        raise BadPeople(f"{called} holds yes and no; give indices: numpy.flatnonzero({called})")
    if given.dtype.kind not in "iu":
        _refuse_other_than_whole(
            chosen if isinstance(chosen, list | tuple) else given.tolist(), called
        )
    if len(outside := np.flatnonzero((given < 0) | (given >= people))):
        at = outside[0]
        raise BadPeople(
            f"{called}[{at}] is {given[at]}, and there are {people} people: "
            f"{'name nobody' if not people else f'give numbers from 0 up to {people - 1}'}"
        )
    return given.astype(np.int64)


def _flat(chosen: ArrayLike, called: str) -> NDArray[Any]:
    """Give what was named as an array of one dimension, of whatever kind."""
    try:
        given = np.asarray(chosen)
    except ValueError as cause:
        raise BadPeople(f"{called} has lists of many lengths in it; give one flat list") from cause
    if given.ndim != 1:
        raise BadPeople(
            f"{called} has {given.ndim} dimensions; give a flat list of people, such as [0, 4]"
        )
    return given


def _refuse_other_than_whole(values: Iterable[Any], called: str) -> None:
    """Say which is no whole number; numbers too large for NumPy pass, and are outside anyway."""
    for at, value in enumerate(values):
        if not isinstance(value, int | np.integer) or isinstance(value, bool):
            raise BadPeople(
                f"{called}[{at}] is {value!r}; give people as whole numbers, counted from 0"
            )
