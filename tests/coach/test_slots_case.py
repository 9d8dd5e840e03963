"""Cases of open times as JSON: what they can say, and what is said of one that does not hold."""

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kleinverzet import cli
from kleinverzet.coach import slot_case

PLAIN: dict[str, Any] = {"windows": [["09:00", "12:00"]], "from": "2026-06-10"}
TRAVEL = [["P", "K", 20], {"from": "P", "to": "D", "minutes": "35 min"}]


def starts(**case: Any) -> list[str]:
    """Compute a case; give its open times as the clock shows them."""
    return [one["start"][11:16] for one in slot_case.tell(PLAIN | case)["open"]]


def refusal(**case: Any) -> str:
    """Give what is said of a case that does not hold: one line."""
    with pytest.raises(ValueError, match=r".") as caught:
        slot_case.tell(PLAIN | case)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    "window",
    [
        {"starts": "09:00", "ends": "11:00"},
        {"start": 540, "end": "11", "weekdays": ["monday", "wed"]},
        {"from": "9:00", "to": "11.00", "weekday": 2, "mode": "practice"},
        {"from": "9:00", "until": 660, "day": "wo", "places": "P"},
    ],
)
def test_hours_can_be_said_in_several_ways(window: Any) -> None:
    assert starts(windows=[window], practice="P") == ["09:00", "10:00"]


def test_hours_are_for_their_mode_and_their_towns() -> None:
    windows = [
        {"start": "09:00", "end": "10:00", "mode": "home", "places": ["K"]},
        {"start": "10:00", "end": "11:00", "mode": ["online", "practice"]},
        {"start": "11:00", "end": "12:00", "place": "K"},
    ]
    case = {"windows": windows, "practice": "P", "travel": TRAVEL}
    assert starts(**case, mode="visit", place=" k ") == ["09:00", "11:00"]
    assert starts(**case, mode="online") == ["10:00"]
    assert slot_case.tell(PLAIN | case | {"place": "D"})["why"] == "no_hours"


def test_a_date_goes_before_a_holiday_and_a_holiday_before_a_weekday() -> None:
    christmas = {"from": "2026-12-24", "to": "2026-12-27", "holidays": ["NL", "2026-12-24"]}
    open_on = {"date": "2026-12-26", "windows": [{"start": "09:00", "end": "10:00"}]}
    told = slot_case.tell(PLAIN | christmas | {"exceptions": [open_on]})
    assert [one["start"][:16] for one in told["open"]] == [
        "2026-12-26T09:00", "2026-12-27T09:00", "2026-12-27T10:00", "2026-12-27T11:00",
    ]  # fmt: skip
    assert told["reasons"] == {"2026-12-24": "closed", "2026-12-25": "closed"}
    assert slot_case.tell(PLAIN | {"country": "nl", "from": "2027-04-27"})["why"] == "closed"
    several = {"date": "2026-06-09", "to": "2026-06-11", "closed": True}
    assert slot_case.tell(PLAIN | {"exceptions": [several]})["why"] == "closed"


def test_what_was_called_off_or_takes_no_time_does_not_count() -> None:
    assert starts(bookings=[{"start": "09:00", "end": "10:00", "state": "cancelled"}]) == [
        "09:00", "10:00", "11:00",
    ]  # fmt: skip
    event = {"start": "2026-06-10", "end": "2026-06-11"}
    assert starts(events=[event]) == []
    assert len(starts(events=[event | {"status": "cancelled"}])) == 3
    assert len(starts(events=[event | {"transp": "TRANSPARENT"}])) == 3
    assert len(starts(events=[{"start": "10:30", "end": "10:30"}])) == 3
    assert starts(bookings=[{"start": "2026-06-10T08:00Z"}], most_a_day=2) == ["09:00", "11:00"]
    assert starts(bookings=[{"start": "2026-06-10T08:00+00:00"}], most_a_day=1) == []


def test_an_event_in_a_town_keeps_the_drive_free() -> None:
    case = {"practice": "P", "travel": TRAVEL, "step": 5, "duration": 30}
    assert starts(**case, events=[{"start": "09:00", "end": "10:00", "place": "K"}])[0] == "10:20"
    assert starts(**case, events=[{"start": "09:00", "end": "10:00"}])[0] == "10:00"
    assert starts(**case, place="K", events=[{"start": "09:00", "end": "10:00", "place": "p"}])[
        0
    ] == ("10:20")


def test_a_visit_at_the_practice_is_no_unknown_town() -> None:
    assert len(starts(practice="P", mode="home", place="P", travel={"P-K": 20})) == 3


def test_an_event_of_three_years_leaves_nothing() -> None:
    case = PLAIN | {"events": [["2025-01-01", "2028-01-01"]]}
    assert slot_case.tell(case)["why"] == "taken"


