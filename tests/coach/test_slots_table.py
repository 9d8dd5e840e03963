"""The table of cases that open times were designed by, each through the command, as JSON."""

import json
from pathlib import Path
from typing import Any

import pytest

from kleinverzet import cli

Case = dict[str, Any]
DAY = {"from": "2026-06-10"}
TRAVEL = {"P": {"K": 20, "D": 35}, "K": {"D": 50}}


@pytest.fixture
def told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Run a case through the command; give its answer."""

    def run(case: Case) -> Any:
        path = tmp_path / "case.json"
        path.write_text(json.dumps(case))
        assert cli.main(["slots", "--case", str(path)]) == 0
        return json.loads(capsys.readouterr().out)

    return run


def shown(answer: Any) -> list[str]:
    """Give each open time as the clock shows it, with its offset: 09:00+02."""
    return [f"{one['start'][11:16]}{one['start'][19:22]}" for one in answer["open"]]


def test_the_night_of_the_spring_gap_skips_the_hour_that_is_not_there(told: Any) -> None:
    answer = told({"windows": [["00:00", "06:00"]], "duration": 60, "from": "2026-03-29"})
    assert shown(answer) == ["00:00+01", "01:00+01", "03:00+02", "04:00+02", "05:00+02"]


def test_a_window_that_begins_in_the_gap_moves_forward(told: Any) -> None:
    answer = told({"windows": [["02:30", "06:00"]], "duration": 60, "from": "2026-03-29"})
    assert shown(answer) == ["03:30+02", "04:30+02"]


def test_the_day_after_the_spring_gap_keeps_its_hours(told: Any) -> None:
    answer = told({"windows": [["09:00", "12:00"]], "visitor_zone": "UTC", "from": "2026-03-29"})
    assert shown(answer) == ["09:00+02", "10:00+02", "11:00+02"]
    assert [one["visitor"][11:16] for one in answer["open"]] == ["07:00", "08:00", "09:00"]


def test_the_repeated_hour_stands_there_twice_and_says_which(told: Any) -> None:
    answer = told({"windows": [["00:00", "04:00"]], "duration": 60, "from": "2026-10-25"})
    assert shown(answer) == ["00:00+02", "01:00+02", "02:00+02", "02:00+01", "03:00+01"]
    assert [one.get("label") for one in answer["open"]] == [None, None, "first", "second", None]


def test_the_day_after_the_repeated_hour_keeps_its_hours(told: Any) -> None:
    answer = told({"windows": [["09:00", "12:00"]], "visitor_zone": "UTC", "from": "2026-10-25"})
    assert shown(answer) == ["09:00+01", "10:00+01", "11:00+01"]
    assert [one["visitor"][11:16] for one in answer["open"]] == ["08:00", "09:00", "10:00"]


def test_somebody_in_auckland_sees_the_morning_after(told: Any) -> None:
    answer = told({"windows": [["20:00", "21:00"]], "visitor_zone": "Pacific/Auckland", **DAY})
    assert answer["open"][0]["visitor"] == "2026-06-11T06:00:00+12:00"
    assert answer["open"][0]["date"] == "2026-06-10"


def test_busy_times_that_overlap_are_one_and_the_grid_stays(told: Any) -> None:
    busy = [["10:00", "11:00"], ["10:30", "11:30"]]
    answer = told({"windows": [["09:00", "13:00"]], "step": 30, "busy": busy, **DAY})
    assert shown(answer) == ["09:00+02", "11:30+02", "12:00+02"]


def test_the_larger_of_two_buffers_counts_and_may_pass_closing_time(told: Any) -> None:
    booked = {"start": "11:00", "end": "12:00", "after": 15}
    answer = told(
        {"windows": [["09:00", "17:00"]], "step": 30, "after": 15, "bookings": [booked], **DAY}
    )
    later = [f"{hour}:{half}+02" for hour in range(12, 17) for half in ("00", "30")]
    assert shown(answer) == ["09:00+02", "09:30+02", *later[1:-1]]


def test_notice_is_time_that_elapses_also_over_a_lost_hour(told: Any) -> None:
    answer = told(
        {
            "windows": [["09:00", "13:00"]],
            "now": "2026-03-28T10:00",
            "notice": "24 h",
            "from": "2026-03-29",
        }
    )
    assert shown(answer) == ["11:00+02", "12:00+02"]


def test_a_visit_leaves_room_for_the_drive_from_the_practice(told: Any) -> None:
    booked = {"start": "10:00", "end": "11:00", "mode": "practice"}
    answer = told(
        {
            "windows": [["09:00", "15:00"]],
            "step": 15,
            "practice": "P",
            "travel": TRAVEL,
            "bookings": [booked],
            "mode": "home",
            "place": "K",
            **DAY,
        }
    )
    times = shown(answer)
    assert (times[0], times[-1], len(times)) == ("11:30+02", "14:00+02", 11)


def test_a_visit_leaves_room_for_the_drive_from_one_town_to_another(told: Any) -> None:
    booked = {"start": "10:00", "end": "11:00", "place": "D"}
    answer = told(
        {
            "windows": [["09:00", "13:00"]],
            "step": 10,
            "practice": "P",
            "travel": TRAVEL,
            "bookings": [booked],
            "place": "K",
            **DAY,
        }
    )
    assert shown(answer) == ["11:50+02", "12:00+02"]


def test_an_unknown_town_offers_nothing_and_says_why(told: Any) -> None:
    answer = told({"windows": [["09:00", "13:00"]], "travel": TRAVEL, "place": "X", **DAY})
    assert (answer["open"], answer["why"]) == ([], "unknown_town")
