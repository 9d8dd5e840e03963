"""Letting go: of what one wrote, or of everything, for good and at once."""

from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session as WebSession
from django.db import connection
from django.test import Client, override_settings

from kleinverzet import environment, reappeared
from kleinverzet.accounts.models import Person, Presence
from kleinverzet.me import leaving, notebook, reflections
from kleinverzet.me.models import Nudge
from kleinverzet.vault import erased, shredding, slots
from kleinverzet.vault.models import Key, Slot
from tests.me import parcels
from tests.me.parcels import story_with
from tests.owners import Owner, make_owner, signed_in

pytestmark = pytest.mark.django_db(transaction=True)

WIPE, LEAVE = "/mijn/wissen/verhalen/", "/mijn/wissen/account/"


@pytest.fixture
def pippa() -> Owner:
    """Somebody with something of every kind."""
    owner = make_owner("Pippa Pluis")
    parcels.fill(owner, story_with(), story_with(own="Ik bel eerst Roos."))
    slots.give_code(owner.person, owner.keys)
    Authenticator.objects.create(
        user=owner.person, type=Authenticator.Type.TOTP, data={"secret": "00"}
    )
    return owner


@pytest.fixture
def client(pippa: Owner) -> Client:
    """A browser in which she is signed in, the vault open."""
    return signed_in(Client(), pippa)


@pytest.fixture(autouse=True)
def _forget_who_was_erased() -> Any:
    """Leave no note behind for the tests that follow."""
    yield
    erased.place().unlink(missing_ok=True)


# --- what one wrote ----------------------------------------------------------------------------


def test_wiping_deletes_all_that_was_written_and_keeps_the_account(
    pippa: Owner, client: Client
) -> None:
    assert client.post(WIPE, {"name": "Pippa Pluis"}).status_code == 302
    assert reflections.every(pippa.keys) == []
    assert notebook.read(pippa.keys).row is None
    assert not Nudge.objects.exists()
    assert Person.objects.filter(pk=pippa.person.pk).exists()
    assert slots.open_with_passphrase(pippa.person, pippa.passphrase)
    assert EmailAddress.objects.filter(user=pippa.person).exists()


def test_before_wiping_a_backup_is_told_as_it_is(client: Client) -> None:
    # A copy that is put back brings the words of an account that stayed.
    assert "dan staat het hier weer" in client.get(WIPE).content.decode()
    assert "dan wist het programma je opnieuw" in client.get(LEAVE).content.decode()


def test_after_wiping_nothing_sealed_of_it_lies_in_the_file(pippa: Owner, client: Client) -> None:
    sealed = _sealed_bytes(pippa)
    client.post(WIPE, {"name": "pippa pluis"})
    assert not _found(sealed)


def test_wiping_touches_nobody_else(pippa: Owner, client: Client) -> None:
    other = make_owner("Otto Oever", "een heel ander lang verhaal")
    reflections.add(keys=other.keys, story=story_with())
    client.post(WIPE, {"name": "Pippa Pluis"})
    assert len(reflections.every(other.keys)) == 1


# --- everything --------------------------------------------------------------------------------


