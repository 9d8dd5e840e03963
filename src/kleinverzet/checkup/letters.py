"""Checks of what waits to be mailed: does it leave, or does it wait until it is deleted?

Counts and days only; nothing that anybody wrote is read.
"""

from datetime import datetime, timedelta

from kleinverzet.accounts import outbox
from kleinverzet.checkup import finding
from kleinverzet.checkup.finding import Finding
from kleinverzet.world import messages

# A mail server that was busy has taken it by then.
LONG = timedelta(hours=2)


def waiting(now: datetime) -> Finding:
    """Look whether messages to the practice wait for the mail server, and until when."""
    name = "messages"
    late = messages.waiting().filter(made_at__lt=now - LONG)
    first = late.first()
    if first is None:
        return finding.ok(name, "none waits for long")
    ends = first.made_at + messages.LASTS
    return finding.wrong(
        name,
        f"{late.count()} to the practice could not be sent yet, the first since "
        f"{first.made_at:%Y-%m-%d}; it is deleted on {ends:%Y-%m-%d}, and nobody will have read it",
        "see the lines of mail and background; the address is under Praktijk in /beheer/",
    )


def mails(now: datetime) -> Finding:
    """Look whether mails about appointments wait for the mail server."""
    name = "mails"
    late = outbox.waiting().filter(made_at__lt=now - LONG)
    first = late.first()
    if first is None:
        return finding.ok(name, "none waits for long")
    return finding.wrong(
        name,
        f"{late.count()} about appointments could not be sent yet, the first since "
        f"{first.made_at:%Y-%m-%d}: people do not know what was planned or changed",
        "see the lines of mail and background",
    )
