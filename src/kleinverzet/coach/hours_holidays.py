"""Public holidays in the Netherlands, by name, for a coach who wants to see which days are off.

Nothing is kept here; the dates are computed.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from django.utils.translation import get_language

AHEAD = timedelta(days=366)
_SPOKEN = {"nl": "nl", "en": "en_US"}


@dataclass(frozen=True, slots=True)
class Holiday:
    """A public holiday."""

    day: date
    name: str


def ahead(today: date) -> list[Holiday]:
    """Give those of the coming year, in the language in use."""
    found = _of_years(today.year, _SPOKEN[get_language() or "nl"])
    return [one for one in found if today <= one.day <= today + AHEAD]


@cache
def _of_years(year: int, spoken: str) -> tuple[Holiday, ...]:
    """Give those of a year and the next."""
    from holidays import country_holidays  # it takes a while to import

    found = country_holidays("NL", years=(year, year + 1), language=spoken)
    return tuple(Holiday(day, name) for day, name in sorted(found.items()))
