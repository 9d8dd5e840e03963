"""The devices where somebody is signed in, and signing out on the others."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session as WebSession
from django.db import connection
from django.test import Client
from django.utils import timezone

from kleinverzet.accounts import presence
from kleinverzet.accounts.models import Presence
from kleinverzet.vault.models import Session
from tests.accounts.stepping import begin, is_in, vault_is_open, visitor
from tests.owners import Owner, make_owner, signed_in

pytestmark = pytest.mark.django_db

DEVICES = "/apparaten/"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1"
)
DESK = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def owner() -> Owner:
    return make_owner()


def browser(owner: Owner, described: str = DESK) -> Client:
    """Sign in through the door with a browser of one's own."""
    client = visitor()
    client.defaults["HTTP_USER_AGENT"] = described
    assert begin(client, owner).status_code == 302
    return client


def test_every_device_is_listed_and_this_one_first(owner: Owner) -> None:
    browser(owner, PHONE)
    here = browser(owner, DESK)
    page = here.get(DEVICES).content.decode()
    assert page.index("Firefox, Linux") < page.index("dit apparaat") < page.index("Safari, iPhone")
    assert page.count("dit apparaat") == 1


@pytest.mark.parametrize(
    ("described", "name"),
    [
        (PHONE, "Safari, iPhone"),
        (DESK, "Firefox, Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/131.0 Safari/537.36 Edg/131.0", "Edge, Windows"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/131.0 Mobile Safari/537.36", "Chrome, Android"),
        ("Mozilla/5.0 (Linux; Android 14) SamsungBrowser/27.0", "Samsung Internet, Android"),
        ("Mozilla/5.0 (X11; CrOS x86_64) Chrome/131.0 Safari/537.36", "Chrome, Chromebook"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Version/18.1 Safari/605", "Safari, Mac"),
        ("Mozilla/5.0 (iPad; CPU OS 18_1) CriOS/131.0 Mobile Safari/604.1", "Chrome, iPad"),
        ("curl/8.5", "Onbekend apparaat"),
        ("", "Onbekend apparaat"),
    ],
)
def test_a_device_is_known_by_browser_and_system(owner: Owner, described: str, name: str) -> None:
    assert name in browser(owner, described).get(DEVICES).content.decode()


def test_nothing_else_of_a_device_is_kept(owner: Owner) -> None:
    browser(owner, PHONE)
    row = Presence.objects.values().get()
    assert row.pop("since") == timezone.localdate()
    assert row.pop("device") == "Safari, iPhone"
    assert set(row) == {"id", "person_id", "session_key"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_data FROM django_session")
        sessions = [WebSession(session_data=data).get_decoded() for (data,) in cursor.fetchall()]
    assert "iPhone" not in str(sessions)


def test_signing_out_elsewhere_ends_every_other_session_and_vault(owner: Owner) -> None:
    there, here = browser(owner, PHONE), browser(owner)
    assert vault_is_open(there)
    assert here.post(DEVICES)["Location"] == DEVICES
    assert not is_in(there)
    assert vault_is_open(here)
    assert Session.objects.filter(person=owner.person).count() == 1
    page = here.get(DEVICES).content.decode()
    assert "iPhone" not in page
    assert "Log uit op alle andere" not in page


def test_a_shut_vault_stays_shut_when_others_are_signed_out(owner: Owner) -> None:
    browser(owner, PHONE)
    here = signed_in(visitor(), owner, vault_open=False)
    here.post(DEVICES)
    assert is_in(here)
    assert not vault_is_open(here)
    assert not Session.objects.filter(person=owner.person).exists()


def test_looking_signs_nobody_out(owner: Owner) -> None:
    there, here = browser(owner, PHONE), browser(owner)
    here.get(DEVICES)
    assert is_in(there)


def test_nobody_signs_out_somebody_else(owner: Owner) -> None:
    theirs = browser(make_owner("Otto Oever"), PHONE)
    here = browser(owner)
    assert "iPhone" not in here.get(DEVICES).content.decode()
    here.post(DEVICES)
    assert vault_is_open(theirs)


def test_signing_out_takes_a_device_off_the_list(owner: Owner) -> None:
    there, here = browser(owner, PHONE), browser(owner)
    there.post("/uitloggen/")
    assert "iPhone" not in here.get(DEVICES).content.decode()
    assert Presence.objects.count() == 1


def test_a_session_that_ended_by_itself_leaves_the_list(owner: Owner) -> None:
    there, here = browser(owner, PHONE), browser(owner)
    session = WebSession.objects.get(session_key=there.session.session_key)
    session.expire_date -= timedelta(days=30)
    session.save()
    assert "iPhone" not in here.get(DEVICES).content.decode()
    assert Presence.objects.count() == 1


def test_this_device_stays_known_under_a_new_passphrase(owner: Owner) -> None:
    there, here = browser(owner, PHONE), browser(owner)
    fields = {"oldpassword": owner.passphrase, "password1": "drie droge warme duinen"}
    assert here.post("/wachtzin/", fields).status_code == 200
    assert not is_in(there)
    assert "dit apparaat" in here.get(DEVICES).content.decode()
    assert Presence.objects.get().session_key == here.session.session_key


def test_ending_all_leaves_nobody_signed_in_and_no_vault_open(owner: Owner) -> None:
    clients = [browser(owner, PHONE), browser(owner)]
    assert presence.end_all(owner.person) == 2
    assert not any(is_in(client) for client in clients)
    assert not Presence.objects.exists()
    assert not Session.objects.filter(person=owner.person).exists()


def test_an_export_tells_what_the_page_tells(owner: Owner) -> None:
    browser(owner, PHONE)
    told = {"device": "Safari, iPhone", "since": timezone.localdate().isoformat()}
    assert list(presence.export(owner.person)) == [told]
