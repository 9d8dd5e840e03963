"""A mail whose worker died while it was being sent: it is sent all the same, after a pause."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from kleinverzet.accounts import outbox
from kleinverzet.accounts.models import Outgoing
from tests import mail_server
from tests.running import ROOT

pytestmark = pytest.mark.django_db(transaction=True)

NOW = datetime(2026, 11, 25, 14, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)

SEND_AND_DIE = """
import os, signal, sys
import django
django.setup()
from datetime import datetime
from uuid import UUID
from django.db import connection
from kleinverzet.accounts import mail, outbox
connection.settings_dict["NAME"] = sys.argv[1]
mail.hand_over = lambda one: os.kill(os.getpid(), signal.SIGKILL)
outbox.send(UUID(sys.argv[2]), datetime.fromisoformat(sys.argv[3]))
"""


@pytest.mark.slow
def test_after_a_crash_while_sending_it_is_sent_all_the_same(settings: Any) -> None:
    outbox.post(to="pippa@pond.example", subject="Je afspraak", body="Tot dan.", now=NOW)
    name, id_ = str(connection.settings_dict["NAME"]), str(Outgoing.objects.get().pk)
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-c", SEND_AND_DIE, name, id_, NOW.isoformat()]
    died = subprocess.run(command, env=environment, check=False)
    assert died.returncode == -signal.SIGKILL
    with mail_server.listening() as postbox:
        for setting, value in mail_server.settings_for(postbox.port).items():
            setattr(settings, setting, value)
        outbox.send_waiting(NOW + MINUTE)
        assert postbox.mails == []
        outbox.send_waiting(NOW + 5 * MINUTE)
        assert len(postbox.mails) == 1
