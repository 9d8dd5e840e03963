"""Somebody plans to be nudged, moves it, calls it off, and sees where it stands."""

from datetime import datetime, timedelta
from threading import Barrier, Thread
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.utils import timezone, translation
from django_tasks_db.models import DBTaskResult

from kleinverzet.consent import personal_data
from kleinverzet.me import nudges, nudging, reflections, rhythm
from kleinverzet.me.models import Nudge, Reflection
from kleinverzet.me.nudges import Snooze
from kleinverzet.me.nudges_told import tell
from tests.cast import OTTO, PIPPA
from tests.me.nudged import NOW, keep, words_of
from tests.owners import Owner, make_owner

pytestmark = pytest.mark.django_db

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MAIL, FEED = Nudge.Channel.MAIL, Nudge.Channel.FEED


@pytest.fixture
def pippa() -> Owner:
    return make_owner()


def plan(reflection: Reflection, **other: Any) -> Nudge:
    asked: dict[str, Any] = {
        "due_at": NOW + timedelta(hours=2),
        "channel": MAIL,
        "zone": "Europe/Amsterdam",
        "language": "nl",
        "now": NOW,
    }
    return nudges.plan(reflection=reflection, **(asked | other))


def test_a_planned_nudge_says_when_and_nothing_about_what(pippa: Owner) -> None:
    plan(keep(pippa, PIPPA))
    with connection.cursor() as cursor:
        for table in ("me_nudge", "me_rhythm", DBTaskResult._meta.db_table):
            cursor.execute(f"SELECT * FROM {table}")
            row = str(cursor.fetchall()).casefold()
            assert not [words for words in words_of(PIPPA) if words.casefold() in row]


def test_a_task_holds_the_number_of_a_row_and_the_moment(pippa: Owner) -> None:
    nudge = plan(keep(pippa, PIPPA))
    task = DBTaskResult.objects.get()
    assert task.args_kwargs == {"args": [nudge.pk], "kwargs": {}}
    assert task.run_after == nudge.due_at


def test_a_nudge_without_mail_needs_no_task(pippa: Owner) -> None:
    plan(keep(pippa, PIPPA), channel=FEED)
    assert not DBTaskResult.objects.exists()


def test_a_second_plan_takes_the_place_of_the_first(pippa: Owner) -> None:
    reflection = keep(pippa, PIPPA)
    first = plan(reflection)
    second = plan(reflection, due_at=NOW + timedelta(days=3), channel=FEED)
    assert second.pk == first.pk
    assert Nudge.objects.get().due_at == NOW + timedelta(days=3)
    assert Nudge.objects.get().channel == FEED


def test_every_reflection_has_a_nudge_of_its_own(pippa: Owner) -> None:
    plan(keep(pippa, PIPPA))
    plan(keep(pippa, OTTO))
    assert Nudge.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_tabs_that_plan_at_once_leave_one_nudge(pippa: Owner) -> None:
    reflection = keep(pippa, PIPPA)
    barrier, faults = Barrier(4), []

    def plan_once(hours: int) -> None:
        barrier.wait()
        try:
            plan(reflection, due_at=NOW + timedelta(hours=hours))
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [Thread(target=plan_once, args=(hours,)) for hours in range(1, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert Nudge.objects.count() == 1


@pytest.mark.parametrize(
    "due_at", [NOW, NOW - timedelta(minutes=1), NOW + timedelta(days=367)], ids=str
)
def test_only_a_moment_to_come_within_a_year_can_be_planned(pippa: Owner, due_at: datetime) -> None:
    with pytest.raises(nudges.OutOfRange):
        plan(keep(pippa, PIPPA), due_at=due_at)
    assert not Nudge.objects.exists()


def test_a_moment_in_the_quiet_hours_moves_to_their_end(pippa: Owner) -> None:
    night = datetime(2026, 11, 25, 23, 30, tzinfo=AMSTERDAM)
    nudge = plan(keep(pippa, PIPPA), due_at=night)
    assert nudge.due_at == datetime(2026, 11, 26, 7, 0, tzinfo=AMSTERDAM)


def test_quiet_hours_are_those_of_ones_own_clock(pippa: Owner) -> None:
    rhythm.change(pippa.person, zone="America/Paramaribo")
    night_in_amsterdam = datetime(2026, 11, 25, 23, 30, tzinfo=AMSTERDAM)
    assert plan(keep(pippa, PIPPA), due_at=night_in_amsterdam).due_at == night_in_amsterdam


def test_what_was_called_off_is_gone(pippa: Owner) -> None:
    nudge = plan(keep(pippa, PIPPA))
    assert nudges.cancel(nudge)
    assert not Nudge.objects.exists()
    assert not nudges.cancel(nudge)


def test_what_is_under_way_cannot_be_called_off(pippa: Owner) -> None:
    nudge = plan(keep(pippa, PIPPA))
    Nudge.objects.update(state=Nudge.State.SENDING)
    assert not nudges.cancel(nudge)
    assert Nudge.objects.exists()


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        (Snooze.HOUR, datetime(2026, 11, 25, 16, 0, tzinfo=AMSTERDAM)),
        (Snooze.MORNING, datetime(2026, 11, 26, 8, 0, tzinfo=AMSTERDAM)),
        (Snooze.WEEK, datetime(2026, 12, 2, 15, 0, tzinfo=AMSTERDAM)),
    ],
)
def test_a_nudge_can_be_put_off(pippa: Owner, by: Snooze, expected: datetime) -> None:
    later = nudges.snooze(plan(keep(pippa, PIPPA)), by, NOW)
    assert later.due_at == expected
    assert Nudge.objects.count() == 1


