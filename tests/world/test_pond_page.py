"""The pond as a page: without script, without a cookie, in both languages, whatever is asked."""

import os
import re
import subprocess
import sys
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from kleinverzet.world.pond_knobs import NAMES
from tests.rules import house

pytestmark = pytest.mark.usefixtures("site")

# What is loaded once the site stands, and once somebody has played.
LOADED = """
import sys, django
django.setup()
import kleinverzet.urls
from kleinverzet.world.pond_knobs import USUAL, Read
before = {"numpy", "numba"} & set(sys.modules)
from kleinverzet.world import pond_told
pond_told.told(Read(USUAL, ()), is_played=True)
after = {"numpy", "numba"} & set(sys.modules)
sys.stdout.write(f"{before} {after}")
"""
TABLE = re.compile(r"<tr><th scope=\"row\">([^<]+)</th>((?:<td class=\"num\">\d+</td>)+)</tr>")


def test_the_first_pond_is_the_same_for_everybody_and_brings_no_cookie(client: Client) -> None:
    response = client.get(reverse("world:pond"))
    assert response.is_public  # type: ignore[attr-defined]
    assert not response.cookies


def test_the_table_says_what_the_picture_shows(client: Client) -> None:
    table = TABLE.findall(_read(client, {}))
    lines = [(name, re.findall(r"\d+", cells)) for name, cells in table[:6]]
    assert lines == [
        ("Begint zelf", ["2", "2", "2"]),
        ("Wacht op 3 anderen", ["7", "0", "7"]),
        ("Wacht op 6 anderen", ["6", "0", "6"]),
        ("Wacht op 10 anderen", ["4", "0", "4"]),
        ("Zegt niets, wat er ook gebeurt", ["5", "0", "0"]),
        ("Iedereen", ["24", "2", "19"]),
    ]


def test_it_begins_with_silence_and_ends_with_what_the_stone_did(client: Client) -> None:
    assert _shown(_read(client, {})) == "0"
    assert _shown(_read(client, {"people": 24})) == "4"


def test_a_stone_that_sinks_does_not_show_what_only_all_together_would(client: Client) -> None:
    page = _read(client, {"people": 200})
    assert _shown(page) == "1"
    assert re.search(r'name="step" value="2"[^>]* data-beyond', page)


def test_everything_that_was_turned_stands_in_the_form_again(client: Client) -> None:
    asked = {"people": "60", "begin": "4", "never": "9", "careful": "2", "listens": "5"}
    asked |= {"leaves": "3"}
    page = _read(client, {**asked, "who": "30"})
    for name, value in asked.items():
        assert re.search(rf'name="{name}"[^>]* value="{value}"', page), name
    assert re.search(r'name="who" value="30"[^>]* checked', page)


def test_what_does_not_fit_is_changed_and_said_beside_it(client: Client) -> None:
    page = _read(client, {"people": "1000", "begin": "veel", "never": "-3"})
    assert page.count('class="fault"') == 3
    assert "We maakten er 200 van. Hier kan het van 10 tot en met 200." in page
    assert "Niet elk getal paste." in page
    for name in ("people", "begin", "never"):
        assert f'aria-describedby="{name}-changed"' in page
        assert f'id="{name}-changed"' in page


@pytest.mark.parametrize("value", ["", "x", "-1", "9" * 4000, "<script>", "\0", "1e9", "0"])
def test_nothing_that_is_asked_breaks_it(client: Client, value: str) -> None:
    page = _read(client, dict.fromkeys(NAMES, value))
    assert "<script>" not in page.partition("<main")[2]


def test_the_other_language_shows_the_same_pond(client: Client) -> None:
    page = _read(client, {"people": "60", "who": "enough", "else": "x"})
    with override("en"):
        address = reverse("world:pond")
    assert f'href="{address}?people=60&who=enough" lang="en"' in page
    english = _read(client, {"people": "60"}, address)
    assert '<html lang="en">' in english
    assert re.search(r'name="people"[^>]* value="60"', english)


def test_the_menu_and_the_map_lead_to_it(client: Client) -> None:
    address = reverse("world:pond")
    assert page_has_here(_read(client, {}), address)
    assert f'href="{address}"' in client.get(reverse("world:home")).content.decode()
    assert f"{address}</loc>" in client.get(reverse("sitemap")).content.decode()


def page_has_here(page: str, address: str) -> bool:
    return f'href="{address}" aria-current="page"' in page


def test_nobody_sends_anything_there(client: Client) -> None:
    assert client.post(reverse("world:pond")).status_code == 405


def test_two_hundred_people_stay_light(client: Client) -> None:
    response = client.get(
        reverse("world:pond"), {"people": 200}, headers={"accept-encoding": "gzip"}
    )
    assert response["Content-Encoding"] == "gzip"
    assert len(response.content) < 16_000


def test_it_says_that_it_is_no_forecast(client: Client) -> None:
    assert "geen voorspelling" in _read(client, {})


def test_numpy_comes_with_the_first_who_plays_and_numba_never() -> None:
    surroundings = {**os.environ, "PYTHONPATH": str(house.ROOT / "src")}
    command = [sys.executable, "-c", LOADED]
    told = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=True)
    assert told.stdout == "set() {'numpy'}"


def _shown(page: str) -> str:
    found = re.findall(r'name="step" value="(\d)"[^>]* checked', page)
    assert len(found) == 1
    return found[0]


def _read(client: Client, asked: dict[str, object], address: str = "") -> str:
    response = client.get(address or reverse("world:pond"), asked)
    assert response.status_code == 200
    return unescape(response.content.decode())
