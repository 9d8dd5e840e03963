"""A second engine for open times, slow and plain: it tries every start against every booking."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from kleinverzet.coach.slots import Hours, Rules, Taken, Wanted


def starts(
    wanted: Wanted, rules: Rules, taken: Iterable[Taken], first: date, last: date, now: datetime
) -> dict[date, list[datetime]]:
    """Give every open start by date; as real datetimes, with nothing summed in minutes."""
    taken = list(taken)
    found: dict[date, list[datetime]] = {}
    day = first
    while day <= last:
        these = sorted(set(_of_day(wanted, rules, taken, day, now)))
        if these:
            found[day] = these
        day += timedelta(days=1)
    return found


def _of_day(
    wanted: Wanted, rules: Rules, taken: list[Taken], day: date, now: datetime
) -> Iterator[datetime]:
    today = now.astimezone(rules.zone).date()
    if rules.horizon is not None and day > today + timedelta(days=rules.horizon):
        return
    own = [one for one in taken if one.counts and one.ends_at > one.starts_at]
    there = [one for one in own if one.starts_at.astimezone(rules.zone).date() == day]
    if rules.most_a_day and len(there) >= rules.most_a_day:
        return
    for hours in rules.hours(day):
        if hours.mode in ("", wanted.mode) and _is_near(hours, wanted):
            yield from _of_hours(wanted, rules, taken, day, hours, now)


def _is_near(hours: Hours, wanted: Wanted) -> bool:
    return wanted.mode != "home" or not hours.places or wanted.place in hours.places


def _of_hours(
    wanted: Wanted, rules: Rules, taken: list[Taken], day: date, hours: Hours, now: datetime
) -> Iterator[datetime]:
    at, closes = moment(rules, day, hours.starts), moment(rules, day, hours.ends)
    length, step = timedelta(minutes=wanted.minutes), timedelta(minutes=rules.step)
    here = place(wanted.mode, wanted.place, rules)
    trip = rules.travel.minutes("", here) if rules.travel_inside and here is not None else 0
    margin = timedelta(minutes=trip)
    first = at + margin
    while at + length + margin <= closes:
        is_late_enough = at >= first and at >= now + timedelta(minutes=rules.notice)
        if is_late_enough and all(_is_apart(at, length, here, one, rules) for one in taken):
            yield at
        at += step


def moment(rules: Rules, day: date, minute: int) -> datetime:
    """Give when the clock shows this; the first time, or moved forward where it never does."""
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001
    return (midnight + timedelta(minutes=minute)).replace(tzinfo=rules.zone).astimezone(UTC)


def place(mode: str, town: str | None, rules: Rules) -> str | None:
    """Give where that is."""
    online = "" if rules.online_from == "practice" else None
    return {"practice": "", "online": online, "home": town or "?"}.get(mode, town)


def _is_apart(
    start: datetime, length: timedelta, here: str | None, one: Taken, rules: Rules
) -> bool:
    if one.ends_at <= one.starts_at:
        return True
    there = place(one.mode, one.place, rules)
    trip = 0 if here is None or there is None else rules.travel.minutes(here, there)
    if one.ends_at <= start:
        return start - one.ends_at >= timedelta(minutes=max(one.after, rules.before, trip))
    if start + length <= one.starts_at:
        gap = one.starts_at - start - length
        return gap >= timedelta(minutes=max(rules.after, one.before, trip))
    return False
