"""What somebody's stories add up to: the same in pictures and in words, and nothing lost."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kleinverzet.me import figures, growth, growth_words
from kleinverzet.me.growth import Break, Entry, Lived, Place, Shift
from kleinverzet.me.ladder import Outcome
from kleinverzet.me.moment import ZONE
from tests.me.growing import CATALOGUE, MONDAY, entries, told

DID, PARTLY, NOT_YET, CHOSE_NOT = (
    Outcome.DID,
    Outcome.PARTLY,
    Outcome.NOT_YET,
    Outcome.CHOSE_NOT,
)


def _shifts(rows: tuple[Shift | Break, ...]) -> list[Shift]:
    return [row for row in rows if isinstance(row, Shift)]


def _all_pages(of: list[Entry]) -> Iterator[growth.Shifts]:
    page = growth.shifts_of(of, ZONE)
    yield page
    while page.earlier:
        page = growth.shifts_of(of, ZONE, page.earlier)
        yield page


def test_rows_stand_in_the_order_of_time() -> None:
    stories = [told(days=9), told(days=2), told(days=5)]
    shifts = _shifts(growth.shifts_of(stories, ZONE).rows)
    assert [shift.entry for shift in shifts] == [stories[1], stories[2], stories[0]]


def test_a_row_says_how_strong_before_and_how_strong_at_last() -> None:
    looked_twice = told(DID, tension=5, after=4)
    again = looked_twice.story.check_ins[0]
    later = (again, replace(again, tension=2), replace(again, tension=0))
    changed = Entry(looked_twice.id, looked_twice.story.having(check_ins=later))
    (shift,) = _shifts(growth.shifts_of([changed], ZONE).rows)
    assert (shift.before, shift.after) == (5, 2)


def test_a_row_without_a_word_about_afterwards_has_no_second_dot() -> None:
    (shift,) = _shifts(growth.shifts_of([told(DID, tension=4)], ZONE).rows)
    (row,) = growth_words.rows_of(growth.shifts_of([told(DID, tension=4)], ZONE), CATALOGUE)
    assert shift.after == 0
    assert isinstance(row, growth_words.ShiftRow)
    assert row.picture.before
    assert not row.picture.after
    assert row.says == "Spanning ervoor: bonkt, 4 van 5. Erna nog niet gezegd."


@pytest.mark.parametrize(
    ("entry", "chosen"),
    [
        (told(act="none"), True),
        (told(CHOSE_NOT, act="count-to-five"), True),
        (told(NOT_YET, act="count-to-five"), False),
        (told(act="count-to-five"), False),
    ],
)
def test_doing_nothing_by_choice_is_called_a_choice(entry: Entry, chosen: bool) -> None:
    (shift,) = _shifts(growth.shifts_of([entry], ZONE).rows)
    assert shift.is_chosen is chosen


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (20, None),
        (21, "Drie weken niets geschreven. Dat hoort erbij."),
        (62, "Acht weken niets geschreven. Dat hoort erbij."),
        (63, "Twee maanden niets geschreven. Dat hoort erbij."),
        (360, "Elf maanden niets geschreven. Dat hoort erbij."),
        (370, "Een jaar of langer niets geschreven. Dat hoort erbij."),
    ],
)
def test_a_break_is_told_in_words_from_three_weeks_on(days: int, words: str | None) -> None:
    rows = growth_words.rows_of(growth.shifts_of([told(), told(days=days)], ZONE), CATALOGUE)
    breaks = [row.words for row in rows if isinstance(row, growth_words.BreakRow)]
    assert breaks == ([words] if words else [])


def test_looking_back_is_writing_too_so_it_ends_a_break() -> None:
    looked = told(DID, days=0)
    late = replace(looked.story.check_ins[0], at=MONDAY + timedelta(days=15))
    first = Entry(looked.id, looked.story.having(check_ins=(late,)))
    rows = growth.shifts_of([first, told(days=30)], ZONE).rows
    assert not [row for row in rows if isinstance(row, Break)]


def test_a_month_begins_where_its_reader_lives() -> None:
    just_before_midnight_in_utc = told(days=28.38)  # 30 November, 23:37 UTC
    assert growth.shifts_of([just_before_midnight_in_utc], ZONE).months == ("2026-12",)


def test_a_month_that_holds_nothing_gives_the_page_before_it() -> None:
    stories = [told(days=0), told(days=90)]
    shown = _shifts(growth.shifts_of(stories, ZONE, Place("2026-12")).rows)
    assert [shift.entry for shift in shown] == [stories[0]]


def test_a_place_before_everything_gives_the_first_row() -> None:
    stories = [told(days=0), told(days=90)]
    shown = _shifts(growth.shifts_of(stories, ZONE, Place("1999-01", 7)).rows)
    assert [shift.entry for shift in shown] == [stories[0]]


@given(entries)
def test_every_story_stands_on_exactly_one_page(of: list[Entry]) -> None:
    pages = list(_all_pages(of))
    found = [shift.entry.id for page in reversed(pages) for shift in _shifts(page.rows)]
    in_order = sorted(of, key=lambda entry: entry.story.began)
    assert sorted(found) == sorted(entry.id for entry in of)
    assert [e.story.began for e in in_order] == [
        shift.entry.story.began for page in reversed(pages) for shift in _shifts(page.rows)
    ]
    assert all(len(_shifts(page.rows)) <= growth.SHOWN for page in pages)


@given(entries)
def test_the_way_back_to_later_rows_is_the_way_there(of: list[Entry]) -> None:
    *_, last = _all_pages(of)
    seen = 1
    while last.later:
        last = growth.shifts_of(of, ZONE, last.later)
        seen += 1
    assert seen == len(list(_all_pages(of)))
    assert not last.later


@given(entries)
def test_every_dot_lies_on_the_scale_and_stands_in_the_table(of: list[Entry]) -> None:
    on_scale = {figures.at_level(level) for level in range(1, 6)}
    page = growth.shifts_of(of, ZONE)
    for row in growth_words.rows_of(page, CATALOGUE):
        if isinstance(row, growth_words.ShiftRow):
            assert {row.picture.before, row.picture.after} <= on_scale | {""}
            assert bool(row.picture.before) == bool(row.before)
            assert bool(row.picture.after) == bool(row.after)
            assert row.before in row.says
            assert row.after in row.says
            assert row.title


def test_a_value_counts_once_for_each_story_that_it_was_a_reason_for() -> None:
    stories = [told(values=("care", "rest")), told(values=("care", "care")), told()]
    lived = growth.lived_in(entry.story for entry in stories)
    assert lived == (Lived("care", 2), Lived("rest", 1))


@given(entries)
def test_no_reason_is_lost_between_the_stories_and_the_rings(of: list[Entry]) -> None:
    stories = [entry.story for entry in of]
    lived = growth.lived_in(stories)
    drawn = growth_words.values_of(lived, CATALOGUE.values) if lived else None
    counted = sum(one.count for one in (*drawn.large, *drawn.rest)) if drawn else 0
    assert counted == sum(len(set(story.values)) for story in stories)


@given(st.lists(st.integers(1, 4000), min_size=1, max_size=50))
def test_more_often_is_never_a_narrower_ring(counts: list[int]) -> None:
    each, bands = figures.bands_of(counts)
    assert all(1 <= n <= figures.MOST_BANDS for n in bands)
    pairs = sorted(zip(counts, bands, strict=True))
    assert [n for _count, n in pairs] == sorted(bands)
    assert each > 1 or bands == counts
    assert all(n == 1 or 2 * abs(count - n * each) <= each for count, n in pairs)


def test_an_act_counts_by_its_form_whether_it_was_done_wholly_or_partly() -> None:
    stories = [
        told(DID, act="ask-for-time", setting="work"),
        told(PARTLY, act="ask-for-time", setting="work"),
        told(NOT_YET, PARTLY, DID, act="say-i-saw-it-too", setting="home"),
        told(NOT_YET, act="say-i-saw-it-too", setting="home"),
        told(CHOSE_NOT, act="none", setting="home"),
        told(DID, act="own", own="Ik bel eerst Roos"),
    ]
    done = growth.range_of((entry.story for entry in stories), CATALOGUE.acts)
    counts = {acts.form: (acts.did, acts.partly) for acts in done.forms if acts.count}
    assert counts == {
        CATALOGUE.acts["ask-for-time"].form: (1, 1),
        CATALOGUE.acts["say-i-saw-it-too"].form: (1, 0),
    }
    assert done.own.count == 1
    assert [place.setting for place in done.places] == ["work", "home", ""]


@given(entries)
def test_what_was_done_sums_up_the_same_by_form_and_by_place(of: list[Entry]) -> None:
    stories = [entry.story for entry in of]
    done = growth.range_of(stories, CATALOGUE.acts)
    by_form = sum(acts.count for acts in done.forms) + done.own.count
    by_place = sum(place.count for place in done.places)
    looked = [{look.outcome for look in story.check_ins} for story in stories]
    assert by_form == by_place == sum(bool(said & {DID, PARTLY}) for said in looked)
    assert [acts.form for acts in done.forms] == list(growth_words.FORMS)


@given(entries)
def test_the_fan_fills_a_band_for_each_time_up_to_five(of: list[Entry]) -> None:
    done = growth.range_of((entry.story for entry in of), CATALOGUE.acts)
    reach = growth_words.reach_of(done)
    filled = sum(wedge.is_on for wedge in reach.fan.wedges)
    assert filled == sum(min(acts.count, figures.MOST_BANDS) for acts in done.forms)
    assert len(reach.fan.wedges) == len(growth.FORMS) * figures.MOST_BANDS


def test_the_latest_things_noticed_come_first_and_empty_ones_not_at_all() -> None:
    of = [told(DID, days=n, noticed=f"merkte {n}") for n in range(6)] + [told(DID, noticed="  ")]
    assert [quote.words for quote in growth.quotes_of(of)] == [
        "merkte 5",
        "merkte 4",
        "merkte 3",
        "merkte 2",
    ]
