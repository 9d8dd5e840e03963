"""What inner rings may read of the world: where the practice is, and how far the towns are."""

from dataclasses import dataclass

from kleinverzet.world import current, targets, towns
from kleinverzet.world import drives as every_drive
from kleinverzet.world.drives import Drives
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


@dataclass(frozen=True, slots=True)
class Region:
    """A region's name in the language in use, and the towns in it where the practice comes."""

    name: str
    towns: tuple[str, ...]


def regions() -> list[Region]:
    """Give the towns where the practice comes, by region, in the order of the site."""
    return [
        Region(name, tuple(drive.name for drive in drives)) for name, drives in towns.by_region()
    ]


@dataclass(frozen=True, slots=True)
class Reach:
    """The practice, and how it is reached; texts are in the language in use.

    Attributes:
        dial: Its telephone number as a telephone wants it.
        first_talk: How a first talk goes.
        asking: The page where somebody asks for an appointment in words; empty without one.
    """

    name: str
    town: str
    email: str
    phone: str
    dial: str
    first_talk: str
    asking: str


def reach() -> Reach:
    """Tell how the practice is reached."""
    practice = Practice.load()
    return Reach(
        name=practice.name,
        town=practice.town,
        email=practice.email,
        phone=practice.phone,
        dial=practice.dial,
        first_talk=practice.first_talk,
        asking=targets.address("asking"),
    )


def drives() -> Drives:
    """Give how long drives between all towns and the practice take, for planning visits."""
    return every_drive.now()


def edition() -> int:
    """Give a number that rises with every change to what the public sees of the site."""
    return current.edition()
