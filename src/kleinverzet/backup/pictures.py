"""Pictures in a backup: what was sent in, in one part. What pages show is made of it anew."""

import re
import shutil
import tarfile
from pathlib import Path

from kleinverzet.refusal import Refusal
from kleinverzet.world import media

PART = "pictures.tar"
# As the desk names what it takes in, and nothing that leads out of a folder.
_NAME = re.compile(r"[0-9A-Za-z_-][0-9A-Za-z_.-]*")


def pack(folder: Path, part: Path) -> None:
    """Put every picture into one part; where there is none, there is no part.

    Args:
        folder: The folder of all media.
        part: Where the part goes.
    """
    found = sorted(path for path in (folder / media.SENT_IN).glob("*") if path.is_file())
    if not found:
        return
    with tarfile.open(part, "w") as tar:
        for path in found:
            tar.add(path, path.name, recursive=False)


def put_back(part: Path, folder: Path, aside: Path) -> None:
    """Let the pictures of a backup be those of the site; what was there is moved aside.

    Args:
        part: The part; where there is none, the site has no pictures.
        folder: The folder of all media.
        aside: The name that the one which is there gets.

    Raises:
        Refusal: If the part is damaged.
        OSError: If a file cannot be written.
    """
    if folder.exists():
        folder.rename(aside)
    if not part.exists():
        return
    target = folder / media.SENT_IN
    target.mkdir(mode=0o700, parents=True)
    try:
        with tarfile.open(part, "r:") as tar:
            for member in tar:
                if member.isreg() and _NAME.fullmatch(member.name):
                    _unpack(tar, member, target / member.name)
    except tarfile.TarError as fault:
        raise Refusal("the pictures in this backup are damaged; take another.") from fault


def _unpack(tar: tarfile.TarFile, member: tarfile.TarInfo, target: Path) -> None:
    stream = tar.extractfile(member)
    assert stream is not None
    with target.open("wb") as copy:
        shutil.copyfileobj(stream, copy)
