"""Replicas are cut into blocks: each once, in order, and large enough to be worth the way."""

from collections import deque

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ripple import Complete
from ripple.blocks import Cutter
from ripple.replicas import Question

QUESTIONS = [(Question(Complete(1), 0), np.random.SeedSequence(point)) for point in range(5)]


@st.composite
def gaps(draw: st.DrawFn) -> list[tuple[int, int]]:
    """Give ranges without overlap among the replicas of five questions with eight runs each."""
    edges = draw(st.lists(st.integers(0, 40), unique=True).map(sorted))
    return list(zip(edges[::2], edges[1::2], strict=False))


@given(gaps=gaps(), seconds=st.lists(st.floats(0, 10), min_size=40, max_size=40))
def test_every_missing_replica_is_in_one_block(
    gaps: list[tuple[int, int]], seconds: list[float]
) -> None:
    cutter = Cutter(QUESTIONS, 8, deque(gaps))
    cut: list[int] = []
    while block := cutter.next(workers=2):
        assert 0 < len(block) <= cutter.size
        cut += range(block.first, block.last)
        needed = range(block.first // 8, (block.last - 1) // 8 + 1)
        assert block.passed == needed.start
        assert list(block.questions) == [QUESTIONS[point] for point in needed]
        cutter.learn(len(block), seconds.pop())
    assert cut == [replica for first, last in gaps for replica in range(first, last)]


def test_blocks_grow_until_they_are_worth_their_way() -> None:
    cutter = Cutter([], 1, gaps := _one_gap(10_000))
    sizes = []
    for _ in range(5):
        first, _end = gaps[0]
        gaps[0] = (first + cutter.size, 10_000)
        sizes.append(cutter.size)
        cutter.learn(cutter.size, cutter.size * 0.01)
    assert sizes == [1, 4, 16, 26, 26]


def test_a_slow_replica_goes_out_alone() -> None:
    cutter = Cutter([], 1, _one_gap(9), size=8)
    cutter.learn(8, 80.0)
    assert cutter.size == 1


def _one_gap(end: int) -> deque[tuple[int, int]]:
    return deque([(0, end)])
