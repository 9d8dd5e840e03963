"""A coach's own calendar says when they are taken, whatever way it is written down."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from time import monotonic

import pytest
from dateutil.rrule import rrulestr  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from kleinverzet.coach.busy_times import MOST_AN_EVENT, Reading, Span, read
from kleinverzet.coach.calendar_faults import Failed, Fault

SPAN = Span(datetime(2026, 11, 22, tzinfo=UTC), datetime(2027, 3, 23, tzinfo=UTC))


def calendar(*events: str, before: str = "") -> bytes:
    """Write a calendar file with events, each given by its lines."""
    blocks = "".join(f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT\n" for event in events)
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//x//\n{before}{blocks}END:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode()


def times(*events: str, before: str = "") -> list[str]:
    return told(read([calendar(*events, before=before)], SPAN))


def told(reading: Reading) -> list[str]:
    pairs = sorted((one.starts_at, one.ends_at) for one in reading.taken)
    return [f"{start:%d %b %H:%M} – {end:%d %b %H:%M}" for start, end in pairs]


def test_a_meeting_takes_its_time() -> None:
    one = "UID:a\nDTSTART:20261124T100000Z\nDTEND:20261124T113000Z\nSUMMARY:Tandarts"
    assert times(one) == ["24 Nov 10:00 – 24 Nov 11:30"]


def test_nothing_of_what_it_is_for_is_in_what_is_read() -> None:
    one = "UID:a\nDTSTART:20261124T100000Z\nDTEND:20261124T113000Z\nSUMMARY:Tandarts"
    assert "Tandarts" not in repr(read([calendar(one)], SPAN))


@pytest.mark.parametrize("line", ["TRANSP:TRANSPARENT", "STATUS:CANCELLED", "status:cancelled"])
def test_what_takes_no_time_or_was_called_off_leaves_the_coach_free(line: str) -> None:
    assert times(f"UID:a\nDTSTART:20261124T100000Z\nDURATION:PT1H\n{line}") == []


def test_whole_days_are_days_of_the_practice() -> None:
    assert times("UID:a\nDTSTART;VALUE=DATE:20261124\nDTEND;VALUE=DATE:20261126") == [
        "23 Nov 23:00 – 25 Nov 23:00"
    ]


def test_a_day_without_an_end_is_one_day() -> None:
    assert times("UID:a\nDTSTART;VALUE=DATE:20261124") == ["23 Nov 23:00 – 24 Nov 23:00"]


def test_a_time_without_a_zone_is_by_the_practices_clock() -> None:
    assert times("UID:a\nDTSTART:20261124T100000\nDURATION:PT1H") == ["24 Nov 09:00 – 24 Nov 10:00"]


def test_a_zone_that_a_mail_program_made_up_is_understood() -> None:
    one = "UID:a\nDTSTART;TZID=W. Europe Standard Time:20261124T100000\nDURATION:PT1H"
    assert times(one) == ["24 Nov 09:00 – 24 Nov 10:00"]


OWN_ZONE = """BEGIN:VTIMEZONE
TZID:Kantoor
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0500
TZOFFSETTO:+0500
END:STANDARD
END:VTIMEZONE
"""


def test_a_zone_of_its_own_counts() -> None:
    one = "UID:a\nDTSTART;TZID=Kantoor:20261124T100000\nDURATION:PT1H"
    assert times(one, before=OWN_ZONE) == ["24 Nov 05:00 – 24 Nov 06:00"]


def test_a_broken_zone_is_taken_for_the_practices_clock() -> None:
    one = "UID:a\nDTSTART;TZID=Kantoor:20261124T100000\nDURATION:PT1H"
    broken = OWN_ZONE.replace("+0500", "+halfvijf")
    assert times(one, before=broken) == ["24 Nov 09:00 – 24 Nov 10:00"]


def test_a_series_follows_the_clock_when_it_changes() -> None:
    series = (
        "UID:a\nDTSTART;TZID=Europe/Amsterdam:20270315T100000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY"
    )
    spring = Span(SPAN.starts_at, datetime(2027, 4, 6, tzinfo=UTC))
    assert told(read([calendar(series)], spring)) == [
        "15 Mar 09:00 – 15 Mar 10:00",
        "22 Mar 09:00 – 22 Mar 10:00",
        "29 Mar 08:00 – 29 Mar 09:00",
        "05 Apr 08:00 – 05 Apr 09:00",
    ]


def test_one_of_a_series_can_be_moved_left_out_or_called_off() -> None:
    series = (
        "UID:a\nDTSTART:20261123T100000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=4\n"
        "EXDATE:20261124T100000Z"
    )
    moved = "UID:a\nRECURRENCE-ID:20261125T100000Z\nDTSTART:20261125T150000Z\nDURATION:PT1H"
    off = "UID:a\nRECURRENCE-ID:20261126T100000Z\nDTSTART:20261126T100000Z\nSTATUS:CANCELLED"
    assert times(series, moved, off) == [
        "23 Nov 10:00 – 23 Nov 11:00",
        "25 Nov 15:00 – 25 Nov 16:00",
    ]


def test_a_series_without_an_end_fills_the_span_and_no_more() -> None:
    found = times("UID:a\nDTSTART:20100101T100000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY")
    assert len(found) == (SPAN.ends_at - SPAN.starts_at).days


def test_an_event_of_three_years_is_one_time_within_the_span() -> None:
    assert times("UID:a\nDTSTART:20250101T000000Z\nDTEND:20280101T000000Z") == [
        "22 Nov 00:00 – 23 Mar 00:00"
    ]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;INTERVAL=2",
        "FREQ=HOURLY;COUNT=100000000",
        "FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7;BYMINUTE=0,1,2,3,4,5,6,7",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=SOMETIMES",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;UNTIL=ooit",
        "",
    ],
)
def test_a_hostile_rule_costs_little_counts_once_and_is_told(rule: str) -> None:
    began = monotonic()
    hostile = f"UID:a\nDTSTART:20261124T100000Z\nDURATION:PT1M\nRRULE:{rule}"
    other = "UID:b\nDTSTART:20261125T100000Z\nDURATION:PT1H"
    reading = read([calendar(hostile, other)], SPAN)
    assert told(reading) == ["24 Nov 10:00 – 24 Nov 10:01", "25 Nov 10:00 – 25 Nov 11:00"]
    assert not reading.is_whole
    assert monotonic() - began < 5


def test_a_series_since_the_year_one_counts_once() -> None:
    reading = read(
        [calendar("UID:a\nDTSTART:00010101T100000Z\nDURATION:PT1M\nRRULE:FREQ=DAILY")], SPAN
    )
    assert told(reading) == []
    assert not reading.is_whole


def test_no_event_takes_more_than_its_share() -> None:
    dates = ",".join(f"202612{day:02}T{hour:02}{minute:02}00Z" for day in range(1, 31)
                     for hour in range(24) for minute in range(0, 60, 10))  # fmt: skip
    reading = read(
        [calendar(f"UID:a\nDTSTART:20261201T000000Z\nDURATION:PT1M\nRDATE:{dates}")], SPAN
    )
    assert len(reading.taken) == MOST_AN_EVENT
    assert not reading.is_whole


@pytest.mark.parametrize(
    "event",
    [
        "UID:a",
        "UID:a\nDTSTART:rommel",
        "UID:a\nDTSTART:20261399T999999Z",
        "UID:a\nDTSTART:20261124T100000Z\nDURATION:P99999999999D",
        "UID:a\nDTSTART:20261124T100000Z\nDTEND:20261124T090000Z",
        "UID:a\nDTSTART;TZID=:20261124T100000\nDURATION:langer",
        "\x00\xff:;,=",
    ],
)
def test_a_broken_event_leaves_the_others_be(event: str) -> None:
    assert "25 Nov 10:00 – 25 Nov 11:00" in times(
        event, "UID:b\nDTSTART:20261125T100000Z\nDURATION:PT1H"
    )


@pytest.mark.parametrize("content", [b"", b"<html>Log in</html>", b"\x1f\x8b\x08rommel", b"BEGIN:"])
def test_what_is_no_calendar_is_said_to_be_none(content: bytes) -> None:
    with pytest.raises(Failed) as found:
        read([content], SPAN)
    assert found.value.fault is Fault.GARBAGE


def test_a_file_that_breaks_off_does_not_read_as_free_time() -> None:
    whole = calendar("UID:a\nDTSTART:20261124T100000Z\nDURATION:PT1H")
    with pytest.raises(Failed) as found:
        read([whole[:-20]], SPAN)
    assert found.value.fault is Fault.GARBAGE


def test_ten_years_of_past_cost_next_to_nothing() -> None:
    past = [
        f"UID:{n}\nDTSTART:20160101T100000Z\nDTEND:20160101T110000Z\nSUMMARY:Vroeger"
        for n in range(20_000)
    ]
    began = monotonic()
    assert times(*past) == []
    assert monotonic() - began < 5


def test_our_own_appointment_takes_no_time_of_itself() -> None:
    own = "UID:ours\nDTSTART:20261124T100000Z\nDURATION:PT1H\nSUMMARY:Afspraak"
    reading = read([calendar(own)], SPAN, {"ours"})
    assert reading.taken == []
    assert reading.own["ours"].starts_at == datetime(2026, 11, 24, 10, tzinfo=UTC)
    assert not reading.own["ours"].is_cancelled


@given(
    often=st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    interval=st.integers(1, 5),
    days=st.sets(st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]), max_size=4),
    back=st.integers(0, 900),
    minutes=st.integers(1, 3000),
    left_out=st.sets(st.integers(0, 20), max_size=5),
)
def test_a_series_is_what_its_rule_says(
    often: str, interval: int, days: set[str], back: int, minutes: int, left_out: set[int]
) -> None:
    by_day = f";BYDAY={','.join(sorted(days))}" if days and often == "WEEKLY" else ""
    rule = f"FREQ={often};INTERVAL={interval}{by_day}"
    start = datetime(2027, 1, 10, 9, 30, tzinfo=UTC) - timedelta(days=back)
    walked = rrulestr(rule, dtstart=start).between(
        start, SPAN.ends_at + timedelta(days=1), inc=True
    )
    out = {walked[n] for n in left_out if n < len(walked)}
    length = timedelta(minutes=minutes)
    wanted = sorted(
        {
            (max(at, SPAN.starts_at), min(at + length, SPAN.ends_at))
            for at in {start, *walked} - out
            if at < SPAN.ends_at and at + length > SPAN.starts_at
        }
    )
    event = (
        f"UID:a\nDTSTART:{start:%Y%m%dT%H%M%SZ}\nDURATION:PT{minutes}M\nRRULE:{rule}\n"
        + "\n".join(f"EXDATE:{at:%Y%m%dT%H%M%SZ}" for at in sorted(out))
    )
    found = sorted({(t.starts_at, t.ends_at) for t in read([calendar(event)], SPAN).taken})
    assert found == wanted
    assert all(a[0] <= b[0] for a, b in pairwise(found))


@given(st.binary(max_size=400), st.integers(0, 200))
def test_no_bytes_whatever_break_it(rubbish: bytes, at: int) -> None:
    whole = calendar("UID:a\nDTSTART:20261124T100000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3")
    try:
        reading = read([whole[:at] + rubbish + whole[at:]], SPAN)
    except Failed:
        return
    assert all(
        SPAN.starts_at <= one.starts_at < one.ends_at <= SPAN.ends_at for one in reading.taken
    )


ALARM = "BEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:-PT15M\nDURATION:PT9H\nDTSTART:x\nEND:VALARM"


def test_an_alarm_within_an_event_is_none_of_its_times() -> None:
    one = f"UID:a\nDTSTART:20261124T100000Z\n{ALARM}\nDTEND:20261124T110000Z"
    assert times(one) == ["24 Nov 10:00 – 24 Nov 11:00"]


def test_a_calendar_full_of_meetings_costs_no_more_than_it_may() -> None:
    words = "SUMMARY:" + "Overleg " * 50
    full = [f"UID:{n}\nDTSTART:20261124T100000Z\nDURATION:PT1H\n{words}" for n in range(1_500)]
    assert len(times(*full)) == 1_500
