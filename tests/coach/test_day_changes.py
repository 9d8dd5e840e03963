"""A coach moves an appointment or calls it off; never from an old tab, never somebody else's."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kleinverzet.coach.models import Booking, Coach
from tests.coach.a_full_day import a_monday, at, book
from tests.coach.at_the_desk import browser_of, text_of
from tests.coach.cast import make_coach
from tests.owners import Owner, make_owner


@pytest.fixture
def client(owner: Owner) -> Client:
    return browser_of(owner)


@pytest.fixture
def booking(coach: Coach) -> Booking:
    Coach.objects.update(closed_on_holidays=False)
    return book(coach, at(a_monday(), 10))


def change(client: Client, booking: Booking, move: str, **more: Any) -> Any:
    data = {"move": move, "seen": str(booking.sequence), **more}
    return client.post(f"/coach/afspraak/{booking.pk}/", data)


def to(day: date, hour: str) -> dict[str, str]:
    return {"day": str(day), "hour": hour}


def test_an_appointment_is_called_off_at_one_press(client: Client, booking: Booking) -> None:
    answer = change(client, booking, "cancel")
    assert answer["Location"] == f"/coach/{a_monday()}/"
    booking.refresh_from_db()
    assert booking.state == "cancelled"
    assert "De ander krijgt er een mail over" in text_of(client.get(answer["Location"]))


def test_an_appointment_moves_to_any_free_time_also_outside_the_hours(
    client: Client, booking: Booking
) -> None:
    saturday = a_monday() + timedelta(days=5)
    answer = change(client, booking, "move", **to(saturday, "20:15"))
    assert answer["Location"] == f"/coach/{saturday}/"
    booking.refresh_from_db()
    assert booking.starts_at == at(saturday, 20, 15)
    assert booking.sequence == 1


def test_it_does_not_move_onto_another_appointment(
    client: Client, coach: Coach, booking: Booking
) -> None:
    book(coach, at(a_monday(), 14))
    answer = change(client, booking, "move", **to(a_monday(), "14:30"))
    assert answer.status_code == 422
    text = text_of(answer)
    assert "Op die tijd staat al iets anders" in text
    assert 'value="14:30"' in text
    booking.refresh_from_db()
    assert booking.starts_at == at(a_monday(), 10)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"day": "", "hour": "10:00"}, "day"),
        ({"day": "2026-02-30", "hour": "10:00"}, "day"),
        ({"day": "0001-01-01", "hour": "00:00"}, "day"),
        ({"day": "9999-12-31", "hour": "23:59"}, "day"),
        ({"day": "2020-01-01", "hour": "10:00"}, "day"),
        ({"day": str(timezone.localdate() - timedelta(days=1)), "hour": "10:00"}, "day"),
        ({"day": str(a_monday()), "hour": "25:00"}, "hour"),
        ({"day": str(a_monday()), "hour": ""}, "hour"),
    ],
)
def test_a_moment_that_cannot_be_is_told_at_its_field_and_stays_typed(
    client: Client, booking: Booking, told: dict[str, str], field: str
) -> None:
    answer = change(client, booking, "move", **told)
    assert answer.status_code == 422
    text = text_of(answer)
    assert f'id="{field}-fault"' in text
    assert f'value="{told["day"]}"' in text
    assert f'value="{told["hour"]}"' in text


@pytest.mark.parametrize("move", ["move", "cancel"])
def test_an_old_tab_changes_nothing_and_says_how_it_stands(
    client: Client, booking: Booking, move: str
) -> None:
    change(client, booking, "move", **to(a_monday(), "12:00"))
    answer = change(client, booking, move, **to(a_monday(), "15:00"))
    assert answer.status_code == 409
    assert "intussen veranderd" in text_of(answer)
    booking.refresh_from_db()
    assert (booking.state, booking.starts_at) == ("booked", at(a_monday(), 12))


@pytest.mark.parametrize("move", ["move", "cancel"])
def test_what_is_called_off_already_is_said_to_be(
    client: Client, booking: Booking, move: str
) -> None:
    change(client, booking, "cancel")
    booking.refresh_from_db()
    answer = change(client, booking, move, **to(a_monday(), "15:00"))
    assert answer.status_code == 409
    assert "al afgezegd" in text_of(answer)


def test_another_coach_cannot_touch_it(client: Client, booking: Booking) -> None:
    other = make_owner("Wilma Waterval", "negen manden natte was")
    make_coach(other, "Wilma Waterval")
    answer = change(browser_of(other), booking, "cancel")
    assert answer.status_code == 404
    booking.refresh_from_db()
    assert booking.state == "booked"


@pytest.mark.parametrize("seen", ["", "x", "-1", "²", "9" * 50])
def test_a_form_without_what_was_seen_changes_nothing(
    client: Client, booking: Booking, seen: str
) -> None:
    change(client, booking, "cancel", seen=seen)
    booking.refresh_from_db()
    assert booking.state == "booked"


def test_a_link_that_is_only_opened_changes_nothing(client: Client, booking: Booking) -> None:
    answer = client.get(f"/coach/afspraak/{booking.pk}/?move=cancel&seen=0")
    assert answer.status_code == 302
    booking.refresh_from_db()
    assert booking.state == "booked"


def test_a_coach_who_takes_no_more_still_moves_what_stands(
    owner: Owner, client: Client, booking: Booking
) -> None:
    Coach.objects.update(takes=False)
    assert change(client, booking, "move", **to(a_monday(), "12:00")).status_code == 302
    booking.refresh_from_db()
    assert booking.starts_at == at(a_monday(), 12)
