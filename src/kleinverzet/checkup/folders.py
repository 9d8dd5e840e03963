"""Checks of what lies on disk: who may read it, room for more, and how old the backups are."""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kleinverzet.checkup import finding
from kleinverzet.checkup.finding import Finding
from kleinverzet.environment import Environment
from kleinverzet.world import media

MB = 1_000_000
LITTLE, SHARE, FULL = 500 * MB, 0.05, 20 * MB
# Beyond the first a backup is old; beyond the second it still holds people who were erased.
FRESH, HORIZON = timedelta(days=2), timedelta(days=30)


def data(env: Environment) -> Finding:
    """Look who may enter the data folder."""
    name = "data folder"
    state = env.data.stat()
    if state.st_mode & 0o077:
        return finding.wrong(
            name, f"others on this machine may enter {env.data}", f"chmod 700 {env.data}"
        )
    if os.geteuid() not in {0, state.st_uid}:
        return finding.wrong(
            name,
            f"{env.data} belongs to user {state.st_uid}, and this is {os.geteuid()}",
            "run every command as the user that the program runs as",
        )
    return finding.ok(name, f"{env.data}, for its owner only")


def secrets(env: Environment) -> Finding:
    """Look who may read the secrets that the program made for itself."""
    name, folder = "secrets", env.data / "secrets"
    if not folder.is_dir():
        return finding.wrong(
            name, f"there is no folder {folder}", "put the pepper back first; see docs/deploy.md"
        )
    owner = env.data.stat().st_uid
    for path in (folder, *sorted(folder.iterdir())):
        wanted = 0o700 if path.is_dir() else 0o600
        state = path.stat()
        if state.st_mode & 0o777 & ~wanted:
            return finding.wrong(name, f"others may read {path}", f"chmod {wanted:o} {path}")
        if state.st_uid != owner:
            return finding.wrong(
                name,
                f"{path} belongs to another user than the data folder",
                f"chown it to user {owner}",
            )
    return finding.ok(name, "for their owner only")


def pepper(env: Environment) -> Finding:
    """Look whether the pepper is at its place and who may read it."""
    name, place = "pepper", env.pepper_file
    if not place.exists():
        return finding.wrong(
            name,
            f"there is none at {place}",
            "put it back from where it is kept apart; without it nothing kept can be opened",
        )
    if place.stat().st_mode & 0o077:
        return finding.wrong(name, f"others may read {place}", f"chmod 600 {place}")
    if not os.access(place, os.R_OK):
        return finding.wrong(name, f"{place} cannot be read", "run this as the program's user")
    return finding.ok(name, f"{place}; keep one copy apart, and never beside the backups")


def pictures() -> Finding:
    """Look whether every picture of the site is at its place."""
    name = "pictures"
    count, missing = media.missing()
    if missing:
        return finding.warning(
            name,
            f"{missing} of {count} have no file in media/original_images",
            "put that folder back from a backup, or remove them at /beheer/images/",
        )
    return finding.ok(name, f"{count}, each at its place" if count else "the site has none")


def disk(env: Environment) -> Finding:
    """Look how much room is left."""
    usage = shutil.disk_usage(env.data)
    said = f"{usage.free // MB:,} MB free where the data lies"
    remedy = "make room: what cannot be written is not kept"
    if usage.free < FULL:
        return finding.wrong("disk", said, remedy)
    if usage.free < LITTLE or usage.free < SHARE * usage.total:
        return finding.warning("disk", said, remedy)
    return finding.ok("disk", said)


def backups(folder: Path, now: datetime) -> Finding:
    """Look how old the newest and the oldest backup in a folder are."""
    name = "backups"
    made = sorted(_moments(folder, "kleinverzet-*.tar.gz"))
    if not made:
        return finding.warning(name, f"there is none in {folder}", f"kleinverzet backup {folder}")
    if now - made[-1] > FRESH:
        return finding.warning(
            name,
            f"the newest is {(now - made[-1]).days} days old",
            f"kleinverzet backup {folder}",
        )
    if now - made[0] > HORIZON:
        return finding.warning(
            name,
            f"the oldest is {(now - made[0]).days} days old and may hold who was erased since",
            f"delete those of more than {HORIZON.days} days",
        )
    return finding.ok(name, f"{len(made)}, the newest from {made[-1]:%Y-%m-%d %H:%M} UTC")


def moved_aside(env: Environment, now: datetime) -> Finding:
    """Look whether a restore left an old database behind, with whoever was erased since."""
    name = "moved aside"
    left = [moment for moment in _moments(env.data, "*-replaced-*") if now - moment > HORIZON]
    if left:
        return finding.warning(
            name,
            f"{len(left)} old databases still lie in {env.data}, and may hold who was erased since",
            "delete the files with -replaced- in their names",
        )
    return finding.ok(name, "nothing old is left of a restore")


def _moments(folder: Path, names: str) -> Iterator[datetime]:
    for path in folder.glob(names):
        yield datetime.fromtimestamp(path.stat().st_mtime, UTC)
