"""Where an address leads: which machine, and whether we go there at all.

A coach may name a server at home or on this very machine: small ones often stand there, and many
speak plain http. What answers every program about the machine that it runs on is out of bounds.
"""

import ipaddress
import socket
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import quote, urlsplit

from kleinverzet.coach.calendar_faults import Failed, Fault

PORTS = {"http": 80, "https": 443}
# Where clouds tell programs about their machine; the rest of these is link-local.
OF_CLOUDS = {"100.100.100.200", "192.0.0.192", "fd00:ec2::254", "fd20:ce::254"}
# One service that sends everybody on to a host of their own.
FAMILIES = (".icloud.com",)


@dataclass(frozen=True, slots=True)
class Place:
    """An address, taken apart.

    Attributes:
        machine: The number of the machine to speak to; empty where it was not looked up.
        path: With its query.
    """

    address: str = field(repr=False)
    is_https: bool
    host: str
    port: int
    path: str = field(repr=False)
    machine: str = ""

    @property
    def is_open_air(self) -> bool:
        """Whether others on the way can read along."""
        return not self.is_https and not self.host.startswith("127.") and self.host != "localhost"


def named(address: str) -> Place:
    """Take an address apart.

    Raises:
        Failed: If it is none that we speak to, or holds a name and a password.
    """
    try:
        parts = urlsplit(address.strip())
        host = (parts.hostname or "").encode("idna").decode() if parts.hostname else ""
        port = parts.port or PORTS[parts.scheme]
    except (ValueError, KeyError, UnicodeError):
        raise Failed(Fault.ADDRESS) from None
    if not host or parts.username is not None or any(ord(sign) <= 32 for sign in address.strip()):
        raise Failed(Fault.ADDRESS)
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    path += f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else ""
    return Place(address.strip(), parts.scheme == "https", host, port, path)


def find(address: str) -> Place:
    """Take an address apart, and look up which machine it names.

    Raises:
        Failed: If it is none that we speak to.
    """
    place = named(address)
    try:
        found = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Failed(Fault.UNKNOWN_HOST) from None
    machines = [str(one[4][0]) for one in found]
    if not machines or not all(map(_is_welcome, machines)):
        raise Failed(Fault.ADDRESS)
    return Place(
        place.address, place.is_https, place.host, place.port, place.path, _first(machines)
    )


def is_same_house(one: Place, other: Place) -> bool:
    """Tell whether a password for one place may go to the other."""
    if one.is_https and not other.is_https:
        return False
    same_port = one.port == other.port or (one.port, other.port) == (80, 443)
    if one.host == other.host:
        return same_port
    return other.is_https and any(
        one.host.endswith(family) and other.host.endswith(family) for family in FAMILIES
    )


def _first(machines: list[str]) -> str:
    """Give the first machine, of the old kind where there is one: it is reached from everywhere."""
    return next((one for one in machines if ":" not in one), machines[0])


def _is_welcome(machine: str) -> bool:
    number: IPv4Address | IPv6Address = ipaddress.ip_address(machine.partition("%")[0])
    if isinstance(number, IPv6Address) and number.ipv4_mapped:
        number = number.ipv4_mapped
    return not (
        number.is_link_local
        or number.is_multicast
        or number.is_unspecified
        or number == IPv4Address("255.255.255.255")
        or str(number) in OF_CLOUDS
    )
