"""The method as a page that one walks: which blocks are steps, and which figure each step has.

It reads what stands on a public page, and keeps nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

# One figure a step, in the order in which the page tells its story; a longer walk begins again.
FIGURES = ("turned", "alike", "tension", "aloud", "three", "growing", "kept", "listening", "stone")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of the walk.

    Attributes:
        number: Which step it is, from 1; 0 for what stands between two steps.
        figure: The name of the step's figure.
        block: The step.
        blocks: What stands between two steps.
    """

    number: int = 0
    figure: str = ""
    block: Any = None
    blocks: tuple[Any, ...] = field(default=())


def stretches(body: Iterable[Any]) -> list[Stretch]:
    """Cut the blocks of a page into steps and what stands between them."""
    found: list[Stretch] = []
    number = 0
    for is_step, blocks in groupby(body, key=lambda block: block.block_type == "step"):
        if not is_step:
            found.append(Stretch(blocks=tuple(blocks)))
            continue
        for block in blocks:
            figure = FIGURES[number % len(FIGURES)]
            number += 1
            found.append(Stretch(number=number, figure=figure, block=block))
    return found
