"""Calendars elsewhere: what they say is busy, and what of ours stands in them."""

from django.db import models

from kleinverzet.coach.models_booked import Booking
from kleinverzet.coach.models_hours import Coach


class Calendar(models.Model):
    """A calendar elsewhere: a coach's own, whose times are busy here too.

    Attributes:
        kind: "caldav" is read and written, "ics" is only read.
        sealed: Its address, name and password, under the house's key: work in the background
            needs them while nobody is signed in.
        is_written: Whether appointments are put into it.
        seen_at: When what it says was last known here in full.
        try_at: When it is spoken to next; none until its coach has chosen it from those that
            its server has. Put ahead before each try, so that two never do the same work.
        fault: A code of what went wrong last (`calendar_faults.Fault`); empty when nothing did.
        failures: How often that happened on end.
        token: What the server calls its state, so that nothing comes twice.
        is_leaving: Whether it was disconnected, and our appointments are still to be taken out.
    """

    class Sort(models.TextChoices):
        """How it is spoken to."""

        CALDAV = "caldav"
        ICS = "ics"

    coach = models.ForeignKey(Coach, models.CASCADE, related_name="calendars")
    kind = models.CharField(max_length=6, choices=Sort)
    name = models.CharField(max_length=60)
    sealed = models.BinaryField()
    is_written = models.BooleanField(default=False)
    seen_at = models.DateTimeField(null=True)
    try_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=30, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    token = models.TextField(blank=True)
    is_leaving = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("try_at",), name="calendars_in_turn"),)


class Busy(models.Model):
    """A time at which a calendar elsewhere says that a coach is taken; not what for.

    Attributes:
        event: A keyed hash of the event's number there.
    """

    calendar = models.ForeignKey(Calendar, models.CASCADE, related_name="busy")
    event = models.BinaryField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("calendar", "starts_at"), name="busy_by_calendar"),)


class Entry(models.Model):
    """An appointment as it stands in a calendar elsewhere.

    Attributes:
        sequence: Of the appointment as it was last put there; -1 when it never was.
        href: Where it stands there; `etag` is the server's mark of that version.
        is_gone: Whether it was taken out there by the coach, who has not said yet what is to be.
        try_at: When it is put there next, where that is still to do; none when it stands right.
    """

    booking = models.ForeignKey(Booking, models.CASCADE, related_name="entries")
    calendar = models.ForeignKey(Calendar, models.CASCADE, related_name="entries")
    sequence = models.IntegerField(default=-1)
    href = models.TextField(blank=True)
    etag = models.TextField(blank=True)
    is_gone = models.BooleanField(default=False)
    try_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("booking", "calendar"), name="one_entry_a_calendar"),
        )


class Clash(models.Model):
    """Something that a coach must know: two things at one time, or a change made elsewhere.

    Attributes:
        what: A code; `clashes.WORDS` says it in a sentence.
        mark: A keyed hash of what it is about, so that the same is told once; none where it can
            be told again.
        seen_at: When the coach said that they know.
    """

    coach = models.ForeignKey(Coach, models.CASCADE, related_name="clashes")
    booking = models.ForeignKey(Booking, models.CASCADE, null=True, related_name="clashes")
    what = models.CharField(max_length=30)
    mark = models.BinaryField(null=True)
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("coach", "what", "mark"), name="told_once"),)
