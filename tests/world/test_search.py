"""Somebody looks for a page by its words, and nothing of what they look for stays behind."""

from html import unescape
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kleinverzet.world import finding
from kleinverzet.world.articles import Article
from kleinverzet.world.finding import Found
from kleinverzet.world.listing import ArticleIndex
from tests.world import indexing

HOSTILE = [
    '"',
    '"klein',
    'klein" OR "verzet',
    "klein' OR 1=1 --",
    "title:klein",
    "NEAR(klein verzet)",
    "klein AND",
    "NOT klein",
    "klein* ^verzet -druk",
    "{title} : klein",
    "(((",
    "%s %(x)s %",
    "klein\0verzet",
    "a & b | !c <-> d:*",
    "\\'; DROP TABLE world_article; --",
    "<script>alert(1)</script>",
    "🪨🌊 ee\u0301n",
]


@pytest.fixture(autouse=True)
def _queue(site: None) -> None:
    indexing.forget()


@pytest.fixture
def pond() -> Article:
    """Give an article with words that stand nowhere else."""
    return _write("Kwikzilveren vijverkeien", "Een lead over wieren.", "<p>Reeën en zeppelins.</p>")


@pytest.mark.parametrize(
    "asked", ["kwikzilveren", "VIJVERKEIEN", "wieren", "zeppelins", "kwikzilveren zeppelins"]
)
def test_a_page_is_found_by_words_of_its_title_its_lead_and_its_text(
    pond: Article, asked: str
) -> None:
    assert _titles(finding.find(asked)) == [pond.title]


@pytest.mark.parametrize("asked", ["kwikz", "vijverk", "zepp", "kwikzilveren zepp"])
def test_the_last_word_may_be_the_beginning_of_one(pond: Article, asked: str) -> None:
    assert _titles(finding.find(asked)) == [pond.title]


def test_a_page_with_all_of_the_words_hides_those_with_some(pond: Article) -> None:
    other = _write("Zeppelins boemerang", "", "<p>Niets meer.</p>")
    found = finding.find("zeppelins reeën")
    assert _titles(found) == [pond.title]
    assert not found.is_partly
    partly = finding.find("vijverkeien boemerang")
    assert set(_titles(partly)) == {pond.title, other.title}
    assert partly.is_partly


def test_the_bit_of_text_shows_the_word_where_it_stands(pond: Article) -> None:
    (hit,) = finding.find("zeppelins").hits
    assert [piece.text for piece in hit.snippet if piece.is_found] == ["zeppelins"]
    assert "".join(piece.text for piece in hit.snippet) == "Reeën en zeppelins."


def test_a_heading_does_not_run_on_into_the_text_below_it(site: None) -> None:
    text = "<h2>Kopregel</h2><p>Draaikolken zijn er ook.</p>"
    article = _write("Stroming", "", text)
    article.body.append(("points", [{"title": "Nog iets", "text": "Draaikolken draaien."}]))
    article.save_revision().publish()
    (hit,) = finding.find("draaikolken").hits
    assert "Nog iets · Draaikolken" in "".join(piece.text for piece in hit.snippet)


def test_markup_in_a_page_is_shown_as_text(client: Client) -> None:
    _write("<b>Scheve</b> wolkenkrabber", "<img src=x>", "<p>wolkenkrabber</p>")
    page = _ask(client, "wolkenkrabber").content.decode()
    assert "&lt;b&gt;Scheve&lt;/b&gt;" in page
    assert "<img src=x>" not in page


def test_a_draft_and_what_was_taken_down_are_found_by_nobody(pond: Article) -> None:
    draft = Article(title="Kwikzilveren concept", slug="kwikzilveren-concept", live=False)
    ArticleIndex.objects.get(locale=pond.locale).add_child(instance=draft)
    indexing.renew()
    assert _titles(finding.find("kwikzilveren")) == [pond.title]
    pond.unpublish()
    assert _titles(finding.find("kwikzilveren")) == []


def test_what_is_changed_is_found_by_its_new_words_after_publishing(pond: Article) -> None:
    pond.title = "Flonkerende vijverkeien"
    pond.save_revision().publish()
    indexing.renew()
    assert _titles(finding.find("flonkerende")) == ["Flonkerende vijverkeien"]
    assert _titles(finding.find("kwikzilveren")) == []


def test_each_language_finds_its_own_pages() -> None:
    _write("Lantaarnpaal", "", "<p>x</p>")
    assert _titles(finding.find("lantaarnpaal")) == ["Lantaarnpaal"]
    with override("en"):
        assert _titles(finding.find("lantaarnpaal")) == []


def test_the_first_pages_can_be_found_in_both_languages() -> None:
    call_command("update_index", verbosity=0)
    for language in ("nl", "en"):
        with override(language):
            hits = finding.find("contact").hits
            assert hits
            assert all(hit.address.startswith("/en/") == (language == "en") for hit in hits)


@pytest.mark.parametrize("asked", HOSTILE)
def test_signs_that_a_database_might_obey_are_only_signs(client: Client, asked: str) -> None:
    assert _ask(client, asked).status_code in {200, 422}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=st.text(max_size=finding.LONGEST))
def test_whatever_is_typed_gets_an_answer(asked: str) -> None:
    assert isinstance(finding.find(asked), Found)


@pytest.mark.parametrize("asked", ["", " ", "a", "?!", "\0", "x" * 101, "woord " * 9999])
def test_what_cannot_be_looked_for_gets_a_word_about_it(client: Client, asked: str) -> None:
    response = _ask(client, asked)
    assert response.status_code == 422
    assert 'id="words-fault"' in response.content.decode()


def test_finding_nothing_leads_on(client: Client) -> None:
    page = _ask(client, "xylofoonkwartet").content.decode()
    assert "Niets gevonden" in page
    main = page.partition('<main id="main"')[2]
    for address in (reverse("me:circle"), reverse("world:acts")):
        assert f'href="{address}"' in main


def test_the_words_stand_in_no_address_and_no_cookie(client: Client) -> None:
    response = _ask(client, "geheimwoord")
    assert not response.cookies
    assert "no-store" in response["Cache-Control"]
    assert not hasattr(response, "is_public")
    page = response.content.decode()
    assert page.count("geheimwoord") == 1  # in the field, where it was typed


def test_words_in_an_address_are_not_looked_for(client: Client, pond: Article) -> None:
    page = client.get(reverse("world:search"), {"words": "kwikzilveren"}).content.decode()
    assert pond.title not in page


def test_the_form_works_without_a_proof_and_from_the_page_that_shows_it() -> None:
    strict = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    page = strict.get(reverse("world:search")).content.decode()
    assert f'method="post" action="{reverse("world:search")}"' in page
    assert strict.post(reverse("world:search"), {"words": "contact"}).status_code == 200


def test_search_engines_leave_the_page_alone(client: Client) -> None:
    page = client.get(reverse("world:search")).content.decode()
    assert '<meta name="robots" content="noindex">' in page


def _ask(client: Client, asked: str) -> Any:
    return client.post(reverse("world:search"), {"words": asked})


def _titles(found: Found) -> list[str]:
    return [unescape(hit.title) for hit in found.hits]


def _write(title: str, lead: str, text: str) -> Article:
    listing = ArticleIndex.objects.get(locale__language_code="nl")
    slug = "".join(sign if sign.isalnum() else "-" for sign in title.lower()).strip("-")
    article = Article(title=title, slug=slug, lead=lead, body=[("text", text)])
    listing.add_child(instance=article)
    article.save_revision().publish()
    indexing.renew()
    return Article.objects.get(pk=article.pk)