def test_a_week_later_is_at_the_same_time_on_the_clock(pippa: Owner) -> None:
    before_the_change = datetime(2026, 10, 21, 15, 0, tzinfo=AMSTERDAM)
    nudge = plan(
        keep(pippa, PIPPA), now=before_the_change - timedelta(days=1), due_at=before_the_change
    )
    later = nudges.snooze(nudge, Snooze.WEEK, before_the_change)
    assert later.due_at == datetime(2026, 10, 28, 15, 0, tzinfo=AMSTERDAM)


def test_a_nudge_that_came_can_come_once_more(pippa: Owner) -> None:
    nudge = plan(keep(pippa, PIPPA))
    Nudge.objects.update(state=Nudge.State.HANDED, settled_at=NOW)
    nudge.refresh_from_db()
    later = nudges.snooze(nudge, Snooze.HOUR, NOW)
    assert later.pk != nudge.pk
    assert nudges.coming(pippa.person)[0].nudge == later


def test_a_reflection_that_is_deleted_takes_its_nudges_along(pippa: Owner) -> None:
    reflection = keep(pippa, PIPPA)
    nudge = plan(reflection)
    reflections.drop(keys=pippa.keys, id_=reflection.pk)
    assert not Nudge.objects.exists()
    nudging.send(nudge.pk, nudge.due_at)  # a task that was under way copes


@pytest.mark.django_db(transaction=True)
def test_nothing_can_be_planned_for_what_is_gone(pippa: Owner) -> None:
    reflection = keep(pippa, PIPPA)
    reflections.drop(keys=pippa.keys, id_=reflection.pk)
    with pytest.raises(reflections.Gone):
        plan(reflection)


def test_nobody_reaches_somebody_elses_nudge(pippa: Owner) -> None:
    nudge = plan(keep(pippa, PIPPA))
    otto = make_owner("Otto Oever")
    assert nudges.one(otto.person, nudge.pk) is None
    assert nudges.next_of(otto.person) is None


def test_tasks_of_what_was_moved_or_called_off_are_cleared_away(pippa: Owner) -> None:
    moved = keep(pippa, PIPPA)
    plan(moved)
    plan(moved, due_at=NOW + timedelta(days=2))
    nudges.cancel(plan(keep(pippa, OTTO)))
    assert DBTaskResult.objects.count() == 3
    assert nudging.drop_idle_tasks() == 2
    assert DBTaskResult.objects.get().run_after == NOW + timedelta(days=2)


def test_what_became_of_a_nudge_is_forgotten_after_a_month(pippa: Owner) -> None:
    plan(keep(pippa, PIPPA))
    came = plan(keep(pippa, OTTO))
    Nudge.objects.filter(pk=came.pk).update(state=Nudge.State.HANDED, settled_at=NOW)
    assert nudges.forget_old(NOW + timedelta(days=29)) == 0
    assert nudges.forget_old(NOW + timedelta(days=31)) == 1
    assert Nudge.objects.get().state == Nudge.State.PLANNED


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nl", "woensdag 25 november om 17:00, per mail"),
        ("en", "Wednesday 25 November"),
    ],
)
def test_the_next_nudge_is_told_on_its_own_clock(pippa: Owner, language: str, words: str) -> None:
    plan(keep(pippa, PIPPA))
    with translation.override(language):
        told = nudges.next_of(pippa.person)
        assert told
        assert words in told.words


STATES = {
    Nudge.State.HANDED: "afgegeven aan de mailserver op woensdag 25 november om 15:00",
    Nudge.State.SENDING: "onbekend of het is aangekomen",
    Nudge.State.REFUSED: "niet aangenomen door de mailserver",
    Nudge.State.SKIPPED: "geen bevestigd e-mailadres",
    Nudge.State.PASSED: "zonder mail, op woensdag 25 november om 15:00",
}


@pytest.mark.parametrize("state", STATES)
def test_what_became_of_the_last_one_is_told_no_better_than_it_is_known(
    pippa: Owner, state: str
) -> None:
    nudge = plan(keep(pippa, PIPPA))
    Nudge.objects.update(state=state, settled_at=NOW)
    told = nudges.last_of(pippa.person)
    assert told
    assert STATES[Nudge.State(state)] in told.words
    assert not told.is_planned
    assert nudges.next_of(pippa.person) is None
    assert nudges.of(nudge.reflection) == [told]


def test_what_is_being_sent_at_this_moment_is_not_yet_unknown(pippa: Owner) -> None:
    nudge = plan(keep(pippa, PIPPA))
    nudge.state, nudge.settled_at = Nudge.State.SENDING, NOW
    assert tell(nudge, NOW + timedelta(seconds=30)).words == "wordt nu verstuurd"


def test_what_was_late_says_so(pippa: Owner) -> None:
    nudge = plan(keep(pippa, PIPPA))
    nudge.state, nudge.settled_at, nudge.is_late = Nudge.State.HANDED, NOW, True
    assert tell(nudge, NOW).words.endswith("later dan je vroeg")


def test_a_nudge_is_exported_and_erased(pippa: Owner) -> None:
    reflection = keep(pippa, PIPPA)
    plan(reflection, due_at=timezone.now() + timedelta(days=1), now=timezone.now())
    entry = next(entry for entry in personal_data.entries() if entry.model is Nudge)
    assert entry.export
    assert entry.erase
    (exported,) = entry.export(pippa.person, pippa.keys)
    assert exported["reflection"] == str(reflection.pk)
    assert exported["state"] == "planned"
    assert entry.erase(pippa.person) == 1
    assert not Nudge.objects.exists()
    assert not DBTaskResult.objects.exists()
