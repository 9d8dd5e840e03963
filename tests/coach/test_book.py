"""Planning an appointment: what is on offer, and once a form."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from kleinverzet.accounts.models import Outgoing, Person
from kleinverzet.coach import envelopes, links, words
from kleinverzet.coach.models import Booking, Coach, Kind, Link, Mode, Terms
from kleinverzet.coach.openings import Sought
from kleinverzet.coach.outcome import Why
from tests.coach.cast import NOW, make_coach
from tests.coach.visits import ONLINE, WORDS, ask, at, live, plan, why
from tests.owners import Owner, make_owner

pytestmark = pytest.mark.django_db


def test_an_open_time_can_be_planned(coach: Coach) -> None:
    done = plan(at(10))
    row = Booking.objects.get()
    assert row == done.booking
    assert (row.state, row.sequence, row.held_until) == (Booking.State.BOOKED, 0, None)
    assert (row.starts_at, row.ends_at) == (at(10), at(11))
    assert (row.kind, row.mode, row.coach) == (Kind.INTAKE, Mode.PRACTICE, coach)


def test_it_keeps_free_what_its_kind_asks_for(coach: Coach) -> None:
    Terms.objects.filter(coach=coach).update(before=10, after=20)
    row = plan(at(10)).booking
    assert (row.before, row.after) == (10, 20)


def test_the_link_opens_it_and_is_not_kept(coach: Coach) -> None:
    done = plan(at(10))
    found = links.find(done.token, Link.Opens.MANAGE)
    assert found is not None
    assert found.booking == done.booking
    assert done.token.encode() not in bytes(Link.objects.get(opens="manage").token_hash)
    assert links.find(done.token, Link.Opens.GUARDIAN) is None


def test_mails_go_to_whoever_planned_it(coach: Coach) -> None:
    row = plan(at(10), language="en", zone="Pacific/Auckland").booking
    envelope = envelopes.open_(row)
    assert envelope == envelopes.Envelope(WORDS.email, "en", "Pacific/Auckland")
    assert (row.language, row.zone) == ("en", "Pacific/Auckland")


@pytest.mark.parametrize(
    "starts_at",
    [
        NOW - timedelta(days=7),
        at(10, day=23),  # today: too soon
        at(10, 7),  # between two times on offer
        at(8),
        at(17),
        at(10, day=28),  # a Saturday
        at(10) + timedelta(days=400),
    ],
)
def test_what_is_not_on_offer_is_refused(coach: Coach, starts_at: Any) -> None:
    assert why(ask(starts_at)) is Why.NOT_OPEN
    assert not Booking.objects.exists()


@pytest.mark.parametrize(
    "sought",
    [
        Sought(Kind.INTAKE, 50, Mode.PRACTICE),
        Sought("party", 60, Mode.PRACTICE),
        Sought(Kind.INTAKE, 60, "pub"),
        Sought(Kind.INTAKE, 60, Mode.HOME, "Atlantis"),
        Sought(Kind.INTAKE, 60, Mode.HOME),
    ],
)
def test_what_nobody_offers_is_refused(coach: Coach, sought: Sought) -> None:
    assert why(ask(at(10), sought=sought)) is Why.NOT_OPEN


def test_a_time_that_is_taken_is_refused(coach: Coach) -> None:
    plan(at(10))
    assert why(ask(at(10))) is Why.NOT_OPEN
    assert why(ask(at(10, 30), sought=ONLINE)) is Why.NOT_OPEN
    assert len(live(coach)) == 1


def test_what_is_kept_free_after_it_is_refused_too(coach: Coach) -> None:
    plan(at(10))
    assert why(ask(at(11))) is Why.NOT_OPEN
    plan(at(11, 30))


def test_the_same_form_twice_plans_once(coach: Coach) -> None:
    form = uuid4()
    first, second = plan(at(10), form=form), plan(at(10), form=form)
    assert first.booking == second.booking
    assert first.token == second.token
    assert Booking.objects.count() == 1
    assert words.for_visitor(Booking.objects.get(), second.token) == WORDS


def test_the_same_form_with_another_time_gives_the_appointment_that_there_is(coach: Coach) -> None:
    form = uuid4()
    plan(at(10), form=form)
    assert plan(at(14), form=form).booking.starts_at == at(10)


def test_a_mistyped_address_is_put_right_by_sending_the_form_again(
    coach: Coach, owner: Owner
) -> None:
    form = uuid4()
    wrong = plan(at(10), form=form, words=replace(WORDS, email="pipa@pond.example"))
    right = plan(at(10), form=form)
    assert right.booking == wrong.booking
    row = Booking.objects.get()
    assert words.for_visitor(row, right.token) == WORDS
    assert words.for_coach(row, owner.keys) == WORDS
    envelope = envelopes.open_(row)
    assert envelope is not None
    assert envelope.email == WORDS.email


def test_mails_go_out_again_only_where_they_went_elsewhere(coach: Coach) -> None:
    form = uuid4()
    wrong = replace(WORDS, email="pipa@pond.example")
    plan(at(10), form=form, words=wrong)
    once = Outgoing.objects.count()
    plan(at(10), form=form, words=wrong)
    plan(at(10), form=form, words=replace(wrong, phone="06 87654321"))
    assert Outgoing.objects.count() == once > 0
    plan(at(10), form=form)
    assert Outgoing.objects.count() > once


def test_a_word_that_was_changed_takes_the_place_of_what_stood_there(
    coach: Coach, owner: Owner
) -> None:
    form, other = uuid4(), replace(WORDS, phone="06 87654321")
    token = plan(at(10), form=form).token
    assert plan(at(10), form=form, words=other).token == token
    row = Booking.objects.get()
    assert words.for_visitor(row, token) == words.for_coach(row, owner.keys) == other


def test_a_link_that_went_to_a_wrong_address_opens_nothing_any_more(coach: Coach) -> None:
    form = uuid4()
    wrong = plan(at(10), form=form, words=replace(WORDS, email="pipa@pond.example"))
    plan(at(10), form=form)
    assert links.find(wrong.token, Link.Opens.MANAGE) is None
    assert words.for_visitor(Booking.objects.get(), wrong.token) is None


def test_an_old_form_does_not_bring_back_what_is_over(coach: Coach) -> None:
    form = uuid4()
    row = plan(at(10), form=form).booking
    Booking.objects.filter(pk=row.pk).update(state=Booking.State.CANCELLED)
    assert why(ask(at(10), form=form)) is Why.OVER
    assert Booking.objects.count() == 1


def test_the_number_of_a_form_is_not_kept(coach: Coach) -> None:
    form = uuid4()
    plan(at(10), form=form)
    assert Booking.objects.get().form not in (form, None)


def test_where_one_coach_is_taken_another_is_asked(coach: Coach) -> None:
    other = make_coach(make_owner("Coen Kreek"), "Coen Kreek")
    both = {plan(at(10)).booking.coach_id, plan(at(10)).booking.coach_id}
    assert both == {coach.pk, other.pk}
    assert why(ask(at(10))) is Why.NOT_OPEN


def test_one_coach_can_be_asked_for(coach: Coach) -> None:
    make_coach(make_owner("Coen Kreek"), "Coen Kreek")
    assert plan(at(10), coach_id=coach.pk).booking.coach == coach
    assert why(ask(at(10), coach_id=coach.pk)) is Why.NOT_OPEN
    assert why(ask(at(10), coach_id=Person.objects.count() + 9999)) is Why.NOT_OPEN
