"""The list of articles: all of them, by topic and by month, a sheet at a time.

Everyone may read it. A list has an address of its own and no query, so that it can be kept ready.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.core.paginator import Page as Sheet
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin, re_path
from wagtail.models import PageQuerySet

from kleinverzet.consent import personal_data
from kleinverzet.world import articles, copies
from kleinverzet.world.articles import Article, Topic
from kleinverzet.world.reading import Reading

A_SHEET = 9
_NUMBER = r"(?P<number>[1-9]\d{0,3})/$"
_TOPIC = r"^(?P<way>onderwerp|topic)/(?P<slug>[\w-]+)/"


@dataclass(frozen=True, slots=True)
class Words:
    """The words in the addresses of lists in a language."""

    sheet: str
    topic: str


WORDS = {"nl": Words("pagina", "onderwerp"), "en": Words("page", "topic")}


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a list of articles shows.

    Attributes:
        title: What they have in common; empty for all of them.
        sheet: One page of them.
        before: The address of the newer ones; empty on the first page.
        after: The address of the older ones; empty on the last page.
    """

    title: str
    sheet: Sheet[Article]
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Way:
    """A list of articles that one can go to, and how many there are."""

    name: str
    address: str
    count: int


class ArticleIndex(RoutablePageMixin, Reading):
    """The list of articles."""

    parent_page_types: ClassVar[list[str]] = ["world.HomePage"]
    subpage_types: ClassVar[list[str]] = ["world.Article"]
    template = "world/articles.html"

    class Meta:
        verbose_name = _("Lijst van artikelen")

    @re_path(r"^$")
    @re_path(r"^(?P<way>pagina|page)/" + _NUMBER)
    def all(self, request: HttpRequest, way: str = "", number: str = "1") -> HttpResponse:
        """Show all of them."""
        self._need(way, self.words.sheet)
        return self._show(request, articles.of(self.locale_id), "", self.url, int(number))

    @re_path(_TOPIC + "$")
    @re_path(_TOPIC + r"(?P<page>pagina|page)/" + _NUMBER)
    def about(
        self, request: HttpRequest, way: str, slug: str, page: str = "", number: str = "1"
    ) -> HttpResponse:
        """Show those of one topic."""
        self._need(way, self.words.topic)
        self._need(page, self.words.sheet)
        topic = next((one for one in Topic.objects.all() if one.slug == slug), None)
        if topic is None:
            raise Http404
        found = articles.of(self.locale_id).filter(topic=topic)
        return self._show(request, found, str(topic), f"{self.url}{way}/{slug}/", int(number))

    @re_path(r"^(?P<year>20\d\d)/(?P<month>0[1-9]|1[0-2])/$")
    @re_path(r"^(?P<year>20\d\d)/(?P<month>0[1-9]|1[0-2])/(?P<way>pagina|page)/" + _NUMBER)
    def in_month(
        self, request: HttpRequest, year: str, month: str, way: str = "", number: str = "1"
    ) -> HttpResponse:
        """Show those of one month."""
        self._need(way, self.words.sheet)
        first = date(int(year), int(month), 1)
        found = articles.of(self.locale_id).filter(on__year=first.year, on__month=first.month)
        title = date_format(first, "F Y")
        return self._show(request, found, title, f"{self.url}{year}/{month}/", int(number))

    @property
    def words(self) -> Words:
        """The words in the addresses of its lists."""
        return WORDS["en" if self.locale.language_code == "en" else "nl"]

    def _need(self, word: str, right: str) -> None:
        """Refuse the other language's word: a list has one address."""
        if word and word != right:
            raise Http404

    def _show(
        self, request: HttpRequest, found: PageQuerySet, title: str, base: str, number: int
    ) -> HttpResponse:
        pager = Paginator(found, A_SHEET)
        if number > pager.num_pages or (title and not pager.count):
            raise Http404
        if number == 1 and request.path != base:
            raise Http404  # the first sheet has the shorter address
        sheet = pager.page(number)
        shelf = Shelf(
            title=title,
            sheet=sheet,
            before=self._sheet(base, number - 1) if sheet.has_previous() else "",
            after=self._sheet(base, number + 1) if sheet.has_next() else "",
        )
        context = {"shelf": shelf, "topics": topics(self), "months": months(self)}
        return copies.mark(self.render(request, context_overrides=context))

    def _sheet(self, base: str, number: int) -> str:
        return base if number == 1 else f"{base}{self.words.sheet}/{number}/"


def topics(listing: ArticleIndex) -> list[Way]:
    """Give the topics that have articles."""
    counts = Counter(articles.of(listing.locale_id).values_list("topic", flat=True))
    return [
        Way(str(topic), f"{listing.url}{listing.words.topic}/{topic.slug}/", counts[topic.pk])
        for topic in Topic.objects.all()
        if counts[topic.pk]
    ]


def months(listing: ArticleIndex) -> list[Way]:
    """Give the months that have articles, the latest first."""
    days = articles.of(listing.locale_id).values_list("on", flat=True)
    counts = Counter(day.replace(day=1) for day in days)
    return [
        Way(date_format(first, "F Y"), f"{listing.url}{first:%Y/%m}/", count)
        for first, count in counts.items()
    ]


personal_data.impersonal(ArticleIndex, why="De lijst van artikelen. Niets over bezoekers.")
