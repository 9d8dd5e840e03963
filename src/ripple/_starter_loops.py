"""The two heuristics for starters, as plain loops over compressed rows.

Written so that numba can compile them as they stand (`_starter_kernels`), and run uncompiled for
small networks: one text, so both choose the same people. Everybody in these networks needs at
least one contact, and anybody may be asked; `seeding` leaves out all others beforehand.
"""

from __future__ import annotations

import heapq
from typing import Any

import numpy as np
from numpy.typing import NDArray

Offsets = NDArray[np.int64]
People = NDArray[np.uint32]
Needs = NDArray[np.int32]
Flags = NDArray[np.bool_]


def adaptive(indptr: Offsets, indices: People, need: Needs, goal: int) -> People:
    """Ask whoever is most worth asking, let all follow who then will, and ask again.

    Worth is the number of contacts who are still silent, plus how many one still waits for oneself:
    who starts is spared that. Worth only falls, so a person lies in the stack of a worth they once
    had, and sinks when looked at. Linear in the ties.
    """
    people = len(need)
    need = need.copy()
    silent = np.diff(indptr)
    top = np.max(silent + need)
    heads = np.full(top + 1, -1, np.int64)
    below = np.empty(people, np.int64)
    for person in range(people - 1, -1, -1):
        below[person] = heads[silent[person] + need[person]]
        heads[silent[person] + need[person]] = person
    chosen = np.empty(people, np.uint32)
    queue = np.empty(people, np.int64)
    asked, filled, done = 0, 0, 0
    while filled < goal:
        person = heads[top]
        if person < 0:
            top -= 1
            continue
        heads[top] = below[person]
        worth = silent[person] + need[person]
        if need[person] <= 0 or worth < top:
            if need[person] > 0:
                below[person] = heads[worth]
                heads[worth] = person
            continue
        chosen[asked] = person
        asked += 1
        need[person] = 0
        queue[filled] = person
        filled += 1
        while done < filled:
            for contact in indices[indptr[queue[done]] : indptr[queue[done] + 1]]:
                silent[contact] -= 1
                need[contact] -= 1
                if need[contact] == 0:
                    queue[filled] = contact
                    filled += 1
            done += 1
    return chosen[:asked]


def tss(indptr: Offsets, indices: People, need: Needs) -> People:
    """Take people away one by one; who cannot be moved by those who are left must start.

    Whoever needs nobody any more goes first and counts for their contacts. Then whoever needs more
    than are left: a starter. Else whoever needs much of few contacts goes without counting, to
    follow later. Source: G. Cordasco, L. Gargano, A. A. Rescigno, "On finding small sets that
    influence large networks", Soc. Netw. Anal. Min. 6 (2016), algorithm TSS; preprint 2015.
    """
    need = need.copy()
    left = np.diff(indptr)
    gone = np.zeros(len(need), np.bool_)
    chosen = np.empty(len(need), np.uint32)
    asked = 0
    ready = [0 for _ in range(0)]
    stuck = [person for person in range(len(need)) if left[person] < need[person]]
    heap = [(-need[p] / (left[p] * (left[p] + 1)), p) for p in range(len(need)) if left[p] > 0]
    heapq.heapify(heap)
    while ready or stuck or heap:
        counts = True
        if ready:
            person = ready.pop()
        elif stuck:
            person = stuck.pop()
            if gone[person]:
                continue
            chosen[asked] = person
            asked += 1
        else:
            weight, person = heapq.heappop(heap)
            if gone[person] or weight != -need[person] / (left[person] * (left[person] + 1)):
                continue
            counts = False
        gone[person] = True
        for at in range(indptr[person], indptr[person + 1]):
            contact: Any = np.int64(indices[at])
            if gone[contact]:
                continue
            left[contact] -= 1
            need[contact] -= counts
            if need[contact] == 0:
                ready.append(contact)
            elif left[contact] >= need[contact] > 0:
                weight = -need[contact] / (left[contact] * (left[contact] + 1))
                heapq.heappush(heap, (weight, contact))
            elif need[contact] > 0 and not counts:
                stuck.append(contact)
    return chosen[:asked]


def fall(
    indptr: Offsets,
    indices: People,
    need: Needs,
    when: Offsets,
    spare: Needs,
    out: Flags,
    lost: Offsets,
    starter: int,
    limit: int,
) -> tuple[int, int]:
    """Let a starter not start, and take out whoever then has not heard enough before them.

    Args:
        indptr: Where each person's contacts begin.
        indices: The contacts.
        need: How many contacts each waits for.
        when: In which order people speak; -1: never.
        spare: How many more than needed each heard before; not to be exhausted for starters.
        out: Who is taken out; nobody, at first.
        lost: Room for those people.
        starter: Who shall not start.
        limit: Beyond how many it is not worth while.

    Returns:
        Of how many in `lost` the contacts know, and how many are in it; none where the starter
        would have heard enough anyway.
    """
    heard = 0
    for contact in indices[indptr[starter] : indptr[starter + 1]]:
        heard += 0 <= when[contact] < when[starter]
    if heard >= need[starter]:
        spare[starter] = heard - need[starter]
        return 0, 0
    lost[0] = starter
    out[starter] = True
    done, filled = 0, 1
    while done < filled <= limit:
        person = lost[done]
        for contact in indices[indptr[person] : indptr[person + 1]]:
            if when[contact] > when[person]:
                spare[contact] -= 1
                if spare[contact] < 0 and not out[contact]:
                    out[contact] = True
                    lost[filled] = contact
                    filled += 1
        done += 1
    return done, filled


def rise(
    indptr: Offsets,
    indices: People,
    need: Needs,
    when: Offsets,
    spare: Needs,
    out: Flags,
    lost: Offsets,
    heard: Needs,
    back: Offsets,
    clock: int,
) -> int:
    """Let those in `lost` speak again who hear enough of the others, and give how many do.

    `lost` holds all who were taken out; `heard` and `back` are room to compute in. When all are
    back, when they speak is changed to the end, and what they can spare with it.
    """
    filled = 0
    for person in lost:
        heard[person] = 0
        for contact in indices[indptr[person] : indptr[person + 1]]:
            heard[person] += when[contact] >= 0 and not out[contact]
        if heard[person] >= need[person]:
            back[filled] = person
            filled += 1
    done = 0
    while done < filled:
        person = back[done]
        out[person] = False
        done += 1
        for contact in indices[indptr[person] : indptr[person + 1]]:
            if out[contact]:
                heard[contact] += 1
                if heard[contact] == need[contact]:
                    back[filled] = contact
                    filled += 1
    if filled == len(lost):
        for at in range(filled):
            when[back[at]] = clock + at
            spare[back[at]] = heard[back[at]] - need[back[at]]
    return filled


def undo(
    indptr: Offsets,
    indices: People,
    when: Offsets,
    spare: Needs,
    out: Flags,
    lost: Offsets,
    done: int,
) -> None:
    """Take back what `fall` did: all in `lost` are in again, and the first of them are heard."""
    for person in lost:
        out[person] = False
    for person in lost[:done]:
        for contact in indices[indptr[person] : indptr[person + 1]]:
            if when[contact] > when[person]:
                spare[contact] += 1
