"""What a ring keeps opens where it belongs, for whom it belongs to, and nowhere else."""

import uuid
from typing import Any

import pytest
from django.db.models import F

from kleinverzet.me.models import Notebook, Reflection
from kleinverzet.vault import rows, sealing, slots
from kleinverzet.vault.models import SealedRow
from kleinverzet.vault.rows import Changed
from kleinverzet.vault.sealing import Unopenable
from tests.owners import Owner, make_owner

pytestmark = pytest.mark.django_db

WORDS = {"words": "Ze sturen een foto van Bas Kwast rond."}
LATER = {"words": "Ik heb er iets van gezegd."}


@pytest.fixture
def pippa() -> Owner:
    return make_owner("Pippa Pluis")


@pytest.fixture
def otto() -> Owner:
    return make_owner("Otto Oever", "mijn vrije vrijdagmiddag")


def _keep(owner: Owner, payload: dict[str, Any] = WORDS) -> Reflection:
    return rows.add(Reflection(), payload, owner.keys)


def _stored(row: SealedRow) -> Any:
    return type(row)._default_manager.get(pk=row.pk)


def test_what_was_kept_opens_for_its_owner(pippa: Owner) -> None:
    assert rows.read(_stored(_keep(pippa)), pippa.keys) == WORDS


def test_nothing_of_it_stands_in_the_row(pippa: Owner) -> None:
    row = _stored(_keep(pippa))
    kept = b"".join(
        value if isinstance(value, bytes) else str(value).encode()
        for value in (bytes(row.sealed), bytes(row.wrapped_key), row.pk, row.person_id)
    )
    assert b"Kwast" not in kept


def test_it_opens_for_nobody_else(pippa: Owner, otto: Owner) -> None:
    with pytest.raises(Unopenable):
        rows.read(_keep(pippa), otto.keys)


def test_handed_to_somebody_else_it_opens_for_neither(pippa: Owner, otto: Owner) -> None:
    row = _keep(pippa)
    Reflection.objects.update(person=otto.person)
    for owner in (pippa, otto):
        with pytest.raises(Unopenable):
            rows.read(_stored(row), owner.keys)


def test_a_row_is_always_made_for_the_owner_of_the_keys(pippa: Owner, otto: Owner) -> None:
    row = rows.add(Reflection(person=otto.person), WORDS, pippa.keys)
    assert _stored(row).person_id == pippa.person.pk


@pytest.mark.parametrize(
    "fields", [["sealed"], ["wrapped_key"], ["sealed", "wrapped_key"]], ids=" and ".join
)
def test_two_rows_that_swap_what_they_hold_do_not_open(pippa: Owner, fields: list[str]) -> None:
    one, other = _stored(_keep(pippa)), _stored(_keep(pippa, LATER))
    for field in fields:
        mine, theirs = getattr(one, field), getattr(other, field)
        setattr(one, field, theirs)
        setattr(other, field, mine)
    for row in (one, other):
        row.save()
        with pytest.raises(Unopenable):
            rows.read(_stored(row), pippa.keys)


def test_two_rows_that_swap_their_ids_do_not_open(pippa: Owner) -> None:
    row = _stored(_keep(pippa))
    row.pk = uuid.uuid4()
    row.save(force_insert=True)
    with pytest.raises(Unopenable):
        rows.read(_stored(row), pippa.keys)


def test_the_two_fields_of_a_row_cannot_change_places(pippa: Owner) -> None:
    row = _keep(pippa)
    Reflection.objects.update(sealed=F("wrapped_key"), wrapped_key=F("sealed"))
    with pytest.raises(Unopenable):
        rows.read(_stored(row), pippa.keys)


def test_in_another_table_it_does_not_open(pippa: Owner) -> None:
    row = _keep(pippa)
    moved = Notebook(**{field.attname: getattr(row, field.attname) for field in _fields()})
    moved.save(force_insert=True)
    assert (moved.pk, bytes(moved.sealed)) == (row.pk, bytes(row.sealed))
    with pytest.raises(Unopenable):
        rows.read(_stored(moved), pippa.keys)


@pytest.mark.parametrize("step", [-1, 1])
def test_another_revision_does_not_open(pippa: Owner, step: int) -> None:
    row = rows.replace(_keep(pippa), LATER, pippa.keys)
    Reflection.objects.update(revision=F("revision") + step)
    with pytest.raises(Unopenable):
        rows.read(_stored(row), pippa.keys)


@pytest.mark.parametrize(
    "fields", [["sealed"], ["wrapped_key"], ["sealed", "wrapped_key"]], ids=" and ".join
)
def test_what_was_replaced_cannot_be_played_back(pippa: Owner, fields: list[str]) -> None:
    row = _keep(pippa)
    before = {field: bytes(getattr(row, field)) for field in fields}
    rows.replace(row, LATER, pippa.keys)
    Reflection.objects.update(**before)
    with pytest.raises(Unopenable):
        rows.read(_stored(row), pippa.keys)


