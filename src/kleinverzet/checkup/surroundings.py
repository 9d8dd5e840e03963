"""Checks of what surrounds the program: its address, mail, time zones, texts and help numbers."""

import smtplib
import zoneinfo
from contextlib import suppress
from datetime import date
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend

from kleinverzet import environment
from kleinverzet.accounts import transport
from kleinverzet.catalogue import shelves
from kleinverzet.checkup import finding
from kleinverzet.checkup.finding import Finding
from kleinverzet.environment import Environment

PATIENCE = 5


def origin(env: Environment) -> Finding:
    """Look whether what people send travels unreadable."""
    name = "address"
    if env.debug:
        return finding.wrong(
            name, "pages show error details", "leave KLEINVERZET_DEBUG out, and restart"
        )
    if env.https or urlsplit(env.origin).hostname in transport.LOOPBACK:
        return finding.ok(name, env.origin)
    return finding.warning(
        name,
        f"{env.origin} is http: accounts stay shut there, for passphrases would travel readably",
        "put a proxy with https in front, and name it in KLEINVERZET_ORIGIN; see docs/deploy.md",
    )


def zones() -> Finding:
    """Look whether times of day can be told."""
    name = "time zones"
    try:
        zoneinfo.ZoneInfo(settings.TIME_ZONE)
    except (zoneinfo.ZoneInfoNotFoundError, OSError):
        return finding.wrong(name, f"{settings.TIME_ZONE} is unknown", "install tzdata")
    return finding.ok(name, f"{settings.TIME_ZONE} is known")


def mail(env: Environment) -> Finding:
    """Look whether the mail server takes our mails: connect, greet, and log in if it asks that."""
    name = "mail"
    if not env.mail:
        said = f"there is no server: mails are written to {settings.EMAIL_FILE_PATH}"
        if env.https:
            return finding.warning(name, f"{said}; nobody gets them", "set KLEINVERZET_MAIL")
        return finding.ok(name, said)
    server = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    if problem := _problem_with_mail():
        return finding.wrong(
            name, f"{server} does not take our mails: {problem}", "see KLEINVERZET_MAIL"
        )
    if not env.mail_from:
        return finding.warning(
            name,
            f"{server} answers; mails come from {parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}",
            "set KLEINVERZET_MAIL_FROM to an address of yours",
        )
    return finding.ok(name, f"{server} answers")


def _problem_with_mail() -> str:
    """Say why the server cannot be used, in few words: its own could quote a name."""
    connection = EmailBackend(timeout=PATIENCE)
    try:
        connection.open()
    except smtplib.SMTPResponseException as refusal:
        return f"it answers {refusal.smtp_code} ({type(refusal).__name__})"
    except smtplib.SMTPException as problem:
        return type(problem).__name__
    except OSError as problem:
        return problem.strerror or type(problem).__name__
    finally:
        with suppress(OSError, smtplib.SMTPException):
            connection.close()
    return ""


def translations() -> Finding:
    """Look whether every catalogue of translations is compiled and as new as its source."""
    name = "translations"
    sources = sorted(environment.PACKAGE.rglob("*.po"))
    stale = [po for po in sources if not _is_compiled(po)]
    if stale:
        return finding.wrong(
            name, f"{len(stale)} of {len(sources)} are not compiled", "run `kleinverzet start` once"
        )
    return finding.ok(name, f"{len(sources)} compiled")


def _is_compiled(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    if not environment.IS_CHECKOUT:
        return mo.exists()
    return mo.exists() and mo.stat().st_mtime_ns >= po.stat().st_mtime_ns


def helplines(env: Environment, today: date) -> Finding:
    """Look whether somebody checked the help numbers lately, and whether the content holds."""
    name = "helplines"
    try:
        catalogue = shelves.read(env.content)
    except ValueError:
        return finding.wrong(name, "the content does not hold", "kleinverzet content")
    if stale := catalogue.stale_helplines(today):
        return finding.warning(
            name,
            f"not checked for {shelves.STALE_AFTER_DAYS} days: {', '.join(x.id for x in stale)}",
            "call them, and set verified_on in helplines.yaml",
        )
    return finding.ok(name, f"{len(catalogue.helplines)}, all checked lately")
