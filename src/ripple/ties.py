"""Ties as two columns of ids: looked over one by one, and laid in compressed rows.

Each tie stands here once, as a pair. `rows` turns pairs into both ways, sorted by person; `tidied`
makes pairs of what real files hold: doubles, both directions, ties with oneself.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ripple.errors import BadNetwork

MOST_PEOPLE = 2**31 - 1
MOST_TIES = 2**31 - 1

Ids = NDArray[np.integer[Any]]
Rows = tuple[NDArray[np.int64], NDArray[np.uint32]]

_LOW = np.uint64(2**32 - 1)
_HALF = np.uint64(32)
# Where the low half of a uint64 stands among two uint32.
_LOW_HALF = 0 if np.little_endian else 1


def columns(pairs: Iterable[Any]) -> tuple[Ids, Ids]:
    """Give pairs as two columns.

    Args:
        pairs: Integers of shape (ties, 2), or anything that gives pairs one by one.

    Raises:
        BadNetwork: Something in it is no pair, or an id is no integer.
    """
    table = pairs if isinstance(pairs, np.ndarray) else _table(list(pairs))
    if table.size == 0 and table.ndim <= 2:
        none = np.empty(0, dtype=np.int64)
        return none, none
    if table.ndim != 2 or table.shape[1] != 2:
        raise BadNetwork(
            f"the ties have the shape {table.shape}, and must have (ties, 2); give one row a tie, "
            "with the ids of two people."
        )
    return table[:, 0], table[:, 1]


def rows(sources: Any, targets: Any, people: int | None = None) -> Rows:
    """Lay ties in compressed rows, both ways, ascending within a person.

    Args:
        sources: One end of each tie, integers, shape (ties,).
        targets: The other end, the same shape.
        people: How many people there are; without it, one more than the highest id.

    Returns:
        indptr, int64 of shape (people + 1,), and indices, uint32 of shape (2 * ties,).

    Raises:
        BadNetwork: An id is no integer, negative or too high, a tie is with oneself or stands
            there twice, or there are too many.
    """
    ends = _looked_over(sources, targets)
    people = _headcount(ends, people)
    _refuse_oneself(*ends)
    keys = _keys(*ends)
    keys.sort()
    _refuse_doubles(keys, *ends)
    return _split(keys, people)


def rows_of_csr(indptr: Any, indices: Any) -> Rows:
    """Check compressed rows that came from elsewhere, and give them sorted.

    Raises:
        BadNetwork: The rows do not fit together, or a tie is there one way only, twice, or with
            oneself.
    """
    starts, ends = _integers(indptr, "indptr"), _integers(indices, "indices")
    _refuse_broken_rows(starts, len(ends))
    people = len(starts) - 1
    sources = np.repeat(np.arange(people, dtype=np.uint32), np.diff(starts))
    _headcount((sources, ends), people)
    _refuse_oneself(sources, ends)
    keys = _pack(sources, ends, np.empty(len(ends), dtype=np.uint64))
    keys.sort()
    _refuse_doubles(keys, sources, ends)
    _refuse_one_way(keys, _pack(ends, sources, np.empty(len(ends), dtype=np.uint64)))
    return _split(keys, people)


def tidied(pairs: Iterable[Any]) -> NDArray[np.int64]:
    """Drop ties with oneself and doubles, in either direction.

    Args:
        pairs: Integers of shape (anything, 2), or an iterable of pairs.

    Returns:
        Each tie once, the lower id first, ascending, int64, shape (ties, 2).

    Raises:
        BadNetwork: Something in it is no pair, or an id is no integer, negative or too high.
    """
    one, other = _looked_over(*columns(pairs))
    _headcount((one, other), None)
    apart = one != other
    low, high = np.minimum(one, other)[apart], np.maximum(one, other)[apart]
    keys = _pack(low, high, np.empty(len(low), dtype=np.uint64))
    keys.sort()
    keys = keys[np.diff(keys, prepend=~keys[:1]) != 0]
    return np.stack([keys >> _HALF, keys & _LOW], axis=1).astype(np.int64)


def need_people(people: Any) -> int:
    """Give a number of people that can be counted with.

    Raises:
        BadNetwork: It is no whole number from 0 to 2^31 - 1.
    """
    if isinstance(people, bool) or not isinstance(people, int | np.integer):
        raise BadNetwork(f"people is {people!r}; give a whole number of people.")
    if not 0 <= people <= MOST_PEOPLE:
        raise BadNetwork(f"people is {people}; give a number from 0 to {MOST_PEOPLE}.")
    return int(people)


def _table(pairs: list[Any]) -> NDArray[Any]:
    try:
        table = np.array(pairs)
    except (ValueError, OverflowError):
        table = np.empty(0, dtype=object)
    if table.ndim == 2 and table.shape[1] == 2 and table.dtype.kind in "iu":
        return table
    for at, pair in enumerate(pairs):
        _refuse_no_pair(at, pair)
    return table


def _refuse_no_pair(at: int, pair: Any) -> None:
    try:
        one, other = pair
    except (TypeError, ValueError):
        raise BadNetwork(f"tie {at} is {pair!r}; give two ids for each tie.") from None
    for end in (one, other):
        if isinstance(end, bool) or not isinstance(end, int | np.integer):
            raise BadNetwork(
                f"tie {at} has the id {end!r}, which is no whole number; number the people "
                "0, 1, 2 … first (ripple.reading does it for names in a file)."
            )
        if end > MOST_PEOPLE:
            raise BadNetwork(f"tie {at} has the id {end}; ids go up to {MOST_PEOPLE - 1}.")


def _looked_over(sources: Any, targets: Any) -> tuple[Ids, Ids]:
    one, other = _integers(sources, "sources"), _integers(targets, "targets")
    if len(one) != len(other):
        raise BadNetwork(
            f"there are {len(one)} sources and {len(other)} targets; give both for each tie."
        )
    if len(one) > MOST_TIES:
        raise BadNetwork(
            f"there are {len(one)} ties, and {MOST_TIES} (2^31 - 1) is the most; take a part of "
            "the network, or a sample."
        )
    return one, other


def _integers(values: Any, name: str) -> Ids:
    array = np.asarray(values)
    if array.ndim != 1:
        raise BadNetwork(f"{name} has the shape {array.shape}; give one plain column of ids.")
    if array.size == 0:
        return array.astype(np.int64)
    if array.dtype.kind not in "iu":
        raise BadNetwork(
            f"{name} holds {array.dtype} ({name}[0] is {array[0]!r}), and ids are whole numbers; "
            "number the people 0, 1, 2 … first."
        )
    return array


def _headcount(ends: tuple[Ids, Ids], people: int | None) -> int:
    highest = max((int(ids.max()) for ids in ends if len(ids)), default=-1)
    known = need_people(highest + 1 if people is None else people)
    for ids in ends:
        if len(ids) and ids.min() < 0:
            _refuse_id(ends, int(np.argmax(ids < 0)), "ids begin at 0; number the people anew.")
        if len(ids) and ids.max() >= known:
            remedy = f"there are {known} people, so ids go up to {known - 1}; give more people."
            _refuse_id(ends, int(np.argmax(ids >= known)), remedy)
    return known


def _refuse_id(ends: tuple[Ids, Ids], at: int, remedy: str) -> None:
    raise BadNetwork(f"tie {at} is ({ends[0][at]}, {ends[1][at]}): {remedy}")


def _refuse_oneself(one: Ids, other: Ids) -> None:
    same = one == other
    if same.any():
        at = int(np.argmax(same))
        raise BadNetwork(
            f"tie {at} is ({one[at]}, {other[at]}): nobody has a tie with themselves; leave it out "
            "(ripple.tidied does)."
        )


def _keys(one: Ids, other: Ids) -> NDArray[np.uint64]:
    """Give both ways of each tie as one number, person above, contact below: one plain sort."""
    ties = len(one)
    keys = np.empty(2 * ties, dtype=np.uint64)
    _pack(one, other, keys[:ties])
    _pack(other, one, keys[ties:])
    return keys


def _pack(high: Ids, low: Ids, into: NDArray[np.uint64]) -> NDArray[np.uint64]:
    into[:] = high
    into <<= _HALF
    np.bitwise_or(into, low, out=into, dtype=np.uint64, casting="unsafe")
    return into


def _split(keys: NDArray[np.uint64], people: int) -> Rows:
    begins = np.arange(people + 1, dtype=np.uint64) << _HALF
    indptr = np.searchsorted(keys, begins).astype(np.int64, copy=False)
    return indptr, keys.view(np.uint32)[_LOW_HALF::2].copy()


def _refuse_doubles(keys: NDArray[np.uint64], one: Ids, other: Ids) -> None:
    double = keys[1:] == keys[:-1]
    if not double.any():
        return
    key = keys[int(np.argmax(double))]
    low, high = int(key >> _HALF), int(key & _LOW)
    same = ((one == low) & (other == high)) | ((one == high) & (other == low))
    first, second = np.flatnonzero(same)[:2]
    raise BadNetwork(
        f"tie {second} is ({one[second]}, {other[second]}), and so is tie {first} "
        f"({one[first]}, {other[first]}); give each tie once, in one direction (ripple.tidied "
        "drops doubles)."
    )


def _refuse_broken_rows(indptr: Ids, entries: int) -> None:
    if len(indptr) == 0 or indptr[0] != 0:
        raise BadNetwork("indptr must begin with 0, and have one entry more than there are people.")
    falls = indptr[1:] < indptr[:-1]
    if falls.any():
        at = int(np.argmax(falls))
        raise BadNetwork(
            f"indptr falls from {indptr[at]} to {indptr[at + 1]} at person {at}; rows may not "
            "overlap."
        )
    if indptr[-1] != entries:
        raise BadNetwork(f"indptr ends at {indptr[-1]}, and there are {entries} indices; cut both.")
    if entries > 2 * MOST_TIES:
        raise BadNetwork(f"there are {entries} indices, and {2 * MOST_TIES} is the most.")


def _refuse_one_way(keys: NDArray[np.uint64], back: NDArray[np.uint64]) -> None:
    back.sort()
    differs = keys != back
    if differs.any():
        at = int(np.argmax(differs))
        # The lower of the two has no partner. One from `back` is the reverse of what is there.
        there, reverse = int(keys[at]), int(back[at])
        key = min(there, reverse)
        pair = (key >> 32, key & int(_LOW))
        one, other = pair if there < reverse else pair[::-1]
        raise BadNetwork(
            f"person {one} has person {other} as a contact, and not the other way round; ties go "
            "both ways: add the missing one, or take each tie once with Network.from_edges."
        )
