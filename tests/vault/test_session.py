"""An open vault: half of its key in a cookie, half in a row, and neither opens it alone."""

import uuid
from typing import Any

import pytest
from django.http import HttpResponse
from hypothesis import given
from hypothesis import strategies as st

from kleinverzet.vault import session, slots
from kleinverzet.vault.middleware import vault_cookie
from kleinverzet.vault.models import Session
from tests.owners import Owner, make_owner, request_of
from tests.vault.browser import Browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def pippa() -> Owner:
    return make_owner("Pippa Pluis")


@pytest.fixture
def otto() -> Owner:
    return make_owner("Otto Oever", "mijn vrije vrijdagmiddag")


def test_who_opened_it_finds_it_open_on_the_next_page(pippa: Owner) -> None:
    assert Browser.with_open_vault(pippa).keys_of(pippa.person) == pippa.keys


def test_it_is_shut_until_somebody_opens_it(pippa: Owner) -> None:
    browser = Browser()
    with browser.visit(pippa.person) as vault:
        assert not vault.is_open
    assert not browser.answer.cookies


def test_the_row_alone_opens_nothing(pippa: Owner) -> None:
    browser = Browser.with_open_vault(pippa)
    row = Session.objects.get()
    for cookie in (f"{row.id}.{'00' * 32}", f"{row.id}.", f"{row.id}.{bytes(row.half).hex()}"):
        assert Browser({"vk": cookie}).keys_of(pippa.person) is None
    assert browser.keys_of(pippa.person) == pippa.keys


def test_the_cookie_alone_opens_nothing(pippa: Owner) -> None:
    browser = Browser.with_open_vault(pippa)
    Session.objects.all().delete()
    assert browser.keys_of(pippa.person) is None


def test_neither_half_holds_the_master_key(pippa: Owner) -> None:
    [cookie] = Browser.with_open_vault(pippa).cookies.values()
    half = bytes(Session.objects.get().half)
    assert pippa.keys.master not in half
    assert pippa.keys.master.hex() not in cookie
    assert cookie.partition(".")[2] not in half.hex()


@pytest.mark.parametrize(("https", "name"), [(False, "vk"), (True, "__Host-vk")])
def test_the_cookie_is_for_this_host_and_for_no_script(
    pippa: Owner, settings: Any, https: bool, name: str
) -> None:
    settings.SESSION_COOKIE_SECURE = https
    browser = Browser.with_open_vault(pippa)
    [cookie] = browser.answer.cookies.values()
    assert cookie.key == name
    assert cookie["httponly"]
    assert bool(cookie["secure"]) is https
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/"
    # It ends with the browser, and with no other host.
    assert (cookie["domain"], cookie["max-age"], cookie["expires"]) == ("", "", "")
    assert browser.keys_of(pippa.person) == pippa.keys


@pytest.mark.parametrize("https", [False, True])
def test_it_is_dropped_on_the_same_terms(pippa: Owner, settings: Any, https: bool) -> None:
    settings.SESSION_COOKIE_SECURE = https
    browser = Browser.with_open_vault(pippa)
    with browser.visit(pippa.person) as vault:
        vault.lock()
        assert not vault.is_open
    [cookie] = browser.answer.cookies.values()
    assert bool(cookie["secure"]) is https
    assert (cookie["path"], cookie["samesite"], cookie.value) == ("/", "Lax", "")
    assert browser.cookies == {}


def test_locking_leaves_nothing_that_opens(pippa: Owner) -> None:
    browser = Browser.with_open_vault(pippa)
    copied = Browser(dict(browser.cookies))
    with browser.visit(pippa.person) as vault:
        vault.lock()
    assert not Session.objects.exists()
    assert copied.keys_of(pippa.person) is None


def test_opening_anew_leaves_no_older_half(pippa: Owner) -> None:
    browser = Browser.with_open_vault(pippa)
    copied = Browser(dict(browser.cookies))
    with browser.visit(pippa.person) as vault:
        vault.open(pippa.keys)
    assert browser.keys_of(pippa.person) == pippa.keys
    assert copied.keys_of(pippa.person) is None
    assert Session.objects.count() == 1


def test_somebody_elses_cookie_opens_nothing(pippa: Owner, otto: Owner) -> None:
    browser = Browser.with_open_vault(pippa)
    assert browser.keys_of(otto.person) is None
    assert browser.keys_of(None) is None
    assert browser.keys_of(pippa.person) == pippa.keys


def test_a_row_handed_to_somebody_else_opens_nothing(pippa: Owner, otto: Owner) -> None:
    browser = Browser.with_open_vault(pippa)
    Session.objects.update(person=otto.person)
    for owner in (pippa, otto):
        assert browser.keys_of(owner.person) is None


