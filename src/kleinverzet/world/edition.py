"""Which edition of the public pages is out: a number that rises with every change to them.

Everyone may know it. It rises in the same transaction as the change, so that whoever can see the
change can see the number, and nobody else: that is what makes kept copies exact.
"""

from django.db import models
from django.db.models import F

from kleinverzet.consent import personal_data


class Edition(models.Model):
    """The one row that holds the number."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveBigIntegerField(default=0)


personal_data.impersonal(Edition, why="Een teller die zegt of een pagina veranderd is.")


def turn() -> None:
    """Bring out the next edition, within the same transaction as the change."""
    if not _raise():
        Edition.objects.get_or_create(pk=1)
        _raise()


def _raise() -> int:
    return Edition.objects.filter(pk=1).update(number=F("number") + 1)
