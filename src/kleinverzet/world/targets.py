"""Where a button or a link of a page can lead: by a name that outlives a move or a new title.

A page that the program needs to find again, such as the one for contact, is a *place*. When an
editor removes it, nothing leads there any more, and no page breaks.
"""

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from wagtail.models import Locale, Page

from kleinverzet.consent import personal_data
from kleinverzet.world.ways import PROGRAM


class Place(models.Model):
    """Which page is meant by a name, in every language that it has been translated into."""

    key = models.SlugField(primary_key=True, max_length=30)
    translation_key = models.UUIDField(unique=True)

    def __str__(self) -> str:
        """Give the name."""
        return self.key


personal_data.impersonal(
    Place, why="Welke pagina bij welke knop hoort. Er staat niets over iemand in."
)


def address(key: str) -> str:
    """Give where a target is, in the language in use; empty where there is no such page."""
    if key in PROGRAM:
        return reverse(PROGRAM[key])
    found = page(key)
    return found.url or "" if found else ""


def page(key: str) -> Page | None:
    """Give the public page of a place in the language in use; none where it has none."""
    place = Place.objects.filter(key=key).first()
    if place is None:
        return None
    found: Page | None = (
        Page.objects.live().filter(translation_key=place.translation_key, locale=locale()).first()
    )
    return found


def locale() -> Locale:
    """Give the locale of the language in use."""
    language = "en" if get_language() == "en" else "nl"
    found: Locale = Locale.objects.get(language_code=language)
    return found
