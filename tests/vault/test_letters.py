"""What is written to somebody while their vault is shut opens for them, in its place, and once."""

from typing import Any

import pytest
from django.db.models import F

from kleinverzet.vault import letters, sealing
from kleinverzet.vault.models import Key, Letter
from tests.owners import Owner, make_owner

pytestmark = pytest.mark.django_db

SAID = {"said": "Ik heb het gevraagd, hij keek weg."}


@pytest.fixture
def pippa() -> Owner:
    return make_owner("Pippa Pluis")


@pytest.fixture
def otto() -> Owner:
    return make_owner("Otto Oever", "mijn vrije vrijdagmiddag")


def _read(owner: Owner) -> list[dict[str, Any] | None]:
    return [one.payload for one in letters.read(owner.keys, "check-in")]


def test_a_letter_is_found_when_its_owner_opens_the_vault(pippa: Owner) -> None:
    letters.write(pippa.person.pk, "check-in", SAID)
    assert _read(pippa) == [SAID]


def test_letters_come_in_the_order_of_writing_and_by_purpose(pippa: Owner) -> None:
    for number in range(3):
        letters.write(pippa.person.pk, "check-in", {"number": number})
    letters.write(pippa.person.pk, "circle", SAID)
    assert _read(pippa) == [{"number": 0}, {"number": 1}, {"number": 2}]
    assert len(letters.read_all(pippa.keys)) == 4


def test_nothing_of_it_stands_in_the_row(pippa: Owner) -> None:
    letters.write(pippa.person.pk, "check-in", SAID)
    sealed = bytes(Letter.objects.get().sealed)
    assert b"gevraagd" not in sealed


def test_whoever_writes_it_cannot_read_it_back(pippa: Owner) -> None:
    letter = letters.write(pippa.person.pk, "check-in", SAID)
    public = bytes(Key.objects.get(kind=Key.Kind.IDENTITY).public_key)
    place = letters._place(letter)
    with pytest.raises(sealing.Unopenable):
        sealing.open_with(public, bytes(letter.sealed), place)
    assert sealing.open_with(pippa.keys.identities[1], bytes(letter.sealed), place) == SAID


def test_it_is_found_by_nobody_else(pippa: Owner, otto: Owner) -> None:
    letters.write(pippa.person.pk, "check-in", SAID)
    assert _read(otto) == []


def test_handed_to_somebody_else_it_opens_for_neither(pippa: Owner, otto: Owner) -> None:
    letters.write(pippa.person.pk, "check-in", SAID)
    Letter.objects.update(person=otto.person)
    assert (_read(pippa), _read(otto)) == ([], [None])


def test_under_another_purpose_it_does_not_open(pippa: Owner) -> None:
    letters.write(pippa.person.pk, "circle", SAID)
    Letter.objects.update(purpose="check-in")
    assert _read(pippa) == [None]


def test_two_that_swap_what_they_hold_do_not_open(pippa: Owner) -> None:
    one, other = (letters.write(pippa.person.pk, "check-in", SAID) for _ in range(2))
    Letter.objects.filter(pk=one.pk).update(sealed=other.sealed)
    Letter.objects.filter(pk=other.pk).update(sealed=one.sealed)
    assert _read(pippa) == [None, None]


@pytest.mark.parametrize("broken", [b"", b"\x01", b"\x01" + bytes(600)], ids=["no", "one", "many"])
def test_one_broken_letter_leaves_the_rest(pippa: Owner, broken: bytes) -> None:
    kept = [letters.write(pippa.person.pk, "check-in", {"number": n}) for n in range(3)]
    Letter.objects.filter(pk=kept[1].pk).update(sealed=broken)
    assert _read(pippa) == [{"number": 0}, None, {"number": 2}]


def test_one_under_a_key_that_is_shut_waits(pippa: Owner) -> None:
    letters.write(pippa.person.pk, "check-in", SAID)
    Letter.objects.update(key_number=F("key_number") + 1)
    assert _read(pippa) == []
    assert [one.payload for one in letters.read_all(pippa.keys)] == [None]


def test_nobody_without_a_vault_gets_a_letter(pippa: Owner) -> None:
    Key.objects.all().delete()
    with pytest.raises(Key.DoesNotExist):
        letters.write(pippa.person.pk, "check-in", SAID)


def test_a_short_letter_takes_as_much_room_as_a_longer_one(pippa: Owner) -> None:
    short = letters.write(pippa.person.pk, "check-in", {"said": "ja"})
    long = letters.write(pippa.person.pk, "check-in", {"said": "woord " * 20})
    assert len(short.sealed) == len(long.sealed)


def test_a_read_letter_does_not_show_its_words_when_it_is_printed(pippa: Owner) -> None:
    letters.write(pippa.person.pk, "check-in", SAID)
    [read] = letters.read(pippa.keys, "check-in")
    assert "gevraagd" not in repr(read)
