"""Who and what was erased, so that a backup from before that moment brings none of it back.

A file beside the database and never in it: one keyed hash a line. It names nobody; only who has the
pepper and an id can tell whether that id stands in it. Whoever erases notes it first, so that a
crash in between erases at the next start.
"""

import os
import re
import uuid
from collections.abc import Iterable
from pathlib import Path

from kleinverzet import environment
from kleinverzet.vault import pepper, sealing

FILE = "erased.log"

_HASH = re.compile(r"[0-9a-f]{64}")


def place() -> Path:
    """Say where the file lies; it need not be there."""
    return environment.read().data / FILE


def note(id_: uuid.UUID) -> None:
    """Write down that somebody or something is being erased; on disk before this returns.

    Raises:
        OSError: If the file cannot be written; then nobody may be told that it was erased.
    """
    add({_hash(id_)})


def is_noted(id_: uuid.UUID) -> bool:
    """Tell whether what has this id was erased."""
    return bool(among([id_]))


def among(ids: Iterable[uuid.UUID]) -> list[uuid.UUID]:
    """Give those of some ids whose bearers were erased."""
    noted = lines(place())
    return [id_ for id_ in ids if noted and _hash(id_) in noted]


def lines(path: Path) -> frozenset[str]:
    """Give the hashes in such a file; none where there is no file."""
    if not path.exists():
        return frozenset()
    # A line that a power cut broke off is followed by a whole one without a break between them.
    ends = (line[-64:] for line in path.read_text(encoding="ascii", errors="replace").split("\n"))
    return frozenset(end for end in ends if _HASH.fullmatch(end))


def add(hashes: Iterable[str]) -> None:
    """Write down hashes, of this file or of another; on disk before this returns."""
    text = "".join(f"{line}\n" for line in sorted(hashes))
    if not text:
        return
    path = place()
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "ab") as file:
        file.write(text.encode("ascii"))
        file.flush()
        os.fsync(descriptor)
    _settle(path.parent)


def _settle(folder: Path) -> None:
    """Bring a folder's list of names to disk, so that a new file in it outlives a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _hash(id_: uuid.UUID) -> str:
    return sealing.mix(pepper.read(), str(id_), person="erased.v1").hex()
