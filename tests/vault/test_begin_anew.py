"""A reset without the code begins an empty vault; the old one can be reclaimed for sixty days."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kleinverzet.me.models import Reflection
from kleinverzet.vault import letters, rows, slots
from kleinverzet.vault.keys import Keys
from kleinverzet.vault.models import Key, Letter, Slot
from kleinverzet.vault.sealing import Unopenable
from tests.owners import Owner, make_owner
from tests.vault.clock import Clock, standing_still

pytestmark = pytest.mark.django_db
clock = pytest.fixture(standing_still)

NEW, NEWER = "een heel andere zin", "en weer een andere zin"
OLD_WORDS, NEW_WORDS = {"words": "van voor de reset"}, {"words": "van erna"}


@pytest.fixture
def pippa() -> Owner:
    owner = make_owner()
    rows.add(Reflection(), OLD_WORDS, owner.keys)
    return owner


def _readable(keys: Keys) -> list[dict[str, str] | None]:
    """Give what the keys open of everything that was kept, oldest first."""
    return [one.payload for one in rows.read_all(Reflection.objects.order_by("kept_at"), keys)]


def _open(owner: Owner, passphrase: str) -> Keys:
    owner.person.refresh_from_db()
    keys = slots.open_with_passphrase(owner.person, passphrase)
    assert keys is not None
    return keys


def test_the_new_vault_is_empty_and_the_old_passphrase_opens_it_no_more(pippa: Owner) -> None:
    anew = slots.begin_anew(pippa.person, NEW)
    assert _open(pippa, NEW) == anew
    assert _readable(anew) == [None]
    assert slots.open_with_passphrase(pippa.person, pippa.passphrase) is None


def test_the_old_code_does_not_open_the_new_vault(pippa: Owner) -> None:
    code = slots.give_code(pippa.person, pippa.keys)
    slots.begin_anew(pippa.person, NEW)
    assert not slots.has_code(pippa.person)
    assert slots.open_with_code(pippa.person, code) is None


def test_it_says_until_when_the_old_one_waits(pippa: Owner, clock: Clock) -> None:
    assert slots.waiting_until(pippa.person) is None
    slots.begin_anew(pippa.person, NEW)
    assert slots.waiting_until(pippa.person) == clock.at + timedelta(days=60)
    clock.go(days=60)
    assert slots.waiting_until(pippa.person) is None


@pytest.mark.parametrize("by", ["passphrase", "code"])
def test_the_old_secret_brings_everything_back(pippa: Owner, by: str) -> None:
    code = slots.give_code(pippa.person, pippa.keys)
    anew = slots.begin_anew(pippa.person, NEW)
    rows.add(Reflection(), NEW_WORDS, anew)
    assert slots.reclaim(pippa.person, anew, code if by == "code" else pippa.passphrase)
    assert _readable(_open(pippa, NEW)) == [OLD_WORDS, NEW_WORDS]
    assert slots.waiting_until(pippa.person) is None


def test_what_was_reclaimed_is_not_shredded_later(pippa: Owner) -> None:
    anew = slots.begin_anew(pippa.person, NEW)
    slots.reclaim(pippa.person, anew, pippa.passphrase)
    slots.shred_expired(timezone.now() + timedelta(days=400))
    assert _readable(_open(pippa, NEW)) == [OLD_WORDS]


def test_the_old_ways_in_end_when_they_have_been_used(pippa: Owner) -> None:
    code = slots.give_code(pippa.person, pippa.keys)
    anew = slots.begin_anew(pippa.person, NEW)
    slots.reclaim(pippa.person, anew, code)
    assert list(Slot.objects.values_list("expires_at", flat=True)) == [None]
    for secret in (code, pippa.passphrase):
        assert not slots.reclaim(pippa.person, anew, secret)


@pytest.mark.parametrize("secret", ["", "verkeerd", NEW, "AAAA " * 8])
def test_no_other_secret_brings_anything_back(pippa: Owner, secret: str) -> None:
    slots.give_code(pippa.person, pippa.keys)
    anew = slots.begin_anew(pippa.person, NEW)
    assert not slots.reclaim(pippa.person, anew, secret)
    assert _readable(_open(pippa, NEW)) == [None]


def test_nobody_else_reclaims_it(pippa: Owner) -> None:
    otto = make_owner("Otto Oever", "mijn vrije vrijdagmiddag")
    slots.begin_anew(pippa.person, NEW)
    assert not slots.reclaim(otto.person, otto.keys, pippa.passphrase)
    with pytest.raises(Unopenable):
        slots.reclaim(pippa.person, otto.keys, pippa.passphrase)


def test_after_sixty_days_it_is_gone_for_good(pippa: Owner, clock: Clock) -> None:
    code = slots.give_code(pippa.person, pippa.keys)
    anew = slots.begin_anew(pippa.person, NEW)
    clock.go(days=59)
    assert slots.shred_expired(clock.at) == 0
    clock.go(days=1)
    assert slots.shred_expired(clock.at) == 2
    for secret in (code, pippa.passphrase):
        assert not slots.reclaim(pippa.person, anew, secret)
    assert _open(pippa, NEW) == anew
    assert set(Key.objects.values_list("number", flat=True)) == {2}
    assert Slot.objects.count() == 1


def test_when_its_time_has_passed_it_is_not_given_back_even_before_it_is_shredded(
    pippa: Owner, clock: Clock
) -> None:
    anew = slots.begin_anew(pippa.person, NEW)
    clock.go(days=60)
    assert not slots.reclaim(pippa.person, anew, pippa.passphrase)


def test_letters_wait_with_the_key_that_opens_them(pippa: Owner, clock: Clock) -> None:
    letters.write(pippa.person.pk, "check-in", {"said": "ervoor"})
    anew = slots.begin_anew(pippa.person, NEW)
    letters.write(pippa.person.pk, "check-in", {"said": "erna"})
    assert [one.payload for one in letters.read(anew, "check-in")] == [{"said": "erna"}]
    clock.go(days=61)
    slots.shred_expired(clock.at)
    assert Letter.objects.count() == 1
    assert [one.payload for one in letters.read(anew, "check-in")] == [{"said": "erna"}]


def test_two_resets_leave_two_vaults_to_reclaim_one_by_one(pippa: Owner, clock: Clock) -> None:
    first = slots.begin_anew(pippa.person, NEW)
    rows.add(Reflection(), NEW_WORDS, first)
    clock.go(days=1)
    second = slots.begin_anew(pippa.person, NEWER)
    assert slots.waiting_until(pippa.person) == clock.at + timedelta(days=59)
    assert _readable(second) == [None, None]
    assert slots.reclaim(pippa.person, second, NEW)
    assert _readable(_open(pippa, NEWER)) == [None, NEW_WORDS]
    assert slots.reclaim(pippa.person, second, pippa.passphrase)
    assert _readable(_open(pippa, NEWER)) == [OLD_WORDS, NEW_WORDS]


def test_a_slot_that_was_made_cheaper_reclaims_nothing(pippa: Owner) -> None:
    anew = slots.begin_anew(pippa.person, NEW)
    Slot.objects.filter(expires_at__isnull=False).update(memory=8192, passes=1)
    assert not slots.reclaim(pippa.person, anew, pippa.passphrase)


def test_somebody_whose_vault_is_gone_can_begin_anew(pippa: Owner) -> None:
    Slot.objects.all().delete()
    anew = slots.begin_anew(pippa.person, NEW)
    assert _open(pippa, NEW) == anew
