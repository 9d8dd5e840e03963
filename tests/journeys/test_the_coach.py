"""The coach, from being appointed to a day with an appointment in it, in a real browser.

Every page of theirs is for everyone: axe looks at each, in both languages, wide and narrow. The
hours are set with the keyboard alone, and everything works without a script.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests import commands, prepared
from tests.journeys.test_every_page import SMALL_TARGETS
from tools.screens import program

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NAME, PASSPHRASE = "Cora Kade", "zes stille houten boten"
PATHS = (
    "/coach/", "/coach/uren/", "/coach/uren/dag/1/", "/coach/uren/voorwaarden/",
    "/coach/uren/ritten/",
)  # fmt: skip
OWNER = """
from tests.owners import make_owner
make_owner(*sys.argv[1:3])
"""
# Somebody plans an intake at the practice, on the first Monday that is at least a week away.
BOOK = """
import django.utils.timezone as clock
from kleinverzet.coach.models import Coach, Mode
from tests.coach import a_full_day as life
coach = Coach.objects.get()
Coach.objects.update(closed_on_holidays=False)
day = life.a_monday()
life.book(coach, life.at(day, 10), life.FIEN, mode=Mode.PRACTICE)
life.book(coach, life.at(day, 13), life.GUUS, mode=Mode.HOME, place="Soest")
print(json.dumps(str(day)))
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which one person has an account, and coaches."""
    folder = prepared.copy_to(tmp_path_factory.mktemp("practice") / "data")
    commands.script(OWNER, folder, NAME, PASSPHRASE)
    assert commands.run("coach", NAME, data=folder).code == 0
    return folder


@pytest.fixture(scope="module")
def address(data: Path) -> Iterator[str]:
    """The program that runs on it."""
    with program(data=data) as running:
        yield running


def come_in(page: Page) -> None:
    page.goto("/inloggen/")
    page.fill("#login", NAME)
    page.fill("#password", PASSPHRASE)
    page.locator("main form .btn").click()
    page.locator("#login").wait_for(state="detached")


def in_english(page: Page) -> None:
    page.locator(".desk-bar a[hreflang=en]").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def press_to(page: Page, selector: str) -> None:
    """Step with the keyboard until something has the focus."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"no key leads to {selector}")


def test_from_being_appointed_to_calling_off(visit: Any, data: Path) -> None:
    page = visit(script=False).page
    come_in(page)
    page.goto("/mijn/")
    page.get_by_role("link", name="Je dag als coach").click()
    page.get_by_role("link", name="Uren", exact=True).click()
    expect(page.locator("main")).to_contain_text("Er staat nog niets open")
    set_the_hours_with_the_keyboard(page)
    day = commands.script(BOOK, data)
    page.goto(f"/coach/{day}/")
    stops = page.locator(".stop")
    expect(stops).to_have_count(2)
    expect(stops.first).to_contain_text("Fien Fluit")
    expect(stops.first.get_by_role("link", name="06 00 00 00 11")).to_be_visible()
    expect(page.locator(".leg").first).to_contain_text("naar Soest")
    print_on_one_sheet(page)
    stops.first.locator("summary", has_text="Afzeggen").click()
    stops.first.get_by_role("button", name="Zeg deze afspraak af").click()
    expect(page.locator(".faults")).to_contain_text("Afgezegd")
    expect(page.locator(".stop")).to_have_count(1)
    shut_the_vault(page, day)


def set_the_hours_with_the_keyboard(page: Page) -> None:
    press_to(page, ".week__name")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Maandag")
    press_to(page, "[name=row-0-starts]")
    page.locator(":focus").fill("09:00")
    press_to(page, "[name=row-0-ends]")
    page.locator(":focus").fill("17:00")
    for value in "1234":
        press_to(page, f"[name=copy][value='{value}']")
        page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator(".faults")).to_contain_text("Bewaard")
    expect(page.locator(".week__said", has_text="09.00–17.00")).to_have_count(5)
    assert all(int(n) > 100 for n in page.locator(".counts dd").all_inner_texts())


def print_on_one_sheet(page: Page) -> None:
    """Who comes and how to reach them, and nothing to press."""
    page.emulate_media(media="print")
    expect(page.locator(".stop").last).to_contain_text("Verzonnenlaan 3")
    for hidden in (".help", ".mast", ".foot", ".strip", ".stop__ways", ".desk-more"):
        expect(page.locator(hidden).first).to_be_hidden()
    assert page.pdf(format="A4", prefer_css_page_size=True).count(b"/Type /Page\n") == 1
    page.emulate_media(media="screen")


def shut_the_vault(page: Page, day: str) -> None:
    """Times stay to be seen, and no name; one passphrase brings the names back."""
    page.get_by_role("button", name="Sluit de kluis").click()
    page.goto(f"/coach/{day}/")
    expect(page.locator(".stop")).to_contain_text("Thuis in Soest")
    assert "Guus Gors" not in page.content()
    page.get_by_role("link", name="Laat zien wie er komt").click()
    page.fill("#passphrase", PASSPHRASE)
    page.locator("main form .btn").click()
    expect(page.locator(".stop")).to_contain_text("Guus Gors")


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (360, "dark"), (1280, "light")])
def test_every_page_of_the_coach_is_for_everyone(
    visit: Any, data: Path, width: int, scheme: str
) -> None:
    visitor = visit(width=width, scheme=scheme)
    page = visitor.page
    come_in(page)
    for path in (*PATHS, f"/coach/{commands.script(DAY, data)}/", f"/coach/uren/{date_ahead()}/"):
        page.goto(path)
        look(visitor, path)
        in_english(page)
        look(visitor, f"{path} in English")


DAY = """
from tests.coach import a_full_day as life
print(json.dumps(str(life.a_monday())))
"""


def date_ahead() -> str:
    from datetime import date, timedelta

    return str(date.today() + timedelta(days=30))  # noqa: DTZ011


def look(visitor: Any, name: str) -> None:
    visitor.check_access()
    assert not visitor.is_wider_than_screen(), name
    assert not visitor.page.evaluate(SMALL_TARGETS), name


def test_faults_and_two_versions_are_for_everyone_too(visit: Any) -> None:
    visitor = visit(width=360)
    page = visitor.page
    come_in(page)
    page.goto("/coach/uren/dag/6/")
    other = page.context.new_page()
    other.goto("/coach/uren/dag/6/")
    other.fill("[name=row-0-starts]", "10:00")
    other.fill("[name=row-0-ends]", "11:00")
    other.locator("main .btn--pebble").click()
    expect(other.locator(".faults")).to_contain_text("Bewaard")
    other.close()
    page.fill("[name=row-0-starts]", "15:00")
    page.fill("[name=row-0-ends]", "14:00")
    page.locator("main .btn--pebble").click()
    expect(page.locator("#row-0-ends-fault")).to_be_visible()
    look(visitor, "a fault")
    page.fill("[name=row-0-ends]", "16:00")
    page.locator("main .btn--pebble").click()
    expect(page.locator("[aria-labelledby=stands]")).to_contain_text("10.00–11.00")
    assert page.input_value("[name=row-0-starts]") == "15:00"
    look(visitor, "two versions")
    page.goto("/coach/uren/voorwaarden/")
    page.fill("[name=intake-step]", "0")
    page.locator("main .btn--pebble").click()
    expect(page.locator("#intake-step-fault")).to_be_visible()
    look(visitor, "a term that cannot be")
