"""A Monday on which four people come to a coach, and none of them exists; for tests of the day."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

from django.utils import timezone

from kleinverzet.coach import intake
from kleinverzet.coach.intake import Done
from kleinverzet.coach.models import Booking, Coach, Mode
from kleinverzet.coach.openings import Sought
from kleinverzet.coach.words import Words
from tests.coach.at_the_desk import HERE

FIEN = Words(
    name="Fien Fluit", email="fien@example.org", phone="06 00 00 00 11", age=17,
    answers={"about": "Ik zeg overal ja op."},
)  # fmt: skip
GUUS = Words(
    name="Guus Gors", email="guus@example.org", phone="06 00 00 00 12", whom="child", age=17,
    address="Verzonnenlaan 3", answers={"about": "Hij gaat al drie weken niet naar school."},
)  # fmt: skip
RORY = Words(name="Rory Rill", email="rory@example.org", age=21)
TEUN = Words(name="Teun Touw", email="teun@example.org", age=15)


def a_monday() -> date:
    """Give a Monday ahead, at least a week away."""
    today = timezone.localdate()
    return today + timedelta(days=14 - today.weekday())


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """Give a moment by the practice's clock, in UTC."""
    return datetime.combine(day, time(hour, minute), tzinfo=HERE).astimezone(UTC)


def book(
    coach: Coach, starts_at: datetime, words: Words = FIEN, *, mode: str = Mode.ONLINE,
    place: str = "", guardian: str = "",
) -> Booking:  # fmt: skip
    """Let somebody plan an intake."""
    done = intake.book(
        sought=Sought("intake", 60, mode, place), starts_at=starts_at, words=words,
        guardian=guardian, language="nl", zone="Europe/Amsterdam", form=uuid4(),
        now=timezone.now(), coach_id=coach.pk,
    )  # fmt: skip
    assert isinstance(done, Done), done
    return done.booking


def fill(coach: Coach) -> date:
    """Let four people come, in every way; give the day."""
    Coach.objects.update(closed_on_holidays=False)
    day = a_monday()
    book(coach, at(day, 10), FIEN, mode=Mode.PRACTICE)
    book(coach, at(day, 13), GUUS, mode=Mode.HOME, place="Soest")
    book(coach, at(day, 14, 30), RORY)
    book(coach, at(day, 16), TEUN, guardian="ouder@example.org")
    return day
