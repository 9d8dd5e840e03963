"""A backup file: a manifest, the database, and who was erased; each with its checksum.

It appears whole or not at all, for its owner's eyes only. Of a file that is read only what the
manifest names is unpacked, whatever else lies in it.
"""

import hashlib
import io
import os
import shutil
import tarfile
import zlib
from datetime import datetime
from gzip import BadGzipFile
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from kleinverzet.refusal import Refusal

FORMAT = 1
MANIFEST = "manifest.json"
# A manifest is a few kilobytes; what is larger is none of ours.
LARGEST_MANIFEST = 1024 * 1024

Kind = Literal["sqlite", "postgresql"]
DATABASE: dict[Kind, str] = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
Sum = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
PartName = Annotated[str, Field(pattern=r"^[a-z]+\.[a-z0-9]+$")]


class Manifest(BaseModel):
    """What a backup says about itself.

    Attributes:
        format: Which shape of backup this is; a later one is refused.
        version: The version of the program that made it.
        kind: Which database it is of.
        created_at: From when the copy is.
        pepper: The fingerprint of the pepper that the database belongs to; empty if none.
        migrations: What the database had seen, each as `app.0001_name`.
        parts: The SHA-256 of every other file in it.
    """

    model_config = ConfigDict(frozen=True)

    format: int = FORMAT
    version: str
    kind: Kind
    created_at: AwareDatetime
    pepper: Sum | Literal[""]
    migrations: tuple[str, ...]
    parts: dict[PartName, Sum]

    @property
    def database(self) -> str:
        """The name of the part that holds the database."""
        return DATABASE[self.kind]


def name(moment: datetime) -> str:
    """Give the name of a backup of a moment; names sort by time."""
    return f"kleinverzet-{moment:%Y-%m-%dT%H%M%SZ}.tar.gz"


def sums(folder: Path) -> dict[str, str]:
    """Give the SHA-256 of every file in a folder."""
    return {path.name: _sum(path) for path in sorted(folder.iterdir())}


def write(file: Path, manifest: Manifest, folder: Path) -> None:
    """Pack a manifest and the parts that it names into a file, on disk before this returns."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        with tarfile.open(fileobj=stream, mode="w:gz", compresslevel=6) as tar:
            text = manifest.model_dump_json(indent=2).encode()
            tar.addfile(_member(MANIFEST, len(text), manifest), io.BytesIO(text))
            for part in manifest.parts:
                with (folder / part).open("rb") as content:
                    size = (folder / part).stat().st_size
                    tar.addfile(_member(part, size, manifest), content)
        stream.flush()
        os.fsync(stream.fileno())


def read(file: Path, folder: Path) -> Manifest:
    """Unpack a backup into an empty folder and check every part against the manifest.

    Raises:
        Refusal: If it is no backup of ours, or was cut off or changed.
        OSError: If it cannot be read or the folder not be written.
    """
    try:
        with tarfile.open(file, mode="r:gz") as tar:
            manifest = _manifest(tar)
            for member in tar:
                if member.isreg() and member.name in manifest.parts:
                    _unpack(tar, member, folder / member.name)
    except (tarfile.TarError, BadGzipFile, EOFError, zlib.error, ValueError) as fault:
        raise Refusal(f"{file} is no whole backup of this program; take another.") from fault
    if manifest.database not in manifest.parts or sums(folder) != manifest.parts:
        raise Refusal(f"{file} was cut off or changed: a checksum differs; take another.")
    return manifest


def publish(draft: Path, target: Path) -> None:
    """Give a finished file its name, at once and only if nothing has that name.

    Raises:
        Refusal: If something has it.
    """
    try:
        os.link(draft, target)
    except FileExistsError:
        raise Refusal(f"{target} is there already; give another name.") from None
    except OSError:  # some folders know no links
        if target.exists():
            raise Refusal(f"{target} is there already; give another name.") from None
        draft.rename(target)
    settle(target.parent)


def settle(folder: Path) -> None:
    """Bring a folder's list of names to disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _manifest(tar: tarfile.TarFile) -> Manifest:
    first = tar.next()
    stream = tar.extractfile(first) if first and first.isreg() else None
    if first is None or stream is None or first.name != MANIFEST:
        raise tarfile.ReadError
    return Manifest.model_validate_json(stream.read(LARGEST_MANIFEST))


def _unpack(tar: tarfile.TarFile, member: tarfile.TarInfo, target: Path) -> None:
    stream = tar.extractfile(member)
    assert stream is not None
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as copy:
        shutil.copyfileobj(stream, copy)
        copy.flush()
        os.fsync(descriptor)


def _member(part: str, size: int, manifest: Manifest) -> tarfile.TarInfo:
    member = tarfile.TarInfo(part)
    member.size, member.mode = size, 0o600
    member.mtime = int(manifest.created_at.timestamp())
    return member


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
