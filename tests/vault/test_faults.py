"""A fault deep in the vault shows the lines of code that it went through, and no secret."""

import re
import sys
from collections.abc import Callable
from typing import Any

import pytest
from django.views.debug import ExceptionReporter
from nacl import bindings, pwhash, secret

from kleinverzet.me.models import Reflection
from kleinverzet.vault import letters, rows, session, slots
from tests.owners import Owner, make_owner, request_of

pytestmark = pytest.mark.django_db

WORDS = {"words": "Ze sturen een foto van Bas Kwast rond."}
CLEANSED = "*" * 20
STARS = {repr(CLEANSED)}
NEW = "-".join(["een", "heel", "andere", "zin"])


class Broken(Exception):
    """Stands for whatever may go wrong."""


@pytest.fixture
def pippa() -> Owner:
    return make_owner()


def _breaks(*args: Any, **kwargs: Any) -> bytes:
    raise Broken


def _shown(act: Callable[[], object]) -> set[str]:
    """Give what an error page would show of the variables in the house's own frames."""
    try:
        act()
    except Broken:
        frames = ExceptionReporter(None, *sys.exc_info()).get_traceback_data()["frames"]
        ours = [frame for frame in frames if "/kleinverzet/" in frame["filename"]]
        assert ours
        return {value for frame in ours for _, value in frame["vars"]}
    raise AssertionError("nothing broke")


@pytest.mark.parametrize(
    "act",
    [
        lambda owner: slots.set_up(owner.person, owner.passphrase),
        lambda owner: slots.open_with_passphrase(owner.person, owner.passphrase),
        lambda owner: slots.pretend(owner.passphrase),
        lambda owner: slots.change(owner.person, owner.keys.master, NEW),
        lambda owner: slots.begin_anew(owner.person, NEW),
    ],
    ids=["set up", "open", "pretend", "change", "begin anew"],
)
def test_a_fault_while_deriving_shows_no_secret(
    pippa: Owner, monkeypatch: pytest.MonkeyPatch, act: Callable[[Owner], object]
) -> None:
    monkeypatch.setattr(pwhash.argon2id, "kdf", _breaks)
    assert _shown(lambda: act(pippa)) == STARS


@pytest.mark.parametrize(
    "act",
    [
        lambda owner: rows.add(Reflection(), WORDS, owner.keys),
        lambda owner: slots.change(owner.person, owner.keys.master, NEW),
        lambda owner: slots.give_code(owner.person, owner.keys),
    ],
    ids=["add", "change", "give code"],
)
def test_a_fault_while_sealing_shows_no_secret(
    pippa: Owner, monkeypatch: pytest.MonkeyPatch, act: Callable[[Owner], object]
) -> None:
    monkeypatch.setattr(secret.Aead, "encrypt", _breaks)
    assert _shown(lambda: act(pippa)) == STARS


def test_a_fault_while_writing_a_letter_shows_no_words(
    pippa: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bindings, "sodium_pad", _breaks)
    assert _shown(lambda: letters.write(pippa.person.pk, "check-in", WORDS)) == STARS


@pytest.mark.parametrize("what", ["row", "letter", "session"])
def test_a_fault_while_opening_shows_no_secret(
    pippa: Owner, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    row = rows.add(Reflection(), WORDS, pippa.keys)
    letters.write(pippa.person.pk, "check-in", WORDS)
    request = request_of(pippa.person)
    session.of(request).open(pippa.keys)
    del session.of(request).__dict__["keys"]
    monkeypatch.setattr(bindings, "sodium_unpad", _breaks)
    if what == "session":
        monkeypatch.setattr(bindings, "crypto_aead_xchacha20poly1305_ietf_decrypt", _breaks)
    acts: dict[str, Callable[[], object]] = {
        "row": lambda: rows.read(row, pippa.keys),
        "letter": lambda: letters.read(pippa.keys, "check-in"),
        "session": lambda: session.of(request).keys,
    }
    # What leads to them may show: a row of the table, and who asks.
    told = "".join(_shown(acts[what]))
    assert CLEANSED in told
    assert "Kwast" not in told
    # Bytes as Python writes them; an id may well end in b'.
    assert not re.search(r"(?<![0-9a-f])b['\"]", told)
