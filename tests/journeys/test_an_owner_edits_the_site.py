"""An owner who has never seen Wagtail changes their site, in a real browser, and sees it change."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.journeys.an_editor import Editor, until
from tools.screens import program

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TITLE = "Een klein begin"
ALT = "Een boot zonder roeier, vast aan een paal"
LISTED = "/artikelen/"
ADDRESS = "/artikelen/een-klein-begin/"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A program in which the cast of the demo lives, one of them an editor."""
    with program(demo=True) as running:
        yield running


@pytest.fixture
def petra(visit: Any, address: str) -> Iterator[Editor]:
    """An editor at the desk; nobody but this program is asked for anything meanwhile."""
    visitor = visit(width=1280, height=900, timezone_id="Europe/Amsterdam")
    visitor.context.set_default_timeout(30_000)
    editor = Editor(visitor.page)
    editor.come_in()
    yield editor
    assert all(url.startswith((address, "data:", "blob:")) for url in visitor.asked)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A photo on their own machine."""
    file = tmp_path / "IMG_2041 (1).JPG"
    picture = Image.effect_mandelbrot((1600, 1000), (-2, -1.5, 1, 1.5), 60).convert("RGB")
    picture.save(file, "JPEG", quality=80)
    return file


def test_they_change_the_number_write_schedule_and_find_it_on_the_front_page(
    petra: Editor, visit: Any, photo: Path
) -> None:
    reader = visit().page
    reader.goto("/")
    petra.change_the_phone_number("035 123 45 67")
    reader.goto("/")
    expect(reader.locator("a[href='tel:0351234567']").first).to_be_attached()
    petra.begin_an_article(TITLE)
    petra.add_a_picture(photo)
    petra.write("Een woord is genoeg om te beginnen.")
    _nobody_sees(reader)
    petra.publish()
    expect(
        petra.page.locator("#panel-child-inhoud-child-beeld-child-image_alt-errors")
    ).to_contain_text("voor wie hem niet ziet")
    petra.page.fill("#id_image_alt", ALT)
    petra.schedule((datetime.now(UTC) + timedelta(seconds=100)).replace(second=0))
    petra.confirm_the_schedule()
    expect(petra.page.locator(".messages")).to_contain_text(TITLE)
    _nobody_sees(reader)
    until(reader, "/", lambda page: TITLE in page.inner_text("main"), seconds=180)
    reader.get_by_role("link", name=TITLE).first.click()
    _shows_the_picture(reader)


def _nobody_sees(reader: Page) -> None:
    for path in ("/", LISTED, "/sitemap.xml", "/artikelen/atom.xml"):
        answer = reader.request.get(path)
        assert TITLE not in answer.text(), path
    assert reader.request.get(ADDRESS).status == 404


def _shows_the_picture(reader: Page) -> None:
    picture = reader.locator("article picture")
    expect(picture.locator("img")).to_have_attribute("alt", ALT)
    kinds = picture.locator("source").evaluate_all("all => all.map(one => one.type)")
    assert kinds == ["image/avif", "image/webp"]
    reader.wait_for_function("document.querySelector('article picture img').naturalWidth > 0")
    shown = picture.locator("img").evaluate("image => image.currentSrc")
    assert shown.endswith(".avif")
    assert "IMG_2041" not in reader.content()


def test_a_draft_is_previewed_commented_compared_and_seen_by_nobody(
    petra: Editor, visit: Any
) -> None:
    page, reader = petra.page, visit().page
    petra.begin_an_article("Een tweede begin")
    petra.write("De eerste versie.")
    petra.open_panel("Toon/verberg voorvertoning")
    preview = page.frame_locator("iframe#w-preview-iframe")
    expect(preview.locator("h1")).to_have_text("Een tweede begin")
    expect(preview.locator("main")).to_contain_text("De eerste versie.")
    expect(preview.locator("wagtail-userbar")).to_be_attached()
    petra.open_panel("Checks aan/uitzetten")
    checked = page.locator("[data-side-panel=checks]")
    expect(checked).to_contain_text(re.compile(r"Problemen gevonden\s*0"))
    petra.say_something_about_the_lead("Is dit kort genoeg?")
    page.reload()
    expect(page.locator("#comments")).to_contain_text("Is dit kort genoeg?")
    petra.replace_the_text("De tweede versie.")
    petra.compare_the_versions()
    expect(page.locator("main")).to_contain_text("tweede")
    expect(page.locator("main")).to_contain_text("eerste")
    assert reader.request.get("/artikelen/een-tweede-begin/").status == 404
    for path in ("/", LISTED):
        assert "Een tweede begin" not in reader.request.get(path).text()
    assert "wagtail" not in reader.request.get("/").text().lower()


def test_a_page_that_moves_is_found_at_its_old_address(petra: Editor, visit: Any) -> None:
    reader = visit().page
    petra.change_the_address("Privacy", "wat-we-bewaren")
    reader.goto("/privacy/")
    assert reader.url.endswith("/wat-we-bewaren/")


def test_an_article_gets_its_english_version(petra: Editor) -> None:
    page = petra.page
    petra.begin_an_article("Een derde begin")
    petra.write("Om te vertalen.")
    petra.translate_into("English")
    expect(page.locator(".messages")).to_contain_text("Een derde begin")
    expect(page.locator("#id_title")).to_have_value("Een derde begin")
    page.fill("#id_title", "A third beginning")
    petra.keep_a_version()
