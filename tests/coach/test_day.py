"""A coach's day: what stands there, in order, with the drives; with the vault shut no words."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kleinverzet.coach.models import Booking, Clash, Coach
from tests.coach.a_full_day import RORY, TEUN, a_monday, at, book, fill
from tests.coach.at_the_desk import browser_of, text_of
from tests.owners import Owner

WORDS = (
    "Fien Fluit", "Guus Gors", "Rory Rill", "Teun Touw", "fien@example.org", "06 00 00 00 12",
    "Verzonnenlaan", "Ik zeg overal ja op.", "Hij gaat al drie weken niet naar school.",
)  # fmt: skip


@pytest.fixture
def day(coach: Coach) -> date:
    return fill(coach)


@pytest.fixture
def client(owner: Owner) -> Client:
    return browser_of(owner, vault_open=True)


def page(client: Client, day: date) -> str:
    answer = client.get(f"/coach/{day}/")
    assert answer.status_code == 200
    return text_of(answer)


def test_appointments_stand_in_order_with_who_comes_and_what_they_wrote(
    client: Client, day: date
) -> None:
    text = page(client, day)
    assert all(word in text for word in WORDS)
    places = [text.index(name) for name in ("Fien Fluit", "Guus Gors", "Rory Rill", "Teun Touw")]
    assert places == sorted(places)
    assert "voor hun kind van 17" in text
    assert "Wacht op een ouder of voogd" in text


def test_with_the_vault_shut_there_are_times_and_towns_and_no_word(owner: Owner, day: date) -> None:
    text = page(browser_of(owner), day)
    assert "13.00" in text
    assert "Thuis in Soest" in text
    assert "Laat zien wie er komt" in text
    assert not [word for word in WORDS if word in text]


def test_the_vault_is_opened_for_the_day_and_leads_back_to_it(owner: Owner, day: date) -> None:
    client = browser_of(owner)
    path = f"/coach/{day}/open/"
    assert client.get(path).status_code == 423
    answer = client.post(path, {"passphrase": owner.passphrase, "resume": "get"}, follow=True)
    assert answer.redirect_chain[-1][0] == f"/coach/{day}/"
    assert "Fien Fluit" in text_of(answer)


def test_a_drive_says_when_to_leave(client: Client, coach: Coach, day: date) -> None:
    stops = client.get(f"/coach/{day}/").context["day"].stops
    first, visit, online, last = stops
    assert first.drive is None
    assert (visit.drive.from_place, visit.drive.to_place) == ("", "Soest")
    minutes = visit.drive.minutes
    assert minutes > 10
    assert visit.drive.leave_at == visit.booking.starts_at - timedelta(minutes=minutes)
    assert not visit.drive.is_tight
    assert (online.drive, last.drive) == (None, None), "online is from anywhere"
    back = client.get(f"/coach/{day}/").context["day"].back
    assert (back.to_place, back.minutes) == ("", minutes)


def test_who_talks_online_at_the_practice_drives_back_first(
    client: Client, coach: Coach, day: date
) -> None:
    Coach.objects.update(online_from="practice")
    found = client.get(f"/coach/{day}/").context["day"]
    assert found.stops[2].drive.to_place == ""
    assert found.back is None


def test_a_drive_that_does_not_fit_is_called_tight(client: Client, coach: Coach) -> None:
    day, now = a_monday(), timezone.now()
    for hour, place in ((10, "Soest"), (11, "Utrecht")):
        Booking.objects.create(
            coach=coach, kind="intake", mode="home", place=place, state="booked", made_at=now,
            changed_at=now, starts_at=at(day, hour), ends_at=at(day, hour + 1),
        )  # fmt: skip
    assert "Dat is krap" in page(client, day)


def test_the_video_call_is_one_press_away(
    client: Client, day: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Naar het videogesprek" not in page(client, day), "none is set"
    from kleinverzet.coach import video

    monkeypatch.setattr(video, "address", lambda booking: "https://meet.example.org/xyz")
    assert 'href="https://meet.example.org/xyz" rel="noreferrer"' in page(client, day)


def test_the_week_is_stepped_through(client: Client, day: date) -> None:
    answer = client.get(f"/coach/{day}/")
    week = answer.context["week"]
    assert [one.count for one in week] == [4, 0, 0, 0, 0, 0, 0]
    assert week[0].date == day
    text = text_of(answer)
    assert f'href="/coach/{day - timedelta(days=7)}/"' in text
    assert f'href="/coach/{day + timedelta(days=7)}/"' in text


def test_today_is_the_first_page(client: Client, coach: Coach) -> None:
    text = text_of(client.get("/coach/"))
    assert "Vandaag" in text
    assert "Er staat niets." in text


@pytest.mark.parametrize(
    "told", ["2026-02-30", "1999-12-31", "2100-01-01", "0000-00-00", "2026-1-1", "nu"]
)
def test_a_date_that_is_none_is_not_there(client: Client, coach: Coach, told: str) -> None:
    assert client.get(f"/coach/{told}/").status_code == 404


@pytest.mark.parametrize("told", ["2000-01-01", "2099-12-31"])
def test_the_ends_of_the_century_can_be_looked_at(client: Client, coach: Coach, told: str) -> None:
    assert client.get(f"/coach/{told}/").status_code == 200


def test_what_was_called_off_is_not_in_the_day(client: Client, coach: Coach, day: date) -> None:
    Booking.objects.filter(starts_at=at(day, 10)).update(state="cancelled")
    assert "Fien Fluit" not in page(client, day)


def test_another_coachs_day_is_not_in_it(client: Client, coach: Coach, day: date) -> None:
    from tests.coach.cast import make_coach
    from tests.owners import make_owner

    other = make_coach(make_owner("Wilma Waterval", "negen manden natte was"), "Wilma Waterval")
    book(other, at(day, 10), RORY)
    text = text_of(browser_of(make_owner_of(other), vault_open=True).get(f"/coach/{day}/"))
    assert "Rory Rill" in text
    assert "Fien Fluit" not in text


def make_owner_of(coach: Coach) -> Owner:
    from kleinverzet.vault import slots

    keys = slots.open_with_passphrase(coach.person, "negen manden natte was")
    assert keys
    return Owner(coach.person, "negen manden natte was", keys)


def test_words_that_are_erased_are_said_to_be(client: Client, coach: Coach, day: date) -> None:
    Booking.objects.update(for_coach=b"")
    assert page(client, day).count("Wie er komt, kunnen we niet lezen") == 4


def test_what_is_unseen_is_said_at_the_top(client: Client, coach: Coach, day: date) -> None:
    assert "klopt" not in page(client, day)
    Clash.objects.create(coach=coach, what="gone", at=timezone.now())
    Clash.objects.create(coach=coach, what="gone", at=timezone.now(), seen_at=timezone.now())
    assert "Er klopt 1 ding niet in je agenda." in page(client, day)


def test_english_says_the_same(client: Client, day: date) -> None:
    assert client.get(f"/en/coach/{day}/").status_code == 200


def test_what_a_visitor_types_stays_text(client: Client, coach: Coach) -> None:
    from dataclasses import replace

    Coach.objects.update(closed_on_holidays=False)
    day = a_monday()
    book(coach, at(day, 11), replace(TEUN, name="<b>Teun</b>", answers={"about": "<img src=x>"}))
    text = page(client, day)
    assert "<b>Teun" not in text
    assert "<img" not in text
    assert "&lt;b&gt;Teun" in text
