"""A coach's own calendar and ours stay alike, with two real servers of two dialects."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from kleinverzet.coach import clashes, fetching, intake, openings, syncing
from kleinverzet.coach.models import Booking, Calendar, Clash, Coach, Entry
from kleinverzet.coach.openings import Sought
from kleinverzet.coach.outcome import By
from tests.coach import diary
from tests.coach.cast import NOW
from tests.coach.dav_server import DavServer
from tests.coach.diary import drag, standing, sync, sync_well, told
from tests.coach.radicale import radicale
from tests.coach.visits import ONLINE, at, plan
from tests.coach.xandikos import xandikos

pytestmark = pytest.mark.django_db

AN_HOUR = timedelta(hours=1)


@pytest.fixture(scope="module", params=[radicale, xandikos])
def running(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[DavServer]:
    with request.param(tmp_path_factory.mktemp("dav")) as server:
        yield server


@pytest.fixture
def server(running: DavServer) -> DavServer:
    for name in running.names():
        running.delete(name)
    return running


@pytest.fixture
def calendar(server: DavServer, coach: Coach) -> Calendar:
    return diary.connect_to(server, coach)


@pytest.fixture
def booking(calendar: Calendar) -> Booking:
    """An appointment that stands in that calendar."""
    booking = plan(at(10)).booking
    sync_well(calendar)
    return booking


def is_open(sought: Sought, hour: int) -> bool:
    return openings.at(sought, at(hour), NOW) is not None


def test_what_stands_there_closes_times_here(server: DavServer, calendar: Calendar) -> None:
    assert is_open(ONLINE, 10)
    server.write("tandarts", diary.event("tandarts", at(10)))
    sync_well(calendar)
    assert diary.busy() == [(at(10), at(11))]
    assert not is_open(ONLINE, 10)
    server.delete("tandarts")
    sync_well(calendar)
    assert is_open(ONLINE, 10)


def test_an_appointment_goes_out_with_a_title_that_says_nothing(
    server: DavServer, booking: Booking
) -> None:
    text = standing(server, booking)
    assert server.names() == [diary.name_of(booking)]
    assert "SUMMARY:Afspraak" in text
    assert "STATUS:CONFIRMED" in text
    assert "LOCATION:Hilversum" in text
    assert "ATTENDEE" not in text
    assert "DESCRIPTION" not in text


def test_our_own_appointment_is_not_in_its_own_way(booking: Booking) -> None:
    assert diary.busy() == []


def test_what_is_moved_here_moves_there(
    server: DavServer, calendar: Calendar, booking: Booking
) -> None:
    intake.move(booking=booking, starts_at=at(14), seen=0, by=By.VISITOR, now=NOW)
    sync_well(calendar)
    assert "DTSTART:20261125T130000Z" in standing(server, booking)
    assert "SEQUENCE:1" in standing(server, booking)
    assert len(server.names()) == 1


def test_what_is_called_off_here_goes_there(
    server: DavServer, calendar: Calendar, booking: Booking
) -> None:
    intake.cancel(booking=booking, seen=None, by=By.VISITOR, now=NOW)
    sync_well(calendar)
    assert server.names() == []


def test_what_is_moved_there_moves_here(
    server: DavServer, calendar: Calendar, coach: Coach, booking: Booking
) -> None:
    drag(server, booking, 2 * AN_HOUR)
    sync_well(calendar)
    booking.refresh_from_db()
    assert (booking.starts_at, booking.sequence) == (at(12), 1)
    assert told(coach) == [clashes.What.MOVED]
    sync_well(calendar)
    assert Booking.objects.get().sequence == 1


def test_what_is_moved_there_out_of_sight_moves_here(
    server: DavServer, calendar: Calendar, booking: Booking
) -> None:
    drag(server, booking, timedelta(days=250))
    sync_well(calendar)
    booking.refresh_from_db()
    assert booking.starts_at == at(10) + timedelta(days=250)


def test_what_is_moved_there_onto_another_appointment_is_put_back_and_told(
    server: DavServer, calendar: Calendar, coach: Coach, booking: Booking
) -> None:
    plan(at(13))
    sync_well(calendar)
    drag(server, booking, 3 * AN_HOUR)
    sync_well(calendar)
    assert Booking.objects.get(pk=booking.pk).starts_at == at(10)
    assert "DTSTART:20261125T090000Z" in standing(server, booking)
    assert told(coach) == [clashes.What.NOT_MOVED]


def test_what_is_moved_there_into_the_past_is_put_back_and_told(
    server: DavServer, calendar: Calendar, coach: Coach, booking: Booking
) -> None:
    drag(server, booking, timedelta(days=-30))
    sync_well(calendar)
    assert "DTSTART:20261125T090000Z" in standing(server, booking)
    assert told(coach) == [clashes.What.NOT_MOVED]


def test_what_is_made_longer_there_is_put_back_and_told(
    server: DavServer, calendar: Calendar, coach: Coach, booking: Booking
) -> None:
    drag(server, booking, timedelta(0), longer=30)
    sync_well(calendar)
    assert "DTEND:20261125T100000Z" in standing(server, booking)
    assert told(coach) == [clashes.What.PUT_BACK]


def test_what_is_taken_out_there_is_told_and_stands_here(
    server: DavServer, calendar: Calendar, coach: Coach, booking: Booking
) -> None:
    server.delete(diary.name_of(booking))
    sync_well(calendar)
    assert told(coach) == [clashes.What.TAKEN_OUT]
    booking.refresh_from_db()
    assert booking.state == Booking.State.BOOKED
    sync_well(calendar)
    assert server.names() == []
    assert len(told(coach)) == 1


def test_what_is_called_off_there_is_told_too(
    server: DavServer, calendar: Calendar, coach: Coach, booking: Booking
) -> None:
    text = standing(server, booking).replace("STATUS:CONFIRMED", "STATUS:CANCELLED")
    server.write(diary.name_of(booking), text)
    sync_well(calendar)
    assert told(coach) == [clashes.What.TAKEN_OUT]


def test_what_was_taken_out_there_comes_back_when_it_is_moved_here(
    server: DavServer, calendar: Calendar, booking: Booking
) -> None:
    server.delete(diary.name_of(booking))
    sync_well(calendar)
    intake.move(booking=booking, starts_at=at(14), seen=0, by=By.VISITOR, now=NOW)
    sync_well(calendar)
    assert "DTSTART:20261125T130000Z" in standing(server, booking)


def test_a_title_of_the_coachs_own_stays(
    server: DavServer, calendar: Calendar, coach: Coach, booking: Booking
) -> None:
    text = standing(server, booking).replace(
        "SUMMARY:Afspraak", "SUMMARY:Intake\r\nDESCRIPTION:Sleutel mee"
    )
    server.write(diary.name_of(booking), text)
    sync_well(calendar)
    intake.move(booking=booking, starts_at=at(14), seen=0, by=By.VISITOR, now=NOW)
    sync_well(calendar)
    assert "SUMMARY:Intake" in standing(server, booking)
    assert "DESCRIPTION:Sleutel mee" in standing(server, booking)
    assert "DTSTART:20261125T130000Z" in standing(server, booking)
    assert told(coach) == []


def test_something_else_at_the_same_time_is_told_once(
    server: DavServer, calendar: Calendar, coach: Coach, booking: Booking
) -> None:
    server.write("tandarts", diary.event("tandarts", at(10)))
    sync_well(calendar)
    clashes.see(coach, Clash.objects.get().pk, NOW)
    server.write("kapper", diary.event("kapper", at(16)))
    sync_well(calendar)
    assert told(coach) == [clashes.What.DOUBLE]


def test_whoever_changes_it_here_meanwhile_wins(
    server: DavServer, calendar: Calendar, booking: Booking
) -> None:
    drag(server, booking, 2 * AN_HOUR)
    intake.move(booking=booking, starts_at=at(14), seen=0, by=By.VISITOR, now=NOW)
    sync_well(calendar)
    booking.refresh_from_db()
    assert booking.starts_at == at(14)
    assert "DTSTART:20261125T130000Z" in standing(server, booking)


def test_a_calendar_that_is_only_read_is_not_written_in(server: DavServer, coach: Coach) -> None:
    calendar = diary.connect_to(server, coach, is_written=False)
    plan(at(10))
    sync_well(calendar)
    assert server.names() == []


def test_what_was_planned_before_goes_into_a_calendar_that_is_new(
    server: DavServer, coach: Coach
) -> None:
    booking = plan(at(10)).booking
    sync_well(diary.connect_to(server, coach))
    assert server.names() == [diary.name_of(booking)]


def test_a_calendar_that_leaves_can_be_left_clean(
    server: DavServer, calendar: Calendar, booking: Booking
) -> None:
    server.write("tandarts", diary.event("tandarts", at(15)))
    Calendar.objects.update(is_leaving=True, try_at=NOW)
    syncing.do_due(NOW)
    assert server.names() == ["tandarts"]
    assert not Calendar.objects.exists()
    assert not Entry.objects.exists()


def test_an_unchanged_calendar_costs_one_question(
    server: DavServer, calendar: Calendar, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync_well(calendar)
    asked: list[str] = []
    ask = fetching.ask

    def listen(method: str, *rest: Any, **more: Any) -> fetching.Answer:
        asked.append(method)
        return ask(method, *rest, **more)

    monkeypatch.setattr(fetching, "ask", listen)
    sync(calendar)
    assert asked == ["PROPFIND"]
    sync(calendar, NOW + timedelta(days=1))
    assert "REPORT" in asked
