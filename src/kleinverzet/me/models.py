"""What the innermost ring keeps: sealed rows, and the bare times at which somebody is nudged."""

from datetime import time

from django.conf import settings
from django.db import models
from django.db.models import Q

from kleinverzet.vault.models import SealedRow


class Reflection(SealedRow):
    """One circle, or the beginning of one, with its plan and what became of it: all sealed."""


class Notebook(SealedRow):
    """What somebody writes about themselves over time: all sealed, one row a person."""

    class Meta:
        constraints = (models.UniqueConstraint(fields=("person",), name="one_notebook_a_person"),)


class Nudge(models.Model):
    """A moment that somebody asked to be reminded at. It says when, and nothing about what.

    `due_at` is what they asked for. `try_at` is when it is tried: the same, or later where the mail
    server could not be reached. `settled_at` is when the state last changed. `token_hash` is of the
    link in the mail, which opens a check-in and no more.
    """

    class State(models.TextChoices):
        """Where it stands. `SENDING` that stays is a crash in between: unknown, never sent twice.

        `HANDED` is to the mail server, whose word that is; `SKIPPED` is a mail without a confirmed
        address; `PASSED` is one that only stood in a calendar, and whose moment has come.
        """

        PLANNED = "planned"
        SENDING = "sending"
        HANDED = "handed"
        REFUSED = "refused"
        SKIPPED = "skipped"
        PASSED = "passed"

    class Channel(models.TextChoices):
        """How it comes: by mail, or only in the calendar feed and on the page."""

        MAIL = "mail"
        FEED = "feed"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    reflection = models.ForeignKey(Reflection, models.CASCADE, related_name="nudges")
    channel = models.CharField(max_length=4, choices=Channel)
    due_at = models.DateTimeField()
    try_at = models.DateTimeField()
    zone = models.CharField(max_length=40, default="Europe/Amsterdam")
    language = models.CharField(max_length=2, default="nl")
    state = models.CharField(max_length=8, choices=State, default=State.PLANNED)
    token_hash = models.BinaryField(null=True)
    settled_at = models.DateTimeField(null=True)
    is_late = models.BooleanField(default=False)

    class Meta:
        indexes = (models.Index(fields=("state", "try_at"), name="nudges_by_time"),)
        constraints = (
            models.UniqueConstraint(
                fields=("reflection",),
                condition=Q(state="planned"),
                name="one_planned_nudge_a_reflection",
            ),
            models.UniqueConstraint(fields=("token_hash",), name="one_nudge_a_token"),
        )


class Rhythm(models.Model):
    """How somebody wants to be nudged: by mail or not, when not, and their calendar's address."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+"
    )
    by_mail = models.BooleanField(default=False)
    quiet_from = models.TimeField(default=time(22))
    quiet_until = models.TimeField(default=time(7))
    zone = models.CharField(max_length=40, default="Europe/Amsterdam")
    feed_hash = models.BinaryField(null=True)
    monthly = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("feed_hash",), name="one_person_a_feed"),)
