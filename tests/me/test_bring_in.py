"""Bringing in what was taken along: all of it or nothing, once, and only what fits."""

import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kleinverzet.me import bringing_in, notebook, reflections
from kleinverzet.me.bringing_in import Refused, Why
from kleinverzet.me.models import Notebook, Reflection
from kleinverzet.me.notebook import Month, Pages
from tests.me import parcels
from tests.me.parcels import Parcel, stories_of, story_with
from tests.owners import Owner, make_owner, signed_in

pytestmark = pytest.mark.django_db

ADDRESS = "/mijn/terugzetten/"


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


def _bring(client: Client, raw: bytes, name: str = "klein-verzet.zip") -> Any:
    return client.post(ADDRESS, {"file": SimpleUploadedFile(name, raw)})


def _refused(client: Client, raw: bytes) -> str:
    """Bring in what is refused; give the words, sure that nothing changed."""
    before = Reflection.objects.count(), Notebook.objects.count()
    answer = _bring(client, raw)
    assert answer.status_code == 422
    assert (Reflection.objects.count(), Notebook.objects.count()) == before
    words: str = answer.content.decode()
    assert "Er is niets veranderd" in words or "Kies eerst een bestand" in words
    return words


def _said(told: dict[str, Any]) -> bytes:
    return json.dumps(told).encode()


def _zip(**files: bytes) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "."), data)
    return whole.getvalue()


def test_everything_somebody_wrote_comes_back(
    parcel: Parcel, pippa: Owner, otto: Owner, client: Client
) -> None:
    answer = _bring(client, parcel.raw)
    assert answer.status_code == 200
    assert "2</b> <span>verhalen erbij gezet" in answer.content.decode()
    assert sorted(stories_of(otto), key=repr) == sorted(stories_of(pippa), key=repr)
    assert notebook.read(otto.keys).pages == notebook.read(pippa.keys).pages


def test_the_json_alone_does_as_well(parcel: Parcel, otto: Owner, client: Client) -> None:
    assert _bring(client, parcel.files["klein-verzet.json"], "klein-verzet.json").status_code == 200
    assert len(stories_of(otto)) == 2


def test_bringing_it_in_twice_adds_nothing(parcel: Parcel, otto: Owner, client: Client) -> None:
    _bring(client, parcel.raw)
    pages = notebook.read(otto.keys).pages
    again = _bring(client, parcel.raw)
    assert "2</b> <span>verhalen stonden hier al" in again.content.decode()
    assert len(stories_of(otto)) == 2
    assert notebook.read(otto.keys).pages == pages


def test_ones_own_stories_are_known_where_they_came_from(parcel: Parcel, pippa: Owner) -> None:
    browser = signed_in(Client(), pippa)
    _bring(browser, parcel.raw)
    assert len(stories_of(pippa)) == 2


def test_a_story_that_went_there_and_back_is_known(
    parcel: Parcel, pippa: Owner, client: Client
) -> None:
    _bring(client, parcel.raw)
    back = parcels.take(client)
    _bring(signed_in(Client(), pippa), back.raw)
    assert len(stories_of(pippa)) == 2


def test_what_was_deleted_comes_back(parcel: Parcel, pippa: Owner) -> None:
    row = Reflection.objects.filter(person=pippa.person).first()
    assert row is not None
    reflections.drop(keys=pippa.keys, id_=row.pk)
    _bring(signed_in(Client(), pippa), parcel.raw)
    assert len(stories_of(pippa)) == 2


def test_what_was_changed_since_stays_changed(parcel: Parcel, pippa: Owner) -> None:
    kept = reflections.every(pippa.keys)[0]
    assert kept.story is not None
    reflections.write(keys=pippa.keys, kept=kept, story=kept.story.having(note="Later anders."))
    _bring(signed_in(Client(), pippa), parcel.raw)
    assert "Later anders." in {story.note for story in stories_of(pippa)}
    assert len(stories_of(pippa)) == 2


