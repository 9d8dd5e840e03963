"""Planning in a frame on another site: only where the practice said so, and without a cookie."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from kleinverzet import environment
from kleinverzet.coach.models import Booking
from tests.coach.planners import ADDRESS, Planner, only, stamp

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("coach", "fresh_limits")]

SITES = "https://school.example,http://localhost:8055"
FRAMED = "/afspraak/kader/online/"


@pytest.fixture
def _named(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("KLEINVERZET_FRAMES", SITES)
    environment.read.cache_clear()
    yield
    monkeypatch.delenv("KLEINVERZET_FRAMES")
    environment.read.cache_clear()


def test_without_a_site_that_was_named_there_is_no_frame() -> None:
    for path in ("/afspraak/kader/", FRAMED, "/afspraak/kader/gepland/x/"):
        assert Planner().go(path).status == 404


@pytest.mark.usefixtures("_named")
def test_only_named_sites_may_frame_it_and_only_the_frames_own_pages() -> None:
    planner = Planner().go(FRAMED)
    assert planner.status == 200
    policy = planner.answer["Content-Security-Policy"]
    assert "frame-ancestors https://school.example http://localhost:8055" in policy
    assert "script-src 'self'" in policy
    assert "X-Frame-Options" not in planner.answer
    assert planner.answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    for path in ("/afspraak/", "/afspraak/online/"):
        planner.go(path)
        assert planner.answer["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in planner.answer["Content-Security-Policy"]


@pytest.mark.usefixtures("_named")
def test_a_whole_appointment_is_planned_inside_the_frame_without_a_cookie() -> None:
    planner = Planner()
    time = planner.first_time(FRAMED)
    assert time.startswith("/afspraak/kader/")
    planner.answer = planner.client.post(time, {})
    assert planner.status == 403
    planned = planner.plan(FRAMED)
    assert planned.startswith("/afspraak/kader/gepland/")
    planner.go(planned)
    assert planner.status == 200
    assert "Het staat" in planner.page
    assert 'target="_blank"' in planner.page
    assert "X-Frame-Options" not in planner.answer
    assert only().state == Booking.State.BOOKED
    assert not planner.client.cookies


@pytest.mark.usefixtures("_named")
def test_every_link_inside_leads_on_inside_or_opens_a_page_of_its_own() -> None:
    planner = Planner()
    planner.go(planner.first_time(FRAMED))
    for link in planner.page.split("<a ")[1:]:
        tag = link.partition(">")[0]
        address = tag.partition('href="')[2].partition('"')[0]
        is_inside = "/kader/" in address or "/frame/" in address
        assert is_inside or address.startswith(("tel:", "#")) or 'target="_blank"' in tag, address


@pytest.mark.usefixtures("_named")
def test_a_form_that_comes_back_stays_in_the_frame() -> None:
    planner = Planner()
    planner.send(planner.first_time(FRAMED), name="")
    assert planner.status == 422
    assert "X-Frame-Options" not in planner.answer
    assert "frame-ancestors https://school.example" in planner.answer["Content-Security-Policy"]
    assert "foot__word" not in planner.page


@pytest.mark.usefixtures("_named")
def test_the_waiting_list_works_inside_the_frame() -> None:
    planner = Planner().go(f"{FRAMED}wachtlijst/")
    until = (timezone.now() + timedelta(days=9)).date().isoformat()
    sent = {"stamp": stamp(), "email": ADDRESS, "until": until, "consent": "on"}
    for page in ("before", "after"):
        assert planner.status == 200, page
        assert "X-Frame-Options" not in planner.answer
        assert "foot__word" not in planner.page
        if page == "before":
            planner.answer = planner.client.post(f"{FRAMED}wachtlijst/", sent)
            planner.go(planner.answer["Location"])
    assert "Je staat op de lijst" in planner.page
    assert Planner().go("/afspraak/kader/wachtlijst/made-up/").status == 404
