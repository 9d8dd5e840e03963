"""Whoever looks at a month gets it ready made, and never one from before something changed."""

import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kleinverzet.coach import plan_copies, turns
from kleinverzet.coach.models import (
    Booking,
    Busy,
    Calendar,
    Coach,
    Kind,
    Mode,
    OtherDay,
    Terms,
    Trip,
    Window,
)
from kleinverzet.world.practice import Practice
from kleinverzet.world.towns import Town
from tests.coach.planners import BUSSUM, ONLINE, Planner

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("coach", "keeps", "fresh_limits")]
SOON = datetime.now(UTC).replace(hour=10, minute=0, second=0, microsecond=0) + timedelta(days=3)
HOUR = timedelta(hours=1)


def booking(coach: Coach) -> Booking:
    return Booking.objects.create(
        id=uuid.uuid4(), coach=coach, kind=Kind.INTAKE, mode=Mode.ONLINE,
        state=Booking.State.BOOKED, starts_at=SOON, ends_at=SOON + HOUR, made_at=SOON,
        changed_at=SOON,
    )  # fmt: skip


def busy(coach: Coach) -> Busy:
    calendar = Calendar.objects.create(coach=coach, name="Werk", sealed=b"", made_at=SOON)
    return Busy.objects.create(
        calendar=calendar, event=b"1", starts_at=SOON, ends_at=SOON + 8 * HOUR
    )


# What open times rest on, each made and then changed in some way.
CHANGES: dict[str, tuple[Callable[[Coach], object], Callable[[], object]]] = {
    "an appointment": (booking, lambda: Booking.objects.update(state=Booking.State.CANCELLED)),
    "another length": (booking, lambda: Booking.objects.update(ends_at=SOON + 2 * HOUR)),
    "a busy time elsewhere": (busy, lambda: Busy.objects.update(ends_at=SOON + HOUR)),
    "a calendar that left": (busy, lambda: Calendar.objects.all().delete()),
    "hours": (lambda coach: None, lambda: Window.objects.filter(weekday=2).update(starts=14 * 60)),
    "hours that are gone": (lambda coach: None, lambda: Window.objects.all().delete()),
    "another day": (
        lambda coach: OtherDay.objects.create(coach=coach, date=SOON.date(), windows=[]),
        lambda: OtherDay.objects.all().delete(),
    ),
    "terms": (lambda coach: None, lambda: Terms.objects.update(durations="45")),
    "a coach": (lambda coach: None, lambda: Coach.objects.update(takes=False)),
    "a drive": (
        lambda coach: Trip.objects.create(from_place="Bussum", to_place="", minutes=5),
        lambda: Trip.objects.update(minutes=90),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_after_every_change_the_page_is_what_it_would_be_without_copies(
    coach: Coach, name: str
) -> None:
    make, change = CHANGES[name]
    before = turns.now()
    planner = Planner()
    planner.go(BUSSUM)
    for act in (lambda: make(coach), change):
        act()
        # Asked for while a copy of the state before it is there, and then with none.
        kept = (planner.go(BUSSUM).status, planner.go(BUSSUM).answer.content)
        plan_copies.store.clear()
        assert kept == (planner.go(BUSSUM).status, planner.answer.content)
    assert turns.now() != before


def test_what_the_practice_says_of_itself_is_never_old() -> None:
    planner = Planner().go(BUSSUM)
    practice = Practice.load()
    practice.town = "Almere"
    practice.save()
    assert "Almere" in planner.go(BUSSUM).page
    Town.objects.get(name="Bussum").delete()
    assert planner.go(BUSSUM).status == 404


def test_the_second_who_looks_costs_two_small_questions() -> None:
    planner = Planner().go(ONLINE)
    first = planner.answer.content
    with CaptureQueriesContext(connection) as asked:
        planner.go(ONLINE)
    assert planner.answer.content == first
    assert all("coach_turn" in one["sql"] or "world_edition" in one["sql"] for one in asked)
    assert planner.answer["Cache-Control"] == "private, no-cache"
    assert not planner.answer.cookies


def test_mails_and_calendars_that_are_behind_turn_nothing(coach: Coach) -> None:
    row = booking(coach)
    before = turns.now()
    Booking.objects.filter(pk=row.pk).update(
        reminded_at=SOON, envelope=b"", for_coach=b"", sequence=3, changed_at=SOON
    )
    assert turns.now() == before


def test_every_language_and_frame_has_a_page_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KLEINVERZET_FRAMES", "https://school.example")
    planner = Planner()
    pages = {
        planner.go(path).answer.content
        for path in (ONLINE, "/en/appointment/online/", "/afspraak/kader/online/", ONLINE)
    }
    assert len(pages) == 3


def test_a_page_with_a_form_is_made_for_each_reader() -> None:
    planner = Planner()
    time = planner.first_time(ONLINE)
    stamps = {planner.go(time).answer.context["stamp"].form for _ in range(2)}
    assert len(stamps) == 2


def test_the_next_minute_is_asked_anew(coach: Coach, monkeypatch: pytest.MonkeyPatch) -> None:
    """A time whose notice has just run out is gone from the page as well."""
    Terms.objects.update(notice=24 * 60, step=15)
    day = _a_workday_ahead(coach)
    nine = datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=8)
    seen = []
    for past in (timedelta(minutes=-1), timedelta(minutes=-1, seconds=30), timedelta(seconds=1)):
        moment = nine - timedelta(days=1) + past
        monkeypatch.setattr("django.utils.timezone.now", lambda moment=moment: moment)
        page = Planner().go(f"{ONLINE}{day:%Y-%m-%d}/").page
        seen.append(f"{day:%Y-%m-%d}/09.00/" in page)
    assert seen == [True, True, False]


def _a_workday_ahead(coach: Coach) -> date:
    """Give a winter's Tuesday: Amsterdam is an hour ahead then."""
    OtherDay.objects.filter(coach=coach).delete()
    return date(2027, 1, 12)
