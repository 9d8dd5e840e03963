"""Taking everything along: complete, readable, true to its schema, and nothing left behind."""

import json
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pydantic import ValidationError

from kleinverzet.consent import personal_data
from kleinverzet.me import notebook, reflections, takeout, takeout_paper, takeout_shapes
from kleinverzet.me.models import Reflection
from kleinverzet.me.takeout_rest import FIELDS, KINDS, TOLD
from kleinverzet.me.takeout_shapes import Takeout
from tests.me import parcels
from tests.me.parcels import LEARNED, WORDS, Parcel
from tests.owners import Owner, make_owner, signed_in

pytestmark = pytest.mark.django_db

HOSTILE = (
    """<script>alert("x")</script> #read("/etc/passwd") #{1+1} $x^2$ *dik* _schuin_ @naam <a> """
    """`code` // weg /* weg */ \\ ~ --- {{ naam }} {% load %} & "aan" 'halen'"""
)
FAR = "😀 ğşıŁ שלום عالم"
LONG = "boe" * 170


@pytest.fixture
def pippa() -> Owner:
    """Somebody with a vault."""
    return make_owner("Pippa Pluis")


@pytest.fixture
def client(pippa: Owner) -> Client:
    """A browser in which she is signed in, the vault open."""
    return signed_in(Client(), pippa)


@pytest.fixture
def parcel(pippa: Owner, client: Client) -> Parcel:
    """What she takes along, of something of every kind."""
    parcels.fill(pippa)
    return parcels.take(client)


def test_the_zip_holds_what_its_letter_says(parcel: Parcel) -> None:
    letter = parcel.files["LEES-MIJ.txt"].decode()
    assert set(parcel.files) == {
        "LEES-MIJ.txt", "lees.html", "klein-verzet.pdf", "klein-verzet.json", "schema.json"
    }  # fmt: skip
    assert all(name in letter for name in set(parcel.files) - {"LEES-MIJ.txt"})
    assert "niet meer versleuteld" in letter


def test_every_kind_that_holds_something_of_a_person_is_in_it(parcel: Parcel) -> None:
    held = {entry.model._meta.label for entry in personal_data.entries() if entry.kind == "holds"}
    assert set(parcel.data["records"]) == held
    filled = {"me.Reflection", "me.Notebook", "me.Nudge", "me.Rhythm", "accounts.Person",
              "account.EmailAddress", "vault.Letter", "vault.Slot", "vault.Key"}  # fmt: skip
    assert all(parcel.data["records"][kind] for kind in filled)


def test_every_text_field_of_a_story_is_tried() -> None:
    assert set(WORDS) == parcels.text_fields()


@pytest.mark.parametrize("field", WORDS)
def test_every_text_stands_in_data_page_and_pdf(field: str, pippa: Owner, client: Client) -> None:
    parcels.fill(pippa)
    parcel = parcels.take(client)
    for line in WORDS[field].splitlines():
        assert line in json.dumps(parcel.data, ensure_ascii=False)
        assert line in unescape(parcel.page)
        assert line in parcel.paper


def test_what_somebody_learned_and_their_months_stand_in_all_three(parcel: Parcel) -> None:
    for text in (json.dumps(parcel.data, ensure_ascii=False), parcel.page, parcel.paper):
        assert LEARNED in text
    for text in (parcel.page, parcel.paper):
        assert "Oktober 2026" in text
        assert "Ik weet waar ik voor sta." in text


def test_what_the_program_keeps_beside_it_is_told_in_words(parcel: Parcel) -> None:
    for text in (unescape(parcel.page), parcel.paper):
        assert "Je account" in text
        assert "Pippa Pluis" in text
        assert "pippa@pond.example" in text
        assert "Een brief die wacht." in text


def test_every_kind_and_every_field_of_it_has_words(parcel: Parcel) -> None:
    rest = {kind: rows for kind, rows in parcel.data["records"].items() if kind not in TOLD}
    assert set(rest) == set(KINDS)
    assert {name for rows in rest.values() for row in rows for name in row} <= set(FIELDS)


def test_no_secret_leaves_with_it(parcel: Parcel, pippa: Owner) -> None:
    everything = b"".join(parcel.files.values())
    for secret in (pippa.keys.master, *pippa.keys.data.values(), *pippa.keys.identities.values()):
        assert secret not in everything
        assert secret.hex().encode() not in everything
    assert pippa.passphrase.encode() not in everything
    assert pippa.person.password.encode() not in everything


@pytest.mark.parametrize("words", [HOSTILE, FAR, LONG], ids=["hostile", "far", "long"])
def test_words_come_through_as_they_are(words: str, pippa: Owner, client: Client) -> None:
    parcels.fill(pippa, parcels.story_with(words=words, own=words[:120]))
    parcel = parcels.take(client)
    assert parcel.data["records"]["me.Reflection"][0]["answers"]["words"] == words
    assert words in unescape(parcel.page)
    if words != FAR:
        # The reader of PDFs breaks lines, and turns what runs from right to left.
        assert "".join(words.split()) in "".join(parcel.paper.split())
    assert "<script" not in parcel.page


def test_a_page_of_hostile_words_runs_nothing_and_fetches_nothing(
    pippa: Owner, client: Client
) -> None:
    parcels.fill(pippa, parcels.story_with(words=HOSTILE))
    page = parcels.take(client).page
    assert "default-src 'none'" in page
    assert "http://" not in page
    assert "https://" not in page
    assert " on" not in page.partition("<main>")[0].partition("</style>")[2].replace(" on ", "")


