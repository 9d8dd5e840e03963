"""Appointments, the links to them, and who waits for one."""

import uuid

from django.db import models
from django.db.models import F, Q

from kleinverzet.coach.models_hours import Coach, Kind, Mode


class Booking(models.Model):
    """One appointment, or a time that is held for one. Nothing in it says who comes, or why.

    Attributes:
        place: For a visit: the town, by name.
        starts_at: In UTC, as `ends_at`; without what is kept free around it.
        before: Minutes that are kept free before it; `after` likewise.
        held_until: When a time that is only held falls free again.
        sequence: How often it was changed, as calendars count.
        zone: The visitor's, to tell them times in.
        form: Made of the number of the form that planned it, so that pressing twice plans once;
            the number itself is kept nowhere.
        for_coach: Sealed to the coach's key `key_number`; see `words`.
        for_visitor: The same, sealed to the secret of the visitor's link.
        envelope: Where mails go, sealed under the house's key; empty once there is nothing to send.
        reminded_at: When the reminder was handed to the outbox.
    """

    class State(models.TextChoices):
        """Where it stands: held for a guardian's yes, offered to who waited, booked, or over."""

        HELD = "held"
        OFFERED = "offered"
        BOOKED = "booked"
        CANCELLED = "cancelled"
        LAPSED = "lapsed"

    LIVE = (State.HELD, State.OFFERED, State.BOOKED)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    coach = models.ForeignKey(Coach, models.CASCADE, related_name="bookings")
    kind = models.CharField(max_length=10, choices=Kind)
    mode = models.CharField(max_length=8, choices=Mode)
    place = models.CharField(max_length=60, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    before = models.PositiveSmallIntegerField(default=0)
    after = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=9, choices=State)
    held_until = models.DateTimeField(null=True)
    sequence = models.PositiveIntegerField(default=0)
    language = models.CharField(max_length=2, default="nl")
    zone = models.CharField(max_length=40, default="Europe/Amsterdam")
    form = models.UUIDField(unique=True, null=True)
    key_number = models.PositiveIntegerField(default=0)
    for_coach = models.BinaryField(default=bytes)
    for_visitor = models.BinaryField(default=bytes)
    envelope = models.BinaryField(default=bytes)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=("coach", "starts_at"), name="bookings_by_coach"),
            models.Index(fields=("state", "held_until"), name="bookings_held"),
            models.Index(fields=("state", "ends_at"), name="bookings_by_end"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")), name="ends_after_it_starts"
            ),
        )


class Link(models.Model):
    """What an address in a mail opens; only a hash of the token in it is kept.

    Attributes:
        opens: "manage" shows what the visitor wrote and changes everything; "change" moves and
            cancels, and shows no word; "guardian" says yes or no; "offer" takes an offered time.
    """

    class Opens(models.TextChoices):
        """What it is for."""

        MANAGE = "manage"
        CHANGE = "change"
        GUARDIAN = "guardian"
        OFFER = "offer"

    booking = models.ForeignKey(Booking, models.CASCADE, related_name="links")
    opens = models.CharField(max_length=8, choices=Opens)
    token_hash = models.BinaryField(unique=True)
    made_at = models.DateTimeField()


class Wish(models.Model):
    """Somebody who waits for a time: which would suit, and where the mail with an offer goes.

    Attributes:
        from_day: The first day that suits, by the practice's clock; `to_day` the last.
        weekdays: Digits of the days that suit, 0 is Monday; empty for all.
        parts: Letters of the parts of a day that suit: m(orning), a(fternoon), e(vening).
        token_hash: Of the link by which it is looked at and withdrawn.
        envelope: Where mails go, sealed under the house's key.
        booking: The time that was offered, while it is.
        passed: When the times began that were offered and not taken: none is offered twice.
    """

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting"
        OFFERED = "offered"
        TAKEN = "taken"
        ENDED = "ended"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=Kind)
    minutes = models.PositiveSmallIntegerField()
    mode = models.CharField(max_length=8, choices=Mode)
    place = models.CharField(max_length=60, blank=True)
    from_day = models.DateField()
    to_day = models.DateField()
    weekdays = models.CharField(max_length=7, blank=True)
    parts = models.CharField(max_length=3, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    language = models.CharField(max_length=2, default="nl")
    zone = models.CharField(max_length=40, default="Europe/Amsterdam")
    form = models.UUIDField(unique=True)
    token_hash = models.BinaryField(unique=True)
    envelope = models.BinaryField(default=bytes)
    booking = models.OneToOneField(Booking, models.SET_NULL, null=True, related_name="wish")
    passed = models.JSONField(default=list)
    made_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("state", "made_at"), name="wishes_in_turn"),)
