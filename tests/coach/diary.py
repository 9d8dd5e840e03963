"""A coach's own calendar, connected, and what other programs of theirs do in it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone

from kleinverzet.coach import calendar_account, entries, invitation, syncing
from kleinverzet.coach.calendar_account import Account
from kleinverzet.coach.models import Booking, Busy, Calendar, Clash, Coach, Kind, Mode
from tests.coach.cast import NOW
from tests.coach.dav_server import DavServer

A_MINUTE = timedelta(minutes=1)


def connect(coach: Coach, account: Account, now: datetime = NOW, **columns: Any) -> Calendar:
    """Connect a calendar, as the page does once it was chosen."""
    said = {"kind": Calendar.Sort.CALDAV, "name": "Werk", "is_written": True, **columns}
    calendar = Calendar(coach=coach, try_at=now, made_at=now, sealed=b"", **said)
    calendar.save()
    calendar_account.seal(account, calendar)
    calendar.save()
    if calendar.is_written:
        entries.mark_all(calendar, now)
    return calendar


def connect_to(server: DavServer, coach: Coach, **columns: Any) -> Calendar:
    """Connect the calendar of a server."""
    account = Account(server.calendar_address, server.name, server.password)
    return connect(coach, account, **columns)


def sync(calendar: Calendar, now: datetime = NOW) -> Calendar:
    """Visit a calendar now, and give it as it is then."""
    syncing.wake(calendar, now)
    syncing.do_due(now)
    calendar.refresh_from_db()
    return calendar


def sync_well(calendar: Calendar, now: datetime = NOW) -> Calendar:
    """Visit it until there is nothing to do, and let nothing be wrong."""
    sync(calendar, now)
    sync(calendar, now)
    assert calendar.fault == ""
    return calendar


def event(uid: str, starts_at: datetime, *, minutes: int = 60, more: str = "") -> str:
    """Write an event as some program of the coach would."""
    ends_at = starts_at + timedelta(minutes=minutes)
    lines = (
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//anders//1.0//", "BEGIN:VEVENT", f"UID:{uid}",
        "DTSTAMP:20261123T000000Z", f"DTSTART:{_utc(starts_at)}", f"DTEND:{_utc(ends_at)}",
        "SUMMARY:Tandarts", *more.split(), "END:VEVENT", "END:VCALENDAR", "",
    )  # fmt: skip
    return "\r\n".join(lines)


def busy() -> list[tuple[datetime, datetime]]:
    """Give the times that are taken elsewhere."""
    return sorted(Busy.objects.values_list("starts_at", "ends_at"))


def told(coach: Coach) -> list[str]:
    """Give what a coach was told, the oldest first."""
    return list(Clash.objects.filter(coach=coach).order_by("pk").values_list("what", flat=True))


def name_of(booking: Booking) -> str:
    """Give the name of an appointment's file there."""
    return invitation.uid(booking)


def standing(server: DavServer, booking: Booking) -> str:
    """Give an appointment as another program would show it; empty where it is not there."""
    return server.read(name_of(booking)) or ""


def drag(server: DavServer, booking: Booking, by: timedelta, *, longer: int = 0) -> None:
    """Let a coach drag an appointment to another time in their own program."""
    text = standing(server, booking)
    for name, at, more in (
        ("DTSTART", booking.starts_at, timedelta(0)),
        ("DTEND", booking.ends_at, timedelta(minutes=longer)),
    ):
        assert f"{name}:{_utc(at)}" in text
        text = text.replace(f"{name}:{_utc(at)}", f"{name}:{_utc(at + by + more)}")
    server.write(name_of(booking), text)


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def appointment(coach: Coach, *, days: int = 3, **columns: Any) -> Booking:
    """Give an appointment so many days from now by the real clock, for tests of pages."""
    starts_at = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=days)
    said: dict[str, Any] = {
        "kind": Kind.INTAKE, "mode": Mode.HOME, "place": "Bussum", "state": Booking.State.BOOKED,
        "starts_at": starts_at, "ends_at": starts_at + timedelta(hours=1),
        "made_at": timezone.now(), "changed_at": timezone.now(),
    }  # fmt: skip
    return Booking.objects.create(coach=coach, **{**said, **columns})
