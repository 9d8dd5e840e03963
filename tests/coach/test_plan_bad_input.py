"""What comes in that should not: unknown places, times that are none, forms sent before."""

import uuid
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.urls import resolve

from kleinverzet.coach.models import Booking, Mode, Wish
from kleinverzet.coach.plan_way import PRACTICE_ZONE, Way, clock, same_clock
from tests.coach.planners import ADDRESS, HOME, ONLINE, TEXT, Planner, next_monday, only, stamp

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("coach", "fresh_limits")]

NOWHERE = [
    "/afspraak/thuis/atlantis/",
    "/afspraak/thuis/atlantis/2026-12/",
    "/afspraak/online/bussum/",
    "/afspraak/per-brief/",
    "/afspraak/online/2026-13/",
    "/afspraak/online/2027-02-30/",
    "/afspraak/online/0000-00/",
    "/afspraak/online/9999-12/",
    "/afspraak/online/2020-01/",
    "/afspraak/online/2020-01-06/",
    "/afspraak/thuis/2027-01/",
    "/afspraak/intake-17/online/",
    "/afspraak/feest-60/online/",
    "/afspraak/thuis/wachtlijst/",
    "/afspraak/thuis/atlantis/wachtlijst/",
]
TRICKS = [
    "pippa@pond.example\nBcc: all@pond.example",
    "pippa@pond.example, other@pond.example",
    '"pippa\r\nTo: x"@pond.example',
    "Pippa <pippa@pond.example>",
    "pippa@",
    "@pond.example",
    f"{'p' * 250}@pond.example",
]


@pytest.mark.parametrize("path", NOWHERE)
def test_an_address_that_leads_nowhere_says_so(path: str) -> None:
    planner = Planner()
    assert planner.go(path).status == 404
    assert planner.send(path).status == 404


@pytest.mark.parametrize("clock_", ["25.00", "09.77", "0900", "09.00-3"])
def test_a_time_that_is_none_is_no_address(clock_: str) -> None:
    assert Planner().go(f"{ONLINE}{next_monday()}/{clock_}/").status == 404


@pytest.mark.parametrize("clock_", ["03.00", "09.01", "23.59", "02.30-2"])
def test_a_time_that_is_not_on_offer_cannot_be_planned(clock_: str) -> None:
    planner = Planner()
    path = f"{ONLINE}{next_monday()}/{clock_}/"
    assert planner.go(path).status == 404
    assert "niet (meer) vrij" in planner.page
    assert planner.send(path).status == 409
    assert TEXT in planner.page
    assert 'formaction="' in planner.page
    assert not Booking.objects.exists()


def test_a_form_without_a_time_plans_nothing() -> None:
    planner = Planner()
    assert planner.send(f"{ONLINE}{next_monday()}/").status == 409
    assert not Booking.objects.exists()


@pytest.mark.parametrize("email", TRICKS)
def test_an_address_with_a_trick_in_it_is_refused_and_stays_in_its_field(email: str) -> None:
    planner = Planner()
    planner.send(planner.first_time(), email=email)
    assert planner.status == 422
    assert 'href="#email"' in planner.page
    assert TEXT in planner.page
    assert not Booking.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "n" * 200),
        ("age", "-1"),
        ("age", "999"),
        ("age", "veertien"),
        ("age", ""),
        ("phone", "bel maar"),
        ("whom", "everyone"),
        ("q_about", "x" * 2001),
        ("consent", None),
    ],
)
def test_what_cannot_be_taken_leads_to_its_field_and_nothing_typed_is_lost(
    field: str, value: str | None
) -> None:
    planner = Planner()
    planner.send(planner.first_time(), **{field: value})
    assert planner.status == 422
    assert f'href="#{field}"' in planner.page
    assert f'id="{field}"' in planner.page
    assert "06 1234 5678" in planner.page or field == "phone"
    assert "no-store" in planner.answer["Cache-Control"]
    assert not Booking.objects.exists()


