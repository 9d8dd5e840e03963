"""A coach with hours, and people who would like to talk: for tests that begin after that."""

from datetime import UTC, datetime

from kleinverzet.coach.models import Coach, Kind, Mode, Terms, Window
from tests.owners import Owner

# A Monday morning in winter; Amsterdam is one hour ahead of UTC.
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
WORKDAYS = range(5)
NINE, FIVE = 9 * 60, 17 * 60


def make_coach(owner: Owner, name: str = "Cora Kade") -> Coach:
    """Make somebody a coach who is there every workday from nine to five, in every way."""
    coach = Coach.objects.create(person=owner.person, name=name)
    for kind, durations in ((Kind.INTAKE, "60"), (Kind.FOLLOW_UP, "45,60"), (Kind.TEAM_TALK, "60")):
        Terms.objects.create(coach=coach, kind=kind, durations=durations)
    for weekday in WORKDAYS:
        for mode in Mode:
            Window.objects.create(coach=coach, weekday=weekday, starts=NINE, ends=FIVE, mode=mode)
    return coach
