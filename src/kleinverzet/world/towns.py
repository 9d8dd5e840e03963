"""The towns where the practice comes, by region.

They feed the page of towns, the map, what search engines read and, through `offers`, how far a
home visit is. Everyone may read them.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.snippets.models import register_snippet

from kleinverzet.consent import personal_data
from kleinverzet.world.practice import Practice

KM_A_DEGREE = 111.2
# A first guess for a drive between towns: roads are longer than the crow's flight, and a town
# costs time at both ends. Whoever knows better fills it in.
DETOUR, KM_AN_HOUR, IN_TOWN = 1.3, 55.0, 6.0


class Region(models.Model):
    """A group of towns."""

    key = models.SlugField(primary_key=True, max_length=30, editable=False)
    name_nl = models.CharField(_("naam"), max_length=60)
    name_en = models.CharField(_("naam, in het Engels"), max_length=60)
    order = models.PositiveSmallIntegerField(_("volgorde"), default=0)

    class Meta:
        ordering = ("order",)
        verbose_name = _("Streek")
        verbose_name_plural = _("Streken")

    def __str__(self) -> str:
        """Give the name in the language in use."""
        return str(self.name_en if get_language() == "en" else self.name_nl)


@register_snippet
class Town(models.Model):
    """A town, where it lies, and how long the drive takes."""

    name = models.CharField(_("naam"), max_length=60, unique=True)
    region = models.ForeignKey(
        Region, models.PROTECT, related_name="towns", verbose_name=_("streek")
    )
    latitude = models.FloatField(
        _("breedtegraad"), validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    longitude = models.FloatField(
        _("lengtegraad"), validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    drive = models.PositiveSmallIntegerField(
        _("minuten rijden"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(240)],
        help_text=_("Leeg: geschat naar de afstand."),
    )

    panels = (
        FieldPanel("name"),
        FieldPanel("region"),
        FieldPanel("drive"),
        FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
    )

    class Meta:
        ordering = ("region__order", "name")
        verbose_name = _("Plaats")
        verbose_name_plural = _("Plaatsen")

    def __str__(self) -> str:
        """Give the name."""
        return self.name

    def minutes_from(self, practice: Practice) -> int:
        """Give how long the drive takes, in minutes: as filled in, else estimated."""
        if self.drive is not None:
            return self.drive
        return 0 if self.name == practice.town else self.estimate_from(practice)

    def estimate_from(self, place: "Practice | Town") -> int:
        """Give how long the drive takes from a door there to a door here, by the distance."""
        km = math.hypot(*self.offset_from(place)) * DETOUR
        return round(IN_TOWN + km / KM_AN_HOUR * 60)

    def offset_from(self, place: "Practice | Town") -> tuple[float, float]:
        """Give how far east and how far north of a place it lies, in kilometres."""
        north = (self.latitude - place.latitude) * KM_A_DEGREE
        shrunk = KM_A_DEGREE * math.cos(math.radians(place.latitude))
        return (self.longitude - place.longitude) * shrunk, north


@dataclass(frozen=True, slots=True)
class Drive:
    """A town and the drive to it, in minutes; `is_estimate` where nobody filled it in."""

    name: str
    minutes: int
    is_estimate: bool


def by_region() -> list[tuple[str, list[Drive]]]:
    """Give the name of each region, and its towns."""
    practice = Practice.load()
    found = Town.objects.select_related("region")
    return [
        (str(region), list(_drives(group, practice)))
        for region, group in groupby(found, key=lambda town: town.region)
    ]


def _drives(group: Iterator[Town], practice: Practice) -> Iterator[Drive]:
    for town in group:
        is_estimate = town.drive is None and town.name != practice.town
        yield Drive(town.name, town.minutes_from(practice), is_estimate)


_WHY = "Waar de praktijk komt, zoals het op de site staat. Niets over bezoekers."
personal_data.impersonal(Region, why=_WHY)
personal_data.impersonal(Town, why=_WHY)
