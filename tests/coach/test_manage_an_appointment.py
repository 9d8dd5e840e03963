"""Whoever planned comes back by their link: looks, moves, calls off, takes along, erases."""

import json
import re

import pytest
from django.utils import timezone

from kleinverzet.coach import intake, links
from kleinverzet.coach.intake import By
from kleinverzet.coach.models import Booking, Link
from tests.coach.planners import ADDRESS, ONLINE, PRACTICE, TEXT, Planner, only, stamp

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("coach", "fresh_limits")]
State = Booking.State


@pytest.fixture
def planner() -> Planner:
    """Somebody who planned a talk online and stands on the page about it."""
    made = Planner()
    return made.go(made.plan(ONLINE))


def _press(planner: Planner, path: str, **fields: str) -> Planner:
    planner.answer = planner.client.post(path, {"stamp": stamp(), **fields})
    return planner


def _home(planner: Planner) -> str:
    return str(planner.answer.wsgi_request.path)


def _other_time(planner: Planner) -> tuple[str, str, str]:
    """Find another time by links alone: where, to when, and what was seen."""
    day = planner.go(f"{_home(planner)}verzetten/").links("day")[1].partition("#")[0]
    page = planner.go(day).page
    to = re.findall(r'name="to" value="([^"]+)"', page)[0]
    seen = re.findall(r'name="seen" value="([^"]+)"', page)[0]
    return day, to, seen


def test_the_page_can_be_put_into_a_calendar_that_says_nothing(planner: Planner) -> None:
    answer = planner.client.get(f"{_home(planner)}afspraak.ics")
    text = answer.content.decode()
    assert answer["Content-Type"].startswith("text/calendar")
    assert "DTSTART" in text
    assert not {"Pippa", TEXT, ADDRESS} & set(re.findall(r"[^\r\n:]+", text))


def test_an_appointment_is_moved_by_links_and_one_press(planner: Planner) -> None:
    home, before = _home(planner), only().starts_at
    day, to, seen = _other_time(planner)
    assert _press(planner, day, to=to, seen=seen).answer["Location"] == home
    assert only().starts_at != before
    assert only().sequence == 1


def test_a_moved_appointment_cannot_be_moved_from_an_old_tab(planner: Planner) -> None:
    day, to, seen = _other_time(planner)
    page = planner.page
    _press(planner, day, to=to, seen=seen)
    moved_to = only().starts_at
    other = [one for one in re.findall(r'name="to" value="([^"]+)"', page) if one != to][3]
    _press(planner, day, to=other, seen=seen)
    assert planner.status == 409
    assert "intussen al veranderd" in planner.page
    assert 'name="seen" value="1"' in planner.page
    assert only().starts_at == moved_to


def test_a_time_that_went_meanwhile_leaves_the_appointment_as_it_stood(planner: Planner) -> None:
    day, to, seen = _other_time(planner)
    when = only().starts_at
    other = Planner()
    clock = re.findall(rf'value="{re.escape(to)}".*?(\d\d\.\d\d)', planner.page)[0]
    date_ = day.rstrip("/").rpartition("/")[2]
    assert other.send(f"{PRACTICE}{date_}/{clock}/", email="quick@pond.example").status == 302
    _press(planner, day, to=to, seen=seen)
    assert planner.status == 409
    assert "net weg" in planner.page
    assert Booking.objects.filter(starts_at=when).exists()


@pytest.mark.parametrize(
    ("to", "seen"),
    [
        ("", "0"),
        ("morgen", "0"),
        ("2026-12-01T09:00:00", "0"),
        ("0001-01-01T00:00:00+00:00", "0"),
        ("9999-12-31T23:59:00+00:00", "0"),
        ("2026-12-01T09:00:00+00:00", "-1"),
        ("2026-12-01T09:00:00+00:00", "¹"),
        ("2026-12-01T09:00:00+00:00", "9" * 40),
    ],
)
def test_a_move_that_no_page_of_ours_asks_for_is_refused(
    planner: Planner, to: str, seen: str
) -> None:
    before = Booking.objects.values().get()
    assert _press(planner, f"{_home(planner)}verzetten/", to=to, seen=seen).status == 400
    assert Booking.objects.values().get() == before


@pytest.mark.parametrize("when", ["2020-01", "2020-01-06", "9999-12", "2026-13"])
def test_a_month_beyond_reach_is_no_page(planner: Planner, when: str) -> None:
    assert planner.go(f"{_home(planner)}verzetten/{when}/").status == 404


