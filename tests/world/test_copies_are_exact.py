"""Whatever editors do, in whatever order: a copy is what Django would answer at that moment."""

import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Page, PageViewRestriction

from kleinverzet.world import copies, current
from kleinverzet.world.articles import Article
from kleinverzet.world.practice import Practice
from kleinverzet.world.towns import Town
from tests.world.asking import ARTICLES, HOME, ask

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site", "keeps")]
ADDRESSES = ["/artikelen/{slug}/", "/en/articles/{slug}/"]
PATHS = [
    HOME,
    ARTICLES,
    "/en/articles/",
    "/plaatsen/",
    "/artikelen/{slug}/",
    "/en/articles/{slug}/",
]
SLUG = "over-een-steen"


@pytest.fixture
def keeps(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let copies be kept inside the transaction of a test, from none on."""
    monkeypatch.setattr(current, "is_settled", lambda: True)
    copies.store.clear()
    yield
    copies.store.clear()


def stone() -> Any:
    """Give the article that all of this happens to."""
    return Article.objects.get(translation_key=KEY)


def lists() -> dict[str, Any]:
    found = apps.get_model("world", "ArticleIndex").objects.all()
    return {one.locale.language_code: one for one in found}


def draft(words: str) -> Any:
    article = stone()
    article.title, article.lead = f"Steen {words}", words
    return article.save_revision()


def publish(words: str) -> None:
    draft(words).publish()


def withdraw(_words: str) -> None:
    stone().unpublish()


def move(_words: str) -> None:
    here = stone().get_parent().locale.language_code
    stone().move(lists()["nl" if here == "en" else "en"], pos="last-child")


def put_first(_words: str) -> None:
    stone().move(stone().get_parent(), pos="first-child")


def rename(words: str) -> None:
    article = stone()
    article.slug = f"{SLUG}-{len(words)}"
    article.save_revision().publish()


def telephone(words: str) -> None:
    practice = Practice.load()
    practice.phone = f"035 123 45 {len(words) + 10}"
    practice.save()


def town(words: str) -> None:
    first = Town.objects.all()[0]
    first.drive = len(words)
    first.save()


def restrict(_words: str) -> None:
    if not PageViewRestriction.objects.filter(page=stone()).delete()[0]:
        PageViewRestriction.objects.create(page=stone(), restriction_type="login")


def move_the_home(words: str) -> None:
    home = Page.objects.filter(depth=2, locale__language_code="nl").get().specific
    home.slug = f"home-{len(words)}"
    home.save()


KEY = uuid.UUID("0f4e3b5c-3a55-4a43-9a15-6d1b6a2f7c11")
DEEDS: list[Callable[[str], Any]] = [
    draft, publish, publish, withdraw, move, put_first, rename, telephone, town, restrict,
    move_the_home,
]  # fmt: skip


@pytest.mark.slow
@settings(
    max_examples=10,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    days=st.lists(
        st.tuples(
            st.sampled_from(DEEDS),
            st.text("abcde", min_size=1, max_size=4),
            st.lists(st.sampled_from(PATHS), unique=True),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_a_copy_is_always_what_a_fresh_page_would_be(
    days: list[tuple[Callable[[str], Any], str, list[str]]],
) -> None:
    if not Article.objects.filter(translation_key=KEY).exists():
        lists()["nl"].add_child(
            instance=Article(title="Steen", slug=SLUG, translation_key=KEY, lead="Plons.")
        )
    for deed, words, asked in days:
        deed(words)
        for path in (one.format(slug=stone().slug) for one in asked):
            kept, fresh = ask(path), ask(path, HTTP_COOKIE="vk=none")
            assert (kept.status, kept.body) == (fresh.status, fresh.body), (deed.__name__, path)
            assert kept.is_a_copy is (kept.status == 200)
            assert ask(path).body == kept.body
