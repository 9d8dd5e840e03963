"""Going past every check, whatever the one before it found."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from kleinverzet.checkup import database, finding, folders, letters, surroundings
from kleinverzet.checkup.finding import Finding, State
from kleinverzet.environment import Environment

Check = Callable[[], Finding]


def examine(env: Environment, backups: Path | None, now: datetime) -> Iterator[Finding]:
    """Give every finding, in the order in which they are worth reading.

    Args:
        env: Where the data lies and how the program is set.
        backups: The folder of backups, if there is one to look at.
        now: The moment.
    """
    yield from map(_made, _outside(env, backups, now).items())
    first = _made(("database", database.database))
    yield first
    for name, check in _inside(env, now).items():
        if first.state is State.WRONG:
            yield finding.warning(name, "not looked at", "see the database first")
        else:
            yield _made((name, check))


def _outside(env: Environment, backups: Path | None, now: datetime) -> dict[str, Check]:
    checks: dict[str, Check] = {
        "data folder": lambda: folders.data(env),
        "secrets": lambda: folders.secrets(env),
        "pepper": lambda: folders.pepper(env),
        "disk": lambda: folders.disk(env),
        "moved aside": lambda: folders.moved_aside(env, now),
        "address": lambda: surroundings.origin(env),
        "mail": lambda: surroundings.mail(env),
        "time zones": surroundings.zones,
        "translations": surroundings.translations,
        "helplines": lambda: surroundings.helplines(env, now.date()),
    }
    if backups:
        checks["backups"] = lambda: folders.backups(backups, now)
    return checks


def _inside(env: Environment, now: datetime) -> dict[str, Check]:
    return {
        "migrations": database.migrations,
        "pepper fits": database.pepper_fits,
        "pictures": folders.pictures,
        "clock": lambda: database.clock(now),
        "background": lambda: database.background(env, now),
        "messages": lambda: letters.waiting(now),
        "mails": lambda: letters.mails(now),
    }


def _made(named: tuple[str, Check]) -> Finding:
    """Make one check; one that breaks is a finding too, told without what it stumbled over."""
    name, check = named
    try:
        return check()
    except Exception as fault:
        return finding.wrong(
            name, f"it could not be looked at ({type(fault).__name__})", "see the lines around it"
        )
