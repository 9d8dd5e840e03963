"""The kernels, compiled: queues that fetch ahead, so that memory is waited for once, not per tie.

The same functions as in `_plain`, with the same results. What decides the time is how many cache
lines arrive at random: two a person, where their contacts begin and the contacts themselves, and
one for each contact's need. A queue knows who comes next, so the lines of those people are asked
for in advance; needs too, where there are too many for the processor's cache.

Indices are unsigned, else numba asks for each whether it counts from the end. Pushes are written
first and kept by moving the end, which spares a branch that no processor can guess. Asking ahead is
written out in each loop: as a function, also an inlined one, numba counts references to the arrays
at every call, which costs as much as the asking saves. `prefetch` and whatever calls it stand in
this one file, for numba's cache does not see changes in imported ones.
"""
# ruff: noqa: ANN001, ANN202

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
import numpy as np
from llvmlite import ir  # type: ignore[import-untyped]
from numba.core import cgutils, types
from numba.extending import intrinsic
from numpy.typing import NDArray

from ripple._plain import Counts, Marks, People, Pointers

Function = TypeVar("Function", bound=Callable[..., Any])

# How far ahead in the queue each line is asked for: the pointers first, for the rest needs them.
POINTERS_AHEAD = np.uint64(32)
CONTACTS_AHEAD = np.uint64(16)
NEEDS_AHEAD = np.uint64(4)
NEVER = 2**31 - 1
# A cache line holds so many contacts.
LINE = np.uint64(16)
# Up to so many bytes, needs stay in the processor's last cache by themselves; beyond, asking for
# them halves the time (and then 16 bits instead of 32 for each change nothing).
CACHED = 8 * 2**20
ONE = np.uint64(1)
# What somebody is to the ripple that is remembered, and from how many people on one is.
IN_IT, CARRIES_IT, NOBODY = 1, 2, 3
WORTH_REMEMBERING = 32


def compiled(function: Function) -> Function:
    """Compile at the first call, and keep the result on disk where that can be written to."""
    try:
        return cast(Function, numba.njit(cache=True, nogil=True)(function))
    except RuntimeError:
        return cast(Function, numba.njit(nogil=True)(function))


def _prefetch(typing_context, array, at):  # type: ignore[no-untyped-def]
    def generate(context, builder, signature, arguments):  # type: ignore[no-untyped-def]
        of_array, of_at = signature.args
        view = context.make_array(of_array)(context, builder, arguments[0])
        place = context.cast(builder, arguments[1], of_at, types.intp)
        pointer = cgutils.get_item_pointer(  # type: ignore[no-untyped-call]
            context, builder, of_array, view, [place], wraparound=False
        )
        byte, number = ir.IntType(8).as_pointer(), ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [byte, number, number, number])
        instruction = cgutils.get_or_insert_function(  # type: ignore[no-untyped-call]
            builder.module, kind, "llvm.prefetch.p0"
        )
        read, keep, data = (ir.Constant(number, value) for value in (0, 3, 1))
        builder.call(instruction, [builder.bitcast(pointer, byte), read, keep, data])
        return context.get_dummy_value()

    return types.void(array, at), generate


# Asks for the cache line of array[at] without waiting for it; any address is harmless.
prefetch = cast(Callable[[NDArray[Any], Any], None], intrinsic(_prefetch))


@compiled
def start_speaking(indptr: Pointers, k: Counts, need: Counts, queue: People) -> int:
    """As `_plain.start_speaking`."""
    end = np.uint64(0)
    for person in range(np.uint64(len(need))):
        needed = min(np.int64(k[person]), indptr[person + ONE] - indptr[person] + 1)
        need[person] = needed
        queue[end] = person
        end += np.uint64(needed <= 0)
    return int(end)


@compiled
def start_silent(indptr: Pointers, k: Counts, need: Counts, queue: People) -> int:
    """As `_plain.start_silent`."""
    end = np.uint64(0)
    for person in range(np.uint64(len(need))):
        needed = max(indptr[person + ONE] - indptr[person] + 1 - np.int64(k[person]), 0)
        need[person] = needed
        queue[end] = person
        end += np.uint64(needed <= 0)
    return int(end)


@compiled
def cascade(
    indptr: Pointers,
    indices: People,
    need: Counts,
    queue: People,
    ends: People,
    begin: int,
    filled: int,
) -> tuple[int, int]:
    """As `_plain.cascade`."""
    at, end, levels = np.uint64(begin), np.uint64(filled), np.uint64(0)
    far = need.nbytes > CACHED
    while at < end:
        level_end = end
        ends[levels] = end
        levels += ONE
        while at < level_end:
            if at + POINTERS_AHEAD < end:
                prefetch(indptr, queue[at + POINTERS_AHEAD])
            if at + CONTACTS_AHEAD < end:
                first = np.uint64(indptr[np.uint64(queue[at + CONTACTS_AHEAD])])
                prefetch(indices, first)
                prefetch(indices, first + LINE)
            if far and at + NEEDS_AHEAD < end:
                person = np.uint64(queue[at + NEEDS_AHEAD])
                for tie in range(np.uint64(indptr[person]), np.uint64(indptr[person + ONE])):
                    prefetch(need, indices[tie])
            person = np.uint64(queue[at])
            at += ONE
            for tie in range(np.uint64(indptr[person]), np.uint64(indptr[person + ONE])):
                contact = np.uint64(indices[tie])
                left = need[contact] - 1
                need[contact] = left
                queue[end] = contact
                end += np.uint64(left == 0)
    return int(end), int(levels)


