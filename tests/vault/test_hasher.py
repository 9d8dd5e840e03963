"""What Django takes for a password hash proves a passphrase, and is never made without its slot."""

import pytest
from django.contrib.auth.hashers import check_password, identify_hasher, make_password

from kleinverzet.vault import derivation, hasher
from kleinverzet.vault import proof as proofs
from kleinverzet.vault.sealing import Unopenable
from tests.owners import Owner, make_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def pippa() -> Owner:
    return make_owner()


def test_django_finds_the_right_passphrase_and_no_other(pippa: Owner) -> None:
    assert pippa.person.check_password(pippa.passphrase)
    assert not pippa.person.check_password("verkeerd")


def test_checking_changes_nothing(pippa: Owner) -> None:
    before = pippa.person.password
    pippa.person.check_password(pippa.passphrase)
    pippa.person.refresh_from_db()
    assert pippa.person.password == before


def test_django_cannot_make_a_proof_without_a_slot(pippa: Owner) -> None:
    with pytest.raises(TypeError, match="together with its slot"):
        make_password("een heel andere zin")
    with pytest.raises(TypeError, match="together with its slot"):
        pippa.person.set_password("een heel andere zin")


def test_a_proof_that_was_made_cheaper_is_refused(pippa: Owner) -> None:
    proof = proofs.read(pippa.person.password)
    cheaper = proofs.Proof(derivation.Cost(8192, 1), proof.salt, proof.auth)
    with pytest.raises(Unopenable):
        check_password(pippa.passphrase, str(cheaper))


def test_a_proof_is_written_and_read_alike(pippa: Owner) -> None:
    proof = proofs.read(pippa.person.password)
    assert str(proof) == pippa.person.password
    assert len(proof.salt) == 16
    assert len(proof.auth) == 32


@pytest.mark.parametrize(
    "stored", ["", "!", "vault1", "vault2$1$1$a$b", "vault1$x$1$a$b", "vault1$1$1$a$b$c"]
)
def test_nothing_else_is_read_as_a_proof(stored: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        proofs.read(stored)


def test_its_summary_tells_nothing(pippa: Owner) -> None:
    of_it = identify_hasher(pippa.person.password)
    assert isinstance(of_it, hasher.VaultHasher)
    told = str(of_it.safe_summary(pippa.person.password)) + str(of_it.decode(pippa.person.password))
    assert not [part for part in pippa.person.password.split("$")[3:] if part in told]