def test_a_story_that_stands_in_a_file_twice_comes_in_once(
    parcel: Parcel, otto: Owner, client: Client
) -> None:
    told = parcel.data
    told["records"]["me.Reflection"] *= 2
    _bring(client, _said(told))
    assert len(stories_of(otto)) == 2


def test_what_one_learned_stands_below_what_was_there(
    parcel: Parcel, otto: Owner, client: Client
) -> None:
    parcels.write_notebook(otto, Pages("Ik mag traag zijn.", (Month("2026-10", {"ground": 0}),)))
    _bring(client, parcel.raw)
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
    spoiled = bytes(row.sealed)[:-1] + b"x"
    Notebook.objects.filter(pk=row.pk).update(sealed=spoiled)
    answer = _bring(client, parcel.raw)
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
    answer = _bring(client, _said(told))
    assert "1</b> <span>verhaal was al niet te lezen" in answer.content.decode()
    assert len(stories_of(otto)) == 1


def test_invisible_signs_are_left_out(parcel: Parcel, otto: Owner, client: Client) -> None:
    told = parcel.data
    told["records"]["me.Reflection"][0]["note"] = "a\u0000b\u001b[31m\r\nc"
    _bring(client, _said(told))
    assert "ab[31m\nc" in {story.note for story in stories_of(otto)}


# --- what is refused ---------------------------------------------------------------------------


def test_no_file_at_all(client: Client) -> None:
    answer = client.post(ADDRESS)
    assert answer.status_code == 422
    assert "Kies eerst een bestand" in answer.content.decode()


@pytest.mark.parametrize(
    "raw",
    [
        b"hallo",
        b"\x89PNG\r\n\x1a\n" + bytes(50),
        b"PK\x03\x04" + bytes(200),
        b"{}",
        b"[]",
        b'{"format": "1"}',
        b'{"format": true}',
        b"[" * 100_000,
        b'{"format": 1, "program": "' + b"\xff\xfe" + b'"}',
        _zip(ander__json=b"{}"),
    ],
)
def test_what_is_no_export(client: Client, raw: bytes) -> None:
    assert "geen bestand dat je hier hebt meegenomen" in _refused(client, raw)


def test_a_newer_format(parcel: Parcel, client: Client) -> None:
    assert "nieuwere versie" in _refused(client, _said(parcel.data | {"format": 2, "new": []}))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("began",), "gisteren"),
        (("began",), "0001-01-01T00:00:00+00:00"),
        (("began",), 1_700_000_000),
        (("answers",), []),
        (("answers", "tension"), 99),
        (("answers", "tension"), "3"),
        (("answers", "setting"), "<b>"),
        (("answers", "act"), "../../etc/passwd"),
        (("answers", "words"), "x" * 20_001),
        (("answers", "values"), ["v"] * 61),
        (("check_ins", 0, "outcome"), "won"),
        (("hard",), 6),
        (("id",), "1"),
        (("unreadable",), True),
    ],
)
def test_one_story_that_does_not_fit_refuses_all(
    parcel: Parcel, client: Client, path: tuple[Any, ...], value: object
) -> None:
    told = parcel.data
    place = told["records"]["me.Reflection"][1]
    if path == ("unreadable",):
        del place["began"]
        place["unreadable"] = "yes"
    else:
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value
    assert "In verhaal 2 van dit bestand klopt iets niet" in _refused(client, _said(told))


def test_a_notebook_that_does_not_fit_refuses_all(parcel: Parcel, client: Client) -> None:
    told = parcel.data
    told["records"]["me.Notebook"][0]["months"][0]["marks"]["ground"] = 5
    assert "misschien is het aangepast" in _refused(client, _said(told))


def test_a_fault_halfway_leaves_nothing_behind(
    parcel: Parcel, otto: Owner, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notebook, "write", _broken)
    with pytest.raises(OSError, match="disk is full"):
        _bring(client, parcel.raw)
    assert stories_of(otto) == []


def _broken(**_: object) -> None:
    raise OSError("the disk is full")


