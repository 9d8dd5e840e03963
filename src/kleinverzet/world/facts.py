"""What a page says in schema.org's words: an article, the practice, questions, where one is.

Only what stands on the page or in the practice's profile: no street, no opening hours, no stars.
"""

from collections.abc import Iterator
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import get_language
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing

from kleinverzet import environment
from kleinverzet.world.articles import Article
from kleinverzet.world.pages import ContactPage, HomePage, TownsPage
from kleinverzet.world.practice import Practice
from kleinverzet.world.towns import Town

Fact = dict[str, Any]
# A headline that is longer is cut by whoever shows it.
LONGEST_HEADLINE = 110


def is_article(page: Page) -> bool:
    """Say whether a page is an article."""
    return isinstance(page, Article)


def of(page: Page, canonical: str, image: str) -> Iterator[Fact]:
    """Give the facts of a page.

    Args:
        page: The page, in its own class.
        canonical: Its whole address.
        image: The whole address of its picture; empty where it has none.
    """
    if isinstance(page, Article):
        yield _article(page, canonical, image)
    if isinstance(page, HomePage | ContactPage | TownsPage):
        yield practice()
    if questions := list(_questions(page)):
        yield {"@type": "FAQPage", "@id": f"{canonical}#questions", "mainEntity": questions}
    if crumbs := _crumbs(page):
        yield {"@type": "BreadcrumbList", "itemListElement": crumbs}


def practice() -> Fact:
    """Give the practice, as its profile has it, with the towns where it comes."""
    here = Practice.load()
    fact = {
        **_publisher(here),
        "@type": "ProfessionalService",
        "description": here.what,
        "telephone": here.phone,
        "email": here.email,
        "address": {"@type": "PostalAddress", "addressLocality": here.town},
        "areaServed": [
            {"@type": "City", "name": name}
            for name in Town.objects.order_by("name").values_list("name", flat=True)
        ],
    }
    if region := getattr(here, "region", ""):
        fact["address"]["addressRegion"] = region
    return fact


def _article(page: Article, canonical: str, image: str) -> Fact:
    here = Practice.load()
    publisher = _publisher(here)
    author = {"@type": "Person", "name": page.author} if page.author else publisher
    fact: Fact = {
        "@type": "Article",
        "@id": f"{canonical}#article",
        "headline": Truncator(page.title).chars(LONGEST_HEADLINE),
        "description": page.search_description or page.lead,
        "datePublished": page.shown_on.isoformat(),
        "author": author,
        "publisher": publisher,
        "inLanguage": "en" if get_language() == "en" else "nl",
        "mainEntityOfPage": canonical,
    }
    if page.last_published_at and page.last_published_at.date() > page.shown_on:
        fact["dateModified"] = page.last_published_at.isoformat()
    if page.topic:
        fact["articleSection"] = str(page.topic)
    if image:
        fact["image"] = [image]
    return fact


def _publisher(here: Practice) -> Fact:
    origin = environment.read().origin
    return {
        "@type": "Organization",
        "@id": f"{origin}/#practice",
        "name": here.name,
        "url": f"{origin}/",
    }


def _questions(page: Page) -> Iterator[Fact]:
    for block in getattr(page, "body", None) or ():
        if block.block_type == "question":
            answer = get_text_for_indexing(block.value["answer"].source)
            yield {
                "@type": "Question",
                "name": block.value["question"],
                "acceptedAnswer": {"@type": "Answer", "text": answer},
            }


def _crumbs(page: Page) -> list[Fact]:
    """Give the way from the front page; none for the front page and what lies right under it."""
    if page.depth < 4:
        return []
    way = [*page.get_ancestors().filter(depth__gte=2), page]
    origin = environment.read().origin
    return [
        {"@type": "ListItem", "position": n, "name": one.title, "item": f"{origin}{one.url}"}
        for n, one in enumerate(way, 1)
    ]
