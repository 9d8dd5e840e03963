"""A file that is no export of ours is refused with a clear word, and nothing changes."""

import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kleinverzet.me import bringing_in, notebook
from kleinverzet.me.bringing_in import Refused, Why
from kleinverzet.me.models import Notebook, Reflection
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


def _refused(client: Client, raw: bytes) -> str:
    """Bring in what is refused; give the words, sure that nothing changed."""
    before = Reflection.objects.count(), Notebook.objects.count()
    answer = parcels.bring(client, raw)
    assert answer.status_code == 422
    assert (Reflection.objects.count(), Notebook.objects.count()) == before
    words: str = answer.content.decode()
    assert "Er is niets veranderd" in words or "Kies eerst een bestand" in words
    return words


def _zip(**files: bytes) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "."), data)
    return whole.getvalue()


def test_no_file_at_all(client: Client) -> None:
    answer = client.post("/mijn/terugzetten/")
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
    assert "nieuwere versie" in _refused(
        client, parcels.said(parcel.data | {"format": 2, "new": []})
    )


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
    assert "In verhaal 2 van dit bestand klopt iets niet" in _refused(client, parcels.said(told))


def test_a_notebook_that_does_not_fit_refuses_all(parcel: Parcel, client: Client) -> None:
    told = parcel.data
    told["records"]["me.Notebook"][0]["months"][0]["marks"]["ground"] = 5
    assert "misschien is het aangepast" in _refused(client, parcels.said(told))


def test_a_fault_halfway_leaves_nothing_behind(
    parcel: Parcel, otto: Owner, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notebook, "write", _broken)
    with pytest.raises(OSError, match="disk is full"):
        parcels.bring(client, parcel.raw)
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
    for at, byte in data.draw(
        st.lists(st.tuples(st.integers(0, len(raw) - 1), st.integers(0, 255)))
    ):
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
    assert parcels.bring(client, raw).status_code == 422
    for elsewhere in ("/mijn/meenemen/", "/cirkel/", "/er-is-niets/"):
        answer = client.post(elsewhere, {"file": SimpleUploadedFile("x", raw)})
        assert answer.status_code == 413


def test_a_file_beyond_the_limit_is_refused_before_it_is_read(client: Client) -> None:
    answer = parcels.bring(client, bytes(21 * 1024 * 1024))
    assert answer.status_code == 413
    assert "kleiner bestand" in answer.content.decode().replace("\n", " ")


def test_a_large_text_beside_the_file_is_refused(client: Client) -> None:
    answer = client.post(
        "/mijn/terugzetten/", {"file": SimpleUploadedFile("x", b"{}"), "more": "x" * 100_000}
    )
    assert answer.status_code == 400
