"""Several people, tabs or presses at the same moment: one of them counts."""

from collections.abc import Callable
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection

from kleinverzet.coach import intake, openings
from kleinverzet.coach.models import Booking, Coach, Link, Wish
from kleinverzet.coach.outcome import By, Done, Refused, Why
from kleinverzet.world.practice import Practice
from tests.coach.cast import NOW, make_coach
from tests.coach.visits import AT_PRACTICE, GUARDIAN, WORDS, ask, at, live, plan, why, wish
from tests.owners import make_owner

# Each has a connection of its own, so what one commits is seen by the others.
pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

Answer = Done | Refused
State = Booking.State


@pytest.fixture
def coach(db: None) -> Coach:
    """A coach of a practice without a page: making the whole site anew takes each test seconds."""
    Practice.objects.all().delete()
    Practice.objects.create(email="practice@pond.example", latitude=52, longitude=5)
    return make_coach(make_owner())


def all_at_once(*works: Callable[[], Answer]) -> list[Answer]:
    """Do several things in threads at the same moment; give what came of each."""
    barrier, answers = Barrier(len(works)), dict[int, Answer | BaseException]()

    def wait_and_work(number: int) -> None:
        barrier.wait()
        try:
            answers[number] = works[number]()
        except BaseException as fault:
            answers[number] = fault
        finally:
            connection.close()

    threads = [Thread(target=wait_and_work, args=(number,)) for number in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [_answered(answers[number]) for number in range(len(works))]


def _answered(answer: Answer | BaseException) -> Answer:
    if isinstance(answer, BaseException):
        raise answer
    return answer


def done(answers: list[Answer]) -> list[Done]:
    """Give those that were done."""
    return [answer for answer in answers if isinstance(answer, Done)]


def test_one_of_four_gets_a_time(coach: Coach) -> None:
    answers = all_at_once(*[lambda: ask(at(10))] * 4)
    assert len(done(answers)) == len(live(coach)) == 1
    assert {why(answer) for answer in answers} == {None, Why.NOT_OPEN}


def test_four_presses_plan_once_and_give_one_link(coach: Coach) -> None:
    form = uuid4()
    answers = done(all_at_once(*[lambda: ask(at(10), form=form)] * 4))
    assert len(answers) == 4
    assert len({answer.token for answer in answers}) == 1
    assert len(live(coach)) == 1
    assert Link.objects.filter(opens="manage").count() == 1


def test_one_of_four_tabs_moves_an_appointment(coach: Coach) -> None:
    row = plan(at(9)).booking

    def move(hour: int) -> Callable[[], Answer]:
        return lambda: intake.move(booking=row, starts_at=at(hour), seen=0, by=By.VISITOR, now=NOW)

    answers = all_at_once(*map(move, (11, 12, 13, 14)))
    assert [each.booking.starts_at for each in done(answers)] == [live(coach)[0].starts_at]
    assert {why(answer) for answer in answers} == {None, Why.CHANGED}
    assert Booking.objects.get().sequence == 1


@pytest.mark.parametrize("by", [By.VISITOR, By.COACH])
def test_one_of_three_appointments_moves_to_a_time(coach: Coach, by: By) -> None:
    rows = [plan(at(hour)).booking for hour in (9, 11, 13)]

    def move(row: Booking) -> Callable[[], Answer]:
        return lambda: intake.move(booking=row, starts_at=at(15), seen=0, by=by, now=NOW)

    answers = all_at_once(*map(move, rows))
    assert len(done(answers)) == 1
    assert {why(answer) for answer in answers} == {None, Why.NOT_OPEN}


def test_a_yes_a_no_and_the_end_of_waiting_are_one_of_them(coach: Coach) -> None:
    row = plan(at(10, day=30), guardian=GUARDIAN).booking
    over = row.held_until
    assert over is not None

    def lapse() -> Answer:
        return Done(row) if intake.lapse_overdue(over) else Refused(Why.OVER)

    answers = all_at_once(
        lambda: intake.agree(booking=row, now=NOW),
        lambda: intake.cancel(booking=row, seen=0, by=By.GUARDIAN, now=NOW),
        lapse,
    )
    assert len(done(answers)) == 1
    row.refresh_from_db()
    states = (State.BOOKED, State.CANCELLED, State.LAPSED)
    first = next(number for number, answer in enumerate(answers) if isinstance(answer, Done))
    assert row.state == states[first]
    assert row.sequence == (0 if row.state == State.BOOKED else 1)


def test_moving_and_calling_off_do_not_undo_each_other(coach: Coach) -> None:
    row = plan(at(10)).booking
    answers = all_at_once(
        lambda: intake.move(booking=row, starts_at=at(14), seen=0, by=By.VISITOR, now=NOW),
        lambda: intake.cancel(booking=row, seen=0, by=By.VISITOR, now=NOW),
    )
    assert len(done(answers)) == 1
    row.refresh_from_db()
    assert row.sequence == 1
    assert (row.state == State.CANCELLED) == isinstance(answers[1], Done)


def test_an_offered_time_is_taken_once(coach: Coach) -> None:
    time = openings.at(AT_PRACTICE, at(10), NOW)
    assert time is not None
    row = intake.offer(wish=wish(), time=time, now=NOW)
    assert row is not None

    def take() -> Answer:
        return intake.take(booking=row, words=WORDS, guardian="", form=uuid4(), now=NOW)

    answers = all_at_once(*[take] * 4)
    assert len(done(answers)) == 1
    assert {why(answer) for answer in answers} == {None, Why.OVER}


def test_one_who_waits_is_offered_one_time(coach: Coach) -> None:
    waits = wish()

    def offer(hour: int) -> Callable[[], Answer]:
        time = openings.at(AT_PRACTICE, at(hour), NOW)
        assert time is not None

        def work() -> Answer:
            row = intake.offer(wish=Wish.objects.get(pk=waits.pk), time=time, now=NOW)
            return Refused(Why.NOT_OPEN) if row is None else Done(row)

        return work

    answers = all_at_once(*map(offer, (9, 11, 13, 15)))
    assert len(done(answers)) == len(live(coach)) == 1
    assert Wish.objects.get().booking == live(coach)[0]
