"""What was erased opens nowhere and lies nowhere: not in a row, not in the file, not in the log."""

import os
from pathlib import Path

import pytest
from django.db import connection, connections, transaction

from kleinverzet.me.models import Reflection
from kleinverzet.vault import letters, rows, sealing, shredding, slots
from kleinverzet.vault.models import Key, Letter, Session, Slot
from tests.owners import Owner, make_owner
from tests.vault.browser import Browser

WORDS = {"words": "Ze sturen een foto van Bas Kwast rond."}


@pytest.fixture
def _on_sqlite(pytestconfig: pytest.Config) -> None:
    if pytestconfig.option.postgresql:
        pytest.skip("about SQLite's own files; the other run of ./check tests it")


@pytest.fixture
def _in_a_file(_on_sqlite: None, transactional_db: None) -> None:
    """Let what is written reach the file, as it does outside tests."""


def _files() -> tuple[Path, Path]:
    """Give the database's file and its write-ahead log."""
    path = str(connection.settings_dict["NAME"])
    return Path(path), Path(f"{path}-wal")


def _lies_in_a_file(piece: bytes) -> bool:
    return any(piece in path.read_bytes() for path in _files() if path.exists())


def _keep(owner: Owner) -> Reflection:
    return rows.add(Reflection(), WORDS, owner.keys)


@pytest.mark.django_db
def test_after_shredding_nothing_opens_any_more() -> None:
    owner = make_owner()
    browser, code = Browser.with_open_vault(owner), slots.give_code(owner.person, owner.keys)
    _keep(owner)
    assert shredding.shred_keys(owner.person) == 5
    with pytest.raises(sealing.Unopenable):
        slots.open_with_passphrase(owner.person, owner.passphrase)
    assert slots.open_with_code(owner.person, code) is None
    assert browser.keys_of(owner.person) is None
    anew = slots.begin_anew(owner.person, "een heel andere zin")
    assert not slots.reclaim(owner.person, anew, owner.passphrase)
    assert not slots.reclaim(owner.person, anew, code)
    with pytest.raises(sealing.Unopenable):
        rows.read(Reflection.objects.get(), anew)


@pytest.mark.django_db
def test_what_waits_after_a_reset_is_shredded_too() -> None:
    owner = make_owner()
    slots.begin_anew(owner.person, "een heel andere zin")
    shredding.shred_keys(owner.person)
    for model in (Slot, Key, Session):
        assert not model._default_manager.exists()


@pytest.mark.django_db
def test_nobody_else_loses_anything() -> None:
    pippa, otto = make_owner("Pippa Pluis"), make_owner("Otto Oever", "mijn vrije vrijdagmiddag")
    kept = _keep(otto)
    letters.write(otto.person.pk, "check-in", WORDS)
    shredding.shred_keys(pippa.person)
    shredding.drop_letters(pippa.person)
    assert slots.open_with_passphrase(otto.person, otto.passphrase) == otto.keys
    assert rows.read(Reflection.objects.get(pk=kept.pk), otto.keys) == WORDS
    assert [one.payload for one in letters.read(otto.keys, "check-in")] == [WORDS]


@pytest.mark.django_db
def test_letters_are_dropped() -> None:
    owner = make_owner()
    letters.write(owner.person.pk, "check-in", WORDS)
    assert shredding.drop_letters(owner.person) == 1
    assert not Letter.objects.exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("_on_sqlite")
@pytest.mark.parametrize(("pragma", "value"), [("secure_delete", 1), ("synchronous", 2)])
def test_the_connection_erases_and_writes_for_real(pragma: str, value: int) -> None:
    with connection.cursor() as cursor:
        assert cursor.execute(f"PRAGMA {pragma}").fetchone() == (value,)


@pytest.mark.usefixtures("_in_a_file")
def test_sweeping_leaves_an_empty_log() -> None:
    _keep(make_owner())
    _, log = _files()
    assert log.stat().st_size > 0
    assert shredding.sweep()
    assert log.stat().st_size == 0


@pytest.mark.usefixtures("_in_a_file")
def test_shredded_keys_lie_in_no_file() -> None:
    owner = make_owner()
    pieces = [bytes(key.wrapped) for key in Key.objects.all()]
    pieces += [bytes(slot.wrapped) for slot in Slot.objects.all()]
    shredding.sweep()
    assert all(map(_lies_in_a_file, pieces))
    shredding.shred_keys(owner.person)
    assert shredding.sweep()
    assert not any(map(_lies_in_a_file, pieces))


@pytest.mark.usefixtures("_in_a_file")
@pytest.mark.parametrize("size", [500, 20_000], ids=["in a page", "in pages of its own"])
def test_an_erased_row_lies_in_no_file(size: int) -> None:
    owner = make_owner()
    rows.add(Reflection(), {"words": "x" * size}, owner.keys)
    sealed = bytes(Reflection.objects.get().sealed)
    pieces = [sealed[at : at + 64] for at in range(0, len(sealed) - 64, 64)]
    shredding.sweep()
    # Where a page ends, a piece may lie in two halves.
    assert sum(map(_lies_in_a_file, pieces)) > 0.9 * len(pieces)
    Reflection.objects.all().delete()
    assert shredding.sweep()
    assert not any(map(_lies_in_a_file, pieces))


@pytest.mark.usefixtures("_in_a_file")
def test_replaced_words_lie_in_no_file() -> None:
    owner = make_owner()
    row = _keep(owner)
    piece = bytes(row.sealed)[100:164]
    assert _lies_in_a_file(piece)
    rows.replace(row, {"words": "iets anders"}, owner.keys)
    assert shredding.sweep()
    assert not _lies_in_a_file(piece)


@pytest.mark.usefixtures("_in_a_file")
def test_inside_a_transaction_sweeping_waits_for_its_end() -> None:
    _, log = _files()
    with transaction.atomic():
        _keep(make_owner())
        assert not shredding.sweep()
    assert log.stat().st_size == 0


@pytest.mark.usefixtures("_in_a_file")
def test_sweeping_says_so_when_somebody_still_reads() -> None:
    _keep(make_owner())
    reader = connections.create_connection("default")
    try:
        reader.connect()
        with reader.cursor() as reading:
            reading.execute("BEGIN")
            reading.execute("SELECT count(*) FROM me_reflection").fetchone()
            _keep(make_owner("Otto Oever", "mijn vrije vrijdagmiddag"))
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA busy_timeout = 50")
            assert not shredding.sweep()
            reading.execute("ROLLBACK")
        assert shredding.sweep()
    finally:
        reader.close()
        connection.close()


@pytest.mark.django_db
def test_elsewhere_there_is_nothing_to_sweep(pytestconfig: pytest.Config) -> None:
    if not pytestconfig.option.postgresql:
        pytest.skip("about PostgreSQL; the other run of ./check tests it")
    assert shredding.sweep()
    assert os.environ["KLEINVERZET_DATABASE"].startswith("postgresql://")
