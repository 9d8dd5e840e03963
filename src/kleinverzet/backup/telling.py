"""What whoever makes or puts back a backup needs to know afterwards."""

from datetime import datetime

from kleinverzet.backup.making import Made
from kleinverzet.backup.restoring import Restored
from kleinverzet.environment import Environment
from kleinverzet.vault import erased, pepper_mark
from kleinverzet.vault.pepper_mark import Fit


def of_made(made: Made, env: Environment) -> str:
    """Tell what a backup holds, and what has to be kept apart."""
    lines = [
        f"Backup written:  {made.file} ({made.size / 1e6:,.1f} MB), and read back whole",
        f"  It holds:      the database as of {_moment(made.created_at)}: names and mail "
        "addresses readable, all that is private sealed; and the pictures of the site",
        "  It leaves out: the pepper and all of secrets/, mails in outbox/, and who is signed in",
        f"  Keep apart:    {env.pepper_file}",
        "                 copy it once to another place, never beside a backup: without it",
        "                 nothing that is sealed in here can be opened",
        "  Delete it:     after 30 days, for whoever is erased meanwhile is still in it",
    ]
    if made.fit is not Fit.RIGHT:
        lines.append(f"Look at this now: {pepper_mark.explain(made.fit, 'database')}")
    return "\n".join(lines)


def of_restored(restored: Restored, env: Environment) -> str:
    """Tell what was put back, and who may have come back with it."""
    lines = [
        f"Put back:        the data as of {_moment(restored.created_at)}; "
        "what was changed later is gone",
        "  Everybody:     signs in again, with the passphrase of that moment",
        f"  Erased again:  {restored.erased_again or 'nobody'}, "
        "of whoever and whatever was erased since",
    ]
    if not restored.had_log and not restored.aside:
        lines += [
            f"Look at this now: {env.data} held no {erased.FILE}.",
            "                 Whoever was erased after the backup was made has come back. If you",
            "                 have a newer copy of that file, put it there before you start: they",
            "                 are then erased again.",
        ]
    if restored.aside:
        lines.append(f"  Moved aside:   {restored.aside}; delete it when you no longer need it")
    lines.append("Start the program, and let `kleinverzet doctor` look.")
    return "\n".join(lines)


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC"
