"""Who waits is offered what falls free: in order of arrival, one at a time, and never twice."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult

from kleinverzet.coach import envelopes, intake, waiting
from kleinverzet.coach.models import Booking, Coach, Kind, Mode, OtherDay, Wish
from kleinverzet.coach.openings import Sought
from kleinverzet.coach.outcome import By, Done
from kleinverzet.coach.waiting import Waiting
from tests.coach import letters
from tests.coach.cast import NOW
from tests.coach.visits import AT_PRACTICE, WORDS, at, plan

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
LATER = NOW + HOUR
PIP, TIM = "pip@pond.example", "tim@pond.example"
WEDNESDAY = at(9).date()
State = Wish.State


@pytest.fixture(autouse=True)
def _one_day(coach: Coach) -> None:
    """Leave Wednesday alone, from ten to twelve and from one to two: three times of an hour."""
    for day in range(21):
        date = NOW.date() + timedelta(days=day)
        windows: list[dict[str, object]] = []
        if date == WEDNESDAY:
            windows = [_window(10, 11), _window(13, 14)]
        OtherDay.objects.create(coach=coach, date=date, windows=windows)


def _window(begins: int, ends: int) -> dict[str, object]:
    return {"starts": begins * 60, "ends": ends * 60, "mode": "practice", "places": ""}


def wait(email: str = PIP, **more: Any) -> Waiting:
    said: dict[str, Any] = {
        "sought": AT_PRACTICE, "from_day": NOW.date(), "to_day": at(9, day=30).date(),
        "weekdays": "", "parts": "", "language": "nl", "zone": "Europe/Amsterdam",
        "form": uuid.uuid4(), "now": NOW,
    }  # fmt: skip
    return waiting.wait(email=email, **{**said, **more})


def full() -> list[Booking]:
    """Plan everything there is, and forget the mails of that."""
    rows = [plan(at(hour), form=uuid.uuid4()).booking for hour in (10, 13)]
    letters.throw_away()
    return rows


def offer_of(wish: Wish) -> Booking | None:
    return Wish.objects.get(pk=wish.pk).booking


def state_of(wish: Wish) -> str:
    return Wish.objects.get(pk=wish.pk).state


def cancel(booking: Booking, now: Any = LATER) -> None:
    assert isinstance(intake.cancel(booking=booking, seen=None, by=By.VISITOR, now=now), Done)
    waiting.look(now)


def test_who_waits_gets_a_link_to_see_and_leave_it() -> None:
    made = wait()
    letter = letters.only(PIP)
    assert letters.pages(letter) == {"coach:wish": made.token}
    assert waiting.find(made.token) == made.wish
    assert waiting.find("iets-anders") is None
    assert letter.subject == "Je plek op de wachtlijst"


def test_pressing_twice_waits_once_and_mails_once() -> None:
    form = uuid.uuid4()
    first, second = wait(form=form), wait(form=form)
    assert (first.wish, first.token) == (second.wish, second.token)
    assert Wish.objects.count() == 1
    assert len(letters.to(PIP)) == 1


def test_a_mistyped_address_is_put_right_and_its_link_ends() -> None:
    form = uuid.uuid4()
    wrong = wait("pop@pond.example", form=form)
    right = wait(PIP, form=form)
    assert Wish.objects.count() == 1
    assert waiting.find(wrong.token) is None
    assert waiting.find(right.token) == right.wish
    envelope = envelopes.open_(right.wish)
    assert envelope is not None
    assert envelope.email == PIP


def test_the_row_shows_no_address_and_not_the_forms_own_number() -> None:
    form = uuid.uuid4()
    wish = wait(form=form).wish
    assert wish.form != form
    assert PIP.encode() not in bytes(wish.envelope)


def test_what_is_open_is_offered_to_who_came_first() -> None:
    first, second = wait(PIP).wish, wait(TIM, now=LATER).wish
    full()
    cancel(Booking.objects.earliest("starts_at"))
    offered = offer_of(first)
    assert offered is not None
    assert offered.starts_at == at(10)
    assert offered.state == Booking.State.OFFERED
    assert offer_of(second) is None
    letter = letters.only(PIP)
    assert "woensdag 25 november, 10.00 uur" in letter.body
    assert list(letters.pages(letter)) == ["coach:offer"]
    assert letters.to(TIM) == []


def test_two_times_go_to_two() -> None:
    first, second = wait(PIP).wish, wait(TIM).wish
    assert waiting.look(NOW) == 2
    times = {one.starts_at for one in (offer_of(first), offer_of(second)) if one}
    assert times == {at(10), at(13)}


def test_one_offer_a_wish_at_a_time() -> None:
    wait()
    assert waiting.look(NOW) == 1
    assert waiting.look(LATER) == 0
    assert Booking.objects.count() == 1


def test_who_lets_it_go_is_not_offered_it_again_and_it_goes_to_the_next() -> None:
    first, second = wait(PIP).wish, wait(TIM, now=LATER).wish
    rows = full()
    cancel(rows[0])
    offered = offer_of(first)
    assert offered is not None
    assert waiting.let_go(offered, LATER)
    assert state_of(first) == State.WAITING
    waiting.look(LATER)
    assert offer_of(first) is None
    taken = offer_of(second)
    assert taken is not None
    assert taken.starts_at == at(10)
    # Another time that falls free is another matter.
    cancel(rows[1])
    again = offer_of(first)
    assert again is not None
    assert again.starts_at == at(13)


def test_letting_go_twice_is_once() -> None:
    wish = wait().wish
    waiting.look(NOW)
    offered = offer_of(wish)
    assert offered is not None
    assert waiting.let_go(offered, NOW)
    assert not waiting.let_go(offered, NOW)
    assert not waiting.let_go(Booking.objects.get(pk=offered.pk), NOW)


def test_who_does_not_answer_waits_on_and_it_goes_to_the_next() -> None:
    first, second = wait(PIP).wish, wait(TIM, now=LATER).wish
    cancel(full()[0])
    offered = offer_of(first)
    assert offered is not None
    assert offered.held_until is not None
    assert intake.lapse_overdue(offered.held_until) == 1
    waiting.look(offered.held_until)
    assert state_of(first) == State.WAITING
    assert state_of(second) == State.OFFERED


def test_who_takes_it_waits_no_more_and_their_address_goes_from_the_list() -> None:
    wish = wait().wish
    waiting.look(NOW)
    offered = offer_of(wish)
    assert offered is not None
    done = intake.take(booking=offered, words=WORDS, guardian="", form=uuid.uuid4(), now=LATER)
    assert isinstance(done, Done)
    assert state_of(wish) == State.TAKEN
    assert bytes(Wish.objects.get().envelope) == b""
    assert waiting.look(LATER) == 0


def test_who_leaves_the_list_is_offered_nothing_and_their_address_goes() -> None:
    made = wait()
    waiting.withdraw(made.wish, NOW)
    assert waiting.look(NOW) == 0
    assert state_of(made.wish) == State.ENDED
    assert bytes(Wish.objects.get().envelope) == b""
    assert waiting.find(made.token) == made.wish


def test_who_leaves_while_something_is_offered_passes_it_on() -> None:
    first, second = wait(PIP), wait(TIM, now=LATER).wish
    cancel(full()[0])
    found = waiting.find(first.token)
    assert found is not None
    waiting.withdraw(found, LATER)
    waiting.look(LATER)
    assert state_of(first.wish) == State.ENDED
    assert state_of(second) == State.OFFERED


def test_a_wish_whose_last_day_is_over_ends() -> None:
    wish = wait(to_day=NOW.date()).wish
    assert waiting.end_past(NOW) == 0
    assert waiting.end_past(NOW + timedelta(days=1)) == 1
    assert state_of(wish) == State.ENDED
    assert bytes(Wish.objects.get().envelope) == b""
    waiting.end_past(NOW + timedelta(days=7))
    assert Wish.objects.exists()
    waiting.end_past(NOW + timedelta(days=8))
    assert not Wish.objects.exists()


@pytest.mark.parametrize(
    ("wanted", "hour"),
    [
        ({}, 10),
        ({"weekdays": "2"}, 10),
        ({"weekdays": "0134"}, None),
        ({"parts": "m"}, 10),
        ({"parts": "a"}, 13),
        ({"parts": "e"}, None),
        ({"weekdays": "24", "parts": "ae"}, 13),
        ({"from_day": at(9, day=26).date()}, None),
        ({"to_day": at(9, day=24).date()}, None),
        ({"to_day": WEDNESDAY, "from_day": WEDNESDAY}, 10),
        ({"sought": Sought(Kind.INTAKE, 60, Mode.ONLINE)}, None),
        ({"sought": Sought(Kind.FOLLOW_UP, 45, Mode.PRACTICE)}, 10),
    ],
)
def test_only_what_fits_is_offered(wanted: dict[str, Any], hour: int | None) -> None:
    wish = wait(**wanted).wish
    assert waiting.look(NOW) == (hour is not None)
    offered = offer_of(wish)
    assert (offered and offered.starts_at) == (hour and at(hour))


def test_a_wish_that_cannot_be_served_holds_up_no_other() -> None:
    broken, whole = wait(PIP).wish, wait(TIM, now=LATER).wish
    Wish.objects.filter(pk=broken.pk).update(passed=1)
    assert waiting.look(NOW) == 1
    assert state_of(whole) == State.OFFERED


def test_a_day_has_three_parts() -> None:
    parts = [waiting.part_of_day(hour) for hour in (0, 11, 12, 16, 17, 23)]
    assert "".join(parts) == "mmaaee"


def test_with_nobody_waiting_a_look_is_one_question(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        assert waiting.look(NOW) == 0


def test_a_change_wakes_the_list_once_it_is_done(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        wait()
    with django_capture_on_commit_callbacks(execute=True):
        waiting.wake()
        waiting.wake()
    (task,) = DBTaskResult.objects.filter(task_path=waiting.look_again.module_path)
    assert task.args_kwargs == {"args": [], "kwargs": {}}


def test_nobody_is_woken_while_nobody_waits(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        waiting.wake()
    assert not DBTaskResult.objects.filter(task_path=waiting.look_again.module_path).exists()
