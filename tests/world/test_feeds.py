"""Somebody follows the articles in a feed reader."""

from datetime import date
from xml.etree import ElementTree as Xml

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from kleinverzet import environment
from kleinverzet.world.articles import Article
from kleinverzet.world.listing import ArticleIndex

ATOM = "{http://www.w3.org/2005/Atom}"
pytestmark = pytest.mark.usefixtures("site")


def test_the_newest_comes_first_with_its_lead_and_its_whole_address(client: Client) -> None:
    new = _write("Net verschenen", date(2035, 1, 2))
    entry = _atom(client).find(f"{ATOM}entry")
    assert entry is not None
    assert entry.findtext(f"{ATOM}title") == "Net verschenen"
    assert entry.findtext(f"{ATOM}summary") == new.lead
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == environment.read().origin + new.url
    assert str(entry.findtext(f"{ATOM}published")).startswith("2035-01-02")


def test_rss_has_the_same_articles_as_atom(client: Client) -> None:
    atom = [entry.findtext(f"{ATOM}title") for entry in _atom(client).iter(f"{ATOM}entry")]
    rss = [item.findtext("title") for item in _rss(client).iter("item")]
    assert atom == rss
    assert atom


def test_each_language_has_a_feed_of_its_own(client: Client) -> None:
    dutch = {entry.findtext(f"{ATOM}id") for entry in _atom(client).iter(f"{ATOM}entry")}
    with override("en"):
        feed = _atom(client)
    english = {entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")}
    assert not dutch & english
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    links = [entry.find(f"{ATOM}link") for entry in feed.iter(f"{ATOM}entry")]
    start = environment.read().origin + "/en/"
    assert all(link is not None and str(link.get("href")).startswith(start) for link in links)


def test_an_article_keeps_its_id_when_it_gets_another_address(client: Client) -> None:
    article = _write("Verhuist", date(2035, 1, 2))
    before = _ids(client)
    article.slug = "heel-ergens-anders"
    article.save_revision().publish()
    assert _ids(client) == before
    assert "heel-ergens-anders" in client.get(reverse("world:feed_atom")).content.decode()


def test_ids_are_no_addresses_and_each_is_its_own(client: Client) -> None:
    ids = _ids(client)
    assert len(set(ids)) == len(ids)
    assert all(id_.startswith("urn:uuid:") for id_ in ids)


def test_a_draft_and_what_was_taken_down_are_in_no_feed(client: Client) -> None:
    article = _write("Even te zien", date(2035, 1, 2))
    article.unpublish()
    assert "Even te zien" not in client.get(reverse("world:feed")).content.decode()
    assert "Even te zien" not in client.get(reverse("world:feed_atom")).content.decode()


def test_signs_in_a_title_do_not_break_the_feed(client: Client) -> None:
    title = "Mag ‘nee’ & <b>anders</b>?"
    _write(title, date(2035, 1, 2))
    assert title in [entry.findtext(f"{ATOM}title") for entry in _atom(client).iter(f"{ATOM}entry")]
    assert title in [item.findtext("title") for item in _rss(client).iter("item")]


def test_signs_in_a_lead_are_text_and_no_markup(client: Client) -> None:
    _write("Met tekens", date(2035, 1, 2), lead="Is 3 < 4? <b>Ja</b> & klaar.")
    entry = _atom(client).find(f"{ATOM}entry")
    assert entry is not None
    summary = "Is 3 &lt; 4? &lt;b&gt;Ja&lt;/b&gt; &amp; klaar."
    assert entry.findtext(f"{ATOM}summary") == summary
    assert next(_rss(client).iter("item")).findtext("description") == summary


def test_who_signed_an_article_stands_in_the_feed(client: Client) -> None:
    article = _write("Met naam", date(2035, 1, 2))
    entry = _atom(client).find(f"{ATOM}entry")
    assert entry is not None
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == article.signed_by


def test_the_feed_names_its_own_address_and_not_who_asked(client: Client) -> None:
    feed = _atom(client)
    own = [link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert own == [environment.read().origin + reverse("world:feed_atom")]
    assert "testserver" not in client.get(reverse("world:feed")).content.decode()


@pytest.mark.parametrize(
    ("name", "kind"),
    [("world:feed_atom", "application/atom+xml"), ("world:feed", "application/rss+xml")],
)
def test_a_feed_may_be_kept_ready_for_everyone(client: Client, name: str, kind: str) -> None:
    response = client.get(reverse(name))
    assert response.is_public  # type: ignore[attr-defined]
    assert response["Content-Type"].startswith(kind)
    assert not response.cookies


def test_pages_tell_a_reader_where_the_feeds_are(client: Client) -> None:
    page = client.get("/").content.decode()
    for name in ("world:feed_atom", "world:feed"):
        assert f'href="{reverse(name)}"' in page.partition("</head>")[0]


def _write(title: str, day: date, lead: str = "De lead.") -> Article:
    listing = ArticleIndex.objects.get(locale__language_code="nl")
    article = Article(title=title, slug=f"feed-{len(title)}", lead=lead, day=day)
    listing.add_child(instance=article)
    article.save_revision().publish()
    return Article.objects.get(pk=article.pk)


def _atom(client: Client) -> Xml.Element:
    return Xml.fromstring(client.get(reverse("world:feed_atom")).content)


def _rss(client: Client) -> Xml.Element:
    return Xml.fromstring(client.get(reverse("world:feed")).content)


def _ids(client: Client) -> list[str]:
    return [str(entry.findtext(f"{ATOM}id")) for entry in _atom(client).iter(f"{ATOM}entry")]
