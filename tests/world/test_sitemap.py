"""A search engine asks what there is, and what it should leave alone."""

from xml.etree import ElementTree as Xml

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page

from kleinverzet import environment
from kleinverzet.world.pages import TextPage

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"
ORIGIN = environment.read().origin
pytestmark = pytest.mark.usefixtures("site")


def test_every_address_on_the_map_answers(client: Client) -> None:
    addresses = list(_lines(client))
    assert addresses
    for address in addresses:
        assert address.startswith(ORIGIN)
        assert client.get(address.removeprefix(ORIGIN)).status_code == 200, address


def test_every_published_page_is_on_the_map_once(client: Client) -> None:
    text = client.get("/sitemap.xml").content.decode()
    for page in Page.objects.live().filter(depth__gt=1):
        assert text.count(f"<loc>{ORIGIN}{page.url}</loc>") == 1


def test_what_the_program_makes_is_on_the_map_in_both_languages(client: Client) -> None:
    lines = _lines(client)
    for language in ("nl", "en"):
        with override(language):
            for address in (
                reverse("me:circle"),
                reverse("world:acts"),
                reverse("world:acts", kwargs={"setting": "school"}),
            ):
                assert ORIGIN + address in lines


def test_each_line_names_itself_and_the_other_language_and_the_other_names_it_back(
    client: Client,
) -> None:
    lines = _lines(client)
    for address, alternates in lines.items():
        if alternates:
            assert set(alternates) == {"nl", "en", "x-default"}
            assert address in alternates.values()
            assert alternates["x-default"] == alternates["nl"]
            assert all(lines[other] == alternates for other in alternates.values())


def test_a_page_that_is_not_translated_names_no_other(client: Client) -> None:
    page = _write("alleen-nederlands")
    assert _lines(client)[ORIGIN + page.url] == {}


def test_a_draft_is_not_on_the_map(client: Client) -> None:
    page = _write("kort-te-zien")
    assert "kort-te-zien" in client.get("/sitemap.xml").content.decode()
    page.unpublish()
    assert "kort-te-zien" not in client.get("/sitemap.xml").content.decode()


def test_nothing_private_is_on_the_map(client: Client) -> None:
    text = client.get("/sitemap.xml").content.decode()
    assert reverse("me:home") not in text
    assert reverse("world:search") not in text
    assert "/beheer/" not in text


def test_robots_are_told_where_the_map_is_and_to_leave_the_desk_alone(client: Client) -> None:
    response = client.get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    lines = response.content.decode().splitlines()
    assert "Disallow: /beheer/" in lines
    assert f"Sitemap: {ORIGIN}/sitemap.xml" in lines


@pytest.mark.parametrize("address", ["/sitemap.xml", "/robots.txt"])
def test_both_may_be_kept_ready_for_everyone(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.is_public  # type: ignore[attr-defined]
    assert not response.cookies


def _lines(client: Client) -> dict[str, dict[str, str]]:
    response = client.get("/sitemap.xml")
    assert response["Content-Type"].startswith("application/xml")
    return {
        str(line.findtext(f"{MAP}loc")): {
            str(link.get("hreflang")): str(link.get("href")) for link in line.findall(LINK)
        }
        for line in Xml.fromstring(response.content)
    }


def _write(slug: str) -> TextPage:
    home = Page.objects.get(depth=2, locale__language_code="nl")
    page = TextPage(title=slug, slug=slug)
    home.add_child(instance=page)
    return page
