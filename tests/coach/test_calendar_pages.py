"""A coach connects their own calendars, sees how they are, and lets go; without a script."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kleinverzet.coach import calendar_account, syncing
from kleinverzet.coach.calendar_account import Account
from kleinverzet.coach.models import Busy, Calendar, Coach, Entry
from tests.coach import diary
from tests.coach.at_the_desk import browser_of, text_of
from tests.coach.bad_servers import CALENDAR, behaving, saying
from tests.coach.dav_server import DavServer
from tests.coach.radicale import radicale
from tests.owners import Owner, make_owner

pytestmark = pytest.mark.django_db

PAGE, CHOOSE, CLASHES = "/coach/agendas/", "/coach/agendas/kiezen/", "/coach/agendas/let-op/"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DavServer]:
    with radicale(tmp_path_factory.mktemp("dav")) as running:
        yield running


@pytest.fixture
def client(owner: Owner, coach: Coach) -> Client:
    return browser_of(owner)


def find(client: Client, server: DavServer, **more: Any) -> Any:
    said = {"address": server.address, "name": server.name, "password": server.password}
    return client.post(PAGE, {"move": "find", **said, **more})


def work_through() -> None:
    """Let the background do what is due."""
    while syncing.do_due(timezone.now()):
        pass


@pytest.mark.parametrize("path", [PAGE, CHOOSE, CLASHES, f"{PAGE}1/"])
def test_another_account_finds_none_of_these_pages(site: None, path: str) -> None:
    client = browser_of(make_owner("Otto Oever"), vault_open=True)
    assert client.get(path).status_code == 404
    assert client.post(path, {"move": "feed"}).status_code == 404
    assert Client(SERVER_NAME="localhost").get(path).status_code == 302


def test_a_calendar_is_found_chosen_and_kept_in_step(
    client: Client, coach: Coach, server: DavServer
) -> None:
    booking = diary.appointment(coach)
    server.write("tandarts", diary.event("tandarts", booking.starts_at + timedelta(days=1)))
    answer = find(client, server)
    assert answer.status_code == 302, text_of(answer)
    assert "Werk" in text_of(client.get(CHOOSE))
    assert client.post(CHOOSE, {"move": "choose", "read": "0", "write": "0"}).status_code == 302
    work_through()
    assert "gelezen" in text_of(client.get(PAGE))
    assert Busy.objects.count() == 1
    assert server.read(diary.name_of(booking))


def test_the_password_lies_sealed_and_is_shown_nowhere(
    client: Client, coach: Coach, server: DavServer
) -> None:
    find(client, server)
    pages = text_of(client.get(CHOOSE))
    client.post(CHOOSE, {"move": "choose", "read": "0", "write": ""})
    pages += text_of(client.get(PAGE))
    calendar = Calendar.objects.get()
    for secret in (server.password, server.calendar_address):
        assert secret not in pages
        assert secret.encode() not in bytes(calendar.sealed)
    assert server.password not in repr(calendar_account.open_(calendar))
    assert calendar_account.open_(calendar).password == server.password


def test_a_wrong_password_is_told_and_loses_nothing_but_itself(
    client: Client, server: DavServer
) -> None:
    answer = find(client, server, password="iets anders")
    assert answer.status_code == 422
    assert "wachtwoord niet aan" in text_of(answer)
    assert f'value="{server.address}"' in text_of(answer)
    assert "iets anders" not in text_of(answer)
    assert not Calendar.objects.exists()


@pytest.mark.parametrize(
    "address", ["", "ftp://example.org", "http://169.254.169.254/", "http://127.0.0.1:9/", "x y"]
)
def test_an_address_that_leads_nowhere_is_told(
    client: Client, server: DavServer, address: str
) -> None:
    assert find(client, server, address=address, in_the_open="on").status_code == 422


def test_before_a_password_goes_in_the_open_it_is_asked_once_more(
    client: Client, server: DavServer
) -> None:
    answer = find(client, server, address="http://agenda.example/")
    assert answer.status_code == 422
    assert 'name="in_the_open"' in text_of(answer)


def test_a_server_without_a_calendar_is_told(client: Client, server: DavServer) -> None:
    with behaving(saying("404 Not Found")) as (address, _asked):
        answer = find(client, server, address=address)
    assert answer.status_code == 422


def test_what_was_found_can_be_left(client: Client, server: DavServer) -> None:
    find(client, server)
    client.post(CHOOSE, {"move": "stop"})
    assert not Calendar.objects.exists()
    assert client.get(CHOOSE).status_code == 302


@pytest.mark.parametrize("said", [{}, {"read": "7"}, {"read": "0", "write": "9"}, {"read": "x"}])
def test_what_was_not_found_cannot_be_chosen(
    client: Client, server: DavServer, said: dict[str, str]
) -> None:
    find(client, server)
    assert client.post(CHOOSE, {"move": "choose", **said}).status_code == 422
    assert Calendar.objects.filter(try_at=None).count() == 1


def test_a_new_password_takes_the_place_of_the_old(client: Client, server: DavServer) -> None:
    for _again in range(2):
        find(client, server)
        client.post(CHOOSE, {"move": "choose", "read": "0", "write": "0"})
    assert Calendar.objects.count() == 1


def test_a_feed_is_connected_once_it_was_seen_to_be_one(client: Client) -> None:
    with behaving(saying("200 OK", b"<html>")) as (address, _asked):
        answer = client.post(PAGE, {"move": "subscribe", "feed-address": address})
    assert answer.status_code == 422
    assert "geen agenda" in text_of(answer)
    with behaving(saying("200 OK", CALENDAR)) as (address, _asked):
        said = {"move": "subscribe", "feed-address": address, "feed-name": "Thuis"}
        assert client.post(PAGE, said).status_code == 302
    assert Calendar.objects.get().kind == Calendar.Sort.ICS
    assert "Thuis" in text_of(client.get(PAGE))


def test_a_server_that_is_away_is_told_with_since_when(client: Client, coach: Coach) -> None:
    row = diary.connect(coach, Account("http://127.0.0.1:9/"), is_written=False)
    Calendar.objects.update(seen_at=timezone.now())
    client.post(f"{PAGE}{row.pk}/", {"move": "read"})
    page = text_of(client.get(PAGE))
    assert "De server antwoordt niet" in page
    assert "Tot dan telt mee" in page


def test_letting_go_asks_whether_appointments_go_too(
    client: Client, coach: Coach, server: DavServer
) -> None:
    booking = diary.appointment(coach)
    row = diary.connect_to(server, coach, now=timezone.now())
    work_through()
    assert "Haal ze eruit" in text_of(client.get(PAGE))
    client.post(f"{PAGE}{row.pk}/", {"move": "leave_clean"})
    assert "We halen je afspraken hier weg" in text_of(client.get(PAGE))
    work_through()
    assert server.read(diary.name_of(booking)) is None
    assert not Calendar.objects.exists()


def test_letting_go_can_leave_them_there(client: Client, coach: Coach, server: DavServer) -> None:
    booking = diary.appointment(coach)
    row = diary.connect_to(server, coach, now=timezone.now())
    work_through()
    client.post(f"{PAGE}{row.pk}/", {"move": "leave"})
    assert server.read(diary.name_of(booking))
    assert not Calendar.objects.exists()
    assert not Entry.objects.exists()


def test_a_calendar_of_another_coach_is_not_there(client: Client) -> None:
    other = Coach.objects.create(person=make_owner("Otto Oever").person, name="Otto Oever")
    row = diary.connect(other, Account("http://127.0.0.1:9/"), is_written=False)
    assert client.post(f"{PAGE}{row.pk}/", {"move": "leave"}).status_code == 404
    assert Calendar.objects.count() == 1


def test_nothing_happens_by_looking(client: Client, coach: Coach) -> None:
    row = diary.connect(coach, Account("http://127.0.0.1:9/"), is_written=False)
    client.get(f"{PAGE}{row.pk}/?move=leave")
    assert Calendar.objects.count() == 1


@pytest.mark.slow
def test_a_house_without_calendars_does_not_carry_their_library() -> None:
    look = (
        "import sys, django; django.setup(); import kleinverzet.urls, kleinverzet.background; "
        "print({'caldav', 'niquests', 'recurring_ical_events'} & sys.modules.keys())"
    )
    source = Path(__file__).resolve().parents[2] / "src"
    said = subprocess.run(
        [sys.executable, "-c", look],
        env={**os.environ, "PYTHONPATH": str(source)},
        check=True,
        capture_output=True,
        text=True,
    )
    assert said.stdout.strip() == "set()"
