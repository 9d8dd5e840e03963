"""Asking a server elsewhere, within bounds: of time, of size, and of where a password may go.

The usual clients read whatever comes for as long as it comes, follow a redirect to anywhere, and
take proxies and passwords from their surroundings. A coach's calendar is read in the background,
beside everybody's mails: whatever a server does, this ends on time. It keeps nothing.
"""

import socket
import ssl
import zlib
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from functools import cache
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from threading import Event, Timer
from time import monotonic
from urllib.parse import urljoin

from kleinverzet.coach import whereabouts
from kleinverzet.coach.calendar_faults import Failed, Fault
from kleinverzet.coach.whereabouts import Place

# Of one request, in seconds; a whole visit has its own end.
PATIENCE = 10.0
MOST = 5 * 1024 * 1024
PIECE = 64 * 1024
REDIRECTS = {301, 302, 303, 307, 308}
MOST_REDIRECTS = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said.

    Attributes:
        address: Where it said so, after redirects.
        headers: By their names in small letters.
        body: Unpacked.
    """

    address: str = field(repr=False)
    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


def ask(
    method: str,
    address: str,
    *,
    until: float,
    headers: Mapping[str, str] | None = None,
    body: bytes = b"",
    is_secret: bool = True,
) -> Answer:
    """Ask a server for something.

    Args:
        method: Such as GET or PROPFIND.
        address: With http:// or https://.
        until: When this ends at the latest, by `time.monotonic`.
        headers: What goes along.
        body: What is sent.
        is_secret: Whether a password goes along, so that no other host may get it.

    Raises:
        Failed: If there is no whole answer in time, or it leads elsewhere.
    """
    sent = {"Accept-Encoding": "gzip", "User-Agent": "calendar", **(headers or {})}
    for _time in range(MOST_REDIRECTS + 1):
        place = whereabouts.find(address)
        answer = _ask_once(method, place, sent, body, until)
        onward = answer.headers.get("location", "")
        if answer.status not in REDIRECTS or not onward:
            return answer
        address = _followed(place, urljoin(address, onward), is_secret=is_secret)
    raise Failed(Fault.ELSEWHERE)


def _followed(place: Place, address: str, *, is_secret: bool) -> str:
    """Give the address that a redirect leads to, where it may be followed."""
    onward = whereabouts.named(address)
    if place.is_https and not onward.is_https:
        raise Failed(Fault.ELSEWHERE)
    if is_secret and not whereabouts.is_same_house(place, onward):
        raise Failed(Fault.ELSEWHERE)
    return address


def _ask_once(
    method: str, place: Place, headers: Mapping[str, str], body: bytes, until: float
) -> Answer:
    left = min(PATIENCE, until - monotonic())
    if left <= 0:
        raise Failed(Fault.NO_ANSWER)
    connection = _connection(place, left)
    # A timeout counts anew with every byte; this ends also who sends one a second.
    is_late = Event()
    guard = Timer(left, _hang_up, (connection, is_late))
    guard.daemon = True
    guard.start()
    try:
        connection.request(method, place.path, body or None, dict(headers))
        with closing(connection.getresponse()) as response:
            answer = _read(place.address, response)
        if is_late.is_set():
            raise Failed(Fault.NO_ANSWER)  # what came until then looks whole, and is not
        return answer
    except ssl.SSLCertVerificationError:
        raise Failed(Fault.CERTIFICATE) from None
    except OSError:
        raise Failed(Fault.NO_ANSWER) from None
    except (HTTPException, ValueError, zlib.error):
        raise Failed(Fault.GARBAGE) from None
    finally:
        guard.cancel()
        connection.close()


def _connection(place: Place, seconds: float) -> HTTPConnection:
    """Give a connection to the very machine that was looked at, whatever its name says next."""
    connection: HTTPConnection
    if place.is_https:
        connection = HTTPSConnection(
            place.host, place.port, timeout=seconds, context=_certificates()
        )
    else:
        connection = HTTPConnection(place.host, place.port, timeout=seconds)
    connection._create_connection = (  # type: ignore[attr-defined]
        lambda _named, *rest: socket.create_connection((place.machine, place.port), *rest)
    )
    return connection


@cache
def _certificates() -> ssl.SSLContext:
    return ssl.create_default_context()


def _hang_up(connection: HTTPConnection, is_late: Event) -> None:
    # Said first: whoever reads sees the end of the line at once, before this thread has ended.
    is_late.set()
    with suppress(OSError, AttributeError):
        connection.sock.shutdown(socket.SHUT_RDWR)


def _read(address: str, response: HTTPResponse) -> Answer:
    headers = {name.lower(): value for name, value in response.getheaders()}
    packed = headers.get("content-encoding", "identity").strip().lower()
    unpacked = _unpacked(response, packed)
    return Answer(address, response.status, headers, unpacked)


def _unpacked(response: HTTPResponse, packed: str) -> bytes:
    """Read a body piece by piece, so that a small one cannot unpack to a huge one."""
    if packed not in {"identity", "", "gzip", "x-gzip"}:
        raise Failed(Fault.GARBAGE)
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 16) if "gzip" in packed else None
    whole = bytearray()
    while piece := response.read(PIECE):
        whole += unpack.decompress(piece, MOST + 1 - len(whole)) if unpack else piece
        if len(whole) > MOST:
            raise Failed(Fault.TOO_BIG)
    if response.length:
        raise Failed(Fault.NO_ANSWER)  # it broke off halfway
    if unpack and not unpack.eof and whole:
        raise Failed(Fault.GARBAGE)
    return bytes(whole)
