"""A number a coach that says whether open times can have changed; the database itself turns it."""

from django.db import models


class Turn(models.Model):
    """How often anything changed that a coach's open times rest on.

    Triggers raise it in the same transaction as the change (migration 0003), so whoever sees the
    change sees the number, whatever program wrote it. It points to no row: it outlives its coach.

    Attributes:
        coach_id: Whose open times; 0 for what concerns all.
        number: Rises, and never falls.
    """

    coach_id = models.BigIntegerField(primary_key=True)
    number = models.PositiveBigIntegerField()
