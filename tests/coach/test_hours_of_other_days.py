"""A coach closes days, or gives one date other hours; what stands there goes on."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kleinverzet.coach.models import Booking, Coach, OtherDay
from tests.coach.a_full_day import at
from tests.coach.at_the_desk import browser_of, rows, seen_on, text_of
from tests.owners import Owner

HOURS, CLOSED = "/coach/uren/", "/coach/uren/dicht/"


@pytest.fixture
def client(owner: Owner) -> Client:
    return browser_of(owner)


def ahead(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def a_monday() -> date:
    return ahead(7 - timezone.localdate().weekday() + 7)


def close(client: Client, first: Any, last: Any = "", **more: Any) -> Any:
    data = {"first": str(first), "last": str(last), "move": "close", "seen": seen_on(client, HOURS)}
    return client.post(CLOSED, data | more)


def test_a_week_away_is_closed_at_one_press(client: Client, coach: Coach) -> None:
    assert close(client, ahead(10), ahead(16)).status_code == 302
    assert list(coach.other_days.values_list("date", "windows")) == [
        (ahead(n), []) for n in range(10, 17)
    ]
    assert text_of(client.get(HOURS)).count(">dicht<") == 7


def test_without_a_last_day_it_is_one_day(client: Client, coach: Coach) -> None:
    close(client, ahead(3))
    assert [one.date for one in coach.other_days.all()] == [ahead(3)]


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        (ahead(-1), "", "first"),
        ("", "", "first"),
        ("2027-02-30", "", "first"),
        ("99999-01-01", "", "first"),
        ("9999-12-31", "", "first"),
        (ahead(9), ahead(8), "last"),
        (ahead(1), ahead(93), "last"),
        (ahead(1), "morgen", "last"),
    ],
)
def test_days_that_cannot_be_closed_are_told_and_nothing_is_lost(
    client: Client, coach: Coach, first: Any, last: Any, field: str
) -> None:
    answer = close(client, first, last)
    assert answer.status_code == 422
    assert f'id="{field}-fault"' in text_of(answer)
    assert f'value="{first}"' in text_of(answer)
    assert f'value="{last}"' in text_of(answer)
    assert not OtherDay.objects.exists()


def test_an_old_tab_does_not_close_over_what_changed(client: Client, coach: Coach) -> None:
    old = seen_on(client, HOURS)
    close(client, ahead(4))
    answer = close(client, ahead(5), seen=old)
    assert answer.status_code == 409
    assert f'value="{ahead(5)}"' in text_of(answer)
    assert coach.other_days.count() == 1


def test_one_date_gets_other_hours_and_begins_with_those_of_its_week(
    client: Client, coach: Coach
) -> None:
    day = a_monday()
    assert close(client, day, move="other")["Location"] == f"{HOURS}{day}/"
    path = f"{HOURS}{day}/"
    assert [row["starts"].value() for row in client.get(path).context["rows"]] == ["09:00"]
    data = rows(("18:00", "21:00", ["online"]))
    assert client.post(path, {**data, "seen": seen_on(client, path)}).status_code == 302
    assert coach.other_days.get().windows == [
        {"starts": 1080, "ends": 1260, "mode": "online", "places": ""}
    ]


def test_a_date_is_closed_and_let_go_again(client: Client, coach: Coach) -> None:
    path = f"{HOURS}{a_monday()}/"
    client.post(path, {"move": "close", "seen": seen_on(client, path)})
    assert coach.other_days.get().windows == []
    client.post(path, {"move": "usual", "seen": seen_on(client, path)})
    assert not coach.other_days.exists()


def test_what_cannot_be_on_a_date_is_told_at_its_field(client: Client, coach: Coach) -> None:
    path = f"{HOURS}{a_monday()}/"
    data = rows(("18:00", "17:00", ["online"]))
    answer = client.post(path, {**data, "seen": seen_on(client, path)})
    assert answer.status_code == 422
    assert 'id="row-0-ends-fault"' in text_of(answer)
    assert 'value="18:00"' in text_of(answer)


def test_an_old_tab_does_not_undo_a_date(client: Client, coach: Coach) -> None:
    path = f"{HOURS}{a_monday()}/"
    old = seen_on(client, path)
    client.post(path, {"move": "close", "seen": old})
    answer = client.post(path, {**rows(("18:00", "19:00", ["online"])), "seen": old})
    assert answer.status_code == 409
    assert 'value="18:00"' in text_of(answer)
    assert coach.other_days.get().windows == []


@pytest.mark.parametrize(
    ("day", "said"),
    [(ahead(-1), "Die dag is al voorbij"), ("9999-12-31", "meer dan drie jaar vooruit")],
)
def test_a_day_that_is_over_or_too_far_is_left_as_it_was(
    client: Client, coach: Coach, day: Any, said: str
) -> None:
    answer = client.post(f"{HOURS}{day}/", {"move": "close", "seen": "x"}, follow=True)
    assert said in text_of(answer)
    assert not OtherDay.objects.exists()


def test_closing_calls_nothing_off_and_says_what_stands(client: Client, coach: Coach) -> None:
    day = a_monday()
    starts = at(day, 10)
    now = timezone.now()
    booking = Booking.objects.create(
        coach=coach, kind="intake", mode="online", state="booked", made_at=now, changed_at=now,
        starts_at=starts, ends_at=starts + timedelta(hours=1),
    )  # fmt: skip
    assert client.get(HOURS).context["outside"] == []
    answer = close(client, day)
    answer = client.get(answer["Location"])
    assert "1 afspraak staat nu buiten je uren" in text_of(answer)
    assert answer.context["outside"] == [booking]
    booking.refresh_from_db()
    assert booking.state == "booked"


@pytest.mark.parametrize("is_closed", [True, False])
def test_an_appointment_on_a_holiday_stands_outside_where_holidays_are_off(
    client: Client, coach: Coach, is_closed: bool
) -> None:
    Coach.objects.update(closed_on_holidays=is_closed)
    holiday = next(
        one.day
        for one in client.get("/coach/uren/voorwaarden/").context["holidays"]
        if one.day.weekday() < 5 and one.day > ahead(0)
    )
    starts = at(holiday, 10)
    now = timezone.now()
    Booking.objects.create(
        coach=coach, kind="intake", mode="online", state="booked", made_at=now, changed_at=now,
        starts_at=starts, ends_at=starts + timedelta(hours=1),
    )  # fmt: skip
    assert len(client.get(HOURS).context["outside"]) == is_closed