def test_what_is_exported_is_exactly_what_its_schema_knows(parcel: Parcel) -> None:
    raw = parcel.files[takeout.DATA]
    read = Takeout.model_validate_json(raw)
    # What the shapes do not know would be missing from what they give back.
    back = read.model_dump(mode="json", by_alias=True, exclude_unset=True)
    assert _plain(back) == _plain(json.loads(raw))
    assert json.loads(parcel.files[takeout.SCHEMA]) == takeout_shapes.schema()


def test_the_schema_names_every_field_of_a_story(parcel: Parcel) -> None:
    shapes = json.loads(parcel.files[takeout.SCHEMA])["$defs"]
    for name in ("Answers", "Reflection", "CheckIn"):
        assert shapes[name]["properties"]
    known = {field for name in shapes for field in shapes[name].get("properties", ())}
    assert parcels.text_fields() <= known
    assert set(shapes["Month"]["properties"]["marks"]["propertyNames"]["enum"]) == set(
        notebook.STATEMENTS
    )


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("format",), "1"),
        (("made_at",), "gisteren"),
        (("records", "me.Reflection", 0, "answers", "tension"), 6),
        (("records", "me.Reflection", 0, "answers", "safe"), "perhaps"),
        (("records", "me.Reflection", 0, "began"), 0),
        (("records", "me.Notebook", 0, "months", 0, "month"), "2026-13"),
        (("records", "accounts.Person"), {"name": "Pippa"}),
    ],
)
def test_what_does_not_fit_the_schema_is_told_apart(
    parcel: Parcel, path: tuple[Any, ...], value: object
) -> None:
    told = parcel.data
    place = told
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with pytest.raises(ValidationError):
        Takeout.model_validate_json(json.dumps(told))


def test_what_cannot_be_read_is_named_and_the_rest_is_there(pippa: Owner, client: Client) -> None:
    parcels.fill(pippa, parcels.story_with(), parcels.story_with(own="Ik bel eerst Roos."))
    row = Reflection.objects.first()
    assert row is not None
    *whole, last = bytes(row.sealed)
    Reflection.objects.filter(pk=row.pk).update(sealed=bytes([*whole, last ^ 1]))
    parcel = parcels.take(client)
    told = {one["id"]: one for one in parcel.data["records"]["me.Reflection"]}
    assert told[str(row.pk)]["unreadable"] is True
    assert len(told) == 2
    assert "Dit kunnen we niet lezen" in parcel.page
    Takeout.model_validate_json(parcel.files[takeout.DATA])


def test_in_english_the_words_around_it_are_english(pippa: Owner, client: Client) -> None:
    parcels.fill(pippa)
    with translation.override("en"):
        address = reverse("me:takeout")
    assert address.startswith("/en/")
    parcel = parcels.take(client, address)
    assert '<html lang="en">' in parcel.page
    assert "kindness, friendship" in parcel.page


def test_without_a_pdf_the_rest_comes_and_the_letter_says_so(
    pippa: Owner, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    parcels.fill(pippa)
    parcels.without_pdf(monkeypatch)
    parcel = parcels.take(client)
    assert "klein-verzet.pdf" not in parcel.files
    assert "Een PDF maken lukte deze keer niet" in parcel.files["LEES-MIJ.txt"].decode()
    assert WORDS["own"] in parcel.page


def test_what_cannot_be_set_says_so_without_quoting_anybody() -> None:
    with pytest.raises(takeout_paper.NotSet) as fault:
        takeout_paper._run(b'{"title": "Tante Toffee"}')
    assert "Toffee" not in repr(fault.value)


def test_nobody_elses_words_are_in_it(pippa: Owner, client: Client) -> None:
    other = make_owner("Otto Oever", "een heel ander lang verhaal")
    reflections.add(keys=other.keys, story=parcels.story_with(words="Van Otto alleen."))
    parcels.fill(pippa)
    assert b"Van Otto" not in b"".join(parcels.take(client).files.values())


def test_an_empty_vault_can_be_taken_along(client: Client) -> None:
    parcel = parcels.take(client)
    assert parcel.data["records"]["me.Reflection"] == []
    Takeout.model_validate_json(parcel.files[takeout.DATA])


def test_nothing_of_it_stays_on_disk(pippa: Owner, client: Client) -> None:
    parcels.fill(pippa)
    before = set(Path(settings.STATIC_ROOT).parent.rglob("*"))
    parcels.take(client)
    left = set(Path(settings.STATIC_ROOT).parent.rglob("*")) - before
    assert not {path for path in left if "sqlite3" not in path.name}


def test_a_browser_stores_no_copy_of_its_own(client: Client) -> None:
    answer = client.post("/mijn/meenemen/")
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Disposition"].startswith('attachment; filename="klein-verzet-')


def test_looking_at_the_page_makes_nothing(client: Client) -> None:
    answer = client.get("/mijn/meenemen/")
    assert answer["Content-Type"].startswith("text/html")
    assert "niet versleuteld" in answer.content.decode()


def test_a_shut_vault_hands_out_nothing(pippa: Owner) -> None:
    parcels.fill(pippa)
    answer = signed_in(Client(), pippa, vault_open=False).post("/mijn/meenemen/")
    assert answer.status_code == 423
    assert WORDS["own"] not in answer.content.decode()


def test_a_stranger_gets_nothing() -> None:
    assert Client().post("/mijn/meenemen/").status_code == 403
    assert Client().get("/mijn/meenemen/").status_code == 302


def test_asking_over_and_over_is_slowed_down(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    parcels.without_pdf(monkeypatch)
    statuses = [client.post("/mijn/meenemen/").status_code for _time in range(7)]
    assert statuses == [200] * 6 + [429]


def _plain(value: Any) -> Any:
    """Give times in one spelling: 'Z' and '+00:00' are the same."""
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return value.replace("Z", "+00:00") if isinstance(value, str) else value
