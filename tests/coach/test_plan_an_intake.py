"""Somebody plans an appointment, step by step, by links and one form; nobody gets a cookie."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils.translation import override

from kleinverzet.catalogue import schema, shelves
from kleinverzet.coach.models import Booking, Coach, Kind, Mode, Terms, Window
from kleinverzet.coach.plan_way import Goal, Way
from tests.coach.planners import (
    ADDRESS,
    BUSSUM,
    GUARDIAN,
    HOME,
    ONLINE,
    PRACTICE,
    TEXT,
    Planner,
    only,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("coach", "fresh_limits")]
CONTENT = Path(__file__).parents[2] / "content"


def test_an_intake_is_planned_by_links_and_one_form() -> None:
    planner = Planner()
    modes = [one.partition("#")[0] for one in planner.go("/afspraak/").links("mode")]
    assert modes == [ONLINE, HOME, PRACTICE]
    manage = planner.plan(ONLINE)
    booking = only()
    assert (booking.mode, booking.state, booking.language) == ("online", "booked", "nl")
    page = planner.go(manage).page
    assert planner.status == 200
    assert "Het staat" in page
    assert TEXT in page
    assert ADDRESS in page


def test_a_visit_asks_for_a_town_first_and_for_a_street() -> None:
    planner = Planner().go(HOME)
    assert 'class="day' not in planner.page
    assert f'href="{BUSSUM}#dag"' in planner.page
    time = planner.first_time(BUSSUM)
    assert planner.send(time).status == 422
    assert 'id="street-fault"' in planner.page
    assert planner.send(time, street="Vijverlaan 3").status == 302
    assert (only().mode, only().place) == ("home", "Bussum")


def test_a_team_is_asked_for_no_age_and_a_follow_up_takes_its_own_time() -> None:
    planner = Planner()
    planner.plan("/afspraak/teamgesprek-60/praktijk/", age=None, whom=None, q_about=None)
    planner.plan("/afspraak/vervolg-45/online/", email="someone@pond.example")
    kinds = {one.kind: (one.ends_at - one.starts_at).seconds // 60 for one in Booking.objects.all()}
    assert kinds == {Kind.TEAM_TALK: 60, Kind.FOLLOW_UP: 45}


def test_who_is_young_waits_for_a_parent_while_the_time_is_held() -> None:
    planner = Planner()
    time = planner.first_time()
    assert planner.send(time, age="15").status == 422
    assert 'href="#guardian"' in planner.page
    assert planner.send(time, age="15", guardian=ADDRESS).status == 422
    planner.send(time, age="15", guardian=GUARDIAN)
    assert only().state == Booking.State.HELD
    planner.go(planner.answer["Location"])
    assert "We houden deze tijd vast" in planner.page
    assert "agenda</a>" not in planner.page


def test_who_is_young_and_comes_for_a_team_is_no_less_young() -> None:
    planner = Planner()
    time = planner.first_time()
    assert planner.send(time, whom="team", age=None).status == 422
    assert planner.send(time, whom="team", age="15", guardian=ADDRESS).status == 422
    planner.send(time, whom="team", age="15", guardian=GUARDIAN)
    assert only().state == Booking.State.HELD


def test_a_parent_who_plans_for_a_child_may_be_the_one_who_is_asked() -> None:
    planner = Planner()
    planner.plan(ONLINE, whom="child", age="9", guardian=ADDRESS)
    assert only().state == Booking.State.HELD


def test_who_is_sixteen_decides_and_no_parent_hears_of_it(mailoutbox: list[object]) -> None:
    Planner().plan(ONLINE, age="16", guardian=GUARDIAN)
    assert only().state == Booking.State.BOOKED
    assert only().held_until is None


def test_the_browsers_zone_is_kept_to_tell_times_in_and_a_made_up_one_is_not() -> None:
    planner = Planner()
    manage = planner.plan(ONLINE, zone="Pacific/Auckland")
    assert only().zone == "Pacific/Auckland"
    assert "Pacific/Auckland" in planner.go(manage).page
    Planner().plan(ONLINE, zone="Mars/Olympus", email="someone@pond.example")
    assert set(Booking.objects.values_list("zone", flat=True)) == {
        "Pacific/Auckland",
        "Europe/Amsterdam",
    }


def test_nobody_gets_a_cookie_and_a_look_changes_nothing() -> None:
    planner = Planner()
    time = planner.first_time(ONLINE)
    for path in ("/afspraak/", HOME, BUSSUM, ONLINE, time, f"{ONLINE}wachtlijst/"):
        planner.go(path)
        assert planner.status == 200, path
        assert not planner.answer.cookies, path
        assert "private" in planner.answer["Cache-Control"]
    manage = planner.plan()
    before = Booking.objects.values().get()
    for page in ("", "verzetten/", "afzeggen/", "wissen/", "meenemen/"):
        planner.go(f"{manage}{page}")
        assert planner.status == 200, page
        assert not planner.answer.cookies, page
        assert "no-store" in planner.answer["Cache-Control"], page
    assert Booking.objects.values().get() == before
    assert not planner.client.cookies


def test_while_nobody_takes_appointments_the_page_leads_to_asking(coach: Coach) -> None:
    Coach.objects.update(takes=False)
    planner = Planner().go("/afspraak/")
    assert (planner.status, planner.answer["Location"]) == (302, "/afspraak-vragen/")
    assert planner.go("/afspraak-vragen/").status == 200
    with override("en"):
        english = reverse("coach:start")
    assert planner.go(english).answer["Location"] == "/en/ask-for-an-appointment/"


def test_one_kind_is_not_offered_as_a_choice_of_kinds(coach: Coach) -> None:
    Terms.objects.exclude(kind=Kind.INTAKE).delete()
    assert 'class="goal"' not in Planner().go("/afspraak/").page


def test_a_month_without_a_time_says_why_and_leads_to_the_waiting_list(coach: Coach) -> None:
    Window.objects.filter(mode=Mode.ONLINE).delete()
    planner = Planner()
    assert [one.partition("#")[0] for one in planner.go("/afspraak/").links("mode")] == [
        HOME,
        PRACTICE,
    ]
    Terms.objects.update(notice=50 * 24 * 60, horizon=49)
    planner.go(PRACTICE)
    assert 'class="plan__why"' in planner.page
    assert f'href="{PRACTICE}wachtlijst/"' in planner.page
    assert "06 428 14 911" in planner.page


def test_in_english_everything_has_an_english_address() -> None:
    with override("en"):
        start = reverse("coach:start")
        online = Way(mode=Mode.ONLINE).address
        home = Way(Goal(Kind.FOLLOW_UP, 45), Mode.HOME, "bussum").address
    assert home == f"{start}follow-up-45/at-home/bussum/"
    planner = Planner()
    manage = planner.plan(online)
    assert only().language == "en"
    assert manage.startswith("/en/")
    assert planner.go(manage).status == 200
    assert planner.go("/en/afspraak/thuis/").status == 404


def test_the_other_language_is_one_press_away_on_every_step() -> None:
    planner = Planner().go(f"{BUSSUM}2026-12/")
    with override("en"):
        month = datetime(2026, 12, 1, tzinfo=UTC).date()
        english = Way(mode=Mode.HOME, town="bussum", month=month).address
    assert f'href="{english}"' in planner.page


def test_the_questions_of_the_practice_stand_in_its_content() -> None:
    asked = shelves.read(CONTENT).questions
    assert all(kind in {k for q in asked for k in q.kinds} for kind in Kind.values)
    page = Planner().go(Planner().first_time()).page
    assert asked[0].nl.ask in page
    shown = (CONTENT / "schema" / "question.schema.json").read_text(encoding="utf-8")
    assert shown == schema.export(schema.SHAPES["question"])
