"""Who may have an account by age: decided from a birth year, which nobody keeps."""

from datetime import date

# The age from which somebody in the Netherlands decides about their own data: art. 5 UAVG.
FROM = 16
EARLIEST = 1900


def may_be_younger(birth_year: int, today: date) -> bool:
    """Tell whether somebody may still be under `FROM`: a year alone leaves the birthday open."""
    return today.year - birth_year <= FROM
