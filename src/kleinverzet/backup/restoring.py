"""Putting a backup back.

Everything is looked at before anything is touched. What then lies in the database is brought up to
date, and whoever was erased after the backup was made is erased again, before the program serves.
"""

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from kleinverzet import __version__, lineage, occupancy, preparing, reappeared
from kleinverzet.backup import archive, pictures, postgresql, sqlite
from kleinverzet.backup.archive import Manifest
from kleinverzet.coach import reminding
from kleinverzet.environment import Environment
from kleinverzet.me.models import Nudge
from kleinverzet.refusal import Refusal
from kleinverzet.vault import erased, pepper_mark
from kleinverzet.vault.pepper_mark import Fit
from kleinverzet.world import media


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back.

    Attributes:
        created_at: From when it is: what was written later is gone.
        aside: Where the database that was there stands now; empty if there was none.
        erased_again: How many people, appointments and wishes came back and were erased again.
        had_log: Whether the data folder itself knew who was erased, and not only the backup.
    """

    created_at: datetime
    aside: str
    erased_again: int
    had_log: bool


def restore(env: Environment, file: Path, *, replace: bool, now: datetime) -> Restored:
    """Put a backup back.

    Args:
        env: Where the data lies.
        file: The backup.
        replace: Move a database that is there aside; without it, it is left alone.
        now: The moment.

    Raises:
        Refusal: If it is no backup that can be put back here; then nothing was touched.
        OSError: If a file cannot be read or written.
    """
    prefix = ".restoring-"
    with (
        occupancy.alone(env.data),
        tempfile.TemporaryDirectory(dir=env.data, prefix=prefix) as name,
    ):
        folder = Path(name)
        manifest = archive.read(file, folder)
        _need_known(manifest)
        _need_same_kind(manifest)
        _need_pepper(manifest)
        had_log = erased.place().exists()
        (env.data / preparing.STAMP).unlink(missing_ok=True)
        with _in_place(env, folder / manifest.database, replace=replace, now=now) as aside:
            again = _bring_up_to_date(manifest, folder, now)
        aside_media = env.data / f"media-{_stamp(now)}"
        pictures.put_back(folder / pictures.PART, env.data / "media", aside_media)
    return Restored(manifest.created_at, aside, again, had_log)


def _need_known(manifest: Manifest) -> None:
    is_newer = manifest.format > archive.FORMAT or _parts(manifest.version) > _parts(__version__)
    if is_newer or lineage.later(manifest.migrations):
        raise Refusal(
            f"this backup was made by version {manifest.version}, and this is {__version__}; "
            "install that version or a newer one first."
        )


def _need_same_kind(manifest: Manifest) -> None:
    if manifest.kind == connection.vendor:
        return
    remedy = {
        "sqlite": "leave KLEINVERZET_DATABASE out",
        "postgresql": "name an empty one in KLEINVERZET_DATABASE",
    }
    raise Refusal(
        f"this backup is of a {manifest.kind} database and cannot be put into "
        f"{connection.vendor}; {remedy[manifest.kind]}."
    )


def _need_pepper(manifest: Manifest) -> None:
    fit = pepper_mark.compare(manifest.pepper) if manifest.pepper else Fit.RIGHT
    if fit is not Fit.RIGHT:
        raise Refusal(f"{pepper_mark.explain(fit, 'backup')} {pepper_mark.REMEDY}")


@contextmanager
def _in_place(env: Environment, part: Path, *, replace: bool, now: datetime) -> Iterator[str]:
    """Let Django work on what was unpacked, then let it be the database; say where the old one is.

    PostgreSQL has it at its place at once; a file gets its name when all has been done.
    """
    stamp = _stamp(now)
    if connection.vendor == "postgresql":
        with _in_postgresql(part, stamp, replace=replace) as schema:
            yield schema
        return
    target = Path(connection.settings_dict["NAME"])
    sqlite.check(part)
    is_taken = target.exists()
    if is_taken and not replace:
        raise _taken(str(target))
    aside = target.with_name(f"{target.stem}-{stamp}{target.suffix}")
    connection.close()
    connection.settings_dict["NAME"] = str(part)
    yield str(aside) if is_taken else ""
    connection.close()
    connection.settings_dict["NAME"] = str(target)
    sqlite.fold(part)
    # Also where only a log of it is left: that would be taken for the new one's.
    sqlite.move_aside(target, aside)
    part.replace(target)
    archive.settle(env.data)


@contextmanager
def _in_postgresql(part: Path, schema: str, *, replace: bool) -> Iterator[str]:
    postgresql.check(part)
    is_taken = postgresql.has_tables()
    if is_taken and not replace:
        raise _taken(str(connection.settings_dict["NAME"]))
    with postgresql.aside(schema) if is_taken else nullcontext():
        postgresql.load(part)
        yield f"schema {schema}" if is_taken else ""
    connection.close()


def _stamp(now: datetime) -> str:
    return f"replaced-{now.astimezone(UTC):%Y-%m-%dT%H%M%SZ}"


def _taken(name: str) -> Refusal:
    return Refusal(
        f"there is a database already: {name}. Nothing was changed; with --replace it is moved "
        "aside first."
    )


def _bring_up_to_date(manifest: Manifest, folder: Path, now: datetime) -> int:
    """Make what was unpacked ready to serve; say how much was erased again."""
    call_command("migrate", interactive=False, verbosity=0)
    media.forget_what_was_made()
    erased.add(erased.lines(folder / erased.FILE) - erased.lines(erased.place()))
    # Whether these went out in the meantime nobody knows; unknown is never sent twice.
    Nudge.objects.filter(
        state=Nudge.State.PLANNED,
        channel=Nudge.Channel.MAIL,
        try_at__gt=manifest.created_at,
        try_at__lte=now,
    ).update(state=Nudge.State.SENDING, settled_at=now)
    reminding.pass_over(manifest.created_at, now)
    return reappeared.erase()


def _parts(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version))
