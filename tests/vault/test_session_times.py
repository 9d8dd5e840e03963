"""A vault is open for as long as somebody is there, whatever the clock does."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse

from kleinverzet.vault import session
from kleinverzet.vault.models import Session
from tests.owners import Owner, make_owner, request_of
from tests.vault.browser import Browser
from tests.vault.clock import Clock, standing_still

pytestmark = pytest.mark.django_db
clock = pytest.fixture(standing_still)


@pytest.fixture
def pippa() -> Owner:
    return make_owner()


@pytest.mark.parametrize(("minutes", "opens"), [(4.9, True), (5.1, False), (-5.1, False)])
def test_it_waits_five_minutes_for_the_second_factor(
    pippa: Owner, clock: Clock, minutes: float, opens: bool
) -> None:
    browser = Browser()
    with browser.visit(None) as vault:
        vault.bring(pippa.keys)
    clock.go(minutes=minutes)
    with browser.visit(None) as vault:
        vault.settle(pippa.person)
    assert (browser.keys_of(pippa.person) is not None) is opens


def test_it_shuts_after_half_an_hour_of_nobody(pippa: Owner, clock: Clock) -> None:
    browser = Browser.with_open_vault(pippa)
    clock.go(minutes=30)
    assert browser.keys_of(pippa.person) == pippa.keys
    clock.go(minutes=30, seconds=1)
    assert browser.keys_of(pippa.person) is None


def test_it_stays_open_while_somebody_is_there_but_not_all_day(pippa: Owner, clock: Clock) -> None:
    browser = Browser.with_open_vault(pippa)
    for _ in range(12 * 3):
        clock.go(minutes=20)
        assert browser.keys_of(pippa.person) == pippa.keys
    clock.go(minutes=1)
    assert browser.keys_of(pippa.person) is None


def test_a_clock_that_jumps_ahead_shuts_it(pippa: Owner, clock: Clock) -> None:
    browser = Browser.with_open_vault(pippa)
    clock.go(days=1)
    assert browser.keys_of(pippa.person) is None


@pytest.mark.parametrize("back", [{"minutes": 31}, {"hours": 11}, {"days": 400}], ids=str)
def test_a_clock_that_is_set_back_shuts_it(
    pippa: Owner, clock: Clock, back: dict[str, float]
) -> None:
    browser = Browser.with_open_vault(pippa)
    clock.go(**{unit: -much for unit, much in back.items()})
    assert browser.keys_of(pippa.person) is None


def test_a_clock_set_back_a_little_does_not_keep_it_open_for_longer(
    pippa: Owner, clock: Clock
) -> None:
    browser = Browser.with_open_vault(pippa)
    clock.go(minutes=-20)
    assert browser.keys_of(pippa.person) == pippa.keys
    clock.go(minutes=31)
    assert browser.keys_of(pippa.person) is None


def test_halves_that_open_nothing_are_deleted_and_no_others(pippa: Owner, clock: Clock) -> None:
    now = clock.at
    for seen, opened, pending in [
        (timedelta(), timedelta(hours=-1), False),
        (timedelta(), timedelta(minutes=-4), True),
        (timedelta(minutes=-31), timedelta(hours=-1), False),
        (timedelta(), timedelta(hours=-13), False),
        (timedelta(), timedelta(minutes=-6), True),
        (timedelta(hours=1), timedelta(), False),
        (timedelta(), timedelta(hours=13), False),
        (timedelta(), timedelta(minutes=6), True),
    ]:
        Session.objects.create(
            person=pippa.person,
            half=b"",
            is_pending=pending,
            opened_at=now + opened,
            seen_at=now + seen,
        )
    assert session.forget_stale(now) == 6
    assert set(Session.objects.values_list("opened_at", flat=True)) == {
        now - timedelta(hours=1),
        now - timedelta(minutes=4),
    }


def test_a_visit_is_written_down_once_a_minute_and_only_after_the_page(
    pippa: Owner, clock: Clock, django_assert_num_queries: Any
) -> None:
    browser = Browser.with_open_vault(pippa)
    clock.go(minutes=2)
    with browser.visit(pippa.person) as vault:
        before = Session.objects.get().seen_at
        assert vault.is_open
        assert Session.objects.get().seen_at == before
    assert Session.objects.get().seen_at == clock.at
    request = request_of(pippa.person, browser.cookies)
    assert session.of(request).is_open
    with django_assert_num_queries(0):
        session.of(request).leave(HttpResponse())
