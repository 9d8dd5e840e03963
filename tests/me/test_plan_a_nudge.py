"""Somebody chooses, among their own pages, when to be nudged about one reflection."""

import uuid
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from kleinverzet.me import rhythm
from kleinverzet.me.models import Nudge, Reflection
from tests.cast import OTTO, PIPPA
from tests.me.nudged import confirm_address, keep, words_of
from tests.owners import Owner, make_owner, signed_in

pytestmark = pytest.mark.django_db

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@pytest.fixture
def pippa() -> Owner:
    return make_owner()


@pytest.fixture
def client(pippa: Owner) -> Client:
    return signed_in(Client(), pippa)


@pytest.fixture
def reflection(pippa: Owner) -> Reflection:
    return keep(pippa, PIPPA)


def page_of(reflection: Reflection) -> str:
    return f"/mijn/{reflection.pk}/seintje/"


def choose(client: Client, reflection: Reflection, **said: str) -> Any:
    return client.post(page_of(reflection), {"move": "plan", "moment": "morning", **said})


def test_tomorrow_morning_is_two_taps_away(client: Client, reflection: Reflection) -> None:
    assert choose(client, reflection).status_code == 302
    nudge = Nudge.objects.get()
    tomorrow = timezone.localdate(timezone=AMSTERDAM) + timedelta(days=1)
    assert nudge.due_at == datetime(
        tomorrow.year, tomorrow.month, tomorrow.day, 8, tzinfo=AMSTERDAM
    )
    assert nudge.channel == Nudge.Channel.FEED


def test_a_moment_is_meant_on_ones_own_clock(
    client: Client, reflection: Reflection, pippa: Owner
) -> None:
    rhythm.change(pippa.person, zone="America/Paramaribo")
    day = timezone.localdate() + timedelta(days=9)
    choose(client, reflection, moment="own", day=day.isoformat(), hour="15:30")
    zone = ZoneInfo("America/Paramaribo")
    assert Nudge.objects.get().due_at == datetime(day.year, day.month, day.day, 15, 30, tzinfo=zone)
    assert "om 15:30" in client.get(page_of(reflection)).content.decode()


def test_mail_is_offered_to_who_has_a_confirmed_address(
    client: Client, reflection: Reflection, pippa: Owner
) -> None:
    assert 'value="mail"' not in client.get(page_of(reflection)).content.decode()
    assert choose(client, reflection, channel="mail").status_code == 422
    confirm_address(pippa)
    assert 'value="mail"' in client.get(page_of(reflection)).content.decode()
    choose(client, reflection, channel="mail")
    assert Nudge.objects.get().channel == Nudge.Channel.MAIL


def test_who_wants_mail_usually_need_not_say_so_again(
    client: Client, reflection: Reflection, pippa: Owner
) -> None:
    confirm_address(pippa)
    rhythm.change(pippa.person, by_mail=True)
    choose(client, reflection)
    assert Nudge.objects.get().channel == Nudge.Channel.MAIL


def test_a_moment_at_night_comes_after_it_and_that_is_told(
    client: Client, reflection: Reflection
) -> None:
    day = timezone.localdate(timezone=AMSTERDAM) + timedelta(days=2)
    said = {"moment": "own", "day": day.isoformat(), "hour": "23:00"}
    answer = client.post(page_of(reflection), {"move": "plan", **said}, follow=True)
    assert "na je stille uren" in answer.content.decode()
    assert Nudge.objects.get().due_at.astimezone(AMSTERDAM).hour == 7


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"moment": ""}, "Kies een dag en een tijd."),
        ({"moment": "own", "day": "2020-01-01", "hour": "10:00"}, "Kies een moment dat nog komt"),
        ({"moment": "own", "day": "morgen", "hour": "10:00"}, "Schrijf de dag zo: 2026-12-31."),
        ({"moment": "never"}, "Dit antwoord kennen we niet."),
        ({"channel": "pigeon"}, "Dit antwoord kennen we niet."),
    ],
    ids=["nothing", "past", "no day", "unknown", "no such way"],
)
def test_what_cannot_be_gets_a_clear_word(
    client: Client, reflection: Reflection, said: dict[str, str], words: str
) -> None:
    answer = choose(client, reflection, **said)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Nudge.objects.exists()


def test_it_can_be_called_off_there(client: Client, reflection: Reflection) -> None:
    choose(client, reflection)
    assert "Zeg het af" in client.get(page_of(reflection)).content.decode()
    client.post(page_of(reflection), {"move": "cancel"})
    assert not Nudge.objects.exists()
    assert "Zeg het af" not in client.get(page_of(reflection)).content.decode()


def test_a_calendar_file_is_handed_over_and_forgotten(
    client: Client, reflection: Reflection, pippa: Owner
) -> None:
    rhythm.change(pippa.person, zone="America/Paramaribo")
    answer = client.post(page_of(reflection), {"move": "file", "moment": "morning"})
    assert answer["Content-Disposition"] == 'attachment; filename="moment.ics"'
    event: Any = Calendar.from_ical(answer.content).events[0]
    assert event["summary"] == "even denken"
    assert event.start.hour == 8
    assert str(event.start.tzinfo) == "America/Paramaribo"
    text = answer.content.decode().casefold()
    assert not [words for words in words_of(PIPPA) if words.casefold() in text]
    assert not Nudge.objects.exists()


def test_somebody_elses_reflection_is_not_there(client: Client) -> None:
    others = keep(make_owner("Otto Oever"), OTTO)
    for id_ in (others.pk, uuid.uuid4()):
        assert client.get(f"/mijn/{id_}/seintje/").status_code == 404
        assert client.post(f"/mijn/{id_}/seintje/", {"move": "plan"}).status_code == 404
    assert not Nudge.objects.exists()


def test_where_it_stands_shows_beside_the_reflection(
    client: Client, reflection: Reflection
) -> None:
    choose(client, reflection)
    for address in ("/mijn/", f"/mijn/{reflection.pk}/", page_of(reflection)):
        assert "om 08:00, zonder mail" in client.get(address).content.decode()
