"""A coach's appointments in another program of theirs: only to read, and no visitor's word."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from kleinverzet.coach import feed, invitation
from kleinverzet.coach.models import Booking, Coach
from tests.coach.at_the_desk import browser_of, text_of
from tests.coach.diary import appointment
from tests.owners import Owner, make_owner

pytestmark = pytest.mark.django_db

PAGE = "/coach/agendas/"


@pytest.fixture
def address(coach: Coach) -> str:
    return f"/coach/agenda/{feed.renew(coach)}.ics"


def read(address: str) -> Calendar:
    answer = Client().get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(answer.content)
    assert isinstance(calendar, Calendar)
    return calendar


def test_it_says_when_and_where_and_no_more(coach: Coach, address: str) -> None:
    booking = appointment(coach)
    (event,) = read(address).events
    assert event.start == booking.starts_at
    assert event.end == booking.ends_at
    assert (event["summary"], event["location"]) == ("Afspraak", "Bussum")
    assert not {"description", "attendee", "organizer", "comment", "contact"} & {
        *map(str.lower, event)
    }


def test_what_is_held_is_tentative_and_what_is_only_offered_is_not_there(
    coach: Coach, address: str
) -> None:
    appointment(coach, state=Booking.State.HELD)
    for day, state in enumerate(
        (Booking.State.OFFERED, Booking.State.CANCELLED, Booking.State.LAPSED), 10
    ):
        appointment(coach, days=day, state=state)
    assert [event["status"] for event in read(address).events] == ["TENTATIVE"]


def test_it_is_known_by_the_same_number_as_in_the_mail(coach: Coach, address: str) -> None:
    booking = appointment(coach)
    assert read(address).events[0]["uid"] == invitation.uid(booking)


def test_long_past_is_gone(coach: Coach, address: str) -> None:
    appointment(coach, days=-40)
    appointment(coach, days=-20)
    assert len(read(address).events) == 1


def test_of_another_coach_nothing_is_there(coach: Coach, address: str) -> None:
    other = Coach.objects.create(person=make_owner("Otto Oever").person, name="Otto Oever")
    appointment(other)
    assert list(read(address).events) == []


def test_what_did_not_change_is_not_sent_again(coach: Coach, address: str) -> None:
    booking = appointment(coach)
    first = Client().get(address)
    assert "private" in first["Cache-Control"]
    mark = first["ETag"]
    assert Client().get(address, headers={"If-None-Match": mark}).status_code == 304
    assert Client().get(address).content == first.content
    Booking.objects.filter(pk=booking.pk).update(
        sequence=1, starts_at=booking.starts_at - timedelta(hours=1)
    )
    assert Client().get(address, headers={"If-None-Match": mark}).status_code == 200


def test_in_english_it_is_the_same_calendar(coach: Coach, address: str) -> None:
    appointment(coach)
    assert Client().get(f"/en{address}").content == Client().get(address).content


@pytest.mark.parametrize("token", ["x", "a" * 24, "%C3%A9", "-", "None"])
def test_an_address_that_nobody_made_is_not_there(address: str, token: str) -> None:
    assert Client().get(f"/coach/agenda/{token}.ics").status_code == 404


def test_it_changes_nothing_and_takes_nothing(address: str) -> None:
    assert Client().get(address).cookies == {}
    assert Client().post(address).status_code == 405


def shown_address(page: str) -> str:
    return page.partition('id="shown"')[2].partition(">")[2].partition("<")[0]


def test_the_address_is_shown_once_and_kept_by_nobody(owner: Owner, coach: Coach) -> None:
    client = browser_of(owner)
    shown = shown_address(text_of(client.post(PAGE, {"move": "feed"})))
    path = shown.removeprefix("http://localhost:8000")
    assert read(path)
    token = path.rpartition("/")[2].removesuffix(".ics")
    assert token not in text_of(client.get(PAGE))
    coach.refresh_from_db()
    assert token.encode() not in bytes(coach.feed_hash or b"")


@pytest.mark.parametrize("move", ["feed", "feed_off"])
def test_a_new_address_or_none_ends_the_old_one(owner: Owner, address: str, move: str) -> None:
    browser_of(owner).post(PAGE, {"move": move})
    assert Client().get(address).status_code == 404


def test_looking_makes_no_address(owner: Owner, coach: Coach) -> None:
    answer: Any = browser_of(owner).get(f"{PAGE}?move=feed")
    assert shown_address(text_of(answer)) == ""
    coach.refresh_from_db()
    assert coach.feed_hash is None
