"""A coach sets the hours of the week: day by day, as rows, without a script."""

from typing import Any

import pytest
from django.test import Client

from kleinverzet.coach import waiting
from kleinverzet.coach.models import Coach, Window
from tests.coach.at_the_desk import PAGES, browser_of, rows, seen_on, text_of
from tests.owners import Owner, make_owner

MONDAY = "/coach/uren/dag/1/"
ALL = ["online", "home", "practice"]


@pytest.fixture
def client(owner: Owner) -> Client:
    return browser_of(owner)


def windows(coach: Coach, weekday: int = 0) -> list[tuple[int, int, str, str]]:
    return list(
        coach.windows.filter(weekday=weekday)
        .order_by("starts", "mode")
        .values_list("starts", "ends", "mode", "places")
    )


def save(client: Client, data: dict[str, Any], path: str = MONDAY) -> Any:
    return client.post(path, {"seen": seen_on(client, path), **data})


@pytest.mark.parametrize("path", PAGES)
def test_another_account_finds_none_of_a_coachs_pages(site: None, path: str) -> None:
    client = browser_of(make_owner("Otto Oever"), vault_open=True)
    assert client.get(path).status_code == 404
    assert client.post(path, {"seen": "x", "move": "save"}).status_code == 404


@pytest.mark.parametrize("path", PAGES)
def test_who_is_not_signed_in_is_asked_to(site: None, path: str) -> None:
    answer = Client(SERVER_NAME="localhost").get(path)
    assert answer.status_code == 302
    assert "/inloggen/" in answer["Location"]


def test_hours_are_kept_with_their_ways_and_towns(client: Client, coach: Coach) -> None:
    data = rows(("09:00", "12:30", ["online", "home"]), ("13:00", "00:00", ["practice"]))
    answer = save(client, {**data, "row-0-places": ["Soest", "Baarn"]})
    assert answer.status_code == 302
    assert windows(coach) == [
        (540, 750, "home", "Baarn\nSoest"),
        (540, 750, "online", ""),
        (780, 1440, "practice", ""),
    ]


def test_hours_are_shown_again_as_they_were_typed(client: Client, coach: Coach) -> None:
    save(client, {**rows(("09:00", "12:30", ["home"])), "row-0-places": ["Soest"]})
    shown = list(client.get(MONDAY).context["rows"])
    assert [(row["starts"].value(), row["ends"].value()) for row in shown] == [("09:00", "12:30")]
    assert (shown[0].ticked, shown[0].chosen) == (["home"], ["Soest"])


def test_a_day_is_copied_to_others_at_one_press(client: Client, coach: Coach) -> None:
    save(client, {**rows(("10:00", "11:00", ALL)), "copy": ["1", "6"]})
    assert windows(coach, 0) == windows(coach, 1) == windows(coach, 6)
    assert windows(coach, 6)[0][:2] == (600, 660)
    assert windows(coach, 2)[0][:2] == (540, 1020), "a day that was not ticked stays"


def test_an_empty_row_and_one_that_is_ticked_away_count_for_nothing(
    client: Client, coach: Coach
) -> None:
    data = rows(("09:00", "10:00", ["online"]), ("", "", ALL), ("99:99", "x", []))
    save(client, {**data, "row-2-gone": "on"})
    assert windows(coach) == [(540, 600, "online", "")]


def test_one_more_row_is_added_and_nothing_typed_is_lost(client: Client, coach: Coach) -> None:
    seen = seen_on(client, MONDAY)
    answer = client.post(
        MONDAY, {**rows(("07:15", "08:00", ["online"])), "move": "more", "seen": seen, "copy": "3"}
    )
    shown = list(answer.context["rows"])
    assert len(shown) == 2
    assert 'value="07:15"' in text_of(answer)
    assert answer.context["copied"] == [3]
    assert windows(coach)[0][0] == 540, "nothing is kept yet"


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ([("12:00", "09:00", ALL)], "row-0-ends"),
        ([("09:00", "09:00", ALL)], "row-0-ends"),
        ([("", "09:00", ALL)], "row-0-starts"),
        ([("09:00", "", ALL)], "row-0-ends"),
        ([("9 uur", "10:00", ALL)], "row-0-starts"),
        ([("25:00", "26:00", ALL)], "row-0-starts"),
        ([("09:00", "10:00", [])], "row-0-modes"),
        ([("09:00", "10:00", ["telepathie"])], "row-0-modes"),
        ([("09:00", "12:00", ALL), ("11:59", "13:00", ["online"])], "row-1-starts"),
        ([("09:00", "12:00", ["home"]), ("09:00", "12:00", ["home"])], "row-1-starts"),
    ],
)
def test_what_cannot_be_is_told_at_its_field_and_nothing_is_lost(
    client: Client, coach: Coach, told: list[Any], field: str
) -> None:
    before = windows(coach)
    answer = save(client, {**rows(*told), "copy": ["2"]})
    assert answer.status_code == 422
    assert f'id="{field}-fault"' in text_of(answer)
    assert answer.context["copied"] == [2]
    assert windows(coach) == before
    for starts, ends, _modes in told:
        assert f'value="{starts}"' in text_of(answer)
        assert f'value="{ends}"' in text_of(answer)


