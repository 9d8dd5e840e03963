"""Whether open times can have changed since somebody last looked: numbers that only rise.

Everyone may know them; they say nothing of who or when. The database turns them (`models_turn`).
"""

from typing import NamedTuple

from django.db import transaction

from kleinverzet.coach.models_turn import Turn
from kleinverzet.world import offers


class Turned(NamedTuple):
    """How far everything had turned that a page of planning rests on.

    Attributes:
        site: Which edition of the site was out: towns, drives, the practice's own words.
        coaches: Each coach with their number, and 0 with what concerns all.
    """

    site: int
    coaches: tuple[tuple[int, int], ...]


def now() -> Turned:
    """Tell how far everything has turned; two queries."""
    rows = Turn.objects.order_by("coach_id").values_list("coach_id", "number")
    return Turned(offers.edition(), tuple(rows))


def are_settled() -> bool:
    """Tell whether the numbers say what everybody sees: in a transaction somebody sees more."""
    return not transaction.get_connection().in_atomic_block
