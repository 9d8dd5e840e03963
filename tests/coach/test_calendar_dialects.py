"""Servers that speak CalDAV otherwise than the two that the other tests start."""

import hashlib
import re
import socket
from time import monotonic

import pytest

from kleinverzet.coach.caldav_calendars import CalDAV, discover
from kleinverzet.coach.calendar_account import Account
from kleinverzet.coach.calendar_faults import Failed, Fault
from tests.coach.bad_servers import Behaviour, behaving, saying

CALENDAR = b"""<?xml version="1.0"?>
<multistatus xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">
<response><href>/agenda.ics</href><propstat><prop><resourcetype><collection/><C:calendar/>
</resourcetype><displayname>Werk</displayname>%s</prop><status>HTTP/1.1 200 OK</status></propstat>
</response></multistatus>"""
TASKS = (
    b'<C:supported-calendar-component-set><C:comp name="VTODO"/>'
    b"</C:supported-calendar-component-set>"
)
READ_ONLY = (
    b"<current-user-privilege-set><privilege><read/></privilege></current-user-privilege-set>"
)
REALM, NONCE = "agenda", "eenmalig"


def found_at(behaviour: Behaviour, password: str = "geheim") -> list[tuple[str, bool]]:
    with behaving(behaviour) as (address, _asked):
        there = discover(Account(address, "cora", password), monotonic() + 5)
    return [(one.name, one.is_writable) for one in there]


def answering(inside: bytes = b"") -> Behaviour:
    return saying("207 Multi-Status", CALENDAR % inside, "Content-Type: application/xml")


def test_an_address_may_be_that_of_a_calendar_itself() -> None:
    assert found_at(answering()) == [("Werk", True)]


def test_a_calendar_that_may_only_be_read_is_known_for_it() -> None:
    assert found_at(answering(READ_ONLY)) == [("Werk", False)]


def test_a_list_of_tasks_is_no_calendar() -> None:
    with pytest.raises(Failed) as found:
        found_at(answering(TASKS))
    assert found.value.fault is Fault.NOT_THERE


def asking_for_a_digest(line: socket.socket, request: bytes) -> None:
    """Take no password in the open (RFC 7616), as older servers do."""
    proof = re.search(rb"Authorization: Digest ([^\r]*)", request)
    if proof is None or not _is_right(proof[1].decode(), request.split()[1].decode()):
        challenge = f'WWW-Authenticate: Digest realm="{REALM}", qop="auth", nonce="{NONCE}"'
        return saying("401 Unauthorized", b"", challenge)(line, request)
    return answering()(line, request)


def _is_right(proof: str, path: str) -> bool:
    said = dict(re.findall(r'(\w+)="?([^",]*)"?', proof))
    own = hashlib.md5(f"cora:{REALM}:geheim".encode()).hexdigest()
    what = hashlib.md5(f"PROPFIND:{path}".encode()).hexdigest()
    whole = ":".join((own, NONCE, said["nc"], said["cnonce"], said["qop"], what))
    return bool(said["response"] == hashlib.md5(whole.encode()).hexdigest())


def test_a_server_that_wants_a_digest_gets_one() -> None:
    assert found_at(asking_for_a_digest) == [("Werk", True)]


def test_a_digest_of_a_wrong_password_is_told() -> None:
    with pytest.raises(Failed) as found:
        found_at(asking_for_a_digest, "iets anders")
    assert found.value.fault is Fault.PASSWORD


@pytest.mark.parametrize("mark", [b"<getetag>%d</getetag>", b"<sync-token>%d</sync-token>"])
def test_a_change_shows_whatever_word_a_server_has_for_it(mark: bytes) -> None:
    states = []
    for number in (1, 1, 2):
        with behaving(answering(mark % number)) as (address, _asked):
            states.append(CalDAV(Account(address), monotonic() + 5).state())
    assert states[0] == states[1] != states[2]


@pytest.mark.parametrize(
    ("status", "fault"), [("403 No", Fault.READ_ONLY), ("507 Full", Fault.SERVER)]
)
def test_what_cannot_be_written_is_told(status: str, fault: Fault) -> None:
    with behaving(saying(status)) as (address, _asked), pytest.raises(Failed) as found:
        CalDAV(Account(address), monotonic() + 5).put("x.ics", b"x", None)
    assert found.value.fault is fault