def test_leaving_says_what_is_gone_and_how_long_a_backup_lasts(
    pippa: Owner, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = client.post(LEAVE, {"name": "Pippa Pluis"}, follow=True)
    assert answer.redirect_chain == [("/weg/", 302)]
    page = answer.content.decode()
    assert "Er is niets meer van je" in page
    assert "hoogstens nog 30 dagen" in page
    kept_for = environment.Environment(backup_days=0)
    monkeypatch.setattr(environment, "read", lambda: kept_for)
    assert "bewaart geen reservekopieën" in client.get("/weg/").content.decode()


def test_leaving_ends_every_session(pippa: Owner, client: Client) -> None:
    elsewhere = signed_in(Client(), pippa)
    client.post(LEAVE, {"name": "Pippa Pluis"})
    assert not WebSession.objects.exists()
    assert not Presence.objects.exists()
    for browser in (client, elsewhere):
        assert browser.get("/mijn/").status_code == 302


def test_a_browser_is_asked_to_forget(client: Client) -> None:
    answer = client.post(LEAVE, {"name": "Pippa Pluis"})
    assert "storage" in answer["Clear-Site-Data"]
    for name in ("session", "vk"):
        assert answer.cookies[name]["max-age"] == 0


def test_no_row_of_any_table_leads_back_to_them(pippa: Owner, client: Client) -> None:
    marks = [str(pippa.person.pk), pippa.person.pk.hex]
    assert _rows_with(marks), "the search finds them before"
    client.post(LEAVE, {"name": "Pippa Pluis"})
    assert _rows_with(marks) == []
    assert _rows_with(["Pippa Pluis", "pippa@pond.example"]) == []


def test_nothing_of_theirs_lies_in_the_file(pippa: Owner, client: Client) -> None:
    traces = [
        b"Pippa Pluis",
        b"pippa@pond.example",
        pippa.person.pk.hex.encode(),
        pippa.person.password.encode(),
        *_sealed_bytes(pippa),
    ]
    if connection.vendor == "sqlite":
        shredding.sweep()
        assert len(_found(traces)) == len(traces), "the search finds them before"
    client.post(LEAVE, {"name": "Pippa Pluis"})
    assert not _found(traces)


def test_leaving_touches_nobody_else(pippa: Owner, client: Client) -> None:
    other = make_owner("Otto Oever", "een heel ander lang verhaal")
    reflections.add(keys=other.keys, story=story_with())
    browser = signed_in(Client(), other)
    client.post(LEAVE, {"name": "Pippa Pluis"})
    assert len(reflections.every(other.keys)) == 1
    assert browser.get("/mijn/").status_code == 200


def test_the_keys_go_first_and_stay_gone_when_the_rest_fails(
    pippa: Owner, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leaving.personal_data, "to_erase", _broken)
    client.raise_request_exception = False
    assert client.post(LEAVE, {"name": "Pippa Pluis"}).status_code == 500
    assert not Key.objects.exists()
    assert not Slot.objects.exists()
    monkeypatch.undo()
    left = Person.objects.get(pk=pippa.person.pk)
    assert slots.open_with_passphrase(left, pippa.passphrase) is None
    # What was begun is finished when the program starts again.
    assert reappeared.erase() == 1
    assert not Person.objects.filter(pk=pippa.person.pk).exists()


def _broken() -> None:
    raise OSError("the disk is full")


def test_whoever_cannot_be_noted_is_not_told_that_they_are_gone(
    pippa: Owner, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erased, "note", lambda _id: _broken())
    client.raise_request_exception = False
    assert client.post(LEAVE, {"name": "Pippa Pluis"}).status_code == 500
    assert len(reflections.every(pippa.keys)) == 2


def test_a_backup_brings_nobody_back(pippa: Owner, client: Client) -> None:
    before = dict(Person.objects.values().get(pk=pippa.person.pk))
    client.post(LEAVE, {"name": "Pippa Pluis"})
    Person.objects.create(**before)
    assert reappeared.erase() == 1
    assert not Person.objects.exists()


def test_the_name_is_free_again(client: Client) -> None:
    client.post(LEAVE, {"name": "Pippa Pluis"})
    assert make_owner("Pippa Pluis").person.pk


# --- meaning it --------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [WIPE, LEAVE])
@pytest.mark.parametrize("typed", ["", "Pippa", "Otto Oever", "ja"])
def test_another_name_erases_nothing_and_stays_in_its_field(
    pippa: Owner, client: Client, address: str, typed: str
) -> None:
    answer = client.post(address, {"name": typed})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Er is nog niets gewist" in page
    assert f'value="{typed}"' in page
    assert len(reflections.every(pippa.keys)) == 2


@pytest.mark.parametrize("address", [WIPE, LEAVE])
def test_looking_erases_nothing_and_shows_the_name(
    pippa: Owner, client: Client, address: str
) -> None:
    assert "<bdi>Pippa Pluis</bdi>" in client.get(address).content.decode()
    assert len(reflections.every(pippa.keys)) == 2


@pytest.mark.parametrize("typed", ["pippa pluis", "  Pippa   Pluis ", "PIPPA PLUIS"])
def test_a_name_is_known_however_it_is_typed(pippa: Owner, client: Client, typed: str) -> None:
    assert client.post(WIPE, {"name": typed}).status_code == 302
    assert reflections.every(pippa.keys) == []


@pytest.mark.parametrize("address", [WIPE, LEAVE])
def test_a_shut_vault_erases_nothing(pippa: Owner, address: str) -> None:
    browser = signed_in(Client(), pippa, vault_open=False)
    assert browser.post(address, {"name": "Pippa Pluis"}).status_code == 423
    assert len(reflections.every(pippa.keys)) == 2


@pytest.mark.parametrize("address", [WIPE, LEAVE])
def test_a_form_from_elsewhere_erases_nothing(pippa: Owner, address: str) -> None:
    browser = signed_in(Client(enforce_csrf_checks=True), pippa)
    assert browser.post(address, {"name": "Pippa Pluis"}).status_code == 403
    assert len(reflections.every(pippa.keys)) == 2


def test_both_ways_stand_on_one_page_with_a_way_to_keep_it(client: Client) -> None:
    page = client.get("/mijn/wissen/").content.decode()
    assert all(address in page for address in (WIPE, LEAVE, "/mijn/meenemen/"))


def test_the_page_afterwards_is_open_to_everybody() -> None:
    with override_settings(LANGUAGE_CODE="nl"):
        assert Client().get("/weg/").status_code == 200


# --- searching ---------------------------------------------------------------------------------


def _sealed_bytes(owner: Owner) -> list[bytes]:
    """Give what lies sealed of somebody, as it stands in the tables."""
    rows = [kept.row for kept in reflections.every(owner.keys)]
    kept = [part for row in rows for part in (bytes(row.sealed), bytes(row.wrapped_key))]
    notes = notebook.read(owner.keys).row
    assert notes is not None
    # A row that is longer than a page continues on others, so only its beginning is looked for.
    return [part[:200] for part in (*kept, bytes(notes.sealed), bytes(notes.wrapped_key))]


def _rows_with(marks: list[str]) -> list[str]:
    """Give every row of every table in which one of these stands."""
    with connection.cursor() as cursor:
        found = []
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
            found += [
                f"{name}: {row}"
                for row in cursor.fetchall()
                if any(mark in repr(row) for mark in marks)
            ]
    return found


def _found(traces: list[bytes]) -> list[bytes]:
    """Give those that stand in a file of the database; none where a server keeps its files."""
    if connection.vendor != "sqlite":
        return []
    path = Path(connection.settings_dict["NAME"])
    files = [path, *(path.with_name(path.name + end) for end in ("-wal", "-shm"))]
    whole = b"".join(file.read_bytes() for file in files if file.exists())
    return [trace for trace in traces if trace in whole]
