"""Help is in the same place on every page, before anything else, and nobody watches."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client

from kleinverzet.catalogue import shelves
from kleinverzet.environment import read as read_environment
from tests.cast import WILMA
from tests.me.walker import Walker

CATALOGUE = shelves.read(read_environment().content)
pytestmark = pytest.mark.usefixtures("site")
PAGES = ("/", "/en/", "/cirkel/", "/en/circle/", "/is-er-niet/", "/cirkel/agenda/")


@pytest.mark.parametrize("address", PAGES)
def test_the_help_bar_stands_before_everything_else(address: str) -> None:
    page = Client().get(address).content.decode()
    bar = page.index('<nav class="help"')
    assert bar < page.index("<header")
    for number in ("tel:112", "tel:113", "tel:08000432"):
        assert bar < page.index(number) < page.index("<header")


@pytest.mark.parametrize("address", PAGES)
def test_the_quick_exit_says_that_it_erases_no_history(address: str) -> None:
    page = Client().get(address).content.decode()
    assert re.search(r'<a class="help__exit" href="https://[^"]+" rel="noreferrer" data-exit', page)
    assert ("Je geschiedenis wist het niet" in page) or ("does not erase your history" in page)


@pytest.mark.parametrize("address", ["/", "/cirkel/"])
def test_the_day_on_which_numbers_were_checked_comes_from_the_content(address: str) -> None:
    checked = min(line.verified_on for line in CATALOGUE.helplines)
    page = Client().get(address).content.decode()
    assert f"nagekeken op {checked.day} " in page


def test_words_that_sound_acute_raise_one_calm_panel_that_blocks_nothing() -> None:
    walker = Walker()
    walker.go(**WILMA.tension)
    walker.go(**WILMA.who)
    page = walker.go(**WILMA.situation | {"words": "ik wil niet meer leven"})
    assert walker.step == "act"
    assert page.count('<details class="calm') == 1
    assert "Verberg" in page
    assert len(walker.offers) == 3
    page = walker.go(act=walker.offers[0])
    assert '<details class="calm' not in page


def test_ordinary_words_raise_nothing() -> None:
    walker = Walker()
    page = walker.walk_to_acts(WILMA)
    assert '<details class="calm' not in page


def test_numbers_that_nobody_checked_for_half_a_year_are_noticed() -> None:
    last = max(line.verified_on for line in CATALOGUE.helplines)
    assert not CATALOGUE.stale_helplines(last + timedelta(days=shelves.STALE_AFTER_DAYS))
    assert len(CATALOGUE.stale_helplines(date(2100, 1, 1))) == len(CATALOGUE.helplines)
