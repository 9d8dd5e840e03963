"""What came of a change to an appointment, and who asked for it."""

from dataclasses import dataclass, field
from enum import StrEnum

from kleinverzet.coach.models import Booking


class By(StrEnum):
    """Who changes something."""

    VISITOR = "visitor"
    COACH = "coach"
    GUARDIAN = "guardian"
    CALENDAR = "calendar"
    HOUSE = "house"


class Why(StrEnum):
    """Why something could not be done."""

    NOT_OPEN = "not_open"  # the time is not on offer (any more)
    CHANGED = "changed"  # it was changed meanwhile, in another tab or by somebody else
    OVER = "over"  # it was cancelled, fell free or is past
    TOO_SOON = "too_soon"  # it begins before a guardian can answer


@dataclass(frozen=True, slots=True)
class Done:
    """It was done. `token` opens the manage link; only where this made one."""

    booking: Booking
    token: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Refused:
    """It was not done, and nothing changed."""

    why: Why
