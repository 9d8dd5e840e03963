"""Reading, looking back, changing, searching and letting go of what one kept."""

import uuid
from html import unescape

import pytest
from django.test import Client

from kleinverzet.me import reflections
from kleinverzet.me.ladder import Outcome
from kleinverzet.me.models import Reflection
from tests.me.kept import keep, story_of
from tests.owners import Owner, make_owner, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def otter() -> Owner:
    """Somebody with a vault."""
    return make_owner("Otter")


@pytest.fixture
def client(otter: Owner) -> Client:
    """A browser in which they are signed in, the vault open."""
    return signed_in(Client(), otter)


def test_the_list_shows_acts_by_name_the_latest_first(otter: Owner, client: Client) -> None:
    keep(otter, days=1, act="own", own="Ik bel eerst Roos")
    keep(otter, days=2, act="count-to-five")
    page = _text(client, "/mijn/")
    assert page.index("Ik tel in stilte tot vijf") < page.index("Ik bel eerst Roos")


def test_one_page_shows_every_word_and_the_sentence(otter: Owner, client: Client) -> None:
    kept = keep(otter, note="Achteraf viel het mee.")
    page = _text(client, f"/mijn/{kept.row.pk}/")
    for words in ("mijn vrije vrijdagmiddag", "verslag weer afmaak", "Achteraf viel het mee."):
        assert words in page
    assert "Als het me weer gevraagd wordt," in page


def test_looking_back_is_kept_beside_it(otter: Owner, client: Client) -> None:
    kept = keep(otter)
    said = {"outcome": "partly", "tension": "2", "noticed": "Mijn stem trilde, en het ging."}
    assert client.post(f"/mijn/{kept.row.pk}/terugkijken/", said).status_code == 200
    last = story_of(otter, kept).last
    assert last is not None
    assert (last.outcome, last.tension) == (Outcome.PARTLY, 2)
    assert "Mijn stem trilde" in _text(client, f"/mijn/{kept.row.pk}/")


def test_looking_back_without_an_answer_asks_for_one_and_keeps_the_words(
    otter: Owner, client: Client
) -> None:
    kept = keep(otter)
    # A browser sends nothing for a question of which no answer was picked.
    answer = client.post(f"/mijn/{kept.row.pk}/terugkijken/", {"noticed": "bijna gelukt"})
    assert answer.status_code == 422
    assert "bijna gelukt" in answer.content.decode()
    assert not story_of(otter, kept).check_ins


def test_saying_that_it_was_not_safe_shows_who_can_help(otter: Owner, client: Client) -> None:
    kept = keep(otter)
    answer = client.post(f"/mijn/{kept.row.pk}/terugkijken/", {"outcome": "unsafe"})
    assert "vertrouwenspersoon" in answer.content.decode()


def test_words_are_changed_and_values_added(otter: Owner, client: Client) -> None:
    kept = keep(otter)
    answer = client.post(f"/mijn/{kept.row.pk}/wijzigen/", _edited(kept.row.revision))
    assert answer.status_code == 302
    told = story_of(otter, kept)
    assert told.note == "Later bedacht."
    assert told.values == ("rest", "courage", "honesty", "family") or set(told.values) == {
        "rest", "courage", "honesty", "family",
    }  # fmt: skip
    assert told.answers.act == "ask-for-time"


def test_a_sentence_that_was_not_touched_follows_the_language_still(
    otter: Owner, client: Client
) -> None:
    kept = keep(otter)
    fields = _edited(kept.row.revision)
    page = _text(client, f"/mijn/{kept.row.pk}/wijzigen/")
    fields["when"] = page.split('id="when"')[1].split(">")[1].split("<")[0]
    client.post(f"/mijn/{kept.row.pk}/wijzigen/", fields)
    assert story_of(otter, kept).answers.when_cue == "asked"


def test_two_tabs_lose_neither_version(otter: Owner, client: Client) -> None:
    kept = keep(otter)
    address = f"/mijn/{kept.row.pk}/wijzigen/"
    first = _edited(1) | {"note": "uit het eerste tabblad"}
    second = _edited(1) | {"note": "uit het tweede tabblad"}
    assert client.post(address, first).status_code == 302
    answer = client.post(address, second)
    page = unescape(answer.content.decode())
    assert answer.status_code == 409
    assert "uit het eerste tabblad" in page
    assert "uit het tweede tabblad" in page
    assert story_of(otter, kept).note == "uit het eerste tabblad"
    assert client.post(address, second | {"revision": "2"}).status_code == 302
    assert story_of(otter, kept).note == "uit het tweede tabblad"