def test_calling_off_asks_first_and_the_time_is_free_again(planner: Planner) -> None:
    home, when = _home(planner), only().starts_at
    page = planner.go(f"{home}afzeggen/").page
    assert only().state == State.BOOKED
    seen = re.findall(r'name="seen" value="([^"]+)"', page)[0]
    assert _press(planner, f"{home}afzeggen/", seen=seen).answer["Location"] == home
    assert only().state == State.CANCELLED
    assert "gaat niet door" in planner.go(home).page
    assert planner.go(f"{home}afzeggen/").status == 410
    assert planner.go(f"{home}verzetten/").status == 410
    assert planner.go(f"{home}afspraak.ics").status == 404
    Planner().plan(ONLINE, email="next@pond.example")
    assert Booking.objects.filter(state=State.BOOKED).get().starts_at == when


def test_calling_off_what_was_moved_meanwhile_shows_it_first(planner: Planner) -> None:
    home = _home(planner)
    day, to, seen = _other_time(planner)
    _press(planner, day, to=to, seen=seen)
    assert _press(planner, f"{home}afzeggen/", seen="0").status == 409
    assert "intussen veranderd" in planner.page
    assert only().state == State.BOOKED


def test_everything_is_taken_along_in_one_file(planner: Planner) -> None:
    answer = planner.client.get(f"{_home(planner)}meenemen/")
    assert answer["Content-Disposition"].startswith("attachment")
    assert TEXT in json.dumps(json.loads(answer.content), ensure_ascii=False)


def test_erasing_asks_first_calls_off_and_leaves_no_word(planner: Planner) -> None:
    home = _home(planner)
    assert planner.go(f"{home}wissen/").status == 200
    assert bytes(only().for_coach)
    _press(planner, f"{home}wissen/")
    assert planner.status == 200
    assert "Alles is gewist" in planner.page
    assert planner.go(home).status == 404
    for row in Booking.objects.all():
        assert row.state == State.CANCELLED
        assert not bytes(row.for_coach)
        assert not bytes(row.for_visitor)
        assert not bytes(row.envelope)


def test_a_later_link_changes_it_and_shows_no_word(planner: Planner) -> None:
    token = links.make(only(), Link.Opens.CHANGE, timezone.now())
    page = planner.go(f"/jouw-afspraak/{token}/").page
    assert planner.status == 200
    assert TEXT not in page
    assert ADDRESS not in page
    day, to, seen = _other_time(planner)
    assert _press(planner, day, to=to, seen=seen).status == 302


@pytest.mark.parametrize("opens", [Link.Opens.GUARDIAN, Link.Opens.OFFER])
def test_a_link_for_something_else_opens_none_of_this(planner: Planner, opens: str) -> None:
    token = links.make(only(), opens, timezone.now())
    for page in ("", "verzetten/", "afzeggen/", "wissen/", "meenemen/", "afspraak.ics"):
        assert planner.go(f"/jouw-afspraak/{token}/{page}").status == 404


@pytest.mark.parametrize("token", ["x", "%00", "a" * 500, "é", "..%2F..", "-" * 24])
def test_a_link_that_was_never_made_says_what_to_do(token: str) -> None:
    planner = Planner()
    for page in ("", "verzetten/", "afzeggen/", "wissen/", "meenemen/"):
        assert planner.go(f"/jouw-afspraak/{token}/{page}").status == 404
        assert _press(planner, f"/jouw-afspraak/{token}/{page}", seen="0").status in {404, 405}


def test_pages_behind_a_link_are_for_nobody_else(planner: Planner) -> None:
    home = _home(planner)
    for page in ("", "verzetten/", "afzeggen/", "wissen/"):
        answer = planner.go(f"{home}{page}").answer
        assert "no-store" in answer["Cache-Control"]
        assert "noindex" in answer["X-Robots-Tag"]
        # No other site hears of the link, and our own forms still say where they come from.
        assert answer["Referrer-Policy"] == "same-origin"
        assert answer["X-Frame-Options"] == "DENY"
        assert 'src="http' not in planner.page


def test_what_the_coach_called_off_says_so(planner: Planner) -> None:
    home = _home(planner)
    intake.cancel(booking=only(), seen=None, by=By.COACH, now=timezone.now())
    assert "gaat niet door" in planner.go(home).page
    assert _press(planner, f"{home}afzeggen/", seen="0").status == 410


def test_a_past_appointment_says_so_and_cannot_be_changed(planner: Planner) -> None:
    home = _home(planner)
    day, to, seen = _other_time(planner)
    ago = timezone.now() - (only().ends_at - only().starts_at) * 50
    Booking.objects.update(starts_at=ago, ends_at=ago + (only().ends_at - only().starts_at))
    assert "is geweest" in planner.go(home).page
    assert _press(planner, day, to=to, seen=seen).status == 410
