"""Starts that would clash with what is taken; for `slots`. It knows no database and nobody.

For one length, place and pair of buffers every taken time bars an unbroken span of starts: from
too late to end before it, to too early to begin after it. These spans, sorted and merged, hold
for all neighbours at once. So it never matters which of several is the nearest: one that ends
earlier but lies further away counts as well as one that ends last.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kleinverzet.coach.local_days import EPOCH
from kleinverzet.coach.travel import PRACTICE

if TYPE_CHECKING:
    from kleinverzet.coach.slots import Rules, Taken, Wanted

ONLINE, HOME, AT_PRACTICE = "online", "home", "practice"
# A visit without its town: no table of trips knows it, so it counts as a long one.
SOMEWHERE = "?"


@dataclass(frozen=True, slots=True)
class Barred:
    """What cannot begin when.

    Attributes:
        untils: Where a barred span ends: the first start that is free again.
        sinces: Where it begins: the last start that was free.
        begun: When what counts for the most a day begins, sorted.
    """

    untils: list[int]
    sinces: list[int]
    begun: list[int]

    def free(self, first: int, last: int, anchor: int, step: int) -> list[int]:
        """Give the free starts from one minute to another, both included.

        Args:
            first: The first that may be.
            last: The last that may be.
            anchor: One start of the grid, at or before the first.
            step: How far apart starts lie.
        """
        found: list[int] = []
        which = bisect_right(self.untils, first)
        at = first
        while at <= last:
            until = self.sinces[which] if which < len(self.sinces) else last
            found += range(at + (anchor - at) % step, min(until, last) + 1, step)
            if until >= last:
                break
            at = self.untils[which]
            which += 1
        return found

    def count(self, begins: int, ends: int) -> int:
        """Give how many appointments begin from one minute to before another."""
        return bisect_left(self.begun, ends) - bisect_left(self.begun, begins)


def where(mode: str, place: str | None, online_from: str) -> str | None:
    """Give where somebody is meanwhile: a town, "" for the practice, None for anywhere."""
    if mode == ONLINE:
        return PRACTICE if online_from == AT_PRACTICE else None
    if mode == HOME:
        return place or SOMEWHERE
    return PRACTICE if mode == AT_PRACTICE else place


def barred(wanted: "Wanted", rules: "Rules", taken: "Iterable[Taken]") -> Barred:
    """Give what is barred for what is wanted by all that is taken."""
    minutes, lookup = wanted.minutes, _Gaps(wanted, rules)
    gaps, spans, begun = lookup.known, [], []
    for one in taken:
        start, end = one.starts_at - EPOCH, one.ends_at - EPOCH
        if end <= start:
            continue
        # Written out, for this runs for everything that is taken; see `floor` and `ceiling`.
        starts = start.days * 1440 + start.seconds // 60
        ends = end.days * 1440 + (end.seconds + 59 + (end.microseconds > 0)) // 60
        key = (one.mode, one.place, one.before, one.after)
        gap = gaps.get(key) or lookup.learn(key)
        spans.append((starts - gap[0] - minutes, ends + gap[1]))
        if one.counts:
            begun.append(starts)
    begun.sort()
    return _merged(spans, begun)


class _Gaps:
    """How far apart what is wanted must lie from what is taken, by what that is."""

    def __init__(self, wanted: "Wanted", rules: "Rules") -> None:
        self.rules = rules
        self.here = where(wanted.mode, wanted.place, rules.online_from)
        self.known: dict[tuple[str, str | None, int, int], tuple[int, int]] = {}

    def learn(self, key: tuple[str, str | None, int, int]) -> tuple[int, int]:
        """Give the minutes between what is wanted and this after it, and this and it after that."""
        mode, place, before, after = key
        there, rules, trip = where(mode, place, self.rules.online_from), self.rules, 0
        if self.here is not None and there is not None:
            trip = rules.travel.minutes(self.here, there)
        gap = max(rules.after, before, trip), max(after, rules.before, trip)
        self.known[key] = gap
        return gap


def _merged(spans: list[tuple[int, int]], begun: list[int]) -> Barred:
    """Merge what overlaps. Spans that only touch leave one start free between them."""
    spans.sort()
    sinces: list[int] = []
    untils: list[int] = []
    reached: int | None = None
    for since, until in spans:
        if reached is None or since >= reached:
            sinces.append(since)
            untils.append(until)
            reached = until
        elif until > reached:
            untils[-1] = reached = until
    return Barred(untils, sinces, begun)
