"""A moment to remember: a calendar file with a neutral title, made in memory and handed over.

Nothing in it says what it is about, unless somebody asks for their sentence to be in it: a calendar
is often seen by others.
"""

import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from icalendar import Alarm, Calendar, Event, Timezone

from kleinverzet.me.forms import Pick, Words

ZONE = ZoneInfo("Europe/Amsterdam")
LENGTH = timedelta(minutes=10)
EVENING = time(20, 0)
MORNING = time(8, 0)
FURTHEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Moment:
    """When, and what the calendar may say.

    Attributes:
        at: The moment, with its zone.
        title: What the calendar shows.
        note: The sentence, or empty.
    """

    at: datetime
    title: str
    note: str = ""


class WhenForm(forms.Form):
    """Tonight, tomorrow morning, or a day and time of one's own, on the clock of one zone."""

    moment = Pick(
        [
            ("evening", _("Vanavond om 8 uur")),
            ("morning", _("Morgen om 8 uur")),
            ("own", _("Op een ander moment")),
        ]
    )
    day = forms.DateField(
        required=False, error_messages={"invalid": _("Schrijf de dag zo: 2026-12-31.")}
    )
    hour = forms.TimeField(
        required=False, error_messages={"invalid": _("Schrijf de tijd zo: 15:30.")}
    )

    def __init__(self, data: Any = None, *, zone: ZoneInfo = ZONE) -> None:
        super().__init__(data)
        self.zone = zone

    def clean(self) -> dict[str, object]:
        """Find the moment that was meant, and refuse one that has passed or lies beyond a year."""
        data = super().clean() or {}
        if self.errors:
            return data
        at = self._at(data)
        if at is None:
            raise forms.ValidationError(gettext("Kies een dag en een tijd."), code="missing")
        now = timezone.now()
        if not now < at < now + FURTHEST:
            raise forms.ValidationError(
                gettext("Kies een moment dat nog komt, binnen een jaar."), code="out_of_range"
            )
        data["at"] = at
        return data

    def _at(self, data: dict[str, object]) -> datetime | None:
        today = timezone.localdate(timezone=self.zone)
        match data.get("moment"):
            case "evening":
                return datetime.combine(today, EVENING, self.zone)
            case "morning":
                return datetime.combine(today + timedelta(days=1), MORNING, self.zone)
        day, hour = data.get("day"), data.get("hour")
        if isinstance(day, date) and isinstance(hour, time):
            return datetime.combine(day, hour, self.zone)
        return None


class MomentForm(WhenForm):
    """A moment for a calendar file, and what the calendar may say."""

    title = Words(60)
    sentence = forms.BooleanField(required=False)

    def chosen(self, sentence: str) -> Moment:
        """Give the moment of a valid form, with the sentence only where that was asked for."""
        data = self.cleaned_data
        title = " ".join(data["title"].split()) or default_title()
        return Moment(data["at"], title, sentence if data["sentence"] else "")


def default_title() -> str:
    """Give a title that tells a passer-by nothing."""
    return gettext("even denken")


def is_evening_left(now: datetime, zone: ZoneInfo = ZONE) -> bool:
    """Tell whether tonight at eight still lies ahead."""
    return now.astimezone(zone).time() < EVENING


@cache
def _rules(zone: str, year: int) -> Timezone:
    """Give a zone's rules from a year on; building them takes longer than all the rest."""
    return Timezone.from_tzid(zone, first_date=date(year, 1, 1))


def as_ics(moment: Moment) -> bytes:
    """Give the moment, which is in a named zone, as an iCalendar file with one event and alarm."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//moment//1.0//")
    event = Event()
    event.add("uid", str(uuid.uuid4()))
    event.add("dtstamp", datetime.now(UTC))
    event.add("dtstart", moment.at)
    event.add("dtend", moment.at + LENGTH)
    event.add("summary", moment.title)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    if moment.note:
        event.add("description", moment.note)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", moment.title)
    alarm.add("trigger", timedelta(0))
    event.add_component(alarm)
    calendar.add_component(event)
    zone = moment.at.tzinfo
    assert isinstance(zone, ZoneInfo)
    calendar.add_component(_rules(zone.key, moment.at.year))
    return bytes(calendar.to_ical())
