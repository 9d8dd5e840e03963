"""What the vault and accounts hold of a person can leave, without a key in it, and end in order."""

import json
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session as WebSession
from django.db.models import Model
from django.test import Client

from kleinverzet.accounts.models import Person, Presence
from kleinverzet.consent import personal_data
from kleinverzet.consent.personal_data import Turn
from kleinverzet.vault import letters, slots
from kleinverzet.vault.models import Key, Letter, Session, Slot
from tests.owners import Owner, make_owner, signed_in

pytestmark = pytest.mark.django_db

SAID = {"said": "Ik heb het gevraagd, hij keek weg."}
OURS = (Slot, Key, Session, Letter, Person, Presence, EmailAddress, Authenticator)


@pytest.fixture
def pippa() -> Owner:
    return _with_everything("Pippa Pluis")


@pytest.fixture
def otto() -> Owner:
    return _with_everything("Otto Oever")


def _with_everything(name: str) -> Owner:
    owner = make_owner(name)
    signed_in(Client(), owner)
    slots.give_code(owner.person, owner.keys)
    letters.write(owner.person.pk, "check-in", SAID)
    EmailAddress.objects.create(user=owner.person, email="pluis@voorbeeld.test", primary=True)
    Authenticator.objects.create(
        user=owner.person, type=Authenticator.Type.TOTP, data={"secret": "versleuteld"}
    )
    return owner


def _entry(model: type[Model]) -> personal_data.Entry:
    [entry] = [entry for entry in personal_data.entries() if entry.model is model]
    return entry


def _exported(model: type[Model], owner: Owner) -> list[dict[str, Any]]:
    export = _entry(model).export
    assert export is not None
    return list(export(owner.person, owner.keys))


def _erase(model: type[Model], person: Person) -> int:
    erase = _entry(model).erase
    assert erase is not None
    return erase(person)


def _owners(model: Any) -> set[Person]:
    field = "user" if model in {EmailAddress, Authenticator} else "person"
    return {row if model is Person else getattr(row, field) for row in model.objects.all()}


@pytest.mark.parametrize("model", OURS)
def test_each_kind_leaves_as_plain_dictionaries(model: Any, pippa: Owner, otto: Owner) -> None:
    exported = _exported(model, pippa)
    rows = [row for row in model.objects.all() if model is not Person]
    assert len(exported) == (len(rows) // 2 if rows else 1)
    assert json.loads(json.dumps(exported)) == exported


def test_no_key_leaves_in_any_form(pippa: Owner) -> None:
    exported = json.dumps([_exported(model, pippa) for model in OURS])
    slot, half = Slot.objects.all()[0], Session.objects.get()
    keys = [pippa.keys.master, *pippa.keys.data.values(), *pippa.keys.identities.values()]
    for piece in (*keys, bytes(slot.wrapped), bytes(half.half)):
        assert piece.hex() not in exported
    assert pippa.person.password not in exported
    assert "versleuteld" not in exported
    assert Presence.objects.get().session_key not in exported


def test_letters_leave_opened_and_those_that_are_shut_are_named(pippa: Owner) -> None:
    anew = slots.begin_anew(pippa.person, "een heel andere zin")
    letters.write(pippa.person.pk, "check-in", {"said": "erna"})
    export = _entry(Letter).export
    assert export is not None
    told = [letter["said"] for letter in export(pippa.person, anew)]
    assert told == [{"unreadable": True}, {"said": "erna"}]


@pytest.mark.parametrize("model", OURS)
def test_erasing_one_kind_leaves_nothing_of_it_and_all_of_everybody_else(
    model: Any, pippa: Owner, otto: Owner
) -> None:
    assert _owners(model) == {pippa.person, otto.person}
    assert _erase(model, pippa.person) > 0
    assert _owners(model) == {otto.person}


def test_who_is_erased_is_signed_out(pippa: Owner, otto: Owner) -> None:
    assert WebSession.objects.count() == 2
    _erase(Presence, pippa.person)
    [left] = WebSession.objects.all()
    assert left.get_decoded()["_auth_user_id"] == str(otto.person.pk)


def test_keys_are_erased_first_and_the_account_last() -> None:
    models = [entry.model for entry in personal_data.to_erase()]
    assert set(models[:3]) == {Slot, Key, Session}
    assert models[-1] is Person
    assert [entry.turn for entry in personal_data.to_erase()] == sorted(
        entry.turn for entry in personal_data.entries() if entry.kind == "holds"
    )
    assert [entry.model for entry in personal_data.entries() if entry.turn is Turn.ACCOUNT] == [
        Person
    ]


def test_erasing_in_order_leaves_nothing(pippa: Owner) -> None:
    for entry in personal_data.to_erase():
        assert entry.erase is not None
        entry.erase(pippa.person)
    for entry in personal_data.entries():
        if entry.kind == "holds":
            assert not entry.model._default_manager.exists()
