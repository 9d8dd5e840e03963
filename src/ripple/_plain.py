"""The kernels in NumPy alone: for small networks, without numba, and to compare the others with.

The same functions as in `_kernels`, with the same results down to the order of the queue; here the
people of one round are taken together.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Pointers = NDArray[np.int64]
People = NDArray[np.uint32]
Counts = NDArray[np.int32]
Marks = NDArray[np.int8]

# What somebody is to the ripple that is remembered, and from how many people on one is.
IN_IT, CARRIES_IT, NOBODY = 1, 2, 3
WORTH_REMEMBERING = 32


def start_speaking(indptr: Pointers, k: Counts, need: Counts, queue: People) -> int:
    """Fill in how many more each must hear before speaking, and queue whoever needs nobody.

    Args:
        indptr: Where each person's contacts begin, shape (people + 1,).
        k: How many others each waits for, shape (people,).
        need: Filled in: at most one more than there are contacts, which is never.
        queue: Its beginning is filled in, shape (people + 1,).

    Returns:
        How many stand in the queue.
    """
    need[:] = np.minimum(k, np.diff(indptr) + 1)
    return _queued(need, queue)


def start_silent(indptr: Pointers, k: Counts, need: Counts, queue: People) -> int:
    """Fill in how many must fall silent before each does too, and queue whoever does at once.

    The arguments are those of `start_speaking`. Who waits for nobody needs more silence than there
    are contacts.
    """
    need[:] = np.maximum(np.diff(indptr) - k + 1, 0)
    return _queued(need, queue)


def cascade(
    indptr: Pointers,
    indices: People,
    need: Counts,
    queue: People,
    ends: People,
    begin: int,
    filled: int,
) -> tuple[int, int]:
    """Let each person in the queue lower what their contacts need; who reaches 0 joins the queue.

    Args:
        indptr: Where each person's contacts begin.
        indices: The contacts.
        need: What each still needs; changed. Whoever stands in the queue has 0 or less.
        queue: Shape (people + 1,): one place more, so that a push can be written before it is sure.
        ends: Filled in: where in the queue each round ends, shape (people + 1,).
        begin: The first in the queue whose contacts were not told yet.
        filled: How many stand in the queue.

    Returns:
        How many stand in the queue now, and in how many rounds.
    """
    levels = 0
    while begin < filled:
        ends[levels] = filled
        levels += 1
        told = contacts(indptr, indices, queue[begin:filled])
        begin = filled
        joined = _joined(need, told)
        filled += len(joined)
        queue[begin:filled] = joined
    return filled, levels


def contacts(indptr: Pointers, indices: People, people: People) -> People:
    """Give the contacts of these people, one person after another."""
    starts = indptr[people]
    degrees = indptr[people + np.uint32(1)] - starts
    before = np.cumsum(degrees) - degrees
    total = int(degrees.sum())
    return indices[np.repeat(starts - before, degrees) + np.arange(total)]


def _joined(need: Counts, told: People) -> People:
    """Lower what the contacts need; give who reaches 0, in the order in which they do."""
    had = need[told]
    np.subtract.at(need, told, np.int32(1))
    crossing = np.flatnonzero((had > 0) & (need[told] <= 0))
    if not len(crossing):
        return told[:0]
    # Sorted by person, the one that brings somebody to 0 is as many places on as they needed.
    crossing = crossing[np.argsort(told[crossing], kind="stable")]
    people = told[crossing]
    first = np.flatnonzero(np.diff(people, prepend=people[0] + np.uint32(1)))
    decisive = crossing[first + had[crossing[first]] - 1]
    joined: People = told[np.sort(decisive)]
    return joined


def fill_rounds(queue: People, ends: People, levels: int, round_: Counts) -> None:
    """Fill in for everybody in the queue in which round they joined."""
    lengths = ends[:levels].astype(np.int64)
    lengths[1:] -= ends[:levels][:-1]
    round_[queue[: lengths.sum()]] = np.repeat(np.arange(levels), lengths)


def _queued(need: Counts, queue: People) -> int:
    """Queue whoever needs nothing, by index."""
    ready = np.flatnonzero(need <= 0)
    queue[: len(ready)] = ready
    return len(ready)


def peel(indptr: Pointers, indices: People, left: Counts, queue: People, rest: People) -> None:
    """Turn degrees into core numbers: peel off whoever has at most k contacts left, for each k.

    Args:
        indptr: Where each person's contacts begin.
        indices: The contacts.
        left: Degrees, shape (people,); becomes the core numbers.
        queue: Room, shape (people + 1,).
        rest: Room, shape (people,).
    """
    rest = np.arange(len(left), dtype=np.uint32)
    peeled = np.zeros(len(left), dtype=bool)
    while len(rest):
        k = left[rest].min()
        now = rest[left[rest] == k]
        while len(now):
            peeled[now] = True
            told = contacts(indptr, indices, now)
            told = told[~peeled[told]]
            np.subtract.at(left, told, np.int32(1))
            now = np.unique(told[left[told] <= k])
            left[now] = k
        rest = rest[~peeled[rest]]


def ripples(
    indptr: Pointers,
    indices: People,
    need: Counts,
    after: Counts,
    queue: People,
    known: Marks,
    asked: Pointers,
    more: Pointers,
) -> None:
    """Fill in how many more speak if this person starts too, and undo it before the next.

    Ripples are nested: whom I carry, carries nobody whom I do not. So one large ripple is
    remembered. Who stands in it and carries somebody who carries all of it, carries all of it too;
    who stands outside and carries such a person carries all of it, and what follows from there.

    Args:
        indptr: Where each person's contacts begin.
        indices: The contacts.
        need: What each still needs when nothing moves any more; the same again afterwards.
        after: Room for what each still needs once the remembered ripple has passed.
        queue: Room, shape (people + 1,).
        known: Zeros; becomes IN_IT for who stands in the remembered ripple, CARRIES_IT for who is
            known to carry all of it.
        asked: About whom to ask.
        more: Filled in: how many more, they themselves included; 0 for who speaks already.
    """
    size = 0
    for at, person in enumerate(asked):
        had = need[person]
        more[at] = 0
        if had <= 0:
            continue
        filled, told = walk(indptr, indices, need, queue, person, known, CARRIES_IT)
        more[at] = filled
        if told == filled > max(2 * size, WORTH_REMEMBERING):
            size = filled
            after[:] = need
            known[:] = 0
            known[queue[:filled]] = IN_IT
            known[person] = CARRIES_IT
        undo(indptr, indices, need, queue, told, person, had)
        if told == filled:
            continue
        more[at] = size
        if known[person]:
            known[person] = CARRIES_IT
            continue
        had = after[person]
        filled, told = walk(indptr, indices, after, queue, person, known, NOBODY)
        more[at] += filled
        undo(indptr, indices, after, queue, told, person, had)


def walk(
    indptr: Pointers,
    indices: People,
    need: Counts,
    queue: People,
    starter: int,
    known: Marks,
    stop: int,
) -> tuple[int, int]:
    """Let one person start, until nothing moves or whoever is next is known to carry enough.

    Returns:
        How many stand in the queue, and the contacts of how many of them were told.
    """
    need[starter] = 0
    queue[0] = starter
    told, filled = 0, 1
    while told < filled:
        stops = np.flatnonzero(known[queue[told:filled]] == stop)
        end = told + int(stops[0]) if len(stops) else filled
        joined = _joined(need, contacts(indptr, indices, queue[told:end]))
        told = end
        queue[filled : filled + len(joined)] = joined
        filled += len(joined)
        if len(stops):
            break
    return filled, told


def undo(
    indptr: Pointers,
    indices: People,
    need: Counts,
    queue: People,
    told: int,
    starter: int,
    had: int,
) -> None:
    """Give back what the contacts of so many in the queue were told, and the starter's need."""
    np.add.at(need, contacts(indptr, indices, queue[:told]), np.int32(1))
    need[starter] = had
