"""How long the drive between two places takes, where a coach knows better than the estimate.

It says nothing about anybody. The estimates come from the towns of the site.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from kleinverzet.coach import hours, openings
from kleinverzet.coach.models import Trip
from kleinverzet.world import offers as world

LONGEST = 240  # minutes


@dataclass(frozen=True, slots=True)
class Drive:
    """A drive as the coach filled it in, beside what was estimated.

    Attributes:
        id: For taking it out.
        from_place: Empty for the practice.
        estimate: In minutes, as it would be without this; None where a town is no more.
    """

    id: int
    from_place: str
    to_place: str
    minutes: int
    estimate: int | None


def of() -> list[Drive]:
    """Give every drive that was filled in."""
    guessed = openings.estimates()
    rows = Trip.objects.order_by("from_place", "to_place")
    return [
        Drive(
            row.pk, row.from_place, row.to_place, row.minutes,
            guessed.get((row.from_place, row.to_place)),
        )
        for row in rows
    ]  # fmt: skip


def places() -> Sequence[str]:
    """Give the towns, without the practice."""
    return [trip.town for trip in world.trips()]


def write(from_place: str, to_place: str, minutes: int) -> None:
    """Fill in how long a drive takes, one way or the other."""
    first, second = sorted((from_place, to_place))
    Trip.objects.update_or_create(from_place=first, to_place=second, defaults={"minutes": minutes})
    hours.wake()


def forget(id_: int) -> bool:
    """Let the estimate count again; say whether there was something to forget."""
    gone = bool(Trip.objects.filter(pk=id_).delete()[0])
    hours.wake()
    return gone
