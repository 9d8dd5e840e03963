"""The library `caldav`, made to speak through `fetching`: it writes and reads the protocol only.

Its own line to a server knows no bounds of time and size, and follows anyone anywhere. Importing
it costs 40 MB; so only who is about to speak to a calendar imports this.
"""

from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.request import (
    HTTPDigestAuthHandler,
    HTTPPasswordMgrWithDefaultRealm,
    Request,
    parse_http_list,
    parse_keqv_list,
)

from caldav.davclient import DAVClient
from caldav.lib import error
from caldav.lib.http_sync import CaseInsensitiveDict

from kleinverzet.coach import fetching, whereabouts
from kleinverzet.coach.calendar_account import Account
from kleinverzet.coach.calendar_faults import Failed, Fault

UNAUTHORIZED = 401
FAULTY = 500


class Client(DAVClient):  # type: ignore[misc, unused-ignore]
    """The library's client, on a line of ours."""

    def __init__(self, account: Account, until: float) -> None:
        place = whereabouts.named(account.address)
        super().__init__(
            url=account.address,
            username=account.name,
            password=account.password,
            auth_type="basic",
            enable_rfc6764=False,
        )
        self.session.close()
        self.session = _Line(account, place, until)  # type: ignore[assignment]


@contextmanager
def heard() -> Iterator[None]:
    """Tell whatever the library says is wrong in a word of ours.

    Raises:
        Failed: If anything is.
    """
    try:
        yield
    except Failed:
        raise
    except error.AuthorizationError:
        raise Failed(Fault.PASSWORD) from None
    except error.RateLimitError:
        raise Failed(Fault.SERVER) from None
    except (error.DAVError, SyntaxError, ValueError, TypeError, AttributeError, LookupError):
        # What a lying server sends breaks parsers in ways that nobody lists.
        raise Failed(Fault.GARBAGE) from None


@dataclass(frozen=True, slots=True)
class _Said:
    """An answer, as the library reads them."""

    status_code: int
    headers: Any
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode("utf-8", "replace")

    @property
    def reason(self) -> str:
        known = {status.value: status.phrase for status in HTTPStatus}
        return known.get(self.status_code, "")


class _Line:
    """Stands in for the library's session."""

    def __init__(self, account: Account, place: whereabouts.Place, until: float) -> None:
        self._account, self._place, self._until = account, place, until
        self._challenge = ""

    def request(
        self, method: str, url: str, *, data: Any, headers: Mapping[str, str], **_rest: Any
    ) -> _Said:
        if not whereabouts.is_same_house(self._place, whereabouts.named(url)):
            raise Failed(Fault.ELSEWHERE)
        answer = self._ask(method, url, data, headers)
        challenge = answer.headers.get("www-authenticate", "")
        if answer.status == UNAUTHORIZED and challenge.lower().startswith("digest "):
            self._challenge = challenge
            answer = self._ask(method, url, data, headers)
        if answer.status >= FAULTY:
            raise Failed(Fault.SERVER)
        return _Said(answer.status, CaseInsensitiveDict(answer.headers), answer.body)

    def close(self) -> None:
        """Do nothing: every request closes its own line."""

    def _ask(self, method: str, url: str, data: Any, headers: Mapping[str, str]) -> fetching.Answer:
        proof = self._digest(method, url) if self._challenge else _basic(self._account)
        body = data.encode() if isinstance(data, str) else bytes(data or b"")
        return fetching.ask(
            method, url, until=self._until, headers={**headers, "Authorization": proof}, body=body
        )

    def _digest(self, method: str, url: str) -> str:
        """Answer a challenge (RFC 7616): older servers take no password in the open."""
        keeper = HTTPPasswordMgrWithDefaultRealm()
        keeper.add_password(None, url, self._account.name, self._account.password)
        handler = HTTPDigestAuthHandler(keeper)
        challenge = parse_keqv_list(parse_http_list(self._challenge.partition(" ")[2]))
        if "nonce" not in challenge or "realm" not in challenge:
            raise Failed(Fault.PASSWORD)
        found = handler.get_authorization(Request(url, method=method), challenge)  # noqa: S310
        if not found:
            raise Failed(Fault.PASSWORD)
        return f"Digest {found}"


def _basic(account: Account) -> str:
    both = f"{account.name}:{account.password}".encode()
    return f"Basic {b64encode(both).decode()}"
