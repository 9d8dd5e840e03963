"""A page moves, also while somebody has it open, and its old address leads on."""

import pytest
from django.test import Client, TestCase
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from kleinverzet import environment
from kleinverzet.world.articles import Article
from kleinverzet.world.listing import ArticleIndex
from kleinverzet.world.pages import TextPage

pytestmark = pytest.mark.usefixtures("site")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_an_article_that_gets_another_address_is_found_by_its_old_one(
    client: Client, language: str
) -> None:
    article = _write(language)
    old = article.url
    assert client.get(old).status_code == 200
    new = _rename(article, "nu-hier")
    assert new.startswith("/en/") == (language == "en")
    response = client.get(old)
    assert (response.status_code, response["Location"]) == (301, new)
    assert client.get(new).status_code == 200


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_whole_branch_that_moves_takes_every_old_address_along(
    client: Client, language: str
) -> None:
    article = _write(language)
    old = article.url
    _rename(ArticleIndex.objects.get(locale__language_code=language), "stukken")
    response = client.get(old)
    assert response.status_code == 301
    assert response["Location"] == Article.objects.get(pk=article.pk).url
    assert "/stukken/" in response["Location"]


def test_a_page_that_is_put_elsewhere_is_found_by_its_old_address(client: Client) -> None:
    home = Page.objects.get(depth=2, locale__language_code="nl")
    under, page = _text(home, "kast"), _text(home, "plank")
    old = page.url
    page.move(under, pos="last-child")
    response = client.get(old)
    assert (response.status_code, response["Location"]) == (301, "/kast/plank/")


def test_two_moves_lead_straight_to_where_it_is(client: Client) -> None:
    article = _write("nl")
    first = article.url
    second = _rename(article, "tussenin")
    third = _rename(article, "aan-het-eind")
    for old in (first, second):
        assert client.get(old)["Location"] == third


def test_a_page_that_comes_back_leads_nobody_round_in_a_circle(client: Client) -> None:
    article = _write("nl")
    slug, first = article.slug, article.url
    away = _rename(article, "even-weg")
    assert _rename(article, slug) == first
    assert client.get(first).status_code == 200
    assert client.get(away)["Location"] == first
    article.unpublish()
    assert client.get(first).status_code == 404
    assert client.get(away).status_code == 404


def test_browsers_ask_again_since_a_page_may_move_back(client: Client) -> None:
    article = _write("nl")
    old = article.url
    _rename(article, "elders")
    assert client.get(old)["Cache-Control"] == "no-cache"


def test_nothing_leads_to_what_was_taken_down(client: Client) -> None:
    article = _write("nl")
    old = article.url
    _rename(article, "elders")
    article.unpublish()
    assert client.get(old).status_code == 404


def test_addresses_that_lead_to_one_another_lead_nowhere(client: Client) -> None:
    origin = environment.read().origin
    for here, there in (("/rond", "/om"), ("/om", f"{origin}/rond/"), ("/zelf", "/zelf")):
        Redirect.add_redirect(here, there)
    for address in ("/rond/", "/om/", "/zelf/", "/zelf/?x=1"):
        assert client.get(address).status_code == 404


def test_what_was_sent_to_a_page_that_just_moved_goes_along(client: Client) -> None:
    contact = Page.objects.get(
        locale__language_code="nl",
        contactpage__isnull=False,
        contactpage__is_appointment=False,
    )
    old = contact.url
    new = _rename(contact.specific, "schrijf-ons")
    response = client.post(old, {"text": "Hallo"})
    assert (response.status_code, response["Location"]) == (307, new)


def test_what_was_sent_never_goes_to_another_site(client: Client) -> None:
    Redirect.add_redirect("/oud-contact", "https://elders.example/")
    assert client.get("/oud-contact/")["Location"] == "https://elders.example/"
    assert client.post("/oud-contact/", {"text": "Hallo"}).status_code == 404


@pytest.mark.parametrize(
    "address", ["//elders.example/weg/", "/\\elders.example/", "/%2F%2Felders.example/", "/http://elders.example/"]
)  # fmt: skip
def test_nothing_in_an_address_makes_us_lead_elsewhere(client: Client, address: str) -> None:
    response = client.get(address, {"next": "https://elders.example/", "url": "//elders.example"})
    assert "elders.example" not in response.get("Location", "").partition("?")[0].partition("/")[0]
    assert not response.get("Location", "").startswith(("//", "http://elders", "https://elders"))


def test_a_query_goes_where_the_address_goes(client: Client) -> None:
    article = _write("nl")
    old = article.url
    new = _rename(article, "elders")
    assert client.get(old, {"van": "nieuwsbrief"})["Location"] == new


def _write(language: str) -> Article:
    listing = ArticleIndex.objects.get(locale__language_code=language)
    article = Article(title="Op reis", slug="op-reis", lead="Weg.")
    listing.add_child(instance=article)
    article.save_revision().publish()
    return Article.objects.get(pk=article.pk)


def _rename(page: Page, slug: str) -> str:
    page = page.specific_class.objects.get(pk=page.pk)
    page.slug = slug
    # Wagtail notes the old address as soon as the new one is there for everybody.
    with TestCase.captureOnCommitCallbacks(execute=True):
        page.save_revision().publish()
    return str(page.specific_class.objects.get(pk=page.pk).url)


def _text(parent: Page, slug: str) -> TextPage:
    page = TextPage(title=slug, slug=slug, locale=parent.locale)
    parent.add_child(instance=page)
    parent.refresh_from_db()
    assert Site.objects.exists()
    return TextPage.objects.get(pk=page.pk)
