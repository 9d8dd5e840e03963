"""The calendar file of an appointment: right for programs, and empty of meaning for onlookers."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from kleinverzet import environment
from kleinverzet.coach import intake, invitation
from kleinverzet.coach.invitation import Method
from kleinverzet.coach.models import Booking, Coach, Kind, Mode
from kleinverzet.coach.outcome import By
from kleinverzet.world import offers
from kleinverzet.world.offers import Reach
from tests.coach import letters
from tests.coach.cast import NOW
from tests.coach.visits import ONLINE, WORDS, at, plan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("coach")]

VISITOR = WORDS.email
LATER = NOW + timedelta(hours=1)
REACH = Reach("Praktijk", "Hilversum", "practice@pond.example", "", "", "", "")
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)


def event_of(ics: bytes) -> Any:
    (event,) = Calendar.from_ical(ics).walk("VEVENT")
    return event


def sent() -> tuple[Calendar, Any]:
    """Give the invitation of the newest mail to the visitor."""
    calendar = letters.calendar(letters.to(VISITOR)[-1])
    assert calendar is not None
    (event,) = calendar.walk("VEVENT")
    return calendar, event


def loose(**columns: Any) -> Booking:
    """Make an appointment that is not saved."""
    told: dict[str, Any] = {
        "id": uuid.uuid4(), "coach": Coach(name="Cora Kade"), "kind": Kind.INTAKE,
        "mode": Mode.HOME, "place": "Bussum", "starts_at": at(10), "ends_at": at(11),
        "state": Booking.State.BOOKED, "made_at": NOW, "changed_at": NOW,
    }  # fmt: skip
    return Booking(**{**told, **columns})


def test_it_says_when_and_where_and_not_what() -> None:
    plan(at(10))
    calendar, event = sent()
    assert calendar["METHOD"] == "REQUEST"
    assert event["DTSTART"].dt == at(10)
    assert event["DTEND"].dt == at(11)
    assert event["DTSTAMP"].dt == NOW
    assert event["SUMMARY"] == "Afspraak"
    assert event["LOCATION"] == "Hilversum"
    assert event["ORGANIZER"] == f"mailto:{offers.reach().email}"
    assert event["ATTENDEE"] == f"mailto:{VISITOR}"
    assert event["STATUS"] == "CONFIRMED"
    assert "DESCRIPTION" not in event


def test_nothing_in_it_names_this_program_or_who_comes() -> None:
    plan(at(10))
    said = letters.calendar(letters.only(VISITOR))
    assert said is not None
    text = said.to_ical().decode().lower()
    for word in ("verzet", "intake", "coach", "pippa pluis", "cora"):
        assert word not in text.replace(offers.reach().email, "")


def test_times_are_in_utc_so_no_program_has_to_know_a_zone() -> None:
    plan(at(10))
    assert b"DTSTART:20261125T090000Z" in sent()[0].to_ical()


def test_what_is_moved_takes_the_place_of_what_stood_there() -> None:
    booking = plan(at(10)).booking
    first = sent()[1]
    intake.move(booking=booking, starts_at=at(14), seen=0, by=By.VISITOR, now=LATER)
    calendar, second = sent()
    assert calendar["METHOD"] == "REQUEST"
    assert second["UID"] == first["UID"]
    assert second["SEQUENCE"] > first["SEQUENCE"]
    assert second["DTSTART"].dt == at(14)


def test_what_is_cancelled_goes_out_of_the_calendar() -> None:
    booking = plan(at(10)).booking
    first = sent()[1]
    intake.cancel(booking=booking, seen=None, by=By.VISITOR, now=LATER)
    calendar, last = sent()
    assert calendar["METHOD"] == "CANCEL"
    assert last["STATUS"] == "CANCELLED"
    assert last["UID"] == first["UID"]
    assert last["SEQUENCE"] > first["SEQUENCE"]


def test_two_appointments_have_two_names_that_do_not_show_their_numbers() -> None:
    one, other = loose(), loose()
    assert invitation.uid(one) == invitation.uid(one) != invitation.uid(other)
    assert str(one.pk) != invitation.uid(one)


def test_a_file_to_add_by_hand_names_nobody() -> None:
    booking = plan(at(10)).booking
    ics = invitation.file(booking)
    assert Calendar.from_ical(ics)["METHOD"] == "PUBLISH"
    assert "ATTENDEE" not in event_of(ics)
    assert VISITOR.encode() not in ics
    assert event_of(ics)["UID"] == sent()[1]["UID"]
    assert invitation.file(booking) == ics


def test_it_speaks_the_visitors_language() -> None:
    booking = plan(at(10), language="en").booking
    assert event_of(invitation.file(booking))["SUMMARY"] == sent()[1]["SUMMARY"]
    assert booking.language == "en"


def test_online_the_place_is_the_room(monkeypatch: pytest.MonkeyPatch) -> None:
    pattern = "https://meet.pond.example/{room}?a=1,2;b=3"
    known = environment.read().model_copy(update={"video": pattern})
    monkeypatch.setattr(environment, "read", lambda: known)
    place = str(event_of(invitation.file(plan(at(10), sought=ONLINE).booking))["LOCATION"])
    assert place.startswith("https://meet.pond.example/")
    assert place.endswith("?a=1,2;b=3")


def test_online_without_a_room_there_is_no_place() -> None:
    assert "LOCATION" not in event_of(invitation.file(plan(at(10), sought=ONLINE).booking))


@given(
    town=TEXTS, method=st.sampled_from(Method), sequence=st.integers(0, 2**31 - 1),
    start=st.integers(0, 14 * 365 * 24 * 60), minutes=st.integers(1, 600),
)  # fmt: skip
def test_whatever_a_town_is_called_it_comes_through_and_adds_no_line(
    town: str, method: Method, sequence: int, start: int, minutes: int
) -> None:
    begin = NOW + timedelta(minutes=start)
    row = loose(place=town, sequence=sequence, starts_at=begin,
                ends_at=begin + timedelta(minutes=minutes))  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(offers, "reach", lambda: REACH)
        ics = invitation.of(row, method, email=VISITOR, now=NOW)
    event = event_of(ics)
    assert _plain(str(event["LOCATION"])) == _plain(town)
    assert (event["SEQUENCE"], event["DTSTART"].dt) == (sequence, begin)
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(minutes=minutes)
    _is_well_formed(ics)


@given(email=st.emails())
def test_an_address_with_tricks_adds_nothing(email: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(offers, "reach", lambda: REACH)
        ics = invitation.of(loose(), Method.REQUEST, email=email, now=NOW)
    assert str(event_of(ics)["ATTENDEE"]) == f"mailto:{email}"
    _is_well_formed(ics)


NAMES = [
    "BEGIN", "VERSION", "PRODID", "METHOD", "BEGIN", "SUMMARY", "DTSTART", "DTEND", "DTSTAMP",
    "UID", "SEQUENCE", "CLASS", "LOCATION", "STATUS", "TRANSP", "ATTENDEE", "ORGANIZER", "END",
    "END",
]  # fmt: skip


def _is_well_formed(ics: bytes) -> None:
    """Every line ends as it must and is short; unfolded there is each property once."""
    assert ics.endswith(b"\r\n")
    lines = ics.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert b"\n" not in ics.replace(b"\r\n", b"")
    assert b"\r" not in ics.replace(b"\r\n", b"")
    names = [line.split(b":")[0].split(b";")[0] for line in lines if line[:1] not in (b" ", b"")]
    assert sorted(names) == sorted(name.encode() for name in NAMES)


def _plain(text: str) -> str:
    """Drop what a calendar may change: how lines end, and signs that cannot be seen."""
    return "".join("\n".join(text.splitlines()).split())
