"""Every kind of page shows what an editor put on it, in both languages, to everybody."""

import re
from datetime import date
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.core.files.images import ImageFile
from django.test import Client
from django.utils.translation import override
from PIL import Image as Picture
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.rich_text import RichText

from kleinverzet.world import blocks, maps, reads, walks
from kleinverzet.world.articles import Article
from kleinverzet.world.listing import ArticleIndex
from kleinverzet.world.pages import HomePage, MethodPage, TextPage, TownsPage
from kleinverzet.world.practice import Practice

# Wagtail leaves the file that it makes a rendition in to the collector.
pytestmark = [
    pytest.mark.usefixtures("site"),
    pytest.mark.filterwarnings("ignore:Unclosed file .*SpooledTemporaryFile:ResourceWarning"),
]
LANGUAGES = ("nl", "en")
SOURCES = re.compile(r'(?:src|srcset)="([^"]*)"')

# A block of every kind that is written by hand, and what somebody sees of it.
WRITTEN: dict[str, tuple[Any, str]] = {
    "first": ("Zo begint het.", '<p class="first">Zo begint het.</p>'),
    "text": (RichText("<h2>Kop</h2><p>Met <b>nadruk</b>.</p>"), "<b>nadruk</b>"),
    "quote": ("Stil telt ook.", '<p class="pull">Stil telt ook.</p>'),
    "lines": (["‘Mag ik nadenken?’"], "<li>‘Mag ik nadenken?’</li>"),
    "points": ([{"title": "Kort.", "text": "Met uitleg."}], "<b>Kort.</b> Met uitleg."),
    "number": (
        {"value": "83 %", "what": "slaapt.", "definition": "Zo geteld.", "source": "Bron & Zn"},
        "83\N{NO-BREAK SPACE}%</p>",
    ),
    "drawing": ({"name": "gap", "caption": "Een kloof."}, "Een kloof.</figcaption>"),
    "question": ({"question": "Echt?", "answer": RichText("<p>Ja.</p>")}, "<h2>Echt?</h2>"),
    "source": (RichText("<p>Een boek.</p>"), '<div class="source"><p'),
    "step": (
        {"title": "Stap", "text": RichText("<p>Zo.</p>"), "goes_to": "circle", "label": "Begin"},
        "cir",
    ),
}
MADE = {"practice": "tel:", "towns": "Amersfoort", "data_table": "<th"}


def see(page: Page) -> str:
    """Give the HTML of a page, as anybody gets it."""
    answer = Client(SERVER_NAME="localhost").get(page.url)
    assert answer.status_code == 200, page.url
    return str(answer.content.decode())


def main(html: str) -> str:
    """Give what stands between the mast and the foot."""
    return html.partition('<main id="main">')[2].partition("</main>")[0]


def published(kind: type[Page], language: str = "nl") -> Any:
    """Give the first page of a kind."""
    return kind.objects.filter(locale__language_code=language).order_by("pk").first()


