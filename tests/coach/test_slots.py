"""Open times: what the engine finds, beside one that tries everything; and why there is none."""

import doctest
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kleinverzet.coach import slots
from kleinverzet.coach.slots import Hours, Rules, Taken, Times, Travel, Wanted, Why, find
from tests.coach import clockwork

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
# Between them: clocks that change at one and at two at night, at midnight, by half an hour, not
# at all, and by a whole day.
ZONES = ("Europe/Amsterdam", "Pacific/Auckland", "America/Havana", "Australia/Lord_Howe", "UTC")
TRAVEL = Travel({("", "K"): 20, ("", "D"): 35, ("D", "K"): 50, ("K", "K"): 6})
DAY = date(2026, 6, 10)
EARLY = datetime(2026, 1, 1, tzinfo=UTC)
TALK = Wanted(60, "online")


def at(hour: int, minute: int = 0) -> datetime:
    """A moment on that day by the practice's clock."""
    return datetime(2026, 6, 10, hour, minute, tzinfo=AMSTERDAM)


def everyday(*hours: Hours, **others: Any) -> Rules:
    """Rules with the same hours every day."""
    return Rules(zone=AMSTERDAM, week=dict.fromkeys(range(7), hours), travel=TRAVEL, **others)


def look(rules: Rules, *taken: Taken, wanted: Wanted = TALK, now: datetime = EARLY) -> Times:
    """Look for open times on that day."""
    return find(wanted, rules, taken, first=DAY, last=DAY, now=now)


def shown(times: Times) -> list[str]:
    return [f"{one.astimezone(AMSTERDAM):%H:%M}" for day in times.days.values() for one in day]


def test_the_example_in_the_docstring_runs() -> None:
    seen = doctest.testmod(slots)
    assert (seen.failed, seen.attempted > 5) == (0, True)


minutes = st.integers(0, 90)
modes = st.sampled_from(["", "online", "home", "practice"])


@st.composite
def hours(draw: st.DrawFn) -> Hours:
    start, end = sorted(draw(st.tuples(st.integers(0, 1439), st.integers(1, 1440))))
    places = draw(st.sampled_from([(), ("K",), ("D", "K")]))
    return Hours(start, max(end, start + 1), draw(modes), places)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Wanted, Rules, list[Taken], date, date, datetime]:
    zone = ZoneInfo(draw(st.sampled_from(ZONES)))
    around = draw(st.sampled_from([date(2026, 3, 29), date(2026, 10, 25), date(2026, 4, 4)]))
    around = around + timedelta(days=draw(st.integers(-1, 1)))
    day = st.lists(hours(), max_size=3)
    rules = Rules(
        zone=zone,
        week=draw(st.dictionaries(st.integers(0, 6), day, min_size=4)),
        other_days=draw(st.dictionaries(st.just(around), day, max_size=1)),
        holidays=draw(st.sets(st.just(around + timedelta(days=1)), max_size=1)),
        step=draw(st.integers(5, 90)),
        before=draw(minutes),
        after=draw(minutes),
        notice=draw(st.sampled_from([0, 60, 24 * 60])),
        horizon=draw(st.sampled_from([None, 0, 1, 30])),
        most_a_day=draw(st.integers(0, 3)),
        online_from=draw(st.sampled_from(["practice", "anywhere"])),
        travel_inside=draw(st.booleans()),
        travel=TRAVEL,
    )
    mode = draw(st.sampled_from(["online", "home", "practice"]))
    wanted = Wanted(draw(st.integers(10, 180)), mode, draw(st.sampled_from(["K", "D"])))
    midnight = datetime(around.year, around.month, around.day, tzinfo=UTC)
    second = st.integers(-36 * 3600, 72 * 3600).map(lambda n: midnight + timedelta(seconds=n))
    taken = draw(st.lists(takens(second), max_size=8))
    now = draw(st.sampled_from([midnight - timedelta(days=20), draw(second)]))
    return wanted, rules, taken, around - timedelta(days=1), around + timedelta(days=1), now


@st.composite
def takens(draw: st.DrawFn, moments: st.SearchStrategy[datetime]) -> Taken:
    start = draw(moments)
    length = draw(st.one_of(st.integers(-10, 240), st.just(3 * 365 * 24 * 60)))
    return Taken(
        start, start + timedelta(minutes=length), draw(minutes), draw(minutes), draw(modes),
        draw(st.sampled_from(["", "K", "D", "Elsewhere", None])), draw(st.booleans()),
    )  # fmt: skip


