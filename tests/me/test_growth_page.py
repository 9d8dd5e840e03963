"""The page of what moved, for its owner: every figure with its table, in both languages."""

import gc
import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from kleinverzet.me import growth, notebook, reflections
from kleinverzet.me.ladder import Outcome
from kleinverzet.me.models import Reflection
from tests.me import kept
from tests.me.growing import CATALOGUE, told
from tests.owners import Owner, make_owner, signed_in

DID, CHOSE_NOT = Outcome.DID, Outcome.CHOSE_NOT


@pytest.fixture
def otter(db: None) -> Owner:
    """Somebody with a vault."""
    return make_owner("Otter")


@pytest.fixture
def client(otter: Owner) -> Client:
    """A browser in which they are signed in, the vault open."""
    return signed_in(Client(), otter)


def _page(client: Client, language: str = "nl", query: str = "") -> str:
    with translation.override(language):
        address = reverse("me:growth")
    answer = client.get(address + query)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_nothing_kept_yet_is_a_warm_and_short_page(client: Client) -> None:
    page = _page(client)
    assert "Hier staat nog niets" in page
    assert "<svg class=" not in page.partition("<main")[2]
    assert reverse("me:circle") in page


def test_nothing_looked_back_at_yet_says_that_it_can_still_be(otter: Owner, client: Client) -> None:
    kept.keep(otter)
    page = _page(client)
    assert "Je hebt nog nergens bij gezegd hoe het daarna was. Dat kan altijd nog." in page
    assert "fan-on" not in page


def test_the_page_shows_every_figure_with_a_table_that_says_the_same(
    otter: Owner, client: Client
) -> None:
    for n, entry in enumerate(
        [told(DID, days=n, tension=n + 1, after=1, act="ask-for-time") for n in range(4)]
    ):
        story = entry.story.having(values=("care", "rest")[: 1 + n % 2])
        reflections.add(keys=otter.keys, story=story)
    page = _page(client)
    assert page.count('<svg class="sh"') == 4
    tension, values, acts = re.findall(r"<tbody>.*?</tbody>", page, re.DOTALL)[:3]
    assert tension.count("<tr>") == 4
    for word in ("kriebel", "schuurt", "knelt", "bonkt"):
        assert word in tension
    assert "<td>4</td>" in values
    assert "<td>2</td>" in values
    assert page.count('class="fan-on"') == 4
    assert "<td>4</td>" in acts


def test_a_choice_to_do_nothing_stands_in_its_row(otter: Owner, client: Client) -> None:
    reflections.add(keys=otter.keys, story=told(CHOSE_NOT, act="count-to-five").story)
    assert "zelf gekozen" in _page(client)


def test_a_title_that_says_it_was_a_choice_is_not_followed_by_the_same_words(
    otter: Owner, client: Client
) -> None:
    kept.keep(otter, act="none")
    page = _page(client)
    assert "Nu niets gedaan. Zelf gekozen." in page
    assert "zelf gekozen" not in page


def test_earlier_rows_are_a_plain_link_away_and_no_word_stands_in_it(
    otter: Owner, client: Client
) -> None:
    for n in range(growth.SHOWN + 3):
        kept.keep(otter, days=n, act="own", own=f"Daad nummer {n}.")
    page = _page(client)
    assert "Daad nummer 0." not in page
    (link,) = set(re.findall(r'href="[^"]*(\?tot=[^"#]*)#tension">Eerder<', page))
    assert re.fullmatch(r"\?tot=\d{4}-\d{2}(&over=\d+)?", link)
    earlier = _page(client, query=link)
    assert "Daad nummer 0." in earlier
    assert "Daad nummer 14." not in earlier


@pytest.mark.parametrize("query", ["?tot=nooit", "?tot=2026-11&over=x", "?over=3", "?tot=0000-00"])
def test_an_address_that_makes_no_sense_shows_the_latest(
    otter: Owner, client: Client, query: str
) -> None:
    kept.keep(otter, act="own", own="Daad van nu")
    assert "Daad van nu" in _page(client, query=query)


def test_an_act_speaks_the_language_of_its_reader(otter: Owner, client: Client) -> None:
    kept.keep(otter, act="count-to-five")
    assert CATALOGUE.acts["count-to-five"].nl.name in _page(client)
    english = _page(client, "en")
    assert CATALOGUE.acts["count-to-five"].en.name in english
    assert '<html lang="en">' in english


def test_an_entry_that_cannot_be_read_is_counted_plainly_and_the_rest_stays(
    otter: Owner, client: Client
) -> None:
    kept.keep(otter, act="own", own="Deze is heel")
    broken = kept.keep(otter, days=1).row
    *whole, last = bytes(broken.sealed)
    # Another last byte, whatever it was.
    Reflection.objects.filter(pk=broken.pk).update(sealed=bytes([*whole, last ^ 1]))
    page = _page(client)
    assert "Eén stuk kunnen we niet lezen." in page
    assert "Deze is heel" in page


def test_where_nothing_at_all_can_be_read_the_page_still_stands(
    otter: Owner, client: Client
) -> None:
    for n in range(2):
        row = kept.keep(otter, days=n).row
        Reflection.objects.filter(pk=row.pk).update(sealed=b"x")
    page = _page(client)
    assert "2 stukken kunnen we niet lezen." in page
    assert "De rest staat hier gewoon" not in page


def test_a_notebook_that_cannot_be_read_leaves_the_figures_usable(
    otter: Owner, client: Client
) -> None:
    kept.keep(otter, act="own", own="Deze is heel")
    notebook.write(keys=otter.keys, opened=notebook.read(otter.keys), pages=notebook.Pages("weg"))
    notebook.Notebook.objects.update(sealed=b"x")
    page = _page(client)
    assert "Je schrift kunnen we nu niet lezen." in page
    assert "Deze is heel" in page


def test_own_words_are_shown_as_words_and_never_as_markup(otter: Owner, client: Client) -> None:
    nasty = "<script>alert('x')</script>"
    reflections.add(keys=otter.keys, story=told(DID, act="own", own=nasty, noticed=nasty).story)
    pages = notebook.Pages(learned=nasty)
    notebook.write(keys=otter.keys, opened=notebook.read(otter.keys), pages=pages)
    raw = client.get(reverse("me:growth")).content.decode()
    assert raw.count("&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;") >= 3
    assert "<script>alert" not in raw


def test_nobody_else_sees_anything_of_it(otter: Owner, client: Client) -> None:
    kept.keep(otter, act="own", own="Alleen van Otter")
    other = signed_in(Client(), make_owner("Wezel"))
    assert "Alleen van Otter" not in _page(other)
    shut = signed_in(Client(), otter, vault_open=False).get(reverse("me:growth"))
    assert "Alleen van Otter" not in shut.content.decode()


def test_no_word_on_the_page_scores_anybody(otter: Owner, client: Client) -> None:
    for n in range(3):
        reflections.add(keys=otter.keys, story=told(DID, days=n, act="ask-for-time").story)
    page = _page(client).partition("<main")[2].lower()
    for word in ("score", "punten", "streak", "op rij", "record", "goed bezig", "gefeliciteerd"):
        assert word not in page


def test_the_garbage_collector_runs_again_whatever_went_wrong() -> None:
    with pytest.raises(ZeroDivisionError), reflections.undisturbed(), reflections.undisturbed():
        _ = 1 / gc.isenabled()  # it waits, so this goes wrong
    assert gc.isenabled()
