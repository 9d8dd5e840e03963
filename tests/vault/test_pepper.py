"""The pepper is made once, lies in a file of its own, and is never one that everybody knows."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from kleinverzet import environment
from kleinverzet.vault import pepper


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the pepper lie somewhere that is empty."""
    place = tmp_path / "secrets" / "pepper"
    monkeypatch.setattr(environment, "read", lambda: SimpleNamespace(pepper_file=place))
    return place


def test_it_is_made_once_and_only_its_owner_may_read_it(place: Path) -> None:
    made = _read()
    assert len(made) == 32
    assert place.stat().st_mode & 0o777 == 0o600
    assert _read() == made


def test_no_two_are_alike(place: Path) -> None:
    first = _read()
    place.unlink()
    assert _read() != first


@pytest.mark.parametrize(
    "text", ["", "\n", " " * 64, "kort"], ids=["empty", "line", "blanks", "short"]
)
def test_a_file_that_holds_none_is_refused(place: Path, text: str) -> None:
    place.parent.mkdir()
    place.write_text(text)
    with pytest.raises(OSError, match="holds no pepper"):
        _read()


def test_a_new_line_at_its_end_makes_no_difference(place: Path) -> None:
    made, known_by = _read(), pepper.fingerprint()
    place.write_text(place.read_text() + "\n")
    assert _read() == made
    assert pepper.fingerprint() == known_by


def test_its_fingerprint_gives_nothing_of_it_away(place: Path) -> None:
    assert _read().hex() != pepper.fingerprint()
    assert place.read_text() not in pepper.fingerprint()


def test_the_server_has_a_key_for_each_use() -> None:
    keys = {pepper.key_for("second-factor"), pepper.key_for("another use"), pepper.read()}
    assert len(keys) == 3


def _read() -> bytes:
    return pepper.read.__wrapped__()  # past the memory of this process
