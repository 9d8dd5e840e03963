"""A parent or guardian says yes or no, behind the link in their mail."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from kleinverzet.coach import intake, links
from kleinverzet.coach.intake import By
from kleinverzet.coach.models import Booking, Link
from tests.coach.planners import ADDRESS, GUARDIAN, ONLINE, TEXT, Planner, only, stamp

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("coach", "fresh_limits")]
State = Booking.State


@pytest.fixture
def guardian() -> Planner:
    """A parent who opened the link in their mail."""
    Planner().plan(ONLINE, age="14", guardian=GUARDIAN)
    token = links.make(only(), Link.Opens.GUARDIAN, timezone.now())
    return Planner().go(f"/afspraak-goedvinden/{token}/")


def _answer(guardian: Planner, said: str, seen: str = "0") -> Planner:
    path = guardian.answer.wsgi_request.path
    guardian.answer = guardian.client.post(path, {"stamp": stamp(), "answer": said, "seen": seen})
    return guardian


def test_they_see_when_and_how_and_nothing_of_who_or_why(guardian: Planner) -> None:
    assert guardian.status == 200
    assert "online, met Cora Kade" in guardian.page
    assert not [
        word for word in ("Pippa", TEXT, ADDRESS, GUARDIAN, "14") if word in _main(guardian)
    ]
    assert "no-store" in guardian.answer["Cache-Control"]
    assert not guardian.answer.cookies


def test_a_look_is_no_answer(guardian: Planner) -> None:
    for _again in range(3):
        guardian.go(guardian.answer.wsgi_request.path)
    assert only().state == State.HELD


def test_a_yes_makes_it_stand_and_a_second_one_changes_nothing(guardian: Planner) -> None:
    assert _answer(guardian, "yes").status == 200
    assert "Het gesprek gaat door" in guardian.page
    assert only().state == State.BOOKED
    assert only().sequence == 0


def test_a_no_lets_the_time_go(guardian: Planner) -> None:
    when = only().starts_at
    assert _answer(guardian, "no").status == 200
    assert only().state == State.CANCELLED
    Planner().plan(ONLINE, email="next@pond.example")
    assert Booking.objects.filter(state=State.BOOKED).get().starts_at == when


def test_after_a_yes_there_is_no_more_to_say(guardian: Planner) -> None:
    path = guardian.answer.wsgi_request.path
    intake.agree(booking=only(), now=timezone.now())
    guardian.answer = guardian.client.post(path, {"stamp": stamp(), "answer": "no", "seen": "0"})
    assert only().state == State.BOOKED
    assert "antwoord" in guardian.page or "gaat door" in guardian.page


def test_what_was_moved_meanwhile_is_asked_again(guardian: Planner) -> None:
    from kleinverzet.coach import appointment, openings

    row = only()
    found = openings.between(
        appointment.sought(row),
        (row.starts_at + timedelta(days=7)).date(),
        (row.starts_at + timedelta(days=9)).date(),
        timezone.now(),
        coach=row.coach,
        without=row,
    )
    to = next(iter(found.days.values()))[0].starts_at
    intake.move(booking=row, starts_at=to, seen=0, by=By.VISITOR, now=timezone.now())
    assert _answer(guardian, "yes").status == 409
    assert only().state == State.HELD
    assert "intussen verzet" in guardian.page
    seen = re.findall(r'name="seen" value="(\d+)"', guardian.page)[0]
    assert _answer(guardian, "yes", seen).status == 200
    assert only().state == State.BOOKED


def test_a_time_held_too_long_is_over(guardian: Planner) -> None:
    Booking.objects.update(held_until=timezone.now() - timedelta(minutes=1))
    assert guardian.go(guardian.answer.wsgi_request.path).status == 410
    assert _answer(guardian, "yes").status == 410
    assert only().state != State.BOOKED


@pytest.mark.parametrize(
    ("said", "seen"), [("", "0"), ("maybe", "0"), ("yes", ""), ("yes", "-1"), ("yes", "²")]
)
def test_an_answer_that_is_none_is_refused(guardian: Planner, said: str, seen: str) -> None:
    assert _answer(guardian, said, seen).status == 400
    assert only().state == State.HELD


@pytest.mark.parametrize("token", ["x", "a" * 300, "é"])
def test_a_link_that_was_never_made_says_the_same_as_an_old_one(token: str) -> None:
    planner = Planner().go(f"/afspraak-goedvinden/{token}/")
    assert planner.status == 410
    assert "werkt niet meer" in planner.page


def _main(planner: Planner) -> str:
    return planner.page.partition("<main")[2].partition("<form")[0]
