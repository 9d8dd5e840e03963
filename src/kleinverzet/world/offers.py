"""What inner rings may read of the world: where the practice is, and how far the towns are."""

from dataclasses import dataclass

from kleinverzet.world.practice import Practice
from kleinverzet.world.towns import Town


@dataclass(frozen=True, slots=True)
class Trip:
    """A town and how long the drive from the practice takes.

    Attributes:
        town: Its name.
        minutes: One way, by car.
        is_estimate: Whether it was estimated from the distance, because nobody filled it in.
    """

    town: str
    minutes: int
    is_estimate: bool


def practice_town() -> str:
    """Give where the practice is."""
    return str(Practice.load().town)


def trips() -> list[Trip]:
    """Give every town where the practice comes, in the order of the site."""
    practice = Practice.load()
    return [
        Trip(
            town.name,
            town.minutes_from(practice),
            town.drive is None and town.name != practice.town,
        )
        for town in Town.objects.select_related("region")
    ]