@given(cases())
def test_it_finds_just_what_trying_everything_finds(case: Any) -> None:
    wanted, rules, taken, first, last, now = case
    times = find(wanted, rules, taken, first=first, last=last, now=now)
    found = {day: list(starts) for day, starts in times.days.items()}
    assert found == clockwork.starts(wanted, rules, taken, first, last, now)
    assert bool(times.days) == (times.why is None)
    dates = {first + timedelta(days=n) for n in range((last - first).days + 1)}
    assert set(times.reasons) == dates - set(times.days)


@given(cases(), st.randoms())
def test_the_order_of_what_is_taken_changes_nothing(case: Any, chance: Any) -> None:
    wanted, rules, taken, first, last, now = case
    shuffled = chance.sample(taken, len(taken))
    assert find(wanted, rules, taken, first=first, last=last, now=now) == find(
        wanted, rules, shuffled, first=first, last=last, now=now
    )


@given(cases())
@example((TALK, everyday(Hours(540, 1020)), [], DAY, DAY, EARLY))
def test_a_start_that_was_found_can_be_taken_and_then_is_not_found_again(case: Any) -> None:
    wanted, rules, taken, first, last, now = case
    times = find(wanted, rules, taken, first=first, last=last, now=now)
    for start in [starts[0] for starts in times.days.values()]:
        end = start + timedelta(minutes=wanted.minutes)
        mine = Taken(start, end, rules.before, rules.after, wanted.mode, wanted.place)
        after = find(wanted, rules, [*taken, mine], first=first, last=last, now=now)
        assert all(start not in starts for starts in after.days.values())


def test_the_nearest_by_its_end_is_not_the_one_that_asks_for_most() -> None:
    # The visit ends earlier than the call that lies around it, but the drive from it is longer.
    visit = Taken(at(9, 15), at(9, 50), mode="home", place="D")
    call = Taken(at(9), at(10), mode="online")
    rules = everyday(Hours(600, 780), step=10)
    assert shown(look(rules, visit, call, wanted=Wanted(60, "home", "K")))[0] == "10:40"
    assert shown(look(rules, call, wanted=Wanted(60, "home", "K")))[0] == "10:00"


def test_an_event_without_length_takes_no_time() -> None:
    rules = everyday(Hours(540, 660), step=60)
    assert shown(look(rules, Taken(at(9, 30), at(9, 30), after=60))) == ["09:00", "10:00"]
    assert shown(look(rules, Taken(at(10), at(9, 30)))) == ["09:00", "10:00"]


def test_an_event_of_three_years_leaves_nothing() -> None:
    long = Taken(at(9) - timedelta(days=700), at(9) + timedelta(days=395), counts=False)
    assert look(everyday(Hours(540, 660)), long).why is Why.TAKEN


def test_windows_that_overlap_offer_each_start_once_and_in_order() -> None:
    rules = everyday(Hours(570, 690), Hours(540, 660), step=30)
    assert shown(look(rules)) == ["09:00", "09:30", "10:00", "10:30"]


def test_an_event_to_the_second_ends_with_its_minute() -> None:
    rules = everyday(Hours(540, 720), step=1)
    late = Taken(at(9), at(10) + timedelta(seconds=1))
    assert shown(look(rules, late))[0] == "10:01"
    early = Taken(at(10) - timedelta(microseconds=1), at(12))
    assert look(rules, early).why is Why.TAKEN


def test_notice_counts_to_the_microsecond() -> None:
    rules = everyday(Hours(540, 660), step=60, notice=60)
    assert shown(look(rules, now=at(8))) == ["09:00", "10:00"]
    assert shown(look(rules, now=at(8) + timedelta(microseconds=1))) == ["10:00"]


@pytest.mark.parametrize(("most", "why"), [(1, Why.DAY_FULL), (2, None), (0, None)])
def test_only_appointments_count_for_the_most_a_day(most: int, why: Why | None) -> None:
    own = Taken(at(9), at(10), mode="online")
    event = Taken(at(10), at(11), counts=False)
    assert look(everyday(Hours(540, 1020), most_a_day=most), own, event).why is why


def test_an_appointment_that_begins_the_evening_before_does_not_count_for_the_day() -> None:
    night = Taken(at(0) - timedelta(minutes=30), at(1), mode="online")
    rules = everyday(Hours(0, 1440), most_a_day=1)
    assert look(rules, night).why is None
    assert shown(look(rules, night))[0] == "01:00"


