"""The doctor says when people were not told what was planned."""

from datetime import timedelta

import pytest

from kleinverzet.accounts import outbox
from kleinverzet.checkup import letters
from kleinverzet.checkup.finding import State
from tests.coach.cast import NOW

ADDRESS = "wim@pond.example"


@pytest.mark.django_db
def test_the_doctor_says_which_mails_wait_and_names_nobody() -> None:
    assert letters.mails(NOW).state is State.OK
    outbox.post(to=ADDRESS, subject="Je afspraak", body="Dinsdag om tien uur.", now=NOW)
    assert letters.mails(NOW + timedelta(hours=1)).state is State.OK
    late = letters.mails(NOW + timedelta(hours=3))
    assert late.state is State.WRONG
    assert late.said.startswith("1 about appointments")
    assert ADDRESS not in late.said
