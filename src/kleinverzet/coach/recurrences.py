"""Which rules of recurrence are followed, and which could keep a computer busy.

The usual library walks a rule from its first day on. By the minute, or since the year 1, that is
no walk anymore; and a rule that never fits is walked until the year 9999.
"""

from calendar import monthrange
from typing import Any

from icalendar import Calendar

FOLLOWED = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
BY_THE_CLOCK = {"HOURLY", "MINUTELY", "SECONDLY"}
MOST_BY_THE_CLOCK = 1_000
MOST_A_DAY = 48
MOST_RULES = 4
# Before this nobody's appointments began.
EARLIEST = 1900
A_LEAP_YEAR = 2024


def tame(calendar: Calendar) -> bool:
    """Take every rule out of a calendar that is not followed; tell whether all stayed."""
    stayed = True
    for event in calendar.events:
        rules = _rules(event)
        if rules and (len(rules) > MOST_RULES or not all(_is_tame(event, one) for one in rules)):
            del event["rrule"]
            stayed = False
    return stayed


def _rules(event: Any) -> list[Any]:
    found = event.get("rrule", [])
    return found if isinstance(found, list) else [found]


def _is_tame(event: Any, rule: Any) -> bool:
    often = str(_only(rule, "FREQ")).upper()
    interval = _only(rule, "INTERVAL")
    # A step of nothing would be taken for ever.
    if event.start.year < EARLIEST or (interval is not None and int(interval) < 1):
        return False
    if often in BY_THE_CLOCK:
        times, by_others = _only(rule, "COUNT"), any(name.startswith("BY") for name in rule)
        return bool(times) and int(times) <= MOST_BY_THE_CLOCK and not by_others
    return often in FOLLOWED and _times_a_day(rule) <= MOST_A_DAY and _can_be(rule)


def _times_a_day(rule: Any) -> int:
    lengths = [len(rule.get(name, [])) or 1 for name in ("BYHOUR", "BYMINUTE", "BYSECOND")]
    return lengths[0] * lengths[1] * lengths[2]


def _can_be(rule: Any) -> bool:
    """Tell whether there is any day at all on which these days of these months fall."""
    days = [abs(int(day)) for day in rule.get("BYMONTHDAY", [])]
    months = [int(month) for month in rule.get("BYMONTH", [])] or list(range(1, 13))
    longest = max(monthrange(A_LEAP_YEAR, month)[1] for month in months if 1 <= month <= 12)
    return not days or min(days) <= longest


def _only(rule: Any, name: str) -> Any:
    found = rule.get(name, [])
    return (found[0] if found else None) if isinstance(found, list) else found
