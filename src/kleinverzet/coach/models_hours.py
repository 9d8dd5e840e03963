"""Who coaches, and when: what open times are made of."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Mode(models.TextChoices):
    """How one talks."""

    ONLINE = "online"
    HOME = "home"
    PRACTICE = "practice"


class Kind(models.TextChoices):
    """What an appointment is for."""

    INTAKE = "intake"
    FOLLOW_UP = "follow_up"
    TEAM_TALK = "team_talk"


class Coach(models.Model):
    """Somebody with an account who takes appointments.

    Attributes:
        name: As visitors read it.
        takes: Whether new appointments can be planned.
        closed_on_holidays: Whether Dutch public holidays are days off.
        online_from: Where they are when they talk online: "practice", or "anywhere".
        travel_inside: Whether the trip from and to the practice fits the window as well.
        feed_hash: Of the link to their appointments as a calendar; none without one.
    """

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    takes = models.BooleanField(default=True)
    closed_on_holidays = models.BooleanField(default=True)
    online_from = models.CharField(max_length=8, default="anywhere")
    travel_inside = models.BooleanField(default=False)
    feed_hash = models.BinaryField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("feed_hash",), name="one_coach_a_feed"),)

    def __str__(self) -> str:
        """Give the name."""
        return self.name


class Terms(models.Model):
    """On what terms a coach takes one kind of appointment; times are in minutes.

    Attributes:
        durations: How long it can take, the usual first: "60" or "60,45".
        step: How far apart times on offer begin.
        before: Kept free before it.
        after: Kept free after it.
        notice: How long before at the latest it can be planned.
        horizon: How many days ahead it can be planned.
        most_a_day: How many appointments of any kind a day; 0 is as many as fit.
        is_open: Whether visitors can plan it.
    """

    coach = models.ForeignKey(Coach, models.CASCADE, related_name="terms")
    kind = models.CharField(max_length=10, choices=Kind)
    durations = models.CharField(max_length=40, default="60")
    step = models.PositiveSmallIntegerField(default=30)
    before = models.PositiveSmallIntegerField(default=0)
    after = models.PositiveSmallIntegerField(default=15)
    notice = models.PositiveIntegerField(default=24 * 60)
    horizon = models.PositiveSmallIntegerField(default=60)
    most_a_day = models.PositiveSmallIntegerField(default=4)
    is_open = models.BooleanField(default=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("coach", "kind"), name="one_terms_a_kind"),
            models.CheckConstraint(condition=Q(step__gte=5), name="step_of_five_minutes"),
        )


class Window(models.Model):
    """Every week, on this day, between these minutes of the day, in this way.

    Attributes:
        weekday: 0 is Monday.
        starts: Minutes after midnight, by the practice's clock; `ends` likewise, at most 1440.
        places: For visits: the towns, by name, one a line; empty for every town.
    """

    coach = models.ForeignKey(Coach, models.CASCADE, related_name="windows")
    weekday = models.PositiveSmallIntegerField()
    starts = models.PositiveSmallIntegerField()
    ends = models.PositiveSmallIntegerField()
    mode = models.CharField(max_length=8, choices=Mode)
    places = models.TextField(default="", blank=True)

    class Meta:
        ordering = ("weekday", "starts")
        constraints = (
            models.CheckConstraint(
                condition=Q(weekday__lte=6, starts__lt=F("ends"), ends__lte=1440),
                name="window_within_a_day",
            ),
        )


class OtherDay(models.Model):
    """A date that is unlike its weekday: closed, or with other hours.

    Attributes:
        windows: Dictionaries with starts, ends, mode and places as in `Window`; none is closed.
    """

    coach = models.ForeignKey(Coach, models.CASCADE, related_name="other_days")
    date = models.DateField()
    windows = models.JSONField(default=list)

    class Meta:
        ordering = ("date",)
        constraints = (models.UniqueConstraint(fields=("coach", "date"), name="one_other_day"),)


class Trip(models.Model):
    """How long the drive between two places takes, where somebody knew better than the estimate.

    Attributes:
        from_place: A town's name; empty for the practice. Before `to_place` in the alphabet, for
            a drive counts for both ways.
        minutes: By car.
    """

    from_place = models.CharField(max_length=60, blank=True)
    to_place = models.CharField(max_length=60)
    minutes = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("from_place", "to_place"), name="one_trip"),)