def test_notice_and_horizon_wait_for_a_now() -> None:
    assert len(starts(notice="9 d", horizon=0)) == 3
    late = {"notice": "90 min", "now": "2026-06-10T08:00"}
    assert starts(**late) == ["10:00", "11:00"]
    assert slot_case.tell(PLAIN | {"horizon": 1, "now": "2026-06-08T23:59"})["why"] == (
        "too_far_ahead"
    )


@pytest.mark.parametrize(
    ("field", "case"),
    [
        ("zone: 'Mars'", {"zone": "Mars"}),
        ("visitor_zone:", {"visitor_zone": "../etc"}),
        ("from:", {"from": "10 June"}),
        ("from:", {"from": "9999-12-31"}),
        ("to:", {"to": "2026-06-09"}),
        ("to:", {"to": "2199-06-09"}),
        ("duration:", {"duration": 0}),
        ("step:", {"step": 0}),
        ("notice:", {"notice": "soon"}),
        ("windows.0.ends:", {"windows": [["12:00", "09:00"]]}),
        ("windows.0.ends:", {"windows": [["22:00", "25:00"]]}),
        ("windows.0.starts:", {"windows": [{"starts": "09:61", "ends": "10:00"}]}),
        ("windows.0.days.0:", {"windows": [{"days": "someday", "start": 1, "end": 2}]}),
        ("windows.0.mode.0:", {"windows": [{"mode": "phone", "start": 1, "end": 2}]}),
        ("exceptions.0.windows.0.weekdays:", {"exceptions": [
            {"date": "2026-06-10", "windows": [{"day": 1, "start": 1, "end": 2}]}]}),
        ("exceptions.0.closed:", {"exceptions": [
            {"date": "2026-06-10", "closed": True, "windows": [{"start": 1, "end": 2}]}]}),
        ("exceptions.0.to:", {"exceptions": [{"date": "2026-06-10", "to": "2026-06-09"}]}),
        ("holidays:", {"holidays": ["XX"]}),
        ("holidays:", {"holidays": ["2026-02-30"]}),
        ("bookings.0.end:", {"bookings": [["10:00", "10:00"]]}),
        ("bookings.1.start:", {"bookings": [["10:00", "11:00"], ["tea", "12:00"]]}),
        ("bookings.0.start:", {"bookings": [["0001-01-01T00:00+05:00", "11:00"]]}),
        ("bookings.0.place:", {"bookings": [{"start": "9", "mode": "practice", "place": "K"}]}),
        ("events.0.end:", {"events": [["11:00", "10:00"]]}),
        ("travel.0.minutes:", {"travel": [["P", "K", -1]]}),
        ("place:", {"mode": "practice", "place": "K"}),
        ("now:", {"now": "now"}),
        ("colour:", {"colour": "green"}),
    ],
)  # fmt: skip
def test_what_does_not_hold_is_named_by_its_field(field: str, case: Any) -> None:
    assert refusal(**case).startswith(field)


def test_a_list_of_cases_gives_a_list_of_answers_and_names_the_wrong_one(tmp_path: Path) -> None:
    path = tmp_path / "cases.json"
    path.write_text(json.dumps([PLAIN, PLAIN | {"duration": 90}]))
    assert [len(told["open"]) for told in json.loads(slot_case.answer(str(path)))] == [3, 2]
    path.write_text(json.dumps([PLAIN, 3]))
    with pytest.raises(ValueError, match=r"^1: "):
        slot_case.answer(str(path))


@pytest.mark.parametrize("content", [b"{", b"", b"\xff\xfe", b"[" * 100_000, b"null"])
def test_a_file_that_is_no_case_is_refused_in_one_line(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "case.json"
    path.write_bytes(content)
    assert cli.main(["slots", "--case", str(path)]) == 1
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)


def test_a_file_that_is_not_there_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["slots", "--case", "nowhere.json"]) == 1
    assert "nowhere.json cannot be read" in capsys.readouterr().err


def test_a_case_can_come_from_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(PLAIN)))
    assert cli.main(["slots", "--case", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["open"][0]["start"] == "2026-06-10T09:00:00+02:00"


def test_every_field_of_the_schema_says_what_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["slots", "--schema"]) == 0
    schema = json.loads(capsys.readouterr().out)
    shapes = [schema, *schema["$defs"].values()]
    assert {"from", "windows", "travel", "bookings", "events"} <= set(schema["properties"])
    assert all(field.get("description") for one in shapes for field in one["properties"].values())


def test_neither_a_case_nor_the_schema_is_a_wrong_command() -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["slots"])
    assert ended.value.code == 2


def test_no_database_and_no_django_are_asked_for() -> None:
    code = (
        "import sys; from kleinverzet.cli import main; code = main(['slots', '--case', '-']);"
        "sys.exit(code or 'django' in sys.modules)"
    )
    given = json.dumps(PLAIN | {"country": "NL"})
    here = {"PYTHONPATH": ":".join(sys.path)}
    command = [sys.executable, "-c", code]
    ended = subprocess.run(command, input=given, capture_output=True, text=True, env=here)
    assert (ended.returncode, ended.stderr) == (0, "")
