"""Which mail follows on what, and that none says who comes or why."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import transaction

from kleinverzet import environment
from kleinverzet.accounts import outbox
from kleinverzet.coach import envelopes, intake, links, telling
from kleinverzet.coach.models import Booking, Coach, Link
from kleinverzet.coach.outcome import By, Done
from kleinverzet.world import offers
from tests.coach import letters, visits
from tests.coach.cast import NOW
from tests.coach.visits import GUARDIAN, ONLINE, WORDS, at, plan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("coach")]

VISITOR = WORDS.email
LATER = NOW + timedelta(hours=1)
PATTERN = "https://meet.pond.example/{room}"


@pytest.fixture
def practice(coach: Coach) -> str:
    return offers.reach().email


@pytest.fixture
def video(monkeypatch: pytest.MonkeyPatch) -> None:
    known = environment.read().model_copy(update={"video": PATTERN})
    monkeypatch.setattr(environment, "read", lambda: known)


def held(**more: Any) -> Booking:
    return plan(at(10), guardian=GUARDIAN, **more).booking


def fresh(booking: Booking) -> Booking:
    return Booking.objects.select_related("coach__person").get(pk=booking.pk)


def all_said() -> str:
    return "\n".join(f"{one.subject}\n{one.body}" for one in letters.waiting())


def test_who_plans_gets_the_facts_and_their_link(practice: str) -> None:
    done = plan(at(10))
    letter = letters.only(VISITOR)
    for said in ("woensdag 25 november, 10.00 uur tot 11.00 uur", "op de praktijk in", "Cora Kade"):
        assert said in letter.body
    assert letters.pages(letter) == {"coach:manage": done.token}
    assert letter.reply_to == practice
    assert letters.calendar(letter) is not None


def test_the_coach_hears_when_and_nothing_else(practice: str) -> None:
    plan(at(10))
    letter = letters.only(practice)
    assert "Er is een nieuwe afspraak op woensdag 25 november, 10.00 uur." in letter.body
    assert list(letters.pages(letter)) == ["coach:day"]
    assert letter.invitation == ""


def test_the_coach_is_written_to_at_the_address_that_they_confirmed(
    coach: Coach, practice: str
) -> None:
    person: Any = coach.person
    EmailAddress.objects.create(user=person, email="cora@pond.example", verified=False)
    plan(at(10))
    assert letters.to("cora@pond.example") == []
    EmailAddress.objects.filter(user=person).update(verified=True)
    letters.throw_away()
    plan(at(14))
    assert letters.only("cora@pond.example")
    assert letters.to(practice) == []


def test_a_coach_reads_their_own_language(coach: Coach, practice: str) -> None:
    person: Any = coach.person
    person.language = "en"
    person.save()
    plan(at(10))
    assert "/en/" in letters.only(practice).body
    assert "/en/" not in letters.only(VISITOR).body


def test_no_mail_says_who_comes_or_what_they_wrote(practice: str) -> None:
    booking = held()
    intake.agree(booking=booking, now=LATER)
    telling.reminder(fresh(booking), LATER)
    moved = intake.move(booking=booking, starts_at=at(14), seen=booking.sequence, by=By.VISITOR,
                        now=LATER)  # fmt: skip
    assert isinstance(moved, Done)
    intake.cancel(booking=fresh(booking), seen=None, by=By.VISITOR, now=LATER)
    assert len(letters.waiting()) >= 8
    for said in (WORDS.name, "Pippa", "altijd ja", WORDS.phone, VISITOR, GUARDIAN):
        assert said not in all_said()


def test_subjects_tell_an_onlooker_nothing() -> None:
    booking = held()
    intake.agree(booking=booking, now=LATER)
    subjects = {letter.subject for letter in letters.waiting()}
    assert subjects == {"Je afspraak", "Een vraag over een afspraak", "Je agenda"}


def test_a_guardian_is_asked_without_a_word_of_what_it_is_about(practice: str) -> None:
    booking = held()
    asked, visitor = letters.only(GUARDIAN), letters.only(VISITOR)
    for said in ("nog geen 16", "eerste gesprek", offers.reach().name, "25 november", "10.00 uur"):
        assert said in asked.body
    assert booking.held_until
    assert "We houden de tijd vrij tot" in asked.body
    assert list(letters.pages(asked)) == ["coach:guardian"]
    assert links.find(letters.pages(asked)["coach:guardian"], Link.Opens.GUARDIAN)
    assert asked.invitation == visitor.invitation == ""
    # Nothing stands yet, so there is nothing to tell a coach.
    assert letters.to(practice) == []


def test_a_yes_makes_it_stand_for_everybody(practice: str) -> None:
    booking = held()
    letters.throw_away()
    intake.agree(booking=booking, now=LATER)
    letter = letters.only(VISITOR)
    assert "zei ja" in letter.body
    assert letters.calendar(letter) is not None
    assert links.find(letters.pages(letter)["coach:manage"], Link.Opens.CHANGE)
    assert letters.only(practice)
    assert letters.to(GUARDIAN) == []


def test_a_no_is_told_to_who_planned_it_and_to_nobody_else() -> None:
    booking = held()
    letters.throw_away()
    intake.cancel(booking=booking, seen=None, by=By.GUARDIAN, now=LATER)
    (letter,) = letters.waiting()
    assert letter.to == VISITOR
    assert "zei nee" in letter.body
    assert letter.invitation == ""


def test_a_guardian_who_need_not_answer_any_more_hears_so() -> None:
    booking = held()
    letters.throw_away()
    intake.cancel(booking=booking, seen=None, by=By.VISITOR, now=LATER)
    assert "niet meer nodig" in letters.only(GUARDIAN).body
    assert len(letters.waiting()) == 2


def test_without_an_answer_it_falls_free_and_who_planned_it_hears_so() -> None:
    held()
    letters.throw_away()
    assert intake.lapse_overdue(NOW + timedelta(days=2)) == 1
    (letter,) = letters.waiting()
    assert letter.to == VISITOR
    assert "geen antwoord" in letter.body
    assert list(letters.pages(letter)) == ["coach:start"]


def test_who_moves_a_held_time_has_their_guardian_asked_anew() -> None:
    booking = held()
    first = letters.pages(letters.only(GUARDIAN))["coach:guardian"]
    letters.throw_away()
    intake.move(booking=booking, starts_at=at(14), seen=0, by=By.VISITOR, now=LATER)
    asked = letters.only(GUARDIAN)
    assert "14.00 uur" in asked.body
    assert letters.pages(asked)["coach:guardian"] != first
    assert letters.only(VISITOR).invitation == ""


@pytest.mark.parametrize(
    ("by", "told"), [(By.VISITOR, True), (By.COACH, False), (By.CALENDAR, False)]
)
def test_a_coach_is_not_told_what_they_did(by: By, told: bool, practice: str) -> None:
    booking = plan(at(10)).booking
    letters.throw_away()
    intake.move(booking=booking, starts_at=at(14), seen=0, by=by, now=LATER)
    assert bool(letters.to(practice)) is told
    assert ("We hebben" in letters.only(VISITOR).body) is not told
    letters.throw_away()
    intake.cancel(booking=fresh(booking), seen=None, by=by, now=LATER)
    assert bool(letters.to(practice)) is told
    assert ("spijt ons" in letters.only(VISITOR).body) is not told


def test_the_link_in_a_later_mail_moves_and_cancels_and_shows_no_word() -> None:
    booking = plan(at(10)).booking
    letters.throw_away()
    intake.move(booking=booking, starts_at=at(14), seen=0, by=By.VISITOR, now=LATER)
    token = letters.pages(letters.only(VISITOR))["coach:manage"]
    assert links.find(token, Link.Opens.CHANGE)
    assert links.find(token, Link.Opens.MANAGE) is None


def test_the_visitors_language_is_that_of_their_mails_and_links() -> None:
    plan(at(10), language="en")
    letter = letters.only(VISITOR)
    assert "/en/" in letter.body


def test_another_clock_is_told_beside_the_practices() -> None:
    plan(at(10), zone="Pacific/Auckland")
    body = letters.only(VISITOR).body
    assert "Nederlandse tijd" in body
    assert "22.00 uur (Pacific/Auckland)" in body


def test_the_same_clock_is_told_once() -> None:
    plan(at(10), zone="Europe/Brussels")
    assert "Nederlandse tijd" not in letters.only(VISITOR).body
    assert "Brussels" not in letters.only(VISITOR).body


@pytest.mark.usefixtures("video")
def test_online_has_a_room_of_its_own_that_stays_when_it_is_moved() -> None:
    booking = plan(at(10), sought=ONLINE).booking
    (first,) = _rooms(letters.only(VISITOR).body)
    letters.throw_away()
    intake.move(booking=booking, starts_at=at(14), seen=0, by=By.VISITOR, now=LATER)
    assert _rooms(letters.only(VISITOR).body) == [first]
    letters.throw_away()
    plan(at(10), sought=ONLINE)
    assert _rooms(letters.only(VISITOR).body) != [first]
    assert len(first) == len("https://meet.pond.example/") + 26
    assert first == first.lower()


@pytest.mark.usefixtures("video")
def test_a_guardian_gets_no_room_to_enter() -> None:
    held(sought=ONLINE)
    assert _rooms(all_said()) == []


def test_without_a_video_server_the_coach_gives_the_link() -> None:
    plan(at(10), sought=ONLINE)
    assert "de link krijg je van je coach" in letters.only(VISITOR).body


def test_what_is_taken_back_is_told_to_nobody() -> None:
    with transaction.atomic():
        plan(at(10))
        transaction.set_rollback(True)
    assert letters.waiting() == []


def test_a_question_is_not_sent_when_it_is_too_late_to_answer() -> None:
    booking = held()
    row = next(row for row in outbox.waiting() if outbox.read(row).to == GUARDIAN)
    assert row.until == booking.held_until


def test_an_appointment_without_an_envelope_is_told_to_the_coach_alone(practice: str) -> None:
    booking = plan(at(10)).booking
    letters.throw_away()
    Booking.objects.filter(pk=booking.pk).update(envelope=b"")
    intake.cancel(booking=fresh(booking), seen=None, by=By.VISITOR, now=LATER)
    assert [letter.to for letter in letters.waiting()] == [practice]
    assert envelopes.open_(fresh(booking)) is None


def _rooms(body: str) -> list[str]:
    return [word for word in body.split() if word.startswith("https://meet.pond.example/")]


def test_a_mail_has_no_ragged_blank_lines() -> None:
    booking = held()
    intake.agree(booking=booking, now=LATER)
    intake.move(booking=fresh(booking), starts_at=at(14), seen=booking.sequence, by=By.COACH,
                now=LATER)  # fmt: skip
    for letter in letters.waiting():
        assert "\n\n\n" not in letter.body
        assert letter.body.endswith("\n")
        assert not letter.body.endswith("\n\n")
    assert visits.live(booking.coach)
