"""The newest articles for feed readers, as Atom and as RSS, in each language.

A feed gives the lead of an article and not the whole: its figures stand with their definitions and
sources on the page, and drawings and notes would come apart in a reader. Everyone may read it, and
nobody counts who does.
"""

import uuid
from datetime import datetime, time
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.html import escape
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from kleinverzet.accounts.access import open_to_all
from kleinverzet.world import articles, copies, heads, targets
from kleinverzet.world.articles import Article
from kleinverzet.world.practice import Practice

MOST = 20
# A feed reader knows an article by this for ever, so it hangs on nothing that an editor can change.
_IDS = uuid.UUID("6d0b7a52-6a57-4c43-9a5e-0f1d6c3c9f6e")


@open_to_all
@require_safe
def atom(request: HttpRequest) -> HttpResponse:
    """Give the newest articles as Atom."""
    return copies.mark(_Atom()(request))


@open_to_all
@require_safe
def rss(request: HttpRequest) -> HttpResponse:
    """Give the newest articles as RSS."""
    return copies.mark(_Rss()(request))


class _Rss(Feed[Article, Any]):
    feed_type: type[SyndicationFeed] = Rss201rev2Feed
    name = "world:feed"

    def title(self) -> str:
        return f"{gettext('Artikelen')} · Klein Verzet"

    def description(self) -> str:
        return gettext("Over druk, spanning en kleine daden.")

    subtitle = description

    def link(self) -> str:
        return heads.whole(targets.address("articles") or reverse("world:home"))

    def feed_url(self) -> str:
        return heads.whole(reverse(self.name))

    def feed_guid(self) -> str:
        return _id(f"articles {get_language()}")

    @property
    def language(self) -> str:  # type: ignore[override]
        return "en" if get_language() == "en" else "nl"

    def author_name(self) -> str:
        return str(Practice.load().name)

    def items(self) -> list[Article]:
        return list(articles.newest(MOST))

    def item_title(self, item: Any) -> str:
        return str(item.title)

    def item_description(self, item: Any) -> str:
        return escape(item.lead)  # both formats read it as HTML

    def item_link(self, item: Article) -> str:
        return heads.whole(item.url or "")

    def item_guid(self, item: Article) -> str:
        return _id(f"{item.translation_key} {self.language}")

    item_guid_is_permalink = False

    def item_author_name(self, item: Article) -> str:
        return item.signed_by

    def item_pubdate(self, item: Article) -> datetime:
        return _noon(item)

    def item_updateddate(self, item: Article) -> datetime:
        return max(item.last_published_at or _noon(item), _noon(item))

    def item_categories(self, item: Article) -> list[str]:
        return [str(item.topic)] if item.topic else []


class _Atom(_Rss):
    feed_type = Atom1Feed
    name = "world:feed_atom"


def _id(of: str) -> str:
    return uuid.uuid5(_IDS, of).urn


def _noon(article: Article) -> datetime:
    """Give the day that stands with an article as a moment: its noon."""
    return timezone.make_aware(datetime.combine(article.shown_on, time(12)))
