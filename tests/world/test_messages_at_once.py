"""A message that two workers want to send at once, and one whose worker died halfway."""

import os
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from kleinverzet import background
from kleinverzet.world import messages, sending
from kleinverzet.world.messages import Message, Written
from kleinverzet.world.practice import Practice
from tests import mail_server
from tests.mail_server import Postbox
from tests.running import ROOT

# What commits is seen by others, so these tests make their own practice and need no pages.
pytestmark = pytest.mark.django_db(transaction=True)

NOW = datetime(2026, 11, 25, 14, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
WRITTEN = Written(text="Kan ik een keer bellen?", language="nl", email="pippa@pond.example")


@pytest.fixture
def postbox(settings: Any) -> Iterator[Postbox]:
    Practice.objects.all().delete()
    Practice.objects.create(email="practice@pond.example", latitude=52, longitude=5)
    with mail_server.listening() as listening:
        for name, value in mail_server.settings_for(listening.port).items():
            setattr(settings, name, value)
        yield listening


def post(form: uuid.UUID | None = None) -> None:
    sending.post(WRITTEN, form=form or uuid.uuid4(), with_copy=False, now=NOW)


def all_at_once(work: Any) -> None:
    """Do something in four threads at the same moment."""
    barrier = Barrier(4)

    def wait_and_work() -> None:
        barrier.wait()
        try:
            work()
        finally:
            connection.close()

    threads = [Thread(target=wait_and_work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_two_workers_at_once_send_one_mail(postbox: Postbox) -> None:
    post()
    id_ = Message.objects.get().pk
    all_at_once(lambda: sending.send(id_, NOW))
    assert len(postbox.mails) == 1


def test_two_presses_at_once_keep_one_message(postbox: Postbox) -> None:
    form = uuid.uuid4()
    all_at_once(lambda: post(form))
    assert Message.objects.count() == 1
    assert messages.read(Message.objects.get()) == WRITTEN


def test_the_queue_sends_it(postbox: Postbox) -> None:
    sending.post(WRITTEN, form=uuid.uuid4(), with_copy=False)
    for _look in range(2):
        background.look()
    assert len(postbox.mails) == 1
    assert not Message.objects.exists()


SEND_AND_DIE = """
import os, signal, sys
import django
django.setup()
from datetime import datetime
from uuid import UUID
from django.db import connection
from kleinverzet.accounts import mail
from kleinverzet.world import sending
connection.settings_dict["NAME"] = sys.argv[1]
mail.hand_over = lambda one: os.kill(os.getpid(), signal.SIGKILL)
sending.send(UUID(sys.argv[2]), datetime.fromisoformat(sys.argv[3]))
"""


@pytest.mark.slow
def test_after_a_crash_while_sending_it_is_sent_all_the_same(postbox: Postbox) -> None:
    post()
    name, id_ = str(connection.settings_dict["NAME"]), str(Message.objects.get().pk)
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-c", SEND_AND_DIE, name, id_, NOW.isoformat()]
    died = subprocess.run(command, env=environment, check=False)
    assert died.returncode == -signal.SIGKILL
    sending.send_waiting(NOW + MINUTE)
    assert postbox.mails == []
    sending.send_waiting(NOW + 5 * MINUTE)
    assert len(postbox.mails) == 1
