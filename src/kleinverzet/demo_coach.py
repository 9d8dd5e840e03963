"""The coach of the demo's cast: somebody who does not exist, with hours and appointments.

Only for a data folder that is thrown away, as all of the demo.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

from django.utils import timezone

from kleinverzet.accounts.models import Person
from kleinverzet.catalogue.cast import Appointment, Coaching, Hours
from kleinverzet.coach import coaches, days_off, hours, intake
from kleinverzet.coach.hours import Span
from kleinverzet.coach.models import Coach, Kind
from kleinverzet.coach.openings import Sought
from kleinverzet.coach.words import Words

# Who comes today planned it some days ago.
BEFORE = timedelta(days=4)


def settle(person: Person, coaching: Coaching, now: datetime) -> None:
    """Make somebody a coach, with hours and with who comes."""
    coach = coaches.appoint(person, coaching.name)
    for one in coaching.hours:
        _open(coach, one)
    days = list(_workdays(timezone.localdate(now)))
    for who in coaching.appointments:
        _book(coach, who, days[who.ahead], now)


def _open(coach: Coach, one: Hours) -> None:
    span = Span(_minutes(one.starts), _minutes(one.ends), one.modes)
    for weekday in one.weekdays:
        spans = hours.of_week(coach)[weekday]
        hours.write_week(coach, {weekday: [*spans, span]}, seen={weekday: hours.mark(spans)})


def _minutes(clock: str) -> int:
    at = time.fromisoformat(clock)
    return at.hour * 60 + at.minute


def _workdays(today: date) -> Iterator[date]:
    """Give the days from today on which somebody coaches, two weeks long."""
    days = [today + timedelta(days=n) for n in range(14)]
    free = days_off.between("NL", days[0], days[-1])
    yield from (day for day in days if day.weekday() < 5 and day not in free)


def _book(coach: Coach, who: Appointment, day: date, now: datetime) -> None:
    here = timezone.get_default_timezone()
    starts_at = datetime.combine(day, time.fromisoformat(who.at), tzinfo=here).astimezone(UTC)
    intake.book(
        sought=Sought(Kind.INTAKE, 60, who.mode, who.place),
        starts_at=starts_at,
        words=Words(
            name=who.name, email=who.email, phone=who.phone, address=who.address, whom=who.whom,
            age=who.age, answers=who.answers,
        ),
        guardian=who.guardian,
        language="nl",
        zone=str(here),
        form=uuid4(),
        # A guardian is given time from now on, so that the time is still held.
        now=now if who.guardian else now - BEFORE,
        coach_id=coach.pk,
    )  # fmt: skip