@compiled
def fill_rounds(queue: People, ends: People, levels: int, round_: Counts) -> None:
    """As `_plain.fill_rounds`."""
    at = np.uint64(0)
    for level in range(np.uint64(levels)):
        for place in range(at, np.uint64(ends[level])):
            round_[np.uint64(queue[place])] = level
        at = np.uint64(ends[level])


@compiled
def peel(indptr: Pointers, indices: People, left: Counts, queue: People, rest: People) -> None:
    """As `_plain.peel`."""
    remaining = np.uint64(len(left))
    for place in range(remaining):
        rest[place] = place
    k = np.int32(0)
    while remaining > 0:
        # Whoever was peeled off before drops out here, whoever is at this level is queued.
        kept = end = np.uint64(0)
        lowest = np.int32(NEVER)
        for place in range(remaining):
            person = np.uint64(rest[place])
            degree = left[person]
            queue[end] = person
            end += np.uint64(degree == k)
            rest[kept] = person
            kept += np.uint64(degree > k)
            lowest = min(lowest, degree if degree > k else lowest)
        remaining = kept
        if end == 0:
            k = lowest
            continue
        peel_level(indptr, indices, left, queue, end, k)
        k += np.int32(1)


@compiled
def peel_level(
    indptr: Pointers, indices: People, left: Counts, queue: People, end: np.uint64, k: np.int32
) -> None:
    """Peel off the people in the queue, and whoever comes down to this level by that."""
    at = np.uint64(0)
    far = left.nbytes > CACHED
    while at < end:
        if at + POINTERS_AHEAD < end:
            prefetch(indptr, queue[at + POINTERS_AHEAD])
        if at + CONTACTS_AHEAD < end:
            first = np.uint64(indptr[np.uint64(queue[at + CONTACTS_AHEAD])])
            prefetch(indices, first)
            prefetch(indices, first + LINE)
        if far and at + NEEDS_AHEAD < end:
            person = np.uint64(queue[at + NEEDS_AHEAD])
            for tie in range(np.uint64(indptr[person]), np.uint64(indptr[person + ONE])):
                prefetch(left, indices[tie])
        person = np.uint64(queue[at])
        at += ONE
        for tie in range(np.uint64(indptr[person]), np.uint64(indptr[person + ONE])):
            contact = np.uint64(indices[tie])
            degree = left[contact]
            left[contact] = degree - np.int32(degree > k)
            queue[end] = contact
            end += np.uint64(degree == k + 1)


@compiled
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
    """As `_plain.ripples`."""
    size = 0
    for at in range(np.uint64(len(asked))):
        person = np.uint64(asked[at])
        had = need[person]
        more[at] = 0
        if had <= 0:
            continue
        filled, told = walk(indptr, indices, need, queue, person, known, CARRIES_IT)
        more[at] = filled
        if told == filled and filled > max(2 * size, WORTH_REMEMBERING):
            size = filled
            for one in range(np.uint64(len(need))):
                after[one] = need[one]
                known[one] = 0
            for place in range(np.uint64(filled)):
                known[np.uint64(queue[place])] = IN_IT
            known[person] = CARRIES_IT
        undo(indptr, indices, need, queue, told, person, had)
        if told == filled:
            continue
        more[at] = size
        if known[person] > 0:
            known[person] = CARRIES_IT
            continue
        had = after[person]
        filled, told = walk(indptr, indices, after, queue, person, known, NOBODY)
        more[at] += filled
        undo(indptr, indices, after, queue, told, person, had)


@compiled
def walk(
    indptr: Pointers,
    indices: People,
    need: Counts,
    queue: People,
    starter: int | np.uint64,
    known: Marks,
    stop: int,
) -> tuple[int, int]:
    """As `_plain.walk`."""
    need[np.uint64(starter)] = 0
    queue[np.uint64(0)] = starter
    at, end = np.uint64(0), np.uint64(1)
    while at < end:
        person = np.uint64(queue[at])
        if known[person] == stop:
            break
        at += ONE
        for tie in range(np.uint64(indptr[person]), np.uint64(indptr[person + ONE])):
            contact = np.uint64(indices[tie])
            left = need[contact] - 1
            need[contact] = left
            queue[end] = contact
            end += np.uint64(left == 0)
    return int(end), int(at)


@compiled
def undo(
    indptr: Pointers,
    indices: People,
    need: Counts,
    queue: People,
    told: int,
    starter: int | np.uint64,
    had: int,
) -> None:
    """As `_plain.undo`."""
    for place in range(np.uint64(told)):
        person = np.uint64(queue[place])
        for tie in range(np.uint64(indptr[person]), np.uint64(indptr[person + ONE])):
            need[np.uint64(indices[tie])] += 1
    need[np.uint64(starter)] = had
