"""Somebody looks through the small acts, on a phone, without an account and without script."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from kleinverzet import environment
from kleinverzet.catalogue import shelves
from kleinverzet.world import acts

CATALOGUE = shelves.read(environment.read().content).acts
pytestmark = pytest.mark.usefixtures("site")


def test_every_act_stands_on_the_page_with_its_words_and_its_warning(client: Client) -> None:
    page = _read(client, reverse("world:acts"))
    for act in CATALOGUE.values():
        for words in (act.nl.name, act.nl.line, *act.nl.say, act.nl.avoid):
            assert words in page


def test_every_act_stands_there_in_english(client: Client) -> None:
    with override("en"):
        page = _read(client, reverse("world:acts"))
    assert all(act.en.name in page and act.en.avoid in page for act in CATALOGUE.values())


@pytest.mark.parametrize("setting", acts.SETTINGS)
@pytest.mark.parametrize("mode", ["", *acts.MODES])
def test_a_list_of_a_place_has_what_fits_there_and_nothing_else(setting: str, mode: str) -> None:
    shown = {act.id for group in acts.grouped(setting, mode) for act in group.acts}
    fitting = {
        id_ for id_, act in CATALOGUE.items() if setting in act.settings and mode in {"", act.mode}
    }
    assert shown == fitting
    assert shown


def test_the_quiet_ones_come_before_the_loud_and_the_light_ones_first() -> None:
    groups = acts.grouped()
    modes = [CATALOGUE[group.acts[0].id].mode for group in groups]
    assert modes == sorted(modes, key=["quiet", "active"].index)
    for group in groups:
        courage = [CATALOGUE[act.id].courage for act in group.acts]
        assert courage == sorted(courage)


def test_a_list_is_an_address_of_its_own_in_each_language(client: Client) -> None:
    dutch = reverse("world:acts", kwargs={"setting": "home", "mode": "quiet"})
    assert dutch.endswith("/thuis/stil/")
    with override("en"):
        english = reverse("world:acts", kwargs={"setting": "home", "mode": "quiet"})
    assert english.startswith("/en/")
    assert english.endswith("/home/quiet/")
    assert f'href="{english}"' in _read(client, dutch)


def test_a_word_of_the_other_language_is_no_address(client: Client) -> None:
    acts_address = reverse("world:acts")
    assert client.get(f"{acts_address}thuis/").status_code == 200
    assert client.get(f"{acts_address}home/").status_code == 404


def test_the_list_that_is_open_is_marked(client: Client) -> None:
    address = reverse("world:acts", kwargs={"setting": "work"})
    page = _read(client, address)
    marked = re.findall(r'class="pick" href="([^"]+)" aria-current="page"', page)
    assert marked == [address, address]


def test_a_way_leads_into_the_circle(client: Client) -> None:
    assert page_has_way(_read(client, reverse("world:acts")))


def page_has_way(page: str) -> bool:
    main = page.partition('<main id="main"')[2].partition("</main>")[0]
    return f'href="{reverse("me:circle")}"' in main


def test_the_same_copy_serves_everyone_and_brings_no_cookie(client: Client) -> None:
    response = client.get(reverse("world:acts"))
    assert response.is_public  # type: ignore[attr-defined]
    assert not response.cookies


def test_nobody_sends_anything_there(client: Client) -> None:
    assert client.post(reverse("world:acts")).status_code == 405


def test_the_longest_list_stays_light(client: Client) -> None:
    response = client.get(reverse("world:acts"), headers={"accept-encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    assert len(response.content) < 20_000


def _read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return unescape(response.content.decode())