def test_drives_within_the_hours_leave_room_at_both_ends() -> None:
    rules = everyday(Hours(540, 720), step=10, travel_inside=True)
    times = shown(look(rules, wanted=Wanted(60, "home", "K")))
    assert (times[0], times[-1]) == ("09:20", "10:40")
    assert look(rules, wanted=Wanted(120, "home", "D")).why is Why.TOO_LONG
    assert shown(look(rules))[0] == "09:00"


def test_a_call_from_the_practice_lies_a_drive_away_from_a_visit() -> None:
    visit = Taken(at(9), at(10), mode="home", place="K")
    anywhere = everyday(Hours(540, 720), step=10)
    assert shown(look(anywhere, visit))[0] == "10:00"
    assert shown(look(replace(anywhere, online_from="practice"), visit))[0] == "10:20"


def test_the_drive_from_a_town_nobody_knows_any_more_is_never_short() -> None:
    gone = Taken(at(9), at(10), mode="home", place="Gone")
    rules = everyday(Hours(540, 780), step=10)
    assert shown(look(rules, gone, wanted=Wanted(60, "practice")))[0] == "10:50"
    bare = replace(rules, travel=Travel())
    assert shown(look(bare, gone, wanted=Wanted(60, "practice"))) == ["12:00"]


def test_a_visit_without_its_town_is_no_appointment_at_the_practice() -> None:
    visit = Taken(at(9), at(10), mode="home", place="")
    rules = everyday(Hours(540, 780), step=10)
    assert shown(look(rules, visit, wanted=Wanted(60, "practice")))[0] == "10:50"


def test_a_drive_that_is_not_in_the_table_goes_by_way_of_the_practice() -> None:
    travel = Travel({("", "K"): 20, ("", "D"): 35})
    assert travel.minutes("K", "D") == travel.minutes("D", "K") == 55
    assert (travel.minutes("K", "K"), travel.minutes("", "")) == (0, 0)


def test_it_says_why_there_is_nothing() -> None:
    week = everyday(Hours(540, 660, "online"), Hours(540, 660, "home", ("K",)))
    taken = Taken(at(9), at(11))
    for why, times in {
        Why.UNKNOWN_TOWN: look(week, wanted=Wanted(60, "home", "Nowhere")),
        Why.NO_HOURS: look(week, wanted=Wanted(60, "practice")),
        Why.CLOSED: look(replace(week, other_days={DAY: []})),
        Why.PAST: look(week, now=at(9) + timedelta(days=1)),
        Why.TOO_LONG: look(week, wanted=Wanted(121, "online")),
        Why.TOO_FAR_AHEAD: look(replace(week, horizon=5), now=at(9) - timedelta(days=6)),
        Why.TOO_SOON: look(replace(week, notice=120), now=at(9)),
        Why.DAY_FULL: look(replace(week, most_a_day=1), taken),
        Why.TAKEN: look(week, taken),
    }.items():
        assert times.why is why
    assert look(week, wanted=Wanted(60, "home", "D")).why is Why.NO_HOURS
    assert look(replace(week, holidays={DAY})).why is Why.CLOSED
    assert look(week, wanted=Wanted(60, "home")).why is Why.UNKNOWN_TOWN


def test_a_horizon_counts_dates_and_not_hours() -> None:
    rules = everyday(Hours(0, 1440), horizon=1)
    assert look(rules, now=at(23, 59) - timedelta(days=1)).why is None
    assert look(rules, now=at(23, 59) - timedelta(days=2)).why is Why.TOO_FAR_AHEAD


def test_a_day_that_a_place_skipped_offers_nothing() -> None:
    rules = Rules(zone=ZoneInfo("Pacific/Apia"), week={4: [Hours(540, 660)]})
    skipped = date(2011, 12, 30)
    assert find(TALK, rules, (), first=skipped, last=skipped, now=datetime(2011, 1, 1, tzinfo=UTC)
                ).why is Why.TOO_LONG  # fmt: skip


@pytest.mark.parametrize("wrong", [{"minutes": 0}, {"step": 0}, {"last": DAY - timedelta(days=1)}])
def test_what_makes_no_sense_is_refused(wrong: Any) -> None:
    rules = replace(everyday(Hours(540, 660)), step=wrong.get("step", 30))
    wanted, last = Wanted(wrong.get("minutes", 60), "online"), wrong.get("last", DAY)
    with pytest.raises(ValueError, match=r"minute|date"):
        find(wanted, rules, (), first=DAY, last=last, now=EARLY)