def test_rows_that_swap_their_halves_open_nothing(pippa: Owner) -> None:
    here, there = Browser.with_open_vault(pippa), Browser.with_open_vault(pippa)
    one, other = Session.objects.all()
    Session.objects.filter(pk=one.pk).update(half=other.half)
    Session.objects.filter(pk=other.pk).update(half=one.half)
    for browser in (here, there):
        assert browser.keys_of(pippa.person) is None


def test_a_row_under_another_id_opens_nothing(pippa: Owner) -> None:
    [cookie] = Browser.with_open_vault(pippa).cookies.values()
    other = uuid.uuid4()
    Session.objects.update(id=other)
    assert Browser({"vk": f"{other}.{cookie.partition('.')[2]}"}).keys_of(pippa.person) is None


@given(st.text() | st.text("0123456789abcdef-. ") | st.uuids().map(lambda id_: f"{id_}.00"))
def test_a_cookie_that_is_none_of_ours_opens_nothing(cookie: str) -> None:
    browser = Browser({"vk": cookie})
    with browser.visit(request_of(None).user) as vault:  # type: ignore[arg-type]
        assert vault.keys is None
        vault.lock()


def test_a_vault_of_before_a_reset_is_shut(pippa: Owner) -> None:
    browser = Browser.with_open_vault(pippa)
    slots.begin_anew(pippa.person, "een heel andere zin")
    assert browser.keys_of(pippa.person) is None


def test_a_new_passphrase_shuts_it_on_every_device(pippa: Owner) -> None:
    here, there = Browser.with_open_vault(pippa), Browser.with_open_vault(pippa)
    with here.visit(pippa.person) as vault:
        slots.change(pippa.person, pippa.keys.master, "een heel andere zin")
        vault.open(pippa.keys)
    assert here.keys_of(pippa.person) == pippa.keys
    assert there.keys_of(pippa.person) is None


def test_locking_everywhere_shuts_every_device_and_nobody_elses(pippa: Owner, otto: Owner) -> None:
    browsers = [Browser.with_open_vault(pippa), Browser.with_open_vault(pippa)]
    ottos = Browser.with_open_vault(otto)
    session.lock_everywhere(pippa.person)
    assert [browser.keys_of(pippa.person) for browser in browsers] == [None, None]
    assert ottos.keys_of(otto.person) == otto.keys


def test_what_waits_for_a_second_factor_opens_nothing(pippa: Owner) -> None:
    browser = Browser()
    with browser.visit(None) as vault:
        vault.bring(pippa.keys)
        assert vault.keys is None
    assert browser.keys_of(None) is None
    assert browser.keys_of(pippa.person) is None
    with browser.visit(None) as vault:
        vault.settle(pippa.person)
    assert browser.keys_of(pippa.person) == pippa.keys


def test_without_a_second_factor_it_is_open_on_the_same_page(pippa: Owner) -> None:
    browser = Browser()
    with browser.visit(None) as vault:
        vault.bring(pippa.keys)
        vault._request.user = pippa.person
        vault.settle(pippa.person)
        assert vault.keys == pippa.keys
    assert browser.keys_of(pippa.person) == pippa.keys


def test_nobody_settles_what_somebody_else_brought(pippa: Owner, otto: Owner) -> None:
    browser = Browser()
    with browser.visit(None) as vault:
        vault.bring(pippa.keys)
    with browser.visit(otto.person) as vault:
        vault.settle(otto.person)
    for owner in (pippa, otto):
        assert browser.keys_of(owner.person) is None


def test_who_proves_a_passphrase_once_more_stays_in(pippa: Owner) -> None:
    browser = Browser.with_open_vault(pippa)
    with browser.visit(pippa.person) as vault:
        vault.bring(pippa.keys)
    assert browser.keys_of(pippa.person) == pippa.keys
    assert Session.objects.count() == 1


def test_settling_with_nothing_brought_opens_nothing(pippa: Owner) -> None:
    browser = Browser()
    with browser.visit(pippa.person) as vault:
        vault.settle(pippa.person)
        assert vault.keys is None


def test_a_page_that_never_asks_for_the_vault_costs_nothing(
    pippa: Owner, django_assert_num_queries: Any
) -> None:
    browser = Browser.with_open_vault(pippa)
    request = request_of(pippa.person, browser.cookies)
    with django_assert_num_queries(0):
        answer = vault_cookie(lambda _: HttpResponse())(request)
    assert not answer.cookies


def test_what_a_browser_holds_does_not_show_when_it_is_printed(pippa: Owner) -> None:
    browser = Browser.with_open_vault(pippa)
    [cookie] = browser.cookies.values()
    vault = session.of(request_of(pippa.person, browser.cookies))
    shown = repr(vault._held()) + repr(vault)
    assert repr(bytes.fromhex(cookie.partition(".")[2])) not in shown
    assert cookie.partition(".")[2] not in shown
