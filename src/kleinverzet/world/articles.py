"""Articles, and what they are about.

Everyone may read what is published.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageQuerySet
from wagtail.search import index
from wagtail.snippets.models import register_snippet

from kleinverzet.consent import personal_data
from kleinverzet.world import blocks, targets
from kleinverzet.world.practice import Practice
from kleinverzet.world.reading import WORDS_A_MINUTE, Reading, words_in


@register_snippet
class Topic(models.Model):
    """What an article is about."""

    key = models.SlugField(_("afkorting"), primary_key=True, max_length=30)
    name_nl = models.CharField(_("naam"), max_length=60)
    name_en = models.CharField(_("naam, in het Engels"), max_length=60)
    slug_nl = models.SlugField(_("in het adres"), max_length=60, unique=True)
    slug_en = models.SlugField(_("in het Engelse adres"), max_length=60, unique=True)

    class Meta:
        verbose_name = _("Onderwerp")
        verbose_name_plural = _("Onderwerpen")

    def __str__(self) -> str:
        """Give the name in the language in use."""
        return str(self.name_en if get_language() == "en" else self.name_nl)

    @property
    def slug(self) -> str:
        """Its part of an address in the language in use."""
        return str(self.slug_en if get_language() == "en" else self.slug_nl)


class Article(Reading):
    """One article."""

    day = models.DateField(
        _("datum"),
        null=True,
        blank=True,
        help_text=_("Leeg: de dag waarop het artikel verschijnt."),
    )
    author = models.CharField(
        _("auteur"), max_length=80, blank=True, help_text=_("Leeg: de praktijk.")
    )
    topic = models.ForeignKey(
        Topic, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("onderwerp"),
    )  # fmt: skip
    image = models.ForeignKey(
        "wagtailimages.Image", models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("foto"),
    )  # fmt: skip
    image_alt = models.CharField(
        _("wat er op de foto staat"),
        max_length=160,
        blank=True,
        help_text=_("Voor wie de foto niet ziet. Leeg laten kan alleen zonder foto."),
    )
    body = StreamField(blocks.of_articles(), blank=True, verbose_name=_("inhoud"))
    minutes = models.PositiveSmallIntegerField(default=1, editable=False)

    content_panels: ClassVar[list[Any]] = [
        *Reading.content_panels,
        FieldRowPanel([FieldPanel("topic"), FieldPanel("author"), FieldPanel("day")]),
        MultiFieldPanel(
            [FieldPanel("image"), FieldPanel("image_alt"), FieldPanel("drawing")],
            heading=_("Beeld"),
        ),
        FieldPanel("body"),
    ]
    search_fields: ClassVar[list[Any]] = [*Reading.search_fields, index.SearchField("body")]
    parent_page_types: ClassVar[list[str]] = ["world.ArticleIndex"]
    subpage_types: ClassVar[list[str]] = []
    template = "world/article.html"

    class Meta:
        verbose_name = _("Artikel")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Count how long it takes to read, and save."""
        self.minutes = max(1, round(words_in(str(self.body)) / WORDS_A_MINUTE))
        super().save(*args, **kwargs)

    @property
    def shown_on(self) -> date:
        """The day that stands with it: its own, that of its appearance, or else today."""
        if self.day:
            return self.day
        return timezone.localdate(self.first_published_at)

    @property
    def signed_by(self) -> str:
        """Who signs it."""
        return self.author or Practice.load().name

    def related(self) -> list["Article"]:
        """Give up to three other articles: of the same topic first, then the newest."""
        others = list(of(self.locale_id).exclude(pk=self.pk)[:24])
        return sorted(others, key=lambda one: one.topic_id != self.topic_id)[:3]


def of(locale_id: int) -> PageQuerySet:
    """Give the published articles in a language, the newest first, each with its day as `on`."""
    return (
        Article.objects.live()
        .filter(locale_id=locale_id)
        .select_related("topic", "image")
        .annotate(on=Coalesce("day", TruncDate("first_published_at")))
        .order_by("-on", "-first_published_at", "-pk")
    )


def newest(count: int) -> Sequence[Article]:
    """Give the newest articles in the language in use."""
    return list(of(targets.locale().pk)[:count])


personal_data.impersonal(Topic, why="Waar artikelen over gaan. Niets over bezoekers.")
personal_data.impersonal(
    Article, why="Een artikel met de naam waaronder het verscheen, zoals het op de site staat."
)