def test_another_key_number_does_not_open(pippa: Owner) -> None:
    row = _keep(pippa)
    for number in (0, 2):
        Reflection.objects.update(key_number=number)
        with pytest.raises(Unopenable):
            rows.read(_stored(row), pippa.keys)


def test_a_replaced_row_holds_the_new_words_under_a_new_key(pippa: Owner) -> None:
    row = _keep(pippa)
    wrapped = bytes(row.wrapped_key)
    rows.replace(row, LATER, pippa.keys)
    stored = _stored(row)
    assert rows.read(stored, pippa.keys) == rows.read(row, pippa.keys) == LATER
    assert stored.revision == row.revision == 2
    assert bytes(stored.wrapped_key) != wrapped


def test_who_comes_second_hears_that_it_changed(pippa: Owner) -> None:
    row = _keep(pippa)
    in_one_tab, in_another = _stored(row), _stored(row)
    rows.replace(in_one_tab, LATER, pippa.keys)
    with pytest.raises(Changed):
        rows.replace(in_another, {"words": "te laat"}, pippa.keys)
    assert rows.read(_stored(row), pippa.keys) == LATER


def test_who_comes_second_still_holds_the_row_as_it_was_read(pippa: Owner) -> None:
    row = _keep(pippa)
    late = _stored(row)
    rows.replace(row, LATER, pippa.keys)
    with pytest.raises(Changed):
        rows.replace(late, {"words": "te laat"}, pippa.keys)
    assert late.revision == 1
    assert rows.read(late, pippa.keys) == WORDS
    with pytest.raises(Changed):
        rows.replace(late, {"words": "nog eens te laat"}, pippa.keys)


def test_what_was_deleted_in_the_meantime_is_not_brought_back(pippa: Owner) -> None:
    row = _keep(pippa)
    Reflection.objects.all().delete()
    with pytest.raises(Changed):
        rows.replace(row, LATER, pippa.keys)
    assert not Reflection.objects.exists()


def test_nobody_replaces_what_is_somebody_elses(pippa: Owner, otto: Owner) -> None:
    row = _keep(pippa)
    with pytest.raises(Changed):
        rows.replace(_stored(row), LATER, otto.keys)
    assert rows.read(_stored(row), pippa.keys) == WORDS


@pytest.mark.parametrize("field", ["sealed", "wrapped_key"])
@pytest.mark.parametrize("broken", [b"", b"\x01", b"\x01" + bytes(600)], ids=["no", "one", "many"])
def test_one_broken_row_leaves_the_rest(pippa: Owner, field: str, broken: bytes) -> None:
    kept = [_keep(pippa, {"words": str(number)}) for number in range(3)]
    Reflection.objects.filter(pk=kept[1].pk).update(**{field: broken})
    opened = {
        one.row.pk: one.payload for one in rows.read_all(Reflection.objects.all(), pippa.keys)
    }
    assert [opened[row.pk] for row in kept] == [{"words": "0"}, None, {"words": "2"}]


def test_what_was_kept_before_a_reset_is_shut_until_it_is_reclaimed(pippa: Owner) -> None:
    row = _keep(pippa)
    anew = slots.begin_anew(pippa.person, "een heel andere zin")
    [shut] = rows.read_all(Reflection.objects.all(), anew)
    assert shut.payload is None
    assert slots.reclaim(pippa.person, anew, pippa.passphrase)
    both = slots.open_with_passphrase(pippa.person, "een heel andere zin")
    assert both is not None
    assert rows.read(_stored(row), both) == WORDS
    moved = rows.replace(_stored(row), LATER, both)
    assert moved.key_number == both.newest == anew.newest
    assert rows.read(_stored(row), anew) == LATER


def test_an_opened_row_does_not_show_its_words_when_it_is_printed(pippa: Owner) -> None:
    _keep(pippa)
    [opened] = rows.read_all(Reflection.objects.all(), pippa.keys)
    assert opened.payload == WORDS
    assert "Kwast" not in repr(opened)


def _fields() -> Any:
    return SealedRow._meta.local_fields


def test_a_row_that_is_sealed_by_hand_as_the_protocol_says_opens(pippa: Owner) -> None:
    row = Reflection(person=pippa.person, revision=3, key_number=pippa.keys.newest)
    place = sealing.bind(
        "me_reflection",
        user=str(pippa.person.pk),
        object=str(row.pk),
        revision=3,
        key=pippa.keys.newest,
    )
    own = sealing.new_key()
    row.wrapped_key = sealing.seal(pippa.keys.data[pippa.keys.newest], own, place)
    row.sealed = sealing.seal_text(own, WORDS, place)
    assert rows.read(row, pippa.keys) == WORDS
