"""Whatever a server elsewhere does, asking it ends on time, with a word for what was wrong."""

import gzip
from time import monotonic

import pytest

from kleinverzet.coach import fetching, ics_calendars, whereabouts
from kleinverzet.coach.calendar_faults import WORDS, Failed, Fault
from tests.coach.bad_servers import (
    CALENDAR,
    Behaviour,
    behaving,
    bomb,
    breaking_off,
    dripping,
    hanging,
    saying,
    swelling,
)


def fault_of(behaviour: Behaviour, seconds: float = 5.0) -> Fault:
    with behaving(behaviour) as (address, _asked), pytest.raises(Failed) as found:
        ics_calendars.read(address, "", monotonic() + seconds)
    return found.value.fault


@pytest.mark.parametrize(
    ("behaviour", "fault"),
    [
        (saying("401 No"), Fault.PASSWORD),
        (saying("403 No"), Fault.PASSWORD),
        (saying("404 No"), Fault.NOT_THERE),
        (saying("410 Gone"), Fault.NOT_THERE),
        (saying("429 Slowly"), Fault.SERVER),
        (saying("500 Oops"), Fault.SERVER),
        (saying("200 OK", b"rommel", "Content-Encoding: gzip"), Fault.GARBAGE),
        (saying("200 OK", gzip.compress(CALENDAR)[:-9], "Content-Encoding: gzip"), Fault.GARBAGE),
        (saying("200 OK", b"x", "Content-Encoding: br"), Fault.GARBAGE),
        (saying("200 OK", bomb(), "Content-Encoding: gzip"), Fault.TOO_BIG),
        (saying("302 Found", b"", "Location: ftp://127.0.0.1/"), Fault.ADDRESS),
        (saying("302 Found", b"", "Location: /agenda.ics"), Fault.ELSEWHERE),
        (saying("302 Found", b"", "Location: http://169.254.169.254/latest/"), Fault.ADDRESS),
        (lambda line, _asked: line.sendall(b"\x00\x01\x02 wat\r\n\r\n"), Fault.GARBAGE),
        (lambda line, _asked: line.close(), Fault.NO_ANSWER),
        (breaking_off, Fault.NO_ANSWER),
        (swelling, Fault.TOO_BIG),
    ],
)
def test_a_server_that_fails_is_told_for_what_it_is(behaviour: Behaviour, fault: Fault) -> None:
    assert fault_of(behaviour) is fault


@pytest.mark.parametrize("behaviour", [hanging, dripping])
def test_who_never_ends_is_left(behaviour: Behaviour) -> None:
    began = monotonic()
    assert fault_of(behaviour, 1.0) in {Fault.NO_ANSWER, Fault.GARBAGE}
    assert monotonic() - began < 5


def test_a_closed_port_is_no_answer() -> None:
    with behaving(hanging) as (address, _asked):
        pass
    with pytest.raises(Failed) as found:
        ics_calendars.read(address, "", monotonic() + 5)
    assert found.value.fault is Fault.NO_ANSWER


def test_a_packed_calendar_is_unpacked() -> None:
    packed = saying("200 OK", gzip.compress(CALENDAR), "Content-Encoding: gzip")
    with behaving(packed) as (address, _asked):
        assert ics_calendars.read(address, "", monotonic() + 5).content == CALENDAR


def test_what_did_not_change_is_asked_for_and_not_read_again() -> None:
    with behaving(saying("200 OK", CALENDAR, 'ETag: "een"')) as (address, _asked):
        first = ics_calendars.read(address, "", monotonic() + 5)
    with behaving(saying("304 Not Modified")) as (address, asked):
        again = ics_calendars.read(address, first.token, monotonic() + 5)
    assert again.content is None
    assert again.token == first.token
    assert b'If-None-Match: "een"' in asked[0]


def test_a_server_without_marks_is_read_but_the_same_is_not_taken_in_twice() -> None:
    with behaving(saying("200 OK", CALENDAR)) as (address, _asked):
        first = ics_calendars.read(address, "", monotonic() + 5)
        assert ics_calendars.read(address, first.token, monotonic() + 5).content is None


def test_a_password_never_goes_to_another_host() -> None:
    with behaving(saying("200 OK", CALENDAR)) as (other, seen):
        onward = other.replace("127.0.0.1", "localhost")
        with behaving(saying("307 Go", b"", f"Location: {onward}")) as (address, _asked):
            with pytest.raises(Failed) as found:
                fetching.ask("PROPFIND", address, until=monotonic() + 5)
            assert found.value.fault is Fault.ELSEWHERE
        assert seen == []


@pytest.mark.parametrize(
    "address",
    [
        "", "agenda", "ftp://example.org/", "file:///etc/passwd", "http://", "https://:443/",
        "http://cora:geheim@example.org/", "http://example.org:99999/", "http://exa mple.org/",
        "http://[::1/", "javascript:alert(1)", "http://example.org/\r\nHost: x",
    ],
)  # fmt: skip
def test_what_is_no_address_of_ours_is_refused(address: str) -> None:
    with pytest.raises(Failed) as found:
        whereabouts.named(address)
    assert found.value.fault is Fault.ADDRESS


@pytest.mark.parametrize(
    "host",
    ["169.254.169.254", "[::ffff:169.254.169.254]", "[fe80::1]", "[fd00:ec2::254]", "0.0.0.0",
     "224.0.0.1", "2852039166", "0xa9.0xfe.0xa9.0xfe"],
)  # fmt: skip
def test_what_tells_about_the_machine_is_out_of_bounds(host: str) -> None:
    with pytest.raises(Failed) as found:
        whereabouts.find(f"http://{host}/")
    assert found.value.fault in {Fault.ADDRESS, Fault.UNKNOWN_HOST}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://a.example/x", "https://a.example/y", True),
        ("http://a.example/", "https://a.example/", True),
        ("https://a.example/", "http://a.example/", False),
        ("https://a.example/", "https://a.example:8443/", False),
        ("https://a.example/", "https://b.example/", False),
        ("https://caldav.icloud.com/", "https://p07-caldav.icloud.com/", True),
        ("https://caldav.icloud.com/", "https://icloud.com.example/", False),
        ("https://caldav.icloud.com/", "http://p07-caldav.icloud.com/", False),
    ],
)
def test_where_a_password_may_go(one: str, other: str, same: bool) -> None:
    assert whereabouts.is_same_house(whereabouts.named(one), whereabouts.named(other)) is same


def test_every_fault_has_its_words() -> None:
    assert set(WORDS) == set(Fault)