@pytest.fixture
def image() -> Any:
    """A small photo, as an editor uploads it."""
    file = BytesIO()
    Picture.new("RGB", (1600, 1000), "#113c69").save(file, "JPEG")
    return get_image_model().objects.create(title="Sloot", file=ImageFile(file, name="sloot.jpg"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_practice_can_be_reached_from_the_top_and_the_end_of_every_page(language: str) -> None:
    practice = Practice.load()
    for page in Page.objects.live().filter(depth__gt=1, locale__language_code=language):
        html = see(page)
        top, foot = html.partition("<main")[0], html.partition("</main>")[2]
        for part in (top, foot):
            assert f'href="tel:{practice.dial}"' in part, page.url
            assert practice.phone in part, page.url
        assert f'href="mailto:{practice.email}"' in foot, page.url


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_menu_says_where_somebody_is_with_and_without_script(language: str) -> None:
    page = published(MethodPage, language)
    top = see(page).partition("<main")[0]
    assert top.count(f'href="{page.url}" aria-current="page"') == 2
    assert '<details class="mast__menu">' in top


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [TextPage, MethodPage, TownsPage])
def test_every_block_of_a_page_is_shown(kind: type[Page], language: str) -> None:
    assert {name for name, _block in blocks.of_pages()} == {*WRITTEN, *MADE, "picture"}
    page = published(kind, language)
    page.body = [(name, value) for name, (value, _seen) in WRITTEN.items()]
    page.body.extend((name, None) for name in MADE)
    page.save_revision().publish()
    html = main(see(page))
    for name, seen in {**{n: s for n, (_v, s) in WRITTEN.items()}, **MADE}.items():
        assert seen in html, name
    assert not re.search(r"StructValue|ListValue|&lt;\w+ object|None<", html)


def test_every_block_of_an_article_is_shown(image: Any) -> None:
    article = published(Article)
    names = [name for name, _block in blocks.of_articles() if name != "picture"]
    article.body = [(name, WRITTEN[name][0]) for name in names]
    article.body.append(("picture", {"image": image, "caption": "Een sloot."}))
    article.save_revision().publish()
    html = main(see(article))
    assert all(WRITTEN[name][1] in html for name in names)
    assert "Een sloot.</figcaption>" in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_front_page_shows_its_poster_and_all_its_sections(language: str) -> None:
    home = published(HomePage, language)
    html = unescape(main(see(home)))
    assert "<br>".join(home.poster.splitlines()) in html
    kinds = {block.block_type for block in home.body}
    assert kinds == {name for name, _block in blocks.of_home()}
    for block in home.body:
        assert block.value["title"] in html, block.block_type
    for offer in next(b.value["items"] for b in home.body if b.block_type == "offers"):
        assert offer["title"] in html
    newest = Article.objects.filter(locale=home.locale).order_by("-day")[:3]
    assert all(f'href="{article.url}"' in html for article in newest)


def test_an_offer_that_leads_nowhere_any_more_is_no_link() -> None:
    for page in TextPage.objects.all():
        page.unpublish()
    html = main(see(published(HomePage)))
    assert '<div class="index__in">' in html
    assert 'href=""' not in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_article_says_who_wrote_it_when_and_how_long_it_takes(language: str) -> None:
    article = published(Article, language)
    html = main(see(article))
    opening = html.partition("</header>")[0]
    assert article.signed_by in opening
    assert f'datetime="{article.shown_on:%Y-%m-%d}"' in opening
    assert str(article.minutes) in opening
    with override(language):
        assert str(article.topic) in opening
    assert all(f'href="{other.url}"' in html for other in article.related())


def test_passing_an_article_on_tells_nobody_else() -> None:
    article = published(Article)
    article.title = "Ja & nee? \r\nBcc: x@pond.example"
    article.save()
    html = see(article)
    mail = re.search(r'href="(mailto:\?[^"]*)"', html)
    assert mail
    assert "Bcc%3A" in mail[1]
    assert not re.search(r"[\r\n]", mail[1])
    assert 'href="https://wa.me/?text=' in html
    assert not [link for link in SOURCES.findall(html) if "//" in link]


def test_what_needs_script_is_hidden_where_there_is_none() -> None:
    html = see(published(Article))
    assert re.search(r"<button[^>]*data-copy hidden>", html)
    assert re.search(r"<button[^>]*data-send hidden>", html)


def test_a_photo_comes_in_three_kinds_with_its_size_and_its_words(image: Any) -> None:
    article = published(Article)
    article.image, article.image_alt = image, "Een sloot met kroos"
    article.save()
    opening = main(see(article)).partition("</header>")[0]
    assert 'alt="Een sloot met kroos"' in opening
    assert 'type="image/avif"' in opening
    assert 'type="image/webp"' in opening
    shown = re.search(r"<img[^>]*>", opening)
    assert shown
    assert {"width", "height", "sizes", "srcset"} <= set(re.findall(r'(\w+)="', shown[0]))


def test_markup_in_an_editors_words_stays_text() -> None:
    article = published(Article)
    article.title = article.lead = "<script>alert(1)</script>"
    article.save()
    html = see(article)
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in main(html)


def test_each_step_of_the_method_has_a_figure_of_its_own() -> None:
    page = published(MethodPage)
    steps = [one for one in walks.stretches(page.body) if one.number]
    assert [one.number for one in steps] == list(range(1, len(steps) + 1))
    figures = re.findall(
        r'<div class="stage__art"[^>]*>(<svg.*?</svg>)', main(see(page)), re.DOTALL
    )
    assert len(figures) == len(steps)
    assert len(set(figures)) == min(len(steps), len(walks.FIGURES))


def test_the_numbers_on_the_map_are_those_of_the_list() -> None:
    html = main(see(published(TownsPage)))
    listed = re.findall(r'class="town"><span class="town__name">(.*?)</span>', html)
    assert [unescape(name) for name in listed] == [dot.name for dot in maps.drawn().dots]
    assert [dot.number for dot in maps.drawn().dots] == list(range(1, len(listed) + 1))
    for dot in maps.drawn().dots:
        assert f'dy="4.5" text-anchor="middle">{dot.number}</text>' in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_article_lists_what_is_read_most_with_who_wrote_it_and_when(language: str) -> None:
    article = published(Article, language)
    listed = main(see(article)).partition('id="most"')[2]
    with override(language):
        rows = reads.most_read(5)
    assert rows
    for row in rows:
        assert f'href="{row.url}"' in listed
        assert row.signed_by in listed
        assert f'datetime="{row.shown_on:%Y-%m-%d}"' in listed


def test_an_article_without_a_picture_leaves_no_hole_in_a_list() -> None:
    Article.objects.update(drawing="", image=None)
    covers = re.findall(r'teaser__cover" aria-hidden="true">(.{5})', main(see(published(HomePage))))
    assert len(covers) == 3
    assert set(covers) == {"<svg "}


def test_a_long_history_of_months_is_folded() -> None:
    shelf = published(ArticleIndex)
    for month in range(1, 13):
        shelf.add_child(
            instance=Article(title=f"Uit maand {month}", day=date(2024, month, 1), slug=f"m{month}")
        )
    months = main(see(shelf)).partition("<details")
    assert months[0].count("/2024/") < 12
    assert "/2024/01/" in months[2]