def test_a_town_that_does_not_exist_is_refused(client: Client, coach: Coach) -> None:
    answer = save(client, {**rows(("09:00", "10:00", ["home"])), "row-0-places": ["Atlantis"]})
    assert answer.status_code == 422
    assert 'id="row-0-places-fault"' in text_of(answer)


def test_two_rows_at_one_time_may_be_for_other_ways_or_other_towns(
    client: Client, coach: Coach
) -> None:
    data = rows(("09:00", "12:00", ["home"]), ("10:00", "12:00", ["home", "online"]))
    answer = save(client, {**data, "row-0-places": ["Soest"], "row-1-places": ["Baarn"]})
    assert answer.status_code == 302
    assert len(windows(coach)) == 3


def test_an_old_tab_does_not_undo_what_another_saved(client: Client, coach: Coach) -> None:
    old = seen_on(client, MONDAY)
    save(client, rows(("10:00", "11:00", ["online"])))
    answer = client.post(MONDAY, {**rows(("14:00", "15:00", ["practice"])), "seen": old})
    assert answer.status_code == 409
    text = text_of(answer)
    assert "10.00–11.00" in text, "what stands"
    assert 'value="14:00"' in text, "and what was typed"
    assert windows(coach) == [(600, 660, "online", "")]
    again = client.post(
        MONDAY,
        {**rows(("14:00", "15:00", ["practice"])), "seen": answer.context["seen"]},
    )
    assert again.status_code == 302, "pressed again it is meant"
    assert windows(coach) == [(840, 900, "practice", "")]


def test_an_old_tab_does_not_copy_over_a_day_that_changed(client: Client, coach: Coach) -> None:
    old = seen_on(client, MONDAY)
    save(client, rows(("10:00", "11:00", ["online"])), "/coach/uren/dag/2/")
    data = rows(("14:00", "15:00", ["practice"]))
    assert client.post(MONDAY, {**data, "seen": old, "copy": "1"}).status_code == 409
    assert client.post(MONDAY, {**data, "seen": old, "copy": "2"}).status_code == 302


@pytest.mark.parametrize("seen", ["", "....", "a.b", "x" * 10_000])
def test_a_form_without_its_mark_changes_nothing(client: Client, coach: Coach, seen: str) -> None:
    answer = client.post(MONDAY, {**rows(("10:00", "11:00", ["online"])), "seen": seen})
    assert answer.status_code == 409
    assert windows(coach)[0][0] == 540


@pytest.mark.parametrize("number", ["-1", "9999999999999", "twee", "²", ""])
def test_a_form_with_a_strange_number_of_rows_is_taken_for_none_or_few(
    client: Client, coach: Coach, number: str
) -> None:
    answer = save(client, {**rows(("10:00", "11:00", ["online"])), "rows": number})
    assert answer.status_code == 302


def test_a_day_that_no_week_has_is_not_there(client: Client, coach: Coach) -> None:
    assert client.get("/coach/uren/dag/0/").status_code == 404
    assert client.get("/coach/uren/dag/8/").status_code == 404


def test_who_waits_is_looked_at_when_hours_change(
    client: Client, coach: Coach, monkeypatch: pytest.MonkeyPatch
) -> None:
    woken: list[bool] = []
    monkeypatch.setattr(waiting, "wake", lambda: woken.append(True))
    save(client, rows(("08:00", "20:00", ALL)))
    assert woken == [True]


def test_the_week_is_drawn_in_lanes_and_said_in_words(client: Client, coach: Coach) -> None:
    save(client, rows(("05:30", "23:30", ["online"])))
    answer = client.get("/coach/uren/")
    monday = answer.context["week"].days[0]
    assert [(one.times, one.ways) for one in monday.lines] == [("05.30–23.30", "online")]
    assert [(bar.mode, bar.x, bar.y) for bar in monday.bars] == [("online", "2.63%", 0)]
    assert not Window.objects.filter(weekday=6).exists()
    assert answer.context["week"].days[6].lines == ()
