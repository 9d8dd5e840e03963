"""Public holidays, by country; everyone may know them."""

from datetime import date
from functools import cache


@cache
def of_year(country: str, year: int) -> frozenset[date]:
    """Give the public holidays of a year, on the dates on which they are observed.

    Args:
        country: Its code, such as "NL".
        year: Four digits.

    Raises:
        KeyError: If nothing is known of that country.
    """
    from holidays import country_holidays  # it takes a while to import

    try:
        return frozenset(country_holidays(country, years=year))
    except NotImplementedError:
        raise KeyError(country) from None


def between(country: str, first: date, last: date) -> frozenset[date]:
    """Give those of every year from one date's to another's."""
    years = range(first.year, last.year + 1)
    return frozenset().union(*(of_year(country, year) for year in years))
