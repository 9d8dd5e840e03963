"""A backup file is read back as it was written, or refused: never half, and nothing beside it."""

import io
import tarfile
import tempfile
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kleinverzet.backup import archive
from kleinverzet.backup.archive import Manifest
from kleinverzet.refusal import Refusal

NOW = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
PARTS = {"database.sqlite3": bytes(range(256)) * 9, "erased.log": b"a" * 64 + b"\n"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder to unpack in."""
    empty = tmp_path / "unpacked"
    empty.mkdir()
    return empty


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a whole backup."""
    parts = tmp_path_factory.mktemp("parts")
    for name, content in PARTS.items():
        (parts / name).write_bytes(content)
    file = tmp_path_factory.mktemp("file") / "backup.tar.gz"
    archive.write(file, _manifest(parts), parts)
    assert file.stat().st_mode & 0o777 == 0o600
    return file.read_bytes()


def _manifest(parts: Path) -> Manifest:
    return Manifest(
        version="0.1.0",
        kind="sqlite",
        created_at=NOW,
        pepper="",
        migrations=("me.0001_initial",),
        parts=archive.sums(parts),
    )


def _unpacked(content: bytes) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as name:
        file, folder = Path(name, "file"), Path(name, "folder")
        file.write_bytes(content)
        folder.mkdir()
        archive.read(file, folder)
        return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_what_was_written_is_read_back(whole: bytes) -> None:
    assert _unpacked(whole) == PARTS


@given(st.data())
def test_a_changed_byte_is_refused_or_changes_nothing(whole: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(whole) - 1))
    flip = data.draw(st.integers(1, 255))
    changed = whole[:at] + bytes([whole[at] ^ flip]) + whole[at + 1 :]
    with suppress(Refusal):
        assert _unpacked(changed) == PARTS


@given(st.data())
def test_a_backup_that_was_cut_off_is_refused(whole: bytes, data: st.DataObject) -> None:
    # The last bytes are padding behind everything that is read.
    length = data.draw(st.integers(0, len(whole) - 64))
    with pytest.raises(Refusal, match="take another"):
        _unpacked(whole[:length])


@pytest.mark.parametrize("name", ["../outside", "/tmp/outside", "another.sqlite3", "x/y.log"])
def test_only_what_the_manifest_names_is_unpacked(name: str, tmp_path: Path, folder: Path) -> None:
    parts = tmp_path / "parts"
    parts.mkdir()
    (parts / "database.sqlite3").write_bytes(b"x")
    file = tmp_path / "file"
    with tarfile.open(file, "w:gz") as tar:
        text = _manifest(parts).model_dump_json().encode()
        for member, content in {
            "manifest.json": text,
            "database.sqlite3": b"x",
            name: b"!",
        }.items():
            info = tarfile.TarInfo(member)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    archive.read(file, folder)
    assert [path.name for path in folder.iterdir()] == ["database.sqlite3"]
    assert not (tmp_path / "outside").exists()


def test_a_manifest_that_names_a_path_is_refused(tmp_path: Path, folder: Path) -> None:
    parts = tmp_path / "parts"
    parts.mkdir()
    (parts / "database.sqlite3").write_bytes(b"x")
    text = _manifest(parts).model_dump_json().replace("database.sqlite3", "../outside.sqlite3")
    file = tmp_path / "file"
    with tarfile.open(file, "w:gz") as tar:
        info = tarfile.TarInfo("manifest.json")
        info.size = len(text)
        tar.addfile(info, io.BytesIO(text.encode()))
    with pytest.raises(Refusal, match="no whole backup"):
        archive.read(file, folder)


def test_a_finished_file_takes_nobodys_name(tmp_path: Path) -> None:
    draft, target = tmp_path / "draft", tmp_path / "target"
    draft.write_text("new")
    target.write_text("old")
    with pytest.raises(Refusal, match="is there already"):
        archive.publish(draft, target)
    assert target.read_text() == "old"


def test_names_sort_by_time() -> None:
    moments = [NOW, NOW.replace(hour=13), NOW.replace(day=11), NOW.replace(year=2027, month=1)]
    names = [archive.name(moment) for moment in moments]
    assert names == sorted(names)
