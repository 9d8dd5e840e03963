"""Whatever people do, in whatever order: appointments stand apart, and only grow in sequence."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from kleinverzet.coach import intake, openings
from kleinverzet.coach.models import Booking, Coach, Kind, Mode, Terms, Trip, Wish
from kleinverzet.coach.openings import Sought
from kleinverzet.coach.outcome import By, Done, Refused
from tests.coach.cast import NOW
from tests.coach.visits import AT_PRACTICE, GUARDIAN, ONLINE, WORDS, ask, at, plan, wish

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
TOWNS = ("Delft", "Gouda")
DRIVES = {("", "Delft"): 45, ("", "Gouda"): 20, ("Delft", "Gouda"): 50}
VISITS = tuple(Sought(Kind.INTAKE, 60, Mode.HOME, town) for town in TOWNS)
LONG = Sought(Kind.FOLLOW_UP, 45, Mode.PRACTICE)

moments = st.integers(0, 16).map(lambda step: at(9) + step * timedelta(minutes=15))
sought = st.sampled_from((AT_PRACTICE, ONLINE, LONG, *VISITS))
which = st.integers(0, 7)
stale = st.sampled_from((0, 0, 0, 1))
people = st.sampled_from((By.VISITOR, By.VISITOR, By.COACH, By.CALENDAR))
book = st.tuples(st.just("book"), moments, sought, st.booleans())
move = st.tuples(st.just("move"), which, moments, people, stale)
other = st.one_of(
    st.tuples(st.just("cancel"), which, st.sampled_from(tuple(By)), stale),
    st.tuples(st.just("agree"), which),
    st.tuples(st.just("offer"), moments),
    st.tuples(st.just("take"), which, st.booleans()),
    st.tuples(st.just("wait"), st.integers(1, 14)),
)
steps = st.sampled_from((book, move, move, other)).flatmap(lambda kind: kind)


@dataclass
class World:
    """What people do, and what was seen of each appointment before."""

    now: datetime = NOW
    moved_freely: set[Any] = field(default_factory=set)
    seen: dict[Any, tuple[str, int]] = field(default_factory=dict)

    def do(self, verb: str, *more: Any) -> None:
        """Let somebody do something; where it is refused, nothing may have changed."""
        before = _rows()
        answer = getattr(self, verb)(*more)
        if isinstance(answer, Refused):
            assert _rows() == before
        self.check()

    def book(self, moment: datetime, what: Sought, guarded: bool) -> Done | Refused:
        return ask(moment, sought=what, guardian=GUARDIAN if guarded else "", now=self.now)

    def move(self, number: int, moment: datetime, by: By, old: int) -> Done | Refused | None:
        if (row := _pick(number)) is None:
            return None
        done = intake.move(
            booking=row, starts_at=moment, seen=row.sequence - old, by=by, now=self.now
        )
        if isinstance(done, Done) and by in (By.COACH, By.CALENDAR):
            self.moved_freely.add(row.pk)
        return done

    def cancel(self, number: int, by: By, old: int) -> Done | Refused | None:
        if (row := _pick(number)) is None:
            return None
        return intake.cancel(booking=row, seen=row.sequence - old, by=by, now=self.now)

    def agree(self, number: int) -> Done | Refused | None:
        row = _pick(number)
        return None if row is None else intake.agree(booking=row, now=self.now)

    def offer(self, moment: datetime) -> None:
        if (time := openings.at(AT_PRACTICE, moment, self.now)) is not None:
            intake.offer(wish=wish(), time=time, now=self.now)

    def take(self, number: int, guarded: bool) -> Done | Refused | None:
        if (row := _pick(number)) is None:
            return None
        guardian = GUARDIAN if guarded else ""
        return intake.take(booking=row, words=WORDS, guardian=guardian, form=uuid4(), now=self.now)

    def wait(self, hours: int) -> None:
        self.now += hours * HOUR
        intake.lapse_overdue(self.now)
        assert not Booking.objects.filter(held_until__lte=self.now).exists()

    def check(self) -> None:
        """Look at everything that must always hold."""
        for first, second in _neighbours():
            between = (second.starts_at - first.ends_at).total_seconds() / 60
            free = bool({first.pk, second.pk} & self.moved_freely)
            assert between >= (0 if free else _gap(first, second)), (first.pk, second.pk)
        for row in Booking.objects.all():
            state, sequence = self.seen.get(row.pk, (row.state, 0))
            assert row.sequence >= sequence
            assert state in Booking.LIVE or row.state == state
            assert (row.held_until is not None) == (row.state in ("held", "offered"))
            assert bool(row.envelope) == (row.state in ("held", "booked"))
            self.seen[row.pk] = (row.state, row.sequence)
        for one in Wish.objects.select_related("booking"):
            is_offered = one.booking is not None and one.booking.state == Booking.State.OFFERED
            assert (one.state == Wish.State.OFFERED) == is_offered


@pytest.mark.slow
def test_no_order_of_doings_brings_two_appointments_together(coach: Coach) -> None:
    for (here, there), minutes in DRIVES.items():
        Trip.objects.create(from_place=here, to_place=there, minutes=minutes)
    Terms.objects.filter(coach=coach).update(step=15, before=5, after=15, most_a_day=0, notice=60)
    Terms.objects.filter(coach=coach, kind=Kind.FOLLOW_UP).update(before=30)

    plan(at(9), sought=VISITS[0])
    plan(at(11), sought=LONG, guardian=GUARDIAN)

    @settings(max_examples=50)
    @given(st.lists(steps, min_size=6, max_size=12))
    def check(doings: list[tuple[Any, ...]]) -> None:
        with transaction.atomic():
            world = World()
            for doing in doings:
                world.do(*doing)
            transaction.set_rollback(True)

    check()


def test_the_look_at_neighbours_would_see_two_that_are_too_close(coach: Coach) -> None:
    done = ask(at(10))
    assert isinstance(done, Done)
    row = done.booking
    Booking.objects.create(
        coach=coach, kind=row.kind, mode=row.mode, starts_at=at(11), ends_at=at(12),
        state=row.state, made_at=NOW, changed_at=NOW, envelope=b"x",
    )  # fmt: skip
    with pytest.raises(AssertionError):
        World().check()


def _rows() -> list[Any]:
    return list(Booking.objects.order_by("pk").values_list())


def _pick(number: int) -> Booking | None:
    """Give some appointment: now and then one that is over."""
    rows = Booking.objects.order_by("made_at", "starts_at", "pk")
    live = rows if number == 0 else rows.filter(state__in=Booking.LIVE)
    return live[number % len(live)] if live else None


def _neighbours() -> Iterator[tuple[Booking, Booking]]:
    rows = list(Booking.objects.filter(state__in=Booking.LIVE).order_by("starts_at"))
    return pairwise(rows)


def _gap(first: Booking, second: Booking) -> int:
    """Say how many minutes must lie between, told anew from the rules and not by the engine."""
    travel = 0
    if Mode.ONLINE not in (first.mode, second.mode):  # online is from anywhere
        trip = tuple(sorted((first.place, second.place)))
        travel = DRIVES.get((trip[0], trip[1]), 0)
    return max(first.after, second.before, travel)
