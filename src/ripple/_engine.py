"""Which kernels compute: NumPy for small networks, compiled ones for large; and their workspaces.

Small networks never wake numba, which costs a second and 100 MB: so a web process stays light.
`RIPPLE_KERNELS` (numpy, numba or auto) overrules that. Workspaces come from NumPy, so that large
ones lie on huge pages; numba's own allocator does not give those.
"""

from __future__ import annotations

import importlib.util
import os
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray

from ripple import _plain
from ripple._plain import Counts, Marks, People, Pointers
from ripple.errors import BadChoice

SMALL = 20_000
Found = tuple[Counts, People, int]


class Kernels(Protocol):
    """What both sets of kernels can do; `_plain` describes the arguments."""

    def start_speaking(self, indptr: Pointers, k: Counts, need: Counts, queue: People) -> int:
        """Fill in how many more each must hear, and queue whoever needs nobody."""

    def start_silent(self, indptr: Pointers, k: Counts, need: Counts, queue: People) -> int:
        """Fill in how many must fall silent before each does, and queue whoever does at once."""

    def cascade(
        self,
        indptr: Pointers,
        indices: People,
        need: Counts,
        queue: People,
        ends: People,
        begin: int,
        filled: int,
    ) -> tuple[int, int]:
        """Let the queue lower what contacts need; give its new length, and in how many rounds."""

    def fill_rounds(self, queue: People, ends: People, levels: int, round_: Counts) -> None:
        """Fill in for everybody in the queue in which round they joined."""

    def peel(
        self, indptr: Pointers, indices: People, left: Counts, queue: People, rest: People
    ) -> None:
        """Turn degrees into core numbers."""

    def ripples(
        self,
        indptr: Pointers,
        indices: People,
        need: Counts,
        after: Counts,
        queue: People,
        known: Marks,
        asked: Pointers,
        more: Pointers,
    ) -> None:
        """Fill in how many more speak if this person starts too."""


def kernels(entries: int) -> Kernels:
    """Give the kernels for a network with this many entries (twice its ties).

    Raises:
        BadChoice: Where RIPPLE_KERNELS is none of numpy, numba and auto.
    """
    asked = os.environ.get("RIPPLE_KERNELS", "auto")
    if asked not in ("numpy", "numba", "auto"):
        raise BadChoice(f"RIPPLE_KERNELS is {asked!r}; set it to numpy, numba or auto")
    if asked == "numpy" or (asked == "auto" and (entries <= SMALL or not _has_numba())):
        return cast(Kernels, _plain)
    from ripple import _kernels

    return cast(Kernels, _kernels)


def _has_numba() -> bool:
    return importlib.util.find_spec("numba") is not None


def least(indptr: Pointers, indices: People, k: Counts) -> Found:
    """Give rounds, order and last round of who speaks by themselves."""
    chosen = kernels(len(indices))
    need, queue, ends = workspace(len(k))
    filled = chosen.start_speaking(indptr, k, need, queue)
    filled, levels = chosen.cascade(indptr, indices, need, queue, ends, 0, filled)
    return _found(chosen, need, queue, ends, filled, levels)


def greatest(indptr: Pointers, indices: People, k: Counts) -> Found:
    """Give rounds, order and last round of who falls silent when all begin by speaking."""
    chosen = kernels(len(indices))
    need, queue, ends = workspace(len(k))
    filled = chosen.start_silent(indptr, k, need, queue)
    filled, levels = chosen.cascade(indptr, indices, need, queue, ends, 0, filled)
    return _found(chosen, need, queue, ends, filled, levels)


def cores(indptr: Pointers, indices: People) -> Counts:
    """Give each person's core number."""
    left = np.diff(indptr).astype(np.int32)
    _need, queue, rest = workspace(len(left))
    kernels(len(indices)).peel(indptr, indices, left, queue, rest)
    return left


def ripples(
    indptr: Pointers, indices: People, k: Counts, asked: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Give how many more speak for each of these, if they alone start too."""
    chosen = kernels(len(indices))
    need, queue, ends = workspace(len(k))
    filled = chosen.start_speaking(indptr, k, need, queue)
    chosen.cascade(indptr, indices, need, queue, ends, 0, filled)
    more = np.empty(len(asked), dtype=np.int64)
    known = np.zeros(len(need), dtype=np.int8)
    chosen.ripples(indptr, indices, need, np.empty_like(need), queue, known, asked, more)
    return more


def workspace(people: int) -> tuple[Counts, People, People]:
    """Give room for what each still needs, for the queue, and for where its rounds end.

    The queue has one place more than there are people: a push is written before it is sure.
    """
    need: Counts = np.empty(people, dtype=np.int32)
    queue = np.empty(people + 1, dtype=np.uint32)
    return need, queue, np.empty(people + 1, dtype=np.uint32)


def _found(
    chosen: Kernels, need: Counts, queue: People, ends: People, filled: int, levels: int
) -> Found:
    """Give what a cascade left behind; rounds take the place of needs, which have served."""
    need.fill(-1)
    chosen.fill_rounds(queue, ends, levels, need)
    # A view: what was not written to takes no memory.
    return need, queue[:filled], max(levels - 1, 0)
