"""A real SMTP server on this machine: it takes mails, or refuses them as it was told to."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

from tests.running import free_port

HOST = "127.0.0.1"


@dataclass
class Postbox:
    """What the server took, and what it says to the next mail.

    Set `to_recipient` or `to_mail` to an SMTP answer such as "550 no"; `breaks_off` lets it take a
    mail and hang up without a word; `waits` lets it take its time, in seconds.
    """

    port: int
    mails: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    to_recipient: str = ""
    to_mail: str = ""
    breaks_off: bool = False
    waits: float = 0.0
    is_busy: bool = False

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if self.to_recipient:
            return self.to_recipient
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.is_busy = True
        await asyncio.sleep(self.waits)
        if self.to_mail:
            return self.to_mail
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        self.recipients += envelope.rcpt_tos
        if self.breaks_off:
            server.transport.abort()
        return "250 OK"


@contextmanager
def listening() -> Iterator[Postbox]:
    """Run a mail server until the block ends."""
    postbox = Postbox(free_port())
    controller = Controller(postbox, hostname=HOST, port=postbox.port)
    controller.start()
    try:
        yield postbox
    finally:
        controller.stop()


def settings_for(port: int) -> dict[str, Any]:
    """Give Django's settings for sending there."""
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": HOST,
        "EMAIL_PORT": port,
        "EMAIL_TIMEOUT": 5,
    }
