"""Making a backup while the program runs."""

import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection

from kleinverzet import __version__, lineage
from kleinverzet.backup import archive, pictures, postgresql, sqlite
from kleinverzet.backup.archive import Kind, Manifest
from kleinverzet.environment import Environment
from kleinverzet.refusal import Refusal
from kleinverzet.vault import erased, pepper_mark
from kleinverzet.vault.pepper_mark import Fit

# Who is signed in, where, and the server's halves of vaults that are open.
LIVE = ("django_session", "accounts_presence", "vault_session")
# From here on a database has a mark of its pepper.
MARKED_SINCE = "vault.0001_initial"


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made and read back.

    Attributes:
        file: Where it lies.
        size: In bytes.
        created_at: From when the copy is.
        fit: How the pepper at hand goes with what was copied.
    """

    file: Path
    size: int
    created_at: datetime
    fit: Fit


def make(env: Environment, wanted: Path, now: datetime) -> Made:
    """Write a backup, read it back, and only then give it its name.

    Args:
        env: Where the data lies.
        wanted: The file to write, or a folder for one that is named by the moment.
        now: The moment.

    Raises:
        Refusal: If the file is there already, or the database cannot be copied.
        OSError: If it cannot be written.
    """
    now = now.astimezone(UTC).replace(microsecond=0)
    target = _target(wanted, now)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".kleinverzet-backup-") as name:
        folder, again = Path(name, "parts"), Path(name, "again")
        folder.mkdir()
        again.mkdir()
        _copy(env, folder)
        manifest = _manifest(folder, now)
        draft = Path(name, "draft")
        archive.write(draft, manifest, folder)
        _read_back(draft, again)
        archive.publish(draft, target)
        return Made(target, target.stat().st_size, now, pepper_mark.compare(manifest.pepper))


def _target(wanted: Path, now: datetime) -> Path:
    target = (wanted / archive.name(now) if wanted.is_dir() else wanted).absolute()
    if not target.parent.is_dir():
        raise Refusal(f"there is no folder {target.parent}; make it first.")
    if target.exists():
        raise Refusal(f"{target} is there already; give another name.")
    return target


def _copy(env: Environment, folder: Path) -> None:
    part = folder / archive.DATABASE[_kind()]
    if _kind() == "sqlite":
        sqlite.copy(Path(connection.settings_dict["NAME"]), part, emptied=LIVE)
    else:
        postgresql.copy(part, emptied=LIVE)
    pictures.pack(env.data / "media", folder / pictures.PART)
    log = env.data / erased.FILE
    if log.exists():
        (folder / erased.FILE).write_bytes(log.read_bytes())


def _manifest(folder: Path, now: datetime) -> Manifest:
    migrations = lineage.applied()
    return Manifest(
        version=__version__,
        kind=_kind(),
        created_at=now,
        pepper=pepper_mark.read() if MARKED_SINCE in migrations else "",
        migrations=migrations,
        parts=archive.sums(folder),
    )


def _read_back(draft: Path, folder: Path) -> None:
    part = folder / archive.read(draft, folder).database
    check = sqlite.check if _kind() == "sqlite" else postgresql.check
    check(part)


def _kind() -> Kind:
    return "sqlite" if connection.vendor == "sqlite" else "postgresql"
