"""How often each page is read in a day: a number, and nothing about who read.

Everyone may see which articles are read most. The numbers are counted in memory (`counting`) and
written down once a minute; together they say what people look for here, and about nobody anything.
"""

from datetime import datetime, timedelta

from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kleinverzet.consent import personal_data
from kleinverzet.world import articles, counting, targets

# How far the list of what is read most looks back.
LISTED = timedelta(days=30)
KEPT = timedelta(days=400)


class Reads(models.Model):
    """How often a page was read on a day."""

    # Its number and no relation: a page knows its maker, and nothing leads from here to anybody.
    page = models.PositiveIntegerField()
    day = models.DateField()
    number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("page", "day"), name="one_number_a_day"),)


personal_data.anonymous(
    Reads,
    why=_("Hoe vaak een pagina op een dag gelezen is: één getal, zonder wie of waarvandaan."),
    kept_for=_("Ruim een jaar (400 dagen)."),
)

_ADD = """
INSERT INTO world_reads (page, day, number) VALUES (%s, %s, %s)
ON CONFLICT (page, day) DO UPDATE SET number = world_reads.number + excluded.number
"""


def write_down() -> None:
    """Add what was counted in memory to the numbers of the days; what fails is kept for later.

    Raises:
        django.db.Error: If the database cannot be written now.
    """
    numbers = counting.tally.take()
    if not numbers:
        return
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            # In one order everywhere, so that two programs never wait for each other.
            for read, number in sorted(numbers.items()):
                cursor.execute(_ADD, [read.page, read.day, number])
    except Exception:
        counting.tally.put_back(numbers)
        raise


def most_read(count: int) -> list[articles.Article]:
    """Give the articles that were read most in the language in use.

    Of the thirty days up to and including yesterday, so that the list changes once a day; where
    these are too few, the newest fill it up.
    """
    today = counting.days(timezone.now()).listed
    public = articles.of(targets.locale().pk)
    totals = dict(
        Reads.objects.filter(
            day__gte=today - LISTED, day__lt=today, page__in=public.order_by().values("pk")
        )
        .values_list("page")
        .annotate(total=models.Sum("number"))
    )
    # Sorting keeps the order of equals: the newest first, and those that nobody read at the end.
    ranked = sorted(public.values_list("pk", flat=True), key=lambda pk: -totals.get(pk, 0))[:count]
    found = {article.pk: article for article in public.filter(pk__in=ranked)}
    return [found[pk] for pk in ranked if pk in found]


def forget_old(now: datetime) -> None:
    """Delete the numbers of days that are long over."""
    Reads.objects.filter(day__lt=timezone.localdate(now) - KEPT).delete()
