"""The heuristics for starters, compiled: the same loops, for networks that are not small.

Like `_kernels`, imported only when a large network asks for it: numba costs a second and 100 MB.
"""

from __future__ import annotations

import numba

from ripple import _starter_loops

adaptive = numba.njit(_starter_loops.adaptive, cache=True)
tss = numba.njit(_starter_loops.tss, cache=True)
fall = numba.njit(_starter_loops.fall, cache=True)
rise = numba.njit(_starter_loops.rise, cache=True)
undo = numba.njit(_starter_loops.undo, cache=True)
