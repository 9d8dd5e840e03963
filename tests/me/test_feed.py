"""Somebody lets their own calendar fetch their nudges: times, and nothing that they are for."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from kleinverzet.me import nudges, rhythm
from kleinverzet.me.models import Nudge, Rhythm
from tests.cast import OTTO, PIPPA
from tests.me.nudged import keep, words_of
from tests.owners import Owner, make_owner, signed_in

pytestmark = pytest.mark.django_db

PAGE = "/mijn/seintjes/"


@pytest.fixture
def pippa() -> Owner:
    return make_owner()


@pytest.fixture
def address(pippa: Owner) -> str:
    return f"/agenda/{rhythm.renew_feed(pippa.person)}.ics"


def plan(owner: Owner, channel: str = "mail", who: Any = PIPPA, days: int = 3) -> Nudge:
    return nudges.plan(
        reflection=keep(owner, who),
        due_at=timezone.now() + timedelta(days=days),
        channel=channel,
        zone="Europe/Amsterdam",
        language="nl",
    )


def read(address: str) -> Calendar:
    answer = Client().get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(answer.content)
    assert isinstance(calendar, Calendar)
    return calendar


def test_it_holds_every_nudge_that_comes_by_whatever_way(pippa: Owner, address: str) -> None:
    planned = [plan(pippa, "mail"), plan(pippa, "feed", OTTO, days=5)]
    starts = [event.start for event in read(address).events]
    assert starts == [nudge.due_at.replace(microsecond=0) for nudge in planned]


def test_it_says_nothing_but_times(pippa: Owner, address: str) -> None:
    plan(pippa)
    text = Client().get(address).content.decode()
    assert not [words for words in words_of(PIPPA) if words.casefold() in text.casefold()]
    assert "verzet" not in text.lower()
    (event,) = read(address).events
    assert event["summary"] == "even denken"
    assert event["class"] == "PRIVATE"
    assert "description" not in event


def test_in_english_the_title_is_english(address: str, pippa: Owner) -> None:
    plan(pippa)
    token = address.removeprefix("/agenda/")
    client = Client()
    found = [client.get(f"/en/{folder}/{token}") for folder in ("agenda", "calendar")]
    (answer,) = [one for one in found if one.status_code == 200]
    assert Calendar.from_ical(answer.content).events[0]["summary"] == "time to think"


def test_a_nudge_keeps_its_name_in_the_calendar_when_it_moves(pippa: Owner, address: str) -> None:
    nudge = plan(pippa)
    (before,) = read(address).events
    nudges.snooze(nudge, nudges.Snooze.WEEK)
    (after,) = read(address).events
    assert after["uid"] == before["uid"]
    assert after.start > before.start
    assert str(nudge.pk) != after["uid"]


def test_only_what_comes_without_mail_rings(pippa: Owner, address: str) -> None:
    plan(pippa, "mail", days=2)
    plan(pippa, "feed", OTTO, days=4)
    by_mail, in_calendar = read(address).events
    assert by_mail.alarms.times == []
    assert in_calendar.alarms.times[0].trigger == in_calendar.start


def test_a_calendar_program_is_told_when_to_come_back(address: str) -> None:
    calendar: Any = read(address)
    assert calendar["refresh-interval"].dt == timedelta(hours=1)
    assert str(calendar["x-published-ttl"]) == "PT1H"
    assert "private" in Client().get(address)["Cache-Control"]


def test_what_did_not_change_is_not_sent_again(pippa: Owner, address: str) -> None:
    nudge = plan(pippa)
    mark = Client().get(address)["ETag"]
    again = Client().get(address, headers={"If-None-Match": mark})
    assert again.status_code == 304
    assert again.content == b""
    nudges.cancel(nudge)
    assert Client().get(address, headers={"If-None-Match": mark}).status_code == 200


def test_yesterday_is_gone(pippa: Owner, address: str) -> None:
    plan(pippa)
    Nudge.objects.update(due_at=timezone.now() - timedelta(hours=25))
    assert list(read(address).events) == []


def test_everybody_has_a_calendar_of_their_own(pippa: Owner, address: str) -> None:
    plan(make_owner("Otto Oever"), who=OTTO)
    assert list(read(address).events) == []


@pytest.mark.parametrize("token", ["x", "a" * 24, "%C3%A9", "-"])
def test_an_address_that_nobody_made_is_not_there(address: str, token: str) -> None:
    assert Client().get(f"/agenda/{token}.ics").status_code == 404


def test_it_changes_nothing_and_takes_nothing(pippa: Owner, address: str) -> None:
    plan(pippa)
    before = list(Nudge.objects.values()), list(Rhythm.objects.values())
    assert Client().get(address).cookies == {}
    assert Client().post(address).status_code == 405
    assert (list(Nudge.objects.values()), list(Rhythm.objects.values())) == before


def shown_address(page: str) -> str:
    return page.partition('id="address"')[2].partition(">")[2].partition("<")[0]


def test_the_address_is_shown_once_and_kept_by_nobody(pippa: Owner) -> None:
    client = signed_in(Client(), pippa)
    page = client.post(PAGE, {"move": "feed"}).content.decode()
    shown = shown_address(page)
    assert shown.startswith("http://localhost:8000/agenda/")
    assert f"webcal://{shown.partition('//')[2]}" in page
    path = shown.removeprefix("http://localhost:8000")
    assert read(path)
    assert path.partition("/agenda/")[2] not in client.get(PAGE).content.decode()
    assert path.encode() not in bytes(Rhythm.objects.get().feed_hash or b"")


def test_a_new_address_ends_the_old_one(pippa: Owner, address: str) -> None:
    client = signed_in(Client(), pippa)
    client.post(PAGE, {"move": "feed"})
    assert Client().get(address).status_code == 404


def test_an_address_can_be_ended(pippa: Owner, address: str) -> None:
    client = signed_in(Client(), pippa)
    assert client.post(PAGE, {"move": "feed_off"}).status_code == 302
    assert Client().get(address).status_code == 404
    assert rhythm.of(pippa.person).feed_hash is None


def test_the_moments_are_whole_and_in_universal_time(pippa: Owner, address: str) -> None:
    plan(pippa)
    text = Client().get(address).content.decode()
    (line,) = [line for line in text.splitlines() if line.startswith("DTSTART")]
    assert line.endswith("Z")
    datetime.strptime(line, "DTSTART:%Y%m%dT%H%M%SZ")  # noqa: DTZ007