def test_a_bomb_is_not_unpacked(client: Client) -> None:
    bomb = _zip(**{"klein-verzet__json": b" " * (bringing_in.MOST_BYTES + 1)})
    assert len(bomb) < 200_000
    assert "meer in dit bestand dan we aankunnen" in _refused(client, bomb)


def test_a_bomb_that_lies_about_its_size_is_not_unpacked(client: Client) -> None:
    bomb = bytearray(_zip(**{"klein-verzet__json": b" " * (bringing_in.MOST_BYTES * 2)}))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = bomb.index(mark) + at
        bomb[place : place + 4] = (1000).to_bytes(4, "little")
    assert "geen bestand" in _refused(client, bytes(bomb))


def test_a_zip_of_very_many_parts_is_not_listed(client: Client) -> None:
    parts = {f"part{n}": b"" for n in range(bringing_in.MOST_PARTS)}
    assert "dan we aankunnen" in _refused(client, _zip(**parts, **{"klein-verzet__json": b"{}"}))


def test_very_many_values_are_not_read(client: Client) -> None:
    many = b'{"format": 1, "x": [' + b"[]," * bringing_in.MOST_VALUES + b"[]]}"
    with pytest.raises(Refused) as refused:
        bringing_in.read(many)
    assert refused.value.why is Why.TOO_MUCH


def test_a_zip_with_a_passphrase_of_its_own_is_refused(client: Client) -> None:
    locked = bytearray(_zip(**{"klein-verzet__json": b"{}"}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + at] |= 1
    assert "geen bestand" in _refused(client, bytes(locked))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(data=st.data())
def test_any_file_is_read_or_refused(parcel: Parcel, data: st.DataObject) -> None:
    raw = bytearray(data.draw(st.sampled_from([parcel.raw, parcel.files["klein-verzet.json"]])))
    for at, byte in data.draw(st.lists(st.tuples(st.integers(0, len(raw) - 1), st.integers(0, 255)))):
        raw[at] = byte
    cut = data.draw(st.integers(0, len(raw)))
    try:
        taken = bringing_in.read(bytes(raw[:cut]) if data.draw(st.booleans()) else bytes(raw))
    except Refused:
        return
    assert taken.format == 1


# --- how much may be sent ----------------------------------------------------------------------


def test_a_large_file_may_be_sent_here_and_nowhere_else(otto: Owner, client: Client) -> None:
    raw = b'{"format": 1}' + b" " * 3_000_000
    assert _bring(client, raw).status_code == 422
    for elsewhere in ("/mijn/meenemen/", "/cirkel/", "/er-is-niets/"):
        answer = client.post(elsewhere, {"file": SimpleUploadedFile("x", raw)})
        assert answer.status_code == 413


def test_a_file_beyond_the_limit_is_refused_before_it_is_read(client: Client) -> None:
    answer = _bring(client, bytes(21 * 1024 * 1024))
    assert answer.status_code == 413
    assert "kleiner bestand" in answer.content.decode().replace("\n", " ")


def test_a_large_text_beside_the_file_is_refused(client: Client) -> None:
    answer = client.post(ADDRESS, {"file": SimpleUploadedFile("x", b"{}"), "more": "x" * 100_000})
    assert answer.status_code == 400


def test_a_shut_vault_takes_nothing_in(parcel: Parcel, otto: Owner) -> None:
    answer = _bring(signed_in(Client(), otto, vault_open=False), parcel.raw)
    assert answer.status_code == 423
    assert stories_of(otto) == []


def test_two_at_once_bring_it_in_once(parcel: Parcel, otto: Owner) -> None:
    taken = bringing_in.read(parcel.raw)
    for brought in _in_turn(otto, taken):
        assert brought in {(2, 0), (0, 2)}
    assert len(stories_of(otto)) == 2


def _in_turn(otto: Owner, taken: Any) -> Iterator[tuple[int, int]]:
    from django.utils import timezone

    for _time in range(2):
        brought = bringing_in.bring_in(otto.keys, taken, timezone.now())
        yield brought.new, brought.known
