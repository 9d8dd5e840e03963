"""Two requests at the same moment leave one way in, and lose nobody's keys."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections

from kleinverzet.accounts.models import Person
from kleinverzet.me.models import Reflection
from kleinverzet.vault import derivation, rows, slots
from kleinverzet.vault.keys import Keys
from kleinverzet.vault.models import Key, Slot
from kleinverzet.vault.rows import Changed
from kleinverzet.vault.sealing import Unopenable
from tests.owners import Owner, make_owner

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = range(4)
WORDS = {"words": "blijft leesbaar"}


@pytest.fixture
def pippa() -> Owner:
    owner = make_owner()
    rows.add(Reflection(), WORDS, owner.keys)
    return owner


def _at_once(*acts: Callable[[], object]) -> list[object]:
    """Let all acts begin at the same moment, each as a request of its own; give how each ended."""
    begin, ends = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number: int, act: Callable[[], object]) -> None:
        begin.wait(timeout=10)
        try:
            ends[number] = act()  # type: ignore[call-overload]
        except Exception as fault:
            ends[number] = fault  # type: ignore[call-overload]
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return list(ends)


def _anew() -> Person:
    """Give the account as another request reads it."""
    return Person.objects.get()


def _works(passphrases: list[str]) -> list[tuple[str, Keys]]:
    """Give the passphrases that open, with what they open."""
    tried = [(one, slots.open_with_passphrase(_anew(), one)) for one in passphrases]
    return [(one, keys) for one, keys in tried if keys is not None]


def _is_whole() -> None:
    """Make sure that one passphrase slot is in use, of the generation of the keys in use."""
    slot = Slot.objects.get(kind=Slot.Kind.PASSPHRASE, expires_at=None)
    of_keys = Key.objects.filter(expires_at=None).values_list("generation", flat=True)
    assert set(of_keys) == {slot.generation}


def _faults(ends: list[object]) -> list[object]:
    return [end for end in ends if isinstance(end, Exception)]


@pytest.mark.parametrize("turn", ROUNDS)
def test_of_two_new_passphrases_one_is_kept(pippa: Owner, turn: int) -> None:
    new = ["de eerste nieuwe zin", "de tweede nieuwe zin"]
    people = [_anew(), _anew()]
    ends = _at_once(
        lambda: slots.change(people[0], pippa.keys.master, new[0]),
        lambda: slots.change(people[1], pippa.keys.master, new[1]),
    )
    assert _faults(ends) == []
    _is_whole()
    [(_, keys)] = _works([*new, pippa.passphrase])
    assert keys == pippa.keys


@pytest.mark.parametrize("turn", ROUNDS)
def test_of_two_new_codes_one_is_kept(pippa: Owner, turn: int) -> None:
    people = [_anew(), _anew()]
    codes = _at_once(
        lambda: slots.give_code(people[0], pippa.keys),
        lambda: slots.give_code(people[1], pippa.keys),
    )
    assert _faults(codes) == []
    opened = [slots.open_with_code(_anew(), str(code)) for code in codes]
    assert sorted(keys is not None for keys in opened) == [False, True]
    assert Slot.objects.filter(kind=Slot.Kind.RECOVERY).count() == 1


@pytest.mark.parametrize("turn", ROUNDS)
def test_two_resets_both_leave_something_to_reclaim(pippa: Owner, turn: int) -> None:
    new = ["de eerste nieuwe zin", "de tweede nieuwe zin"]
    people = [_anew(), _anew()]
    ends = _at_once(
        lambda: slots.begin_anew(people[0], new[0]),
        lambda: slots.begin_anew(people[1], new[1]),
    )
    assert _faults(ends) == []
    _is_whole()
    [(kept, keys)] = _works(new)
    [lost] = set(new) - {kept}
    for secret in (lost, pippa.passphrase):
        assert slots.reclaim(_anew(), keys, secret)
    [(_, everything)] = _works([kept])
    assert set(everything.data) == {1, 2, 3}


@pytest.mark.parametrize("turn", ROUNDS)
@pytest.mark.parametrize("act", ["change", "give_code"])
def test_a_reset_during_a_change_loses_no_master_key(pippa: Owner, act: str, turn: int) -> None:
    people = [_anew(), _anew()]
    changed, reset = _at_once(
        {
            "change": lambda: slots.change(people[0], pippa.keys.master, "de gewijzigde zin"),
            "give_code": lambda: slots.give_code(people[0], pippa.keys),
        }[act],
        lambda: slots.begin_anew(people[1], "de nieuwe zin"),
    )
    assert isinstance(reset, Keys)
    assert not isinstance(changed, Exception) or isinstance(changed, Unopenable)
    _is_whole()
    assert _works(["de nieuwe zin", "de gewijzigde zin"]) == [("de nieuwe zin", reset)]
    old_ways = [pippa.passphrase, "de gewijzigde zin", str(changed)]
    assert any(slots.reclaim(_anew(), reset, secret) for secret in old_ways)
    [(_, everything)] = _works(["de nieuwe zin"])
    assert rows.read(Reflection.objects.get(), everything) == WORDS


@pytest.mark.parametrize("turn", ROUNDS)
def test_two_who_reclaim_at_once_bring_everything_once(pippa: Owner, turn: int) -> None:
    keys = slots.begin_anew(_anew(), "de nieuwe zin")
    people = [_anew(), _anew()]
    ends = _at_once(
        lambda: slots.reclaim(people[0], keys, pippa.passphrase),
        lambda: slots.reclaim(people[1], keys, pippa.passphrase),
    )
    assert True in ends
    assert _faults(ends) == []
    _is_whole()
    [(_, everything)] = _works(["de nieuwe zin"])
    assert rows.read(Reflection.objects.get(), everything) == WORDS


@pytest.mark.parametrize("turn", ROUNDS)
def test_a_reset_while_somebody_reclaims_loses_nothing(pippa: Owner, turn: int) -> None:
    first = slots.begin_anew(_anew(), "de nieuwe zin")
    people = [_anew(), _anew()]
    reclaimed, reset = _at_once(
        lambda: slots.reclaim(people[0], first, pippa.passphrase),
        lambda: slots.begin_anew(people[1], "de nieuwste zin"),
    )
    assert isinstance(reset, Keys)
    assert reclaimed is True or isinstance(reclaimed, Unopenable)
    _is_whole()
    for secret in ("de nieuwe zin", pippa.passphrase):
        slots.reclaim(_anew(), reset, secret)
    [(_, everything)] = _works(["de nieuwste zin"])
    assert rows.read(Reflection.objects.get(), everything) == WORDS


@pytest.mark.parametrize("turn", ROUNDS)
def test_who_signs_in_while_the_cost_is_renewed_gets_in(
    pippa: Owner, monkeypatch: pytest.MonkeyPatch, turn: int
) -> None:
    monkeypatch.setattr(derivation, "COST", derivation.Cost(9 * derivation.MIB, 1))
    people: list[Any] = [_anew(), _anew(), _anew()]
    tries = [
        lambda person=person: slots.open_with_passphrase(person, pippa.passphrase)
        for person in people
    ]
    assert _at_once(*tries) == [pippa.keys] * 3
    assert {person.password for person in people} == {_anew().password}
    _is_whole()


@pytest.mark.parametrize("turn", ROUNDS)
def test_of_two_who_write_one_row_one_hears_that_it_changed(pippa: Owner, turn: int) -> None:
    tabs = [Reflection.objects.get(), Reflection.objects.get()]
    ends = _at_once(
        lambda: rows.replace(tabs[0], {"words": "links"}, pippa.keys),
        lambda: rows.replace(tabs[1], {"words": "rechts"}, pippa.keys),
    )
    [late] = _faults(ends)
    assert isinstance(late, Changed)
    winner = ends.index(next(end for end in ends if end is not late))
    kept = rows.read(Reflection.objects.get(), pippa.keys)
    assert kept == {"words": ["links", "rechts"][winner]}