def test_the_same_form_sent_twice_plans_once_and_gives_the_same_link() -> None:
    planner = Planner()
    when, form = planner.first_time(), uuid.uuid4()
    first = planner.send(when, stamp=stamp(form=form)).answer["Location"]
    again = planner.send(when, stamp=stamp(form=form)).answer["Location"]
    assert first == again
    assert Booking.objects.count() == 1


def test_a_form_of_which_the_time_went_keeps_what_was_typed_and_shows_other_times() -> None:
    quick, slow = Planner(), Planner()
    when = slow.first_time()
    quick.send(when, email="quick@pond.example")
    slow.send(when)
    assert slow.status == 409
    assert "net weg" in slow.page
    assert TEXT in slow.page
    assert f'value="{ADDRESS}"' in slow.page
    assert f'formaction="{when}#wie"' not in slow.page
    assert Booking.objects.count() == 1


def test_looking_at_another_day_with_a_form_in_hand_plans_nothing_and_keeps_it() -> None:
    planner = Planner()
    when = planner.first_time()
    planner.send(when, look="1", name="")
    assert planner.status == 200
    assert TEXT in planner.page
    assert "fault" not in planner.page.partition('id="who"')[2].partition("field")[0]
    assert not Booking.objects.exists()


@pytest.mark.parametrize(
    ("fields", "age"),
    [({"website": "https://x.example"}, 120), ({}, 0), ({}, 60 * 60 * 48)],
    ids=["a hidden field", "at once", "after two days"],
)
def test_a_form_that_a_program_may_have_sent_comes_back_once(
    fields: dict[str, str], age: int
) -> None:
    planner = Planner()
    when = planner.first_time()
    planner.send(when, stamp=stamp(timedelta(seconds=age)), **fields)
    assert planner.status == 422
    assert not Booking.objects.exists()
    again = planner.page.partition('name="stamp" value="')[2].partition('"')[0]
    assert planner.send(when, stamp=again).status == 302
    assert only().state == Booking.State.BOOKED


def test_a_form_that_is_not_ours_is_refused() -> None:
    planner = Planner()
    when = planner.first_time()
    assert planner.send(when, stamp="made-up").status == 403
    assert planner.send(when, stamp=None).status == 403
    planner.answer = planner.client.post(
        when, {"stamp": stamp()}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert planner.status == 403
    assert not Booking.objects.exists()


def test_too_many_from_one_address_are_told_to_wait_and_lose_nothing() -> None:
    planner = Planner()
    for _again in range(5):
        planner.plan(ONLINE)
    planner.send(planner.first_time())
    assert planner.status == 429
    assert TEXT in planner.page
    assert "06 428 14 911" in planner.page
    assert Booking.objects.count() == 5


def test_five_megabytes_are_refused_before_they_are_read() -> None:
    planner = Planner()
    assert planner.send(planner.first_time(), q_about="x" * 5_000_000).status == 413
    assert not Booking.objects.exists()


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_another_way_of_asking_is_refused(method: str) -> None:
    client = Planner().client
    for path in ("/afspraak/", ONLINE, HOME, f"{ONLINE}wachtlijst/"):
        assert getattr(client, method)(path).status_code == 405


def test_the_two_hours_of_a_long_night_have_addresses_of_their_own() -> None:
    first, second = (datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1))
    assert clock(first) == clock(second)
    assert not same_clock(clock(first), clock(second))
    for moment in (first, second):
        day = moment.astimezone(PRACTICE_ZONE).date()
        way = Way(mode=Mode.ONLINE, day=day, time=clock(moment))
        assert way.starts_at == moment
        found = resolve(way.address).kwargs
        assert same_clock(found["time"], clock(moment))


def test_a_time_that_the_clock_skips_begins_never() -> None:
    assert Way(mode=Mode.ONLINE, day=date(2026, 3, 29), time=time(2, 30)).starts_at is None


def test_nothing_of_all_this_put_anybody_on_the_waiting_list() -> None:
    Planner().send(f"{ONLINE}wachtlijst/", email="nobody", until="gisteren")
    assert not Wish.objects.exists()
