"""What search engines, and whoever shares an address, read in the head of a page."""

import json
import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Picture
from wagtail.images import get_image_model
from wagtail.models import Page

from kleinverzet import environment
from kleinverzet.world import heads
from kleinverzet.world.articles import Article
from kleinverzet.world.heads import Head
from kleinverzet.world.listing import ArticleIndex
from kleinverzet.world.practice import Practice
from kleinverzet.world.towns import Town

ORIGIN = environment.read().origin
pytestmark = [
    pytest.mark.usefixtures("site"),
    # Wagtail leaves the file that it makes a rendition in to the collector.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


def test_a_page_names_its_own_whole_address(client: Client) -> None:
    for page in Page.objects.live().filter(depth__gt=1):
        assert _link(_head(client, page.url), "canonical") == ORIGIN + page.url


def test_a_query_does_not_make_another_page(client: Client) -> None:
    head = _head(client, "/?utm_source=elsewhere")
    assert _link(head, "canonical") == f"{ORIGIN}/"


def test_a_page_names_the_same_page_in_both_languages(client: Client) -> None:
    with override("en"):
        english = reverse("world:acts", kwargs={"setting": "home"})
    address = reverse("world:acts", kwargs={"setting": "home"})
    for one in (address, english):
        found = _alternates(_head(client, one))
        assert found == {
            "nl": ORIGIN + address,
            "en": ORIGIN + english,
            "x-default": ORIGIN + address,
        }


def test_a_page_of_the_editors_names_its_translation_and_is_named_back(client: Client) -> None:
    for page in Page.objects.live().filter(depth=2):
        assert _alternates(_head(client, page.url)) == {
            "nl": f"{ORIGIN}/",
            "en": f"{ORIGIN}/en/",
            "x-default": f"{ORIGIN}/",
        }


def test_a_translation_that_is_not_published_is_not_named(client: Client) -> None:
    english = Page.objects.get(depth=3, locale__language_code="en", contactpage__isnull=False,
                               contactpage__is_appointment=False)  # fmt: skip
    dutch = english.get_translations().get()
    assert _alternates(_head(client, dutch.url))
    english.unpublish()
    assert not _alternates(_head(client, dutch.url))


def test_what_is_shared_has_a_title_a_text_and_a_picture(client: Client) -> None:
    article = _write("Gedeeld")
    head = _head(client, article.url)
    assert _meta(head, "og:type") == "article"
    assert _meta(head, "og:title") == "Gedeeld"
    assert _meta(head, "og:description") == article.lead
    assert _meta(head, "og:locale") == "nl_NL"
    assert _meta(head, "og:url") == ORIGIN + article.url
    picture = str(_meta(head, "og:image"))
    assert picture.startswith(f"{ORIGIN}/static/world/previews/marks.")


def test_an_articles_own_photo_goes_before_its_drawing(
    client: Client, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    article = _write("Met foto", image=_photo(tmp_path), image_alt="Een vijver")
    picture = str(_meta(_head(client, article.url), "og:image"))
    assert picture.startswith(f"{ORIGIN}/media/")
    (made,) = (tmp_path / "images").glob("*fill-1200x630*.jpg")
    with Picture.open(made) as image:
        assert image.size == (1200, 630)


def test_every_drawing_has_a_picture_to_share(client: Client) -> None:
    from kleinverzet.world import drawings

    for name in drawings.NAMES:
        assert f"/previews/{name}." in heads.preview(name)


def test_a_drawing_without_a_picture_falls_back_to_that_of_the_house() -> None:
    assert heads.preview("nowhere") == heads.preview(heads.HOUSE_DRAWING) != ""


def test_an_article_says_what_it_is(client: Client) -> None:
    article = _write("Wat het is")
    (fact,) = _facts(client, article.url, "Article")
    assert fact["headline"] == "Wat het is"
    assert fact["datePublished"] == "2026-03-04"
    assert fact["inLanguage"] == "nl"
    assert fact["author"]["name"] == fact["publisher"]["name"] == Practice.load().name
    assert fact["mainEntityOfPage"] == ORIGIN + article.url
    assert fact["image"][0].startswith(ORIGIN)


def test_a_named_author_is_a_person(client: Client) -> None:
    article = _write("Ondertekend", author="Pippa Plons")
    (fact,) = _facts(client, article.url, "Article")
    assert fact["author"] == {"@type": "Person", "name": "Pippa Plons"}


def test_the_practice_says_how_it_is_reached_and_where_it_comes(client: Client) -> None:
    practice = Practice.load()
    practice.phone = "035 123 45 67"
    practice.save()
    (fact,) = _facts(client, "/", "ProfessionalService")
    assert fact["telephone"] == "035 123 45 67"
    assert fact["email"] == practice.email
    assert fact["address"]["addressLocality"] == practice.town
    assert {town["name"] for town in fact["areaServed"]} == set(
        Town.objects.values_list("name", flat=True)
    )


def test_the_practice_claims_nothing_that_nobody_filled_in(client: Client) -> None:
    (fact,) = _facts(client, "/", "ProfessionalService")
    assert not fact.keys() & {"openingHours", "priceRange", "aggregateRating", "geo", "review"}
    assert "streetAddress" not in fact["address"]


def test_questions_on_a_page_are_named_as_questions(client: Client) -> None:
    answer = "<p>Ja, <b>altijd</b>.</p>"
    article = _write("Vragen", body=[("question", {"question": "Mag dat?", "answer": answer})])
    (fact,) = _facts(client, article.url, "FAQPage")
    (question,) = fact["mainEntity"]
    assert question["name"] == "Mag dat?"
    assert question["acceptedAnswer"]["text"].split() == ["Ja,", "altijd."]


def test_the_way_to_an_article_is_told(client: Client) -> None:
    article = _write("De weg")
    (fact,) = _facts(client, article.url, "BreadcrumbList")
    way = fact["itemListElement"]
    assert [step["position"] for step in way] == [1, 2, 3]
    assert way[0]["item"] == f"{ORIGIN}/"
    assert way[2] == {
        "@type": "ListItem", "position": 3, "name": "De weg", "item": ORIGIN + article.url,
    }  # fmt: skip


@given(title=st.text(min_size=1) | st.just("</script><script>alert(1)</script>"))
def test_no_title_can_end_the_block_that_it_stands_in(title: str) -> None:
    head = Head(title, "", "", facts=({"headline": title},))
    assert not set("<>&") & set(head.data)
    assert json.loads(head.data)["@graph"] == [{"headline": title}]


def test_a_hostile_title_stays_text_in_every_part_of_the_head(client: Client) -> None:
    hostile = '</script><script>alert("x")</script>'
    article = _write(hostile)
    page = client.get(article.url).content.decode()
    assert "<script>alert" not in page
    assert unescape(str(_meta(page.partition("</head>")[0], "og:title"))) == hostile
    (fact,) = _facts(client, article.url, "Article")
    assert fact["headline"] == hostile


def test_the_second_sheet_of_a_list_names_itself_and_no_translation(client: Client) -> None:
    listing = ArticleIndex.objects.get(locale__language_code="nl")
    for number in range(9):
        _write(f"Vulling {number}")
    head = _head(client, f"{listing.url}pagina/2/")
    assert _link(head, "canonical") == f"{ORIGIN}{listing.url}pagina/2/"
    assert not _alternates(head)


def _write(title: str, **more: Any) -> Article:
    listing = ArticleIndex.objects.get(locale__language_code="nl")
    fields = {"lead": "De lead.", "drawing": "marks", "day": date(2026, 3, 4), **more}
    slug = "hoofd-" + "".join(sign for sign in title.lower() if sign.isalnum())
    article = Article(title=title, slug=slug, **fields)
    listing.add_child(instance=article)
    article.save_revision().publish()
    return Article.objects.get(pk=article.pk)


def _photo(folder: Path) -> Any:
    path = folder / "photo.png"
    Picture.new("RGB", (1600, 1000), "#113c69").save(path)
    file = SimpleUploadedFile("photo.png", path.read_bytes(), "image/png")
    path.unlink()
    return get_image_model().objects.create(title="Foto", file=file)


def _head(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode().partition("</head>")[0]


def _link(head: str, rel: str) -> str:
    (found,) = re.findall(rf'<link rel="{rel}" href="([^"]+)">', head)
    return unescape(found)


def _alternates(head: str) -> dict[str, str]:
    return dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', head))


def _meta(head: str, name: str) -> str | None:
    found = re.findall(rf'<meta property="{name}" content="([^"]*)">', head)
    return unescape(found[0]) if found else None


def _facts(client: Client, address: str, kind: str) -> list[dict[str, Any]]:
    blocks = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', _head(client, address), re.DOTALL
    )
    return [fact for fact in _graph(blocks) if fact["@type"] == kind]


def _graph(blocks: list[str]) -> Iterator[dict[str, Any]]:
    for block in blocks:
        yield from json.loads(block)["@graph"]
