"""Thresholds: how many of their contacts must speak before somebody does.

Everywhere else a threshold is a *count* (int32) of others among one's contacts: 0 speaks anyway,
`NEVER` never does. Shares of one's contacts (0 to 1) and answers out of ten become counts here.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ripple.errors import BadThreshold

if TYPE_CHECKING:
    from ripple.network import Group

NEVER: Final = 2**31 - 1

# A share such as 0.07 of 100 contacts is 7.000000000000001 in floats: a plain ceil would say 8.
_SLACK = 1e-9


def counted(k: ArrayLike | None, people: int) -> NDArray[np.int32]:
    """Give thresholds as counts, one a person.

    Args:
        k: Counts of others among one's contacts, shape (people,), or one for all.
        people: How many people there are.

    Returns:
        int32, shape (people,).

    Raises:
        BadThreshold: One is absent, negative or no whole number, or their number is wrong.
    """
    given = np.asarray(k)
    if given.ndim == 0 and isinstance(k, float) and math.isinf(k) and k > 0:
        given = np.asarray(NEVER)
    _refuse_other_than_counts(given)
    _need_shape(given, people)
    wrong = (given < 0) | (given > NEVER)
    if np.any(wrong):
        raise BadThreshold(
            f"{_named(given, wrong)}; counts go from 0 (speaks anyway) to NEVER ({NEVER})."
        )
    counts = given.astype(np.int32, copy=False)
    return counts if given.ndim else np.full(people, counts, dtype=np.int32)


def from_fractions(group: Group, phi: ArrayLike) -> NDArray[np.int32]:
    """Turn shares of one's contacts into counts: ceil(phi * contacts), at least 1 where phi > 0.

    Args:
        group: The people and their ties.
        phi: Shares from 0 (speaks anyway) to 1 (all contacts), math.inf for never; shape (people,)
            or one for all.

    Returns:
        int32, shape (people,).

    Raises:
        BadThreshold: A share is absent, NaN, or outside 0 to 1, or their number is wrong.
    """
    shares = _shares(phi)
    _need_shape(shares, group.people)
    wrong = ~((shares >= 0) & ((shares <= 1) | (shares == math.inf)))
    if np.any(wrong):
        raise BadThreshold(
            f"{_named(shares, wrong)}; a share goes from 0 to 1, and math.inf is never "
            "(counts of people need no turning: give them as whole numbers)."
        )
    never = np.isinf(shares)
    counts = np.ceil(np.where(never, 0.0, shares) * group.degrees - _SLACK)
    counts = np.where(shares > 0, np.maximum(counts, 1), 0)
    return np.where(never, NEVER, counts).astype(np.int32)


def from_answers(group: Group, answers: Iterable[Any], of: int = 10) -> NDArray[np.int32]:
    """Turn answers to "if how many of ten spoke, would you?" into counts.

    Args:
        group: The people and their ties.
        answers: One a person: a number from 0 to `of`, or None or "never".
        of: Out of how many was asked.

    Returns:
        int32, shape (people,).

    Raises:
        BadThreshold: An answer is outside 0 to `of` or no number, or their number is wrong.
    """
    return from_fractions(group, shares_of_answers(answers, of))


def shares_of_answers(answers: Iterable[Any], of: int = 10) -> NDArray[np.float64]:
    """Turn answers out of `of` into shares from 0 to 1; None and "never" become math.inf.

    Raises:
        BadThreshold: An answer is outside 0 to `of` or no number, or `of` is not above 0.
    """
    if of < 1:
        raise BadThreshold(f"answers are out of {of}; give the number that was asked out of.")
    return np.array([_share(at, answer, of) for at, answer in enumerate(answers)], dtype=np.float64)


def _share(at: int, answer: Any, of: int) -> float:
    if answer is None or answer == "never":
        return math.inf
    try:
        value = float(answer)
    except (TypeError, ValueError):
        value = math.nan
    if not 0 <= value <= of:
        raise BadThreshold(
            f'answer {at} is {answer!r}; give a number from 0 to {of}, or "never" (None).'
        )
    return value / of


def _shares(phi: ArrayLike) -> NDArray[np.float64]:
    given = np.asarray(phi)
    if given.dtype.kind == "O":
        _refuse_absent(given)
    try:
        return given.astype(np.float64)
    except (TypeError, ValueError):
        raise BadThreshold(f"thresholds of {given.dtype} are no numbers; give shares.") from None


def _refuse_other_than_counts(given: NDArray[Any]) -> None:
    if given.dtype.kind == "O":
        _refuse_absent(given)
    if given.dtype.kind in "iu" or given.size == 0:
        return
    if given.dtype.kind == "f":
        if np.isnan(given).any():
            raise BadThreshold(
                f"{_named(given, np.isnan(given))}; give a count, or NEVER for who never would."
            )
        raise BadThreshold(
            f"{_named(given, np.ones(given.shape, bool))}, and counts are whole numbers: give an "
            "array of integers, or turn shares into counts with ripple.from_fractions."
        )
    values = enumerate(given.ravel().tolist())
    at, value = next((at, one) for at, one in values if not _is_count(one))
    name = f"threshold {at}" if given.ndim else "the threshold"
    raise BadThreshold(f"{name} is {value!r}; give a whole number from 0 to NEVER ({NEVER}).")


def _is_count(value: Any) -> bool:
    return type(value) is int and 0 <= value <= NEVER


def _refuse_absent(given: NDArray[Any]) -> None:
    absent = np.array([one is None for one in given.ravel()], dtype=bool).reshape(given.shape)
    if absent.any():
        raise BadThreshold(
            f"{_named(given, absent)}; give a count, or NEVER for who never would "
            '(ripple.from_answers takes None and "never").'
        )


def _need_shape(given: NDArray[Any], people: int) -> None:
    if given.ndim and given.shape != (people,):
        raise BadThreshold(
            f"there are thresholds of shape {given.shape} for {people} people; give one a person, "
            "or one for all."
        )


def _named(given: NDArray[Any], wrong: NDArray[np.bool_]) -> str:
    """Say which threshold is the first that is wrong."""
    if given.ndim == 0:
        return f"the threshold is {given.item()}"
    at = tuple(int(axis[0]) for axis in np.nonzero(wrong))
    return f"threshold {at[0] if len(at) == 1 else at} is {given[at]}"
