"""Calendars on a CalDAV server: finding them, reading events, and putting ours there.

All that the house asks of the library `caldav`, in five verbs, so that it can be another one day.
Importing it costs 40 MB; so only who is about to speak to a calendar imports this.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from urllib.parse import quote, unquote, urljoin, urlsplit

from kleinverzet.coach import whereabouts
from kleinverzet.coach.caldav_client import Client, heard
from kleinverzet.coach.calendar_account import Account
from kleinverzet.coach.calendar_faults import Failed, Fault
from kleinverzet.coach.ics_calendars import fault_of

DAV, CALDAV, SERVER = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}", "{http://calendarserver.org/ns/}"
ABOUT = [
    f"{DAV}resourcetype", f"{DAV}displayname", f"{DAV}current-user-principal",
    f"{DAV}current-user-privilege-set", f"{CALDAV}calendar-home-set",
    f"{CALDAV}supported-calendar-component-set",
]  # fmt: skip
STATE = [f"{SERVER}getctag", f"{DAV}sync-token"]
WRITING = {f"{DAV}all", f"{DAV}write", f"{DAV}write-content", f"{DAV}bind"}
MOST_CALENDARS = 50
TYPE = "text/calendar; charset=utf-8"
NOT_THERE, CHANGED = {404, 410}, 412
TAKEN, MADE = {409, 412}, {200, 201, 204}

_QUERY = (
    '<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:prop>'
    '<D:getetag/><C:calendar-data/></D:prop><C:filter><C:comp-filter name="VCALENDAR">'
    '<C:comp-filter name="VEVENT">{}</C:comp-filter></C:comp-filter></C:filter>'
    "</C:calendar-query>"
)


class Changed(Exception):
    """What stands there is not what was last seen of it."""


@dataclass(frozen=True, slots=True)
class There:
    """A calendar that a server has."""

    address: str = field(repr=False)
    name: str = field(repr=False)
    is_writable: bool


@dataclass(frozen=True, slots=True)
class Stored:
    """An event as it stands there: where, in which version, and its text."""

    href: str = field(repr=False)
    etag: str
    content: bytes = field(repr=False)


def discover(account: Account, until: float) -> tuple[There, ...]:
    """Find the calendars of an account, from whatever address its server is known by.

    Raises:
        Failed: If none can be found.
    """
    client = Client(account, until)
    with heard():
        for start in _starts(account.address):
            found = tuple(_from(client, start))[:MOST_CALENDARS]
            if found:
                return found
    raise Failed(Fault.NOT_THERE)


class CalDAV:
    """One calendar on a server, for as long as one visit lasts.

    Args:
        account: The calendar's own address, with name and password.
        until: When the visit ends at the latest, by `time.monotonic`.

    Every method raises `Failed` where the server fails.
    """

    def __init__(self, account: Account, until: float) -> None:
        self._address = account.address
        self._client = Client(account, until)

    def state(self) -> str:
        """Give what changes when anything in it does: one question, where the server has a word."""
        with heard():
            about = self._about(STATE, depth=0)
            marks = [str(about[0][1].get(name) or "") for name in STATE] if about else []
            if not any(marks):
                listed = self._about([f"{DAV}getetag"], depth=1)
                marks = sorted(f"{href} {props.get(f'{DAV}getetag')}" for href, props in listed)
        return sha256("\n".join(marks).encode()).hexdigest()

    def between(self, starts_at: datetime, ends_at: datetime) -> tuple[Stored, ...]:
        """Give the events that touch a span; more may come, for servers differ."""
        first, last = (f"{one.astimezone(UTC):%Y%m%dT%H%M%SZ}" for one in (starts_at, ends_at))
        return self._found(f'<C:time-range start="{first}" end="{last}"/>')

    def of_number(self, uid: str) -> Stored | None:
        """Give the event with a number, wherever it stands now."""
        wanted = f'<C:prop-filter name="UID"><C:text-match>{uid}</C:text-match></C:prop-filter>'
        return next(iter(self._found(wanted)), None)

    def at(self, href: str) -> Stored | None:
        """Give the event that stands at an address; None where there is none."""
        with heard():
            answer = self._client.request(self._whole(href), "GET", "", {"Accept": TYPE})
            if answer.status in NOT_THERE:
                return None
            _expect(answer.status, {200})
            content = answer.raw.encode() if isinstance(answer.raw, str) else bytes(answer.raw)
            return Stored(href, _etag(answer), content)

    def put(self, href: str, content: bytes, etag: str | None) -> str:
        """Put an event at an address, and give its version; empty where the server names none.

        Args:
            href: Where, as it was given before; or a bare file name for a new one.
            content: The event.
            etag: The version that is to be replaced; None where nothing may stand there yet.

        Raises:
            Changed: If something else stands there.
        """
        only = {"If-None-Match": "*"} if etag is None else {"If-Match": etag} if etag else {}
        headers = {"Content-Type": TYPE, **only}
        with heard(), _as_read_only():
            answer = self._client.request(self._whole(href), "PUT", content.decode(), headers)
        if answer.status in TAKEN:
            raise Changed
        _expect(answer.status, MADE)
        return _etag(answer)

    def take_out(self, href: str, etag: str) -> None:
        """Take an event out; one that is not there is taken out.

        Raises:
            Changed: If it was changed since.
        """
        headers = {"If-Match": etag} if etag else {}
        with heard(), _as_read_only():
            answer = self._client.request(self._whole(href), "DELETE", "", headers)
        if answer.status == CHANGED:
            raise Changed
        _expect(answer.status, MADE | NOT_THERE)

    def _found(self, wanted: str) -> tuple[Stored, ...]:
        with heard():
            answer = self._client.report(self._address, _QUERY.format(wanted), depth=1)
            _expect(answer.status, {200, 207})
            _expect_xml(answer)
            return tuple(
                Stored(one.href, str(one.etag or ""), str(one.calendar_data).encode())
                for one in answer.parse_calendar_query()
                if one.calendar_data
            )

    def _about(self, names: list[str], depth: int) -> list[tuple[str, dict[str, Any]]]:
        return list(_asked(self._client, self._address, names, depth))

    def _whole(self, href: str) -> str:
        base = self._address if self._address.endswith("/") else f"{self._address}/"
        return urljoin(base, quote(unquote(href), safe="/:@+~!$&'()*,;=-._"))


class _as_read_only:  # noqa: N801, reads as a word in a `with`
    """Let a refusal to be written to be just that, and not a wrong password."""

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, _kind: object, fault: BaseException | None, _trace: object) -> None:
        """Tell the two apart."""
        if getattr(fault, "status", None) == 403:
            raise Failed(Fault.READ_ONLY) from None


def _etag(answer: Any) -> str:
    # A database takes no zero in a text.
    return str(answer.headers.get("ETag") or "").replace("\0", "")


def _expect(status: int, wanted: set[int]) -> None:
    if status not in wanted:
        raise Failed(fault_of(status))


def _expect_xml(answer: Any) -> None:
    """Refuse a page where an answer was due: no events must not read as an empty calendar."""
    if answer.tree is None or answer.tree.tag != f"{DAV}multistatus":
        raise Failed(Fault.GARBAGE)


def _starts(address: str) -> Iterator[str]:
    """Give where to begin: as given, then where every server should answer (RFC 6764)."""
    parts = urlsplit(address)
    root = f"{parts.scheme}://{parts.netloc}"
    yield from dict.fromkeys((address, f"{root}/.well-known/caldav", f"{root}/"))


def _from(client: Client, start: str) -> Iterator[There]:
    """Give the calendars that an address leads to: itself, or those of whose address it is."""
    props = _about_one(client, start)
    if _is_calendar(props):
        yield _there(start, props)
        return
    for name in (f"{DAV}current-user-principal", f"{CALDAV}calendar-home-set"):
        for onward in _hrefs(props.get(name)):
            start = urljoin(start, onward)
            props = {**props, **_about_one(client, start)}
    for href, about in _asked(client, start, ABOUT, 1):
        if _is_calendar(about):
            yield _there(urljoin(start, quote(href, safe="/:@+~!$&'()*,;=-._")), about)


def _about_one(client: Client, address: str) -> dict[str, Any]:
    return next((props for _href, props in _asked(client, address, ABOUT, 0)), {})


def _asked(
    client: Client, address: str, names: list[str], depth: int
) -> Iterator[tuple[str, dict[str, Any]]]:
    answer = client.propfind(address, props=names, depth=depth)
    if answer.status in NOT_THERE | {405}:
        return
    _expect(answer.status, {200, 207})
    _expect_xml(answer)
    for one in answer.parse_propfind():
        yield one.href, one.properties


def _hrefs(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else [one for one in value or () if one]


def _is_calendar(props: dict[str, Any]) -> bool:
    kinds = props.get(f"{DAV}resourcetype") or []
    holds = props.get(f"{CALDAV}supported-calendar-component-set") or ["VEVENT"]
    return f"{CALDAV}calendar" in kinds and "VEVENT" in holds


def _there(address: str, props: dict[str, Any]) -> There:
    whereabouts.named(address)
    rights = props.get(f"{DAV}current-user-privilege-set")
    name = str(props.get(f"{DAV}displayname") or "").strip()
    return There(
        address=address,
        name=(name or unquote(urlsplit(address).path.rstrip("/").rpartition("/")[2]))[:60],
        is_writable=not rights or bool(WRITING & set(_hrefs(rights))),
    )
