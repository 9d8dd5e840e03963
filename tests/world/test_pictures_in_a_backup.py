"""Pictures go into a backup and come back with it; what pages show is made of them anew."""

import shutil
import tarfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest

from kleinverzet.backup import pictures
from kleinverzet.checkup import folders
from kleinverzet.checkup.finding import State
from kleinverzet.refusal import Refusal
from kleinverzet.world import media
from tests import commands
from tests.world import photos

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ADD = """
from io import BytesIO
from wagtail.images.models import Image
from tests.world import photos
image = Image.objects.create(title="Tuin", file=photos.picture())
image.get_rendition("width-20|format-webp")
print(json.dumps(image.file.name))
"""
SHOW = """
from wagtail.images.models import Image, Rendition
before = Rendition.objects.count()
made = Image.objects.get().get_rendition("width-20|format-webp")
print(json.dumps([before, made.file.storage.exists(made.file.name)]))
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of media with one picture that was sent in and one that was made of it."""
    for name in ("original_images", "images"):
        (tmp_path / "media" / name).mkdir(parents=True)
        (tmp_path / "media" / name / "a1.jpg").write_bytes(photos.picture().read())
    return tmp_path / "media"


def test_what_was_sent_in_comes_back_and_what_was_made_of_it_does_not(
    folder: Path, tmp_path: Path
) -> None:
    part, was = tmp_path / pictures.PART, (folder / "original_images" / "a1.jpg").read_bytes()
    pictures.pack(folder, part)
    (folder / "original_images" / "later.jpg").write_bytes(b"later")
    pictures.put_back(part, folder, tmp_path / "media-replaced-now")
    assert [path.name for path in folder.rglob("*.jpg")] == ["a1.jpg"]
    assert (folder / "original_images" / "a1.jpg").read_bytes() == was
    assert (tmp_path / "media-replaced-now" / "original_images" / "later.jpg").exists()


def test_a_site_without_pictures_has_no_part(tmp_path: Path) -> None:
    pictures.pack(tmp_path / "media", tmp_path / pictures.PART)
    assert not (tmp_path / pictures.PART).exists()
    pictures.put_back(tmp_path / pictures.PART, tmp_path / "media", tmp_path / "aside")
    assert not (tmp_path / "media").exists()


@pytest.mark.parametrize("name", ["../out.jpg", "/out.jpg", "a/b.jpg", ".hidden", "..", "ü.jpg"])
def test_no_name_in_a_part_leads_out_of_the_folder(folder: Path, tmp_path: Path, name: str) -> None:
    part = tmp_path / pictures.PART
    with tarfile.open(part, "w") as tar:
        member = tarfile.TarInfo(name)
        member.size = 1
        tar.addfile(member, BytesIO(b"x"))
        link = tarfile.TarInfo("link.jpg")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    pictures.put_back(part, folder, tmp_path / "aside")
    assert not list(folder.rglob("*.*"))
    assert not (tmp_path / "out.jpg").exists()


def test_a_damaged_part_is_told(folder: Path, tmp_path: Path) -> None:
    (tmp_path / pictures.PART).write_bytes(b"no tar at all" * 100)
    with pytest.raises(Refusal, match="damaged"):
        pictures.put_back(tmp_path / pictures.PART, folder, tmp_path / "aside")


@pytest.mark.django_db
def test_doctor_says_which_pictures_are_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    assert folders.pictures().state is State.OK
    monkeypatch.setattr(media, "missing", lambda: (3, 1))
    told = folders.pictures()
    assert told.state is State.WARNING
    assert "1 of 3" in told.said
    assert "backup" in told.remedy


@pytest.mark.slow
def test_a_lost_site_shows_its_pictures_again(tmp_path: Path) -> None:
    data = tmp_path / "data"
    commands.live(data)
    name = commands.script(ADD, data)
    file = tmp_path / "backup.tar.gz"
    assert commands.run("backup", file, data=data).code == 0
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "secrets").mkdir(mode=0o700, parents=True)
    elsewhere.chmod(0o700)
    shutil.copy2(data / "secrets" / "pepper", elsewhere / "secrets")
    answer = commands.run("restore", file, data=elsewhere)
    assert answer.code == 0, answer
    assert (elsewhere / "media" / name).read_bytes() == (data / "media" / name).read_bytes()
    assert commands.script(SHOW, elsewhere) == [0, True]
