"""A new site begins with pages in two languages, and is never touched again."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from django.test import Client
from wagtail.models import Page

from kleinverzet import environment
from kleinverzet.catalogue.shelves import ContentError
from kleinverzet.world import beginning, founding, targets, ways
from kleinverzet.world.articles import Article
from kleinverzet.world.beginning import LANGUAGES
from kleinverzet.world.practice import Practice
from kleinverzet.world.targets import Place

CONTENT = environment.read().content


def test_every_page_of_the_content_can_be_read_in_both_languages(site: None) -> None:
    pages = Page.objects.live().filter(depth__gt=1)
    assert len({page.translation_key for page in pages}) * len(LANGUAGES) == len(pages)
    for page in pages:
        answer = Client(SERVER_NAME="localhost").get(page.url)
        assert answer.status_code == 200, page.url
        assert page.title in answer.context["page"].title
        assert page.url.startswith("/en/") == (page.locale.language_code == "en")


def test_a_page_leads_to_itself_in_the_other_language(site: None) -> None:
    answer = Client(SERVER_NAME="localhost").get("/artikelen/")
    assert answer.context["other_url"] == "/en/articles/"
    back = Client(SERVER_NAME="localhost").get("/en/articles/")
    assert back.context["other_url"] == "/artikelen/"


def test_what_an_editor_changed_survives_the_next_start(site: None) -> None:
    home = Page.objects.get(url_path="/home/")
    Page.objects.filter(pk=home.pk).update(title="Van ons")
    count = Page.objects.count()
    founding.found(CONTENT)
    assert Page.objects.count() == count
    assert Page.objects.get(pk=home.pk).title == "Van ons"


def test_every_button_of_the_content_leads_somewhere(site: None) -> None:
    for key, _label in ways.CHOICES:
        assert targets.address(key), key


def test_a_button_to_a_page_that_was_removed_leads_nowhere_and_breaks_nothing(site: None) -> None:
    page = targets.page("parents")
    assert page is not None
    page.unpublish()
    assert targets.address("parents") == ""
    assert targets.address("no-such-key") == ""
    assert Client(SERVER_NAME="localhost").get("/").status_code == 200


def test_the_practice_is_the_one_of_the_content(site: None) -> None:
    raw = yaml.safe_load((CONTENT / "practice.yaml").read_text())
    practice = Practice.load()
    assert (practice.name, practice.phone) == (raw["name"], raw["phone"])
    assert practice.dial == "0642814911"
    assert practice.tagline == raw["nl"]["tagline"]


def test_the_day_of_an_article_is_that_of_the_content(site: None) -> None:
    new = beginning.read(CONTENT)
    for key, file in new.articles.items():
        place = Place.objects.get(key=key)
        found = Article.objects.filter(translation_key=place.translation_key)
        assert {one.shown_on for one in found} == {file.published}


def _blocks(text: beginning.Text) -> list[str]:
    return [name for block in text.body for name in block]


def test_both_languages_are_built_from_the_same_blocks() -> None:
    new = beginning.read(CONTENT)
    for key, file in (*new.pages.items(), *new.articles.items()):
        assert _blocks(file.nl) == _blocks(file.en), key


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("practice.yaml", {"phone": None}, "phone"),
        ("towns.yaml", {"towns": "Soest"}, "towns"),
        ("pages/home.yaml", {"kind": "castle"}, "kind"),
        ("articles/the-gap.yaml", {"published": "gisteren"}, "published"),
    ],
)
def test_content_that_does_not_hold_is_named(
    tmp_path: Path, name: str, change: dict[str, Any], said: str
) -> None:
    import shutil

    shutil.copytree(CONTENT, tmp_path / "content")
    path = tmp_path / "content" / name
    path.write_text(yaml.safe_dump({**yaml.safe_load(path.read_text()), **change}))
    with pytest.raises(ContentError) as caught:
        beginning.read(tmp_path / "content")
    assert path.name in str(caught.value)
    assert said in str(caught.value)


def test_an_unknown_link_of_the_content_is_refused() -> None:
    from kleinverzet.world import writing

    with pytest.raises(writing.Unknown, match="nowhere"):
        writing.rich("[weg](goes:nowhere)", find=lambda _key: None)
