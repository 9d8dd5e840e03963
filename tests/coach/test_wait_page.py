"""Somebody gets on the waiting list, is offered a time, takes it or lets it go, or leaves."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from kleinverzet.coach import links, waiting
from kleinverzet.coach.models import Booking, Coach, Link, Mode, Window, Wish
from tests.coach.planners import ADDRESS, BUSSUM, ONLINE, TEXT, WHO, Planner, only, stamp

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("coach", "fresh_limits")]
WAIT = f"{ONLINE}wachtlijst/"


def _wait(planner: Planner, path: str = WAIT, **more: object) -> Planner:
    until = (timezone.now() + timedelta(days=21)).date().isoformat()
    fields = {"stamp": stamp(), "email": ADDRESS, "until": until, "consent": "on", **more}
    sent = {name: value for name, value in fields.items() if value is not None}
    planner.answer = planner.client.post(path, sent)
    return planner


def _offered(planner: Planner) -> Planner:
    """Let somebody wait, offer them the first time that fits, and open the link to it."""
    _wait(planner)
    assert waiting.look(timezone.now()) == 1
    token = links.make(only(), Link.Opens.OFFER, timezone.now())
    return planner.go(f"/afspraak-aanbod/{token}/")


def test_who_waits_says_when_and_gets_a_page_of_their_own() -> None:
    planner = Planner().go(WAIT)
    assert planner.status == 200
    _wait(planner, weekdays=["0", "3"], parts=["a"])
    wish = Wish.objects.get()
    assert (wish.mode, wish.weekdays, wish.parts) == ("online", "03", "a")
    planner.go(planner.answer["Location"])
    assert "Je staat op de lijst" in planner.page
    assert "maandag, donderdag, middag" in planner.page
    assert not planner.answer.cookies


def test_a_visit_is_waited_for_in_its_town() -> None:
    _wait(Planner(), f"{BUSSUM}wachtlijst/")
    assert Wish.objects.get().place == "Bussum"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", ""),
        ("email", "a@b.nl, c@d.nl"),
        ("until", "gisteren"),
        ("until", "2020-01-01"),
        ("until", "9999-12-31"),
        ("until", None),
        ("weekdays", "9"),
        ("parts", "nacht"),
        ("consent", None),
    ],
)
def test_what_cannot_be_taken_leads_to_its_field(field: str, value: str | None) -> None:
    planner = _wait(Planner(), **{field: value})  # type: ignore[arg-type]
    assert planner.status == 422
    assert f'href="#{field}"' in planner.page
    assert not Wish.objects.exists()


def test_the_same_form_twice_waits_once() -> None:
    planner, one = Planner(), stamp()
    first = _wait(planner, stamp=one).answer["Location"]
    assert _wait(planner, stamp=one).answer["Location"] == first
    assert Wish.objects.count() == 1


def test_a_hidden_field_that_was_filled_brings_the_form_back() -> None:
    planner = _wait(Planner(), website="https://x.example")
    assert planner.status == 422
    assert not Wish.objects.exists()


def test_leaving_the_list_takes_a_press_and_not_a_look() -> None:
    planner = _wait(Planner())
    home = planner.answer["Location"]
    planner.go(home).go(home)
    assert Wish.objects.get().state == Wish.State.WAITING
    planner.answer = planner.client.post(home, {"stamp": stamp()})
    assert "niet meer op de lijst" in planner.go(home).page
    assert Wish.objects.get().state == Wish.State.ENDED


def test_an_offered_time_is_taken_with_the_same_few_fields() -> None:
    planner = _offered(Planner())
    assert "Er kwam een tijd vrij" in planner.page
    assert only().state == Booking.State.OFFERED
    path = planner.answer.wsgi_request.path
    planner.answer = planner.client.post(path, {"stamp": stamp(), **WHO, "name": ""})
    assert planner.status == 422
    assert TEXT in planner.page
    planner.answer = planner.client.post(path, {"stamp": stamp(), **WHO})
    assert TEXT in planner.go(planner.answer["Location"]).page
    assert only().state == Booking.State.BOOKED
    assert Wish.objects.get().state == Wish.State.TAKEN


def test_letting_it_go_keeps_somebody_on_the_list() -> None:
    planner = _offered(Planner())
    path = planner.answer.wsgi_request.path
    planner.answer = planner.client.post(path, {"stamp": stamp(), "let_go": "1"})
    assert "gaat naar een ander" in planner.page
    assert only().state == Booking.State.CANCELLED
    assert Wish.objects.get().state == Wish.State.WAITING
    for sent in ({"let_go": "1"}, dict(WHO)):
        planner.answer = planner.client.post(path, {"stamp": stamp(), **sent})
        assert planner.status in {404, 410}


def test_an_offer_that_was_held_long_enough_is_over() -> None:
    planner = _offered(Planner())
    Booking.objects.update(held_until=timezone.now() - timedelta(minutes=1))
    path = planner.answer.wsgi_request.path
    assert planner.go(path).status == 410
    planner.answer = planner.client.post(path, {"stamp": stamp(), **WHO})
    assert planner.status == 410
    planner.answer = planner.client.post(path, {"stamp": stamp()})
    assert planner.status == 410
    assert only().state == Booking.State.OFFERED


@pytest.mark.parametrize("token", ["x", "a" * 300, "é"])
def test_a_link_that_was_never_made_opens_nothing(token: str) -> None:
    planner = Planner()
    assert planner.go(f"/afspraak-aanbod/{token}/").status == 410
    assert planner.go(f"/wachtlijst/{token}/").status == 404
    planner.answer = planner.client.post(f"/wachtlijst/{token}/", {"stamp": stamp()})
    assert planner.status == 404


def test_the_list_is_there_where_nothing_is_open_now(coach: Coach) -> None:
    coach.terms.update(notice=40 * 24 * 60, horizon=39)
    page = Planner().go(ONLINE).page
    assert re.search(rf'href="{WAIT}"', page)
    assert Planner().go(WAIT).status == 200
    Window.objects.filter(mode=Mode.ONLINE).delete()
    assert Planner().go(WAIT).status == 404
