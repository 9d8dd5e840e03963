"""A calendar server that fails blocks nobody: what was read last counts on, and it is told."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from time import monotonic

import pytest

from kleinverzet.coach import calendar_visits, clashes, fetching, intake, openings, syncing
from kleinverzet.coach.calendar_account import Account
from kleinverzet.coach.calendar_faults import Fault
from kleinverzet.coach.models import Busy, Calendar, Coach, Entry
from kleinverzet.coach.outcome import By
from tests.coach import diary
from tests.coach.bad_servers import Behaviour, behaving, hanging, saying, swelling
from tests.coach.cast import NOW
from tests.coach.dav_server import DavServer
from tests.coach.diary import sync, sync_well
from tests.coach.radicale import radicale
from tests.coach.visits import AT_PRACTICE, at, plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(tmp_path: Path) -> Iterator[DavServer]:
    with radicale(tmp_path) as running:
        yield running


@pytest.fixture
def calendar(server: DavServer, coach: Coach) -> Calendar:
    return sync_well(diary.connect_to(server, coach))


def test_while_a_server_is_away_what_it_said_counts_and_planning_goes_on(
    server: DavServer, calendar: Calendar
) -> None:
    server.write("tandarts", diary.event("tandarts", at(10)))
    sync_well(calendar)
    server.stop()
    later = NOW + timedelta(minutes=10)
    after = sync(calendar, later)
    assert (after.fault, after.failures, after.seen_at) == (Fault.NO_ANSWER, 1, NOW)
    assert after.try_at == later + syncing.EVERY
    assert openings.at(AT_PRACTICE, at(10), NOW) is None
    booking = plan(at(14)).booking
    server.start()
    back = sync(calendar, later)
    assert (back.fault, back.failures, back.seen_at) == ("", 0, later)
    assert server.names() == sorted(["tandarts", diary.name_of(booking)])


def test_a_wrong_password_is_told(server: DavServer, coach: Coach) -> None:
    account = Account(server.calendar_address, server.name, "iets anders")
    assert sync(diary.connect(coach, account)).fault == Fault.PASSWORD


def test_a_calendar_that_was_removed_there_is_told(server: DavServer, calendar: Calendar) -> None:
    server.ask("DELETE", server.calendar)
    assert sync(calendar).fault == Fault.NOT_THERE


def test_who_fails_on_end_is_left_alone_for_longer_and_longer() -> None:
    pauses = [syncing.pause(failures) for failures in range(12)]
    assert pauses[:3] == [syncing.EVERY, 2 * syncing.EVERY, 4 * syncing.EVERY]
    assert pauses == sorted(pauses)
    assert pauses[-1] == syncing.SELDOM


LYING = b'<multistatus xmlns="DAV:"><response><href>x</href></response>'
NOTHING = b'<?xml version="1.0"?><multistatus xmlns="DAV:"></multistatus>'
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><multistatus xmlns="DAV:">&c;</multistatus>'
)


@pytest.mark.parametrize(
    "behaviour",
    [
        saying("500 Oops"),
        saying("503 Later", b"", "Retry-After: 99999"),
        saying("429 Later", b"", "Retry-After: 99999"),
        saying("200 OK", b"<html>Log in</html>", "Content-Type: text/html"),
        saying("207 Multi-Status", b"rommel", "Content-Type: text/xml"),
        saying("207 Multi-Status", LYING, "Content-Type: text/xml"),
        saying("207 Multi-Status", LYING, "Content-Type: text/calendar"),
        saying("207 Multi-Status", b"", "Content-Type: text/xml"),
        saying("401 No", b"", "WWW-Authenticate: Digest wat"),
        saying("401 No", b"", 'WWW-Authenticate: Digest realm="a", nonce="b", algorithm=GEEN'),
        saying("301 Moved", b"", "Location: https://evil.example/"),
        saying("204 No Content"),
        swelling,
    ],
)
def test_a_server_that_lies_changes_nothing(
    coach: Coach, calendar: Calendar, server: DavServer, behaviour: Behaviour
) -> None:
    server.write("tandarts", diary.event("tandarts", at(10)))
    plan(at(14))
    sync_well(calendar)
    with behaving(behaviour) as (address, _asked):
        _lead_to(calendar, address)
        assert sync(calendar).fault != ""
    assert diary.busy() == [(at(10), at(11))]
    assert diary.told(coach) == []


@pytest.mark.parametrize("body", [NOTHING, LAUGHS])
def test_a_server_that_says_nothing_calls_nothing_off(coach: Coach, body: bytes) -> None:
    booking = plan(at(10)).booking
    calendar = diary.connect(coach, Account("http://127.0.0.1:1/"))
    Entry.objects.update(sequence=0, href="x.ics", try_at=None)
    with behaving(saying("207 Multi-Status", body, "Content-Type: text/xml")) as (address, _asked):
        _lead_to(calendar, address)
        sync(calendar)
    booking.refresh_from_db()
    assert booking.state == booking.State.BOOKED


def test_who_hangs_holds_up_a_round_for_a_bounded_time(
    coach: Coach, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "PATIENCE", 0.3)
    monkeypatch.setattr(syncing, "A_ROUND", 0.5)
    with behaving(hanging) as (address, _asked):
        for _n in range(6):
            diary.connect(coach, Account(address), is_written=False)
        began = monotonic()
        assert syncing.do_due(NOW) == 2
        assert monotonic() - began < 3
    assert Calendar.objects.filter(try_at__lte=NOW).count() == 4


def test_nothing_due_costs_one_plain_read(
    calendar: Calendar, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert syncing.do_due(NOW) == 0


def test_who_loses_the_race_for_a_visit_does_nothing(calendar: Calendar) -> None:
    Calendar.objects.update(try_at=NOW)
    assert syncing.visit(calendar.pk, NOW, NOW)
    assert not syncing.visit(calendar.pk, NOW, NOW)


@pytest.mark.parametrize("method", ["PUT", "REPORT", "PROPFIND"])
def test_a_visit_that_breaks_off_anywhere_is_made_again_and_doubles_nothing(
    server: DavServer, calendar: Calendar, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    booking = plan(at(10)).booking
    ask = fetching.ask

    def killed(verb: str, *rest: object, **more: object) -> object:
        answer = ask(verb, *rest, **more)  # type: ignore[arg-type]
        if verb == method:
            raise KeyboardInterrupt
        return answer

    monkeypatch.setattr(fetching, "ask", killed)
    with pytest.raises(KeyboardInterrupt):
        sync(calendar)
    monkeypatch.setattr(fetching, "ask", ask)
    syncing.do_due(NOW + syncing.CLAIMED)
    calendar.refresh_from_db()
    assert calendar.fault == ""
    assert server.names() == [diary.name_of(booking)]
    assert Entry.objects.get().try_at is None


def test_an_appointment_that_was_called_off_just_after_it_was_put_there_goes_too(
    server: DavServer, calendar: Calendar, monkeypatch: pytest.MonkeyPatch
) -> None:
    booking = plan(at(10)).booking
    monkeypatch.setattr("kleinverzet.coach.entries.settle", _break)
    with pytest.raises(KeyboardInterrupt):
        sync(calendar)
    monkeypatch.undo()
    assert server.names() == [diary.name_of(booking)]
    intake.cancel(booking=booking, seen=None, by=By.VISITOR, now=NOW)
    syncing.do_due(NOW + syncing.CLAIMED)
    assert server.names() == []


def test_a_fault_of_ours_is_no_crash(calendar: Calendar, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar_visits, "make", _fail)
    assert sync(calendar).fault == Fault.GARBAGE


def test_a_password_that_cannot_be_read_is_told(calendar: Calendar) -> None:
    Calendar.objects.update(sealed=b"\x01rommel")
    assert sync(calendar).fault == Fault.SEALED


def test_what_was_sealed_for_one_calendar_opens_no_other(calendar: Calendar, coach: Coach) -> None:
    other = diary.connect(coach, Account("https://elders.example/"), is_written=False)
    Calendar.objects.filter(pk=other.pk).update(sealed=calendar.sealed)
    assert sync(other).fault == Fault.SEALED


def test_a_feed_closes_times_and_falls_silent_without_opening_them(coach: Coach) -> None:
    content = diary.event("tandarts", at(10)).encode()
    feed = diary.connect(coach, Account(""), kind=Calendar.Sort.ICS, is_written=False)
    with behaving(saying("200 OK", content)) as (address, _asked):
        _lead_to(feed, address)
        assert sync(feed).fault == ""
    assert diary.busy() == [(at(10), at(11))]
    with behaving(saying("200 OK", b"<html>")) as (address, _asked):
        _lead_to(feed, address)
        assert sync(feed).fault == Fault.GARBAGE
    assert diary.busy() == [(at(10), at(11))]


def test_a_feed_that_cannot_be_read_whole_says_so(coach: Coach) -> None:
    content = diary.event("a", at(10), more="RRULE:FREQ=SECONDLY").encode()
    feed = diary.connect(coach, Account(""), kind=Calendar.Sort.ICS, is_written=False)
    with behaving(saying("200 OK", content)) as (address, _asked):
        _lead_to(feed, address)
        assert sync(feed).fault == Fault.PARTLY
        assert sync(feed).fault == Fault.PARTLY
    assert Busy.objects.count() == 1


def test_what_is_old_is_forgotten(coach: Coach, calendar: Calendar) -> None:
    Calendar.objects.update(try_at=None)
    clashes.tell(plan(at(10)).booking, clashes.What.MOVED, NOW)
    clashes.see(coach, clashes.unseen(coach)[0].pk, NOW)
    assert syncing.forget_old(NOW + timedelta(hours=1)) == 0
    assert syncing.forget_old(NOW + timedelta(days=31)) >= 2
    assert not Calendar.objects.exists()


def _lead_to(calendar: Calendar, address: str) -> None:
    from kleinverzet.coach import calendar_account

    calendar_account.seal(Account(address, "cora", "x"), calendar)
    calendar.save(update_fields=["sealed"])


def _break(*_rest: object, **_more: object) -> None:
    raise KeyboardInterrupt


def _fail(*_rest: object) -> None:
    raise RuntimeError("a fault of ours")
