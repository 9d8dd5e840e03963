"""Who was erased is remembered by a keyed hash alone, outside the database."""

import uuid
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kleinverzet.vault import erased


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of its own."""
    place = tmp_path / "erased.log"
    monkeypatch.setattr(erased, "place", lambda: place)
    return place


def test_only_who_was_noted_is_known(log: Path) -> None:
    erased_, other = uuid.uuid4(), uuid.uuid4()
    assert not erased.is_noted(erased_)
    erased.note(erased_)
    assert erased.is_noted(erased_)
    assert not erased.is_noted(other)
    assert erased.among([other, erased_]) == [erased_]


def test_the_file_is_for_its_owner_only_and_names_nobody(log: Path) -> None:
    person = uuid.uuid4()
    erased.note(person)
    assert log.stat().st_mode & 0o777 == 0o600
    text = log.read_text()
    assert str(person) not in text
    assert person.hex not in text


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.integers(0, 65))
def test_a_line_that_broke_off_spoils_no_other(log: Path, cut: int) -> None:
    first, broken, last = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
    log.unlink(missing_ok=True)
    erased.note(first)
    erased.note(broken)
    log.write_bytes(log.read_bytes()[: 65 + cut])
    erased.note(last)
    assert erased.is_noted(first)
    assert erased.is_noted(last)


def test_noting_twice_or_nobody_changes_nothing(log: Path) -> None:
    erased.add([])
    assert not log.exists()
    person = uuid.uuid4()
    erased.note(person)
    erased.note(person)
    assert len(erased.lines(log)) == 1