def test_searching_finds_words_whatever_their_accents_and_capitals(
    otter: Owner, client: Client
) -> None:
    keep(otter, words="Het ging over de crèche.")
    keep(otter, days=1, words="Iets heel anders.", act="count-to-five")
    page = unescape(client.post("/mijn/", {"words": "CRECHE"}).content.decode())
    assert "Ik vraag om bedenktijd" in page
    assert "Ik tel in stilte tot vijf" not in page


def test_what_is_searched_stands_in_no_address(otter: Owner, client: Client) -> None:
    keep(otter, words="Het ging over de crèche.")
    page = unescape(client.get("/mijn/?words=iets").content.decode())
    assert "Ik vraag om bedenktijd" in page


def test_letting_go_asks_once_and_then_it_is_gone(otter: Owner, client: Client) -> None:
    kept = keep(otter)
    address = f"/mijn/{kept.row.pk}/laten-gaan/"
    client.post(address)
    assert Reflection.objects.count() == 1
    client.post(address, {"sure": "yes"})
    assert not Reflection.objects.exists()
    assert client.get(f"/mijn/{kept.row.pk}/").status_code == 404


@pytest.mark.parametrize("page", ["", "terugkijken/", "wijzigen/", "laten-gaan/", "cirkel/"])
def test_somebody_elses_page_is_no_page(otter: Owner, client: Client, page: str) -> None:
    theirs = keep(make_owner("Bever"))
    assert client.get(f"/mijn/{theirs.row.pk}/{page}").status_code == 404
    assert client.get(f"/mijn/{uuid.uuid4()}/{page}").status_code == 404


def test_one_that_cannot_be_read_says_so_and_leaves_the_rest_usable(
    otter: Owner, client: Client
) -> None:
    broken, whole = keep(otter), keep(otter, days=1, act="count-to-five")
    row = Reflection.objects.get(pk=broken.row.pk)
    row.sealed = bytes(row.sealed)[:-1] + bytes([bytes(row.sealed)[-1] ^ 1])
    row.save()
    page = _text(client, "/mijn/")
    assert "Dit kunnen we niet lezen" in page
    assert "Ik tel in stilte tot vijf" in page
    assert "Er klopt iets niet" in _text(client, f"/mijn/{broken.row.pk}/")
    assert client.get(f"/mijn/{whole.row.pk}/").status_code == 200


def test_an_act_that_left_the_catalogue_leaves_the_page_readable(
    otter: Owner, client: Client
) -> None:
    kept = keep(otter, act="an-act-of-before", values=("no-value",))
    assert "verslag weer afmaak" in _text(client, f"/mijn/{kept.row.pk}/")


def test_the_same_pages_speak_english(otter: Owner, client: Client) -> None:
    kept = keep(otter)
    page = _text(client, f"/en/mine/{kept.row.pk}/")
    assert "I ask for time to think" in page or "time" in page
    assert "If I am asked again" in page or "If " in page


def test_acts_are_chosen_by_what_somebody_did_before(otter: Owner, client: Client) -> None:
    from kleinverzet.me import own_pages

    for day in range(4):
        kept = keep(otter, days=day, act="see-it-differently")
        client.post(f"/mijn/{kept.row.pk}/terugkijken/", {"outcome": "did"})
    climbed = own_pages.ladder_of(reflections.every(otter.keys))
    fresh = own_pages.ladder_of([])
    assert climbed.chance("say-i-still-doubt", 0.25) > fresh.chance("say-i-still-doubt", 0.25)


def _edited(revision: int) -> dict[str, object]:
    return {
        "revision": str(revision),
        "values": ["rest", "honesty", "courage", "family"],
        "yes": "een rustig weekend",
        "words": "Hij vraagt het weer.",
        "when": "hij naast mijn bureau staat",
        "then": "vraag ik om bedenktijd",
        "note": "Later bedacht.",
    }


def _text(client: Client, address: str) -> str:
    return unescape(client.get(address).content.decode())
