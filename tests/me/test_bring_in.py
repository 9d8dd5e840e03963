"""Bringing in what was taken along: all of it, once, beside what is there already."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from kleinverzet.me import bringing_in, notebook, reflections
from kleinverzet.me.models import Notebook, Reflection
from kleinverzet.me.notebook import Month, Pages
from tests.me import parcels
from tests.me.parcels import Parcel, stories_of, story_with
from tests.owners import Owner, make_owner, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    parcels.without_pdf(monkeypatch)


@pytest.fixture
def pippa() -> Owner:
    """Who takes everything along."""
    return make_owner("Pippa Pluis")


@pytest.fixture
def otto() -> Owner:
    """Who brings it in."""
    return make_owner("Otto Oever", "een heel ander lang verhaal")


@pytest.fixture
def client(otto: Owner) -> Client:
    """A browser in which he is signed in, the vault open."""
    return signed_in(Client(), otto)


@pytest.fixture
def parcel(pippa: Owner) -> Parcel:
    """What she took along: two stories and a notebook."""
    parcels.fill(pippa, story_with(), story_with(own="Ik bel eerst Roos."))
    return parcels.take(signed_in(Client(), pippa))


def test_everything_somebody_wrote_comes_back(
    parcel: Parcel, pippa: Owner, otto: Owner, client: Client
) -> None:
    answer = parcels.bring(client, parcel.raw)
    assert answer.status_code == 200
    assert "2</b> <span>verhalen erbij gezet" in answer.content.decode()
    assert sorted(stories_of(otto), key=repr) == sorted(stories_of(pippa), key=repr)
    assert notebook.read(otto.keys).pages == notebook.read(pippa.keys).pages


def test_the_json_alone_does_as_well(parcel: Parcel, otto: Owner, client: Client) -> None:
    assert (
        parcels.bring(client, parcel.files["klein-verzet.json"], "klein-verzet.json").status_code
        == 200
    )
    assert len(stories_of(otto)) == 2


def test_bringing_it_in_twice_adds_nothing(parcel: Parcel, otto: Owner, client: Client) -> None:
    parcels.bring(client, parcel.raw)
    pages = notebook.read(otto.keys).pages
    again = parcels.bring(client, parcel.raw)
    assert "2</b> <span>verhalen stonden hier al" in again.content.decode()
    assert len(stories_of(otto)) == 2
    assert notebook.read(otto.keys).pages == pages


def test_ones_own_stories_are_known_where_they_came_from(parcel: Parcel, pippa: Owner) -> None:
    browser = signed_in(Client(), pippa)
    parcels.bring(browser, parcel.raw)
    assert len(stories_of(pippa)) == 2


def test_a_story_that_went_there_and_back_is_known(
    parcel: Parcel, pippa: Owner, client: Client
) -> None:
    parcels.bring(client, parcel.raw)
    back = parcels.take(client)
    parcels.bring(signed_in(Client(), pippa), back.raw)
    assert len(stories_of(pippa)) == 2


def test_what_was_deleted_comes_back(parcel: Parcel, pippa: Owner) -> None:
    row = Reflection.objects.filter(person=pippa.person).first()
    assert row is not None
    reflections.drop(keys=pippa.keys, id_=row.pk)
    parcels.bring(signed_in(Client(), pippa), parcel.raw)
    assert len(stories_of(pippa)) == 2


def test_what_was_changed_since_stays_changed(parcel: Parcel, pippa: Owner) -> None:
    kept = reflections.every(pippa.keys)[0]
    assert kept.story is not None
    reflections.write(keys=pippa.keys, kept=kept, story=kept.story.having(note="Later anders."))
    parcels.bring(signed_in(Client(), pippa), parcel.raw)
    assert "Later anders." in {story.note for story in stories_of(pippa)}
    assert len(stories_of(pippa)) == 2


def test_a_story_that_stands_in_a_file_twice_comes_in_once(
    parcel: Parcel, otto: Owner, client: Client
) -> None:
    told = parcel.data
    told["records"]["me.Reflection"] *= 2
    parcels.bring(client, parcels.said(told))
    assert len(stories_of(otto)) == 2


def test_what_one_learned_stands_below_what_was_there(
    parcel: Parcel, otto: Owner, client: Client
) -> None:
    parcels.write_notebook(otto, Pages("Ik mag traag zijn.", (Month("2026-10", {"ground": 0}),)))
    parcels.bring(client, parcel.raw)
    pages = notebook.read(otto.keys).pages
    assert pages is not None
    first, line, *rest = [part for part in pages.learned.split("\n") if part]
    assert first == "Ik mag traag zijn."
    assert line.startswith("Teruggezet op ")
    assert rest == [parcels.LEARNED]
    # A month that was answered here stays as it was answered.
    assert pages.months == (Month("2026-10", {"ground": 0}),)


def test_a_notebook_that_cannot_be_read_is_left_alone(
    parcel: Parcel, otto: Owner, client: Client
) -> None:
    parcels.write_notebook(otto, Pages("Ik mag traag zijn."))
    row = Notebook.objects.get(person=otto.person)
    *whole, last = bytes(row.sealed)
    spoiled = bytes([*whole, last ^ 1])
    Notebook.objects.filter(pk=row.pk).update(sealed=spoiled)
    answer = parcels.bring(client, parcel.raw)
    assert "kunnen we nu niet lezen" in answer.content.decode()
    assert bytes(Notebook.objects.get(pk=row.pk).sealed) == spoiled
    assert len(stories_of(otto)) == 2


def test_what_could_not_be_read_then_is_counted_and_left_out(
    parcel: Parcel, otto: Owner, client: Client
) -> None:
    told = parcel.data
    one = told["records"]["me.Reflection"][0]
    told["records"]["me.Reflection"][0] = {
        "id": one["id"], "kept_at": one["kept_at"], "unreadable": True
    }  # fmt: skip
    told["records"]["me.Notebook"] = [{"unreadable": True}]
    answer = parcels.bring(client, parcels.said(told))
    assert "1</b> <span>verhaal was al niet te lezen" in answer.content.decode()
    assert len(stories_of(otto)) == 1


def test_invisible_signs_are_left_out(parcel: Parcel, otto: Owner, client: Client) -> None:
    told = parcel.data
    told["records"]["me.Reflection"][0]["note"] = "a\u0000b\u001b[31m\r\nc"
    parcels.bring(client, parcels.said(told))
    assert "ab[31m\nc" in {story.note for story in stories_of(otto)}


def test_a_shut_vault_takes_nothing_in(parcel: Parcel, otto: Owner) -> None:
    answer = parcels.bring(signed_in(Client(), otto, vault_open=False), parcel.raw)
    assert answer.status_code == 423
    assert stories_of(otto) == []


@pytest.mark.django_db(transaction=True)
def test_two_tabs_at_once_bring_it_in_once(parcel: Parcel, otto: Owner) -> None:
    taken = bringing_in.read(parcel.raw)
    gate = threading.Barrier(2)

    def bring() -> int:
        gate.wait()
        try:
            return bringing_in.bring_in(otto.keys, taken, timezone.now()).new
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        came = [tab.result() for tab in [pool.submit(bring), pool.submit(bring)]]
    assert sorted(came) == [0, 2]
    assert len(stories_of(otto)) == 2
