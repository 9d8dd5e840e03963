"""A coach settles terms for each kind of appointment, how they work, and how long drives take."""

from typing import Any

import pytest
from django.test import Client

from kleinverzet.coach.models import Coach, Kind, Trip
from tests.coach.at_the_desk import browser_of, text_of
from tests.owners import Owner

TERMS, TRIPS = "/coach/uren/voorwaarden/", "/coach/uren/ritten/"


@pytest.fixture
def client(owner: Owner) -> Client:
    return browser_of(owner)


def filled(client: Client, **changes: str) -> dict[str, str]:
    """Give the form as it stands, with changes; an empty tick is left out as browsers do."""
    context = client.get(TERMS).context
    forms = [context["own"], *(form for _name, form in context["kinds"])]
    data: dict[str, str] = {"seen": context["seen"]}
    for field in (field for form in forms for field in form):
        value = field.value()
        if value is not False:
            data[field.html_name] = "on" if value is True else str(value)
    return data | changes


def test_terms_are_kept_for_each_kind(client: Client, coach: Coach) -> None:
    data = filled(
        client,
        **{
            "name": "Cora van de praktijk",
            "online_from": "practice",
            "travel_inside": "on",
            "intake-durations": "90, 60 ,90",
            "intake-step": "15",
            "intake-before": "10",
            "intake-after": "0",
            "intake-notice": "2",
            "intake-horizon": "90",
            "intake-most_a_day": "0",
        },
    )
    del data["team_talk-is_open"], data["closed_on_holidays"]
    assert client.post(TERMS, data).status_code == 302
    coach.refresh_from_db()
    assert (coach.name, coach.online_from) == ("Cora van de praktijk", "practice")
    assert (coach.takes, coach.travel_inside, coach.closed_on_holidays) == (True, True, False)
    intake = coach.terms.get(kind=Kind.INTAKE)
    assert (intake.durations, intake.step, intake.notice) == ("90,60", 15, 120)
    assert (intake.before, intake.after, intake.horizon, intake.most_a_day) == (10, 0, 90, 0)
    assert not coach.terms.get(kind=Kind.TEAM_TALK).is_open


def test_sending_the_form_as_it_stands_changes_nothing(client: Client, coach: Coach) -> None:
    coach.terms.filter(kind=Kind.INTAKE).update(notice=90)
    before = list(coach.terms.order_by("kind").values())
    assert client.post(TERMS, filled(client)).status_code == 302
    assert list(coach.terms.order_by("kind").values()) == before


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " "),
        ("name", "x" * 61),
        ("online_from", "mars"),
        ("intake-step", "0"),
        ("intake-step", "-5"),
        ("intake-step", "1e9"),
        ("intake-step", "9" * 400),
        ("intake-after", "241"),
        ("intake-notice", "1441"),
        ("intake-horizon", "0"),
        ("intake-horizon", "367"),
        ("intake-most_a_day", "25"),
        ("intake-durations", "0"),
        ("intake-durations", "een uur"),
        ("intake-durations", "60,,45"),
        ("intake-durations", "481"),
        ("intake-durations", "²0"),
        ("intake-durations", "20,25,30,35,40,45"),
        ("follow_up-step", ""),
    ],
)
def test_a_term_that_cannot_be_is_told_at_its_field_and_nothing_is_lost(
    client: Client, coach: Coach, field: str, value: str
) -> None:
    before = list(coach.terms.order_by("kind").values())
    answer = client.post(TERMS, filled(client, **{"team_talk-step": "25", field: value}))
    assert answer.status_code == 422
    text = text_of(answer)
    assert f'id="{field}-fault"' in text
    assert text.count('class="fault"') == 1
    assert 'value="25"' in text, "what was right stays typed"
    assert list(coach.terms.order_by("kind").values()) == before


def test_an_old_tab_does_not_undo_terms(client: Client, coach: Coach) -> None:
    old = filled(client, **{"intake-step": "20"})
    client.post(TERMS, filled(client, **{"intake-step": "45"}))
    answer = client.post(TERMS, old)
    assert answer.status_code == 409
    assert "elke 45" in text_of(answer), "what stands"
    assert 'value="20"' in text_of(answer), "and what was typed"
    assert coach.terms.get(kind=Kind.INTAKE).step == 45
    assert client.post(TERMS, old | {"seen": answer.context["seen"]}).status_code == 302


def test_who_takes_no_more_reads_that_at_their_hours(client: Client, coach: Coach) -> None:
    data = filled(client)
    del data["takes"]
    answer = client.post(TERMS, data, follow=True)
    assert "Je neemt nu geen nieuwe afspraken aan" in text_of(answer)
    assert all(one.times == 0 for one in answer.context["counts"])


def test_the_preview_counts_times_in_every_way(client: Client, coach: Coach) -> None:
    counts = client.get("/coach/uren/").context["counts"]
    assert [one.mode for one in counts] == ["online", "home", "practice"]
    assert all(one.times > 100 for one in counts)


def test_a_drive_that_was_filled_in_counts_both_ways_and_can_be_taken_out(
    client: Client, coach: Coach
) -> None:
    data = {"from_place": "Soest", "to_place": "Baarn", "minutes": "12", "move": "write"}
    assert client.post(TRIPS, data).status_code == 302
    assert client.post(TRIPS, data | {"from_place": "", "minutes": "20"}).status_code == 302
    swapped = {"from_place": "Baarn", "to_place": "Soest", "minutes": "14", "move": "write"}
    client.post(TRIPS, swapped)
    kept = Trip.objects.values_list("from_place", "to_place", "minutes")
    assert sorted(kept) == [("", "Baarn", 20), ("Baarn", "Soest", 14)]
    shown = client.get(TRIPS).context["drives"]
    assert all(one.estimate for one in shown)
    client.post(TRIPS, {"gone": str(shown[0].id)})
    assert Trip.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"minutes": "0"}, "minutes"),
        ({"minutes": "241"}, "minutes"),
        ({"minutes": "snel"}, "minutes"),
        ({"to_place": "Atlantis"}, "to_place"),
        ({"to_place": ""}, "to_place"),
        ({"to_place": "Soest"}, "to_place"),
        ({"from_place": "Atlantis"}, "from_place"),
    ],
)
def test_a_drive_that_cannot_be_is_told_at_its_field(
    client: Client, coach: Coach, changes: dict[str, Any], field: str
) -> None:
    data = {"from_place": "Soest", "to_place": "Baarn", "minutes": "12", "move": "write"}
    answer = client.post(TRIPS, data | changes)
    assert answer.status_code == 422
    assert f'id="{field}-fault"' in text_of(answer)
    assert not Trip.objects.exists()


@pytest.mark.parametrize("gone", ["9", "-1", "x", "9" * 99])
def test_a_drive_that_is_not_there_cannot_be_taken_out(
    client: Client, coach: Coach, gone: str
) -> None:
    Trip.objects.create(from_place="Baarn", to_place="Soest", minutes=12, id=8)
    assert client.post(TRIPS, {"gone": gone}).status_code in {200, 302}
    assert Trip.objects.count() == 1
