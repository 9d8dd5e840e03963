"""Where the program listens: which address, whether it is free, and what people call it."""

import errno
import ipaddress
import socket

from kleinverzet.refusal import Refusal


def need_free_port(host: str, port: int) -> str:
    """Give the host in numbers, sure that this program can listen there.

    Raises:
        Refusal: If the port is taken, or the address not one of this machine.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Refusal(f"{host!r} is no address of this machine; leave --host out.") from None
    # "localhost" can mean both; version 4 is what every machine has.
    family, kind, _, _, address = min(found, key=lambda entry: entry[0] != socket.AF_INET)
    with socket.socket(family, kind) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as problem:
            raise Refusal(_why_not_bound(problem, host, port)) from None
    return str(address[0])


def _why_not_bound(problem: OSError, host: str, port: int) -> str:
    if problem.errno == errno.EADDRINUSE:
        return f"port {port} is taken; stop what uses it, or give another with --port."
    if problem.errno in {errno.EACCES, errno.EPERM}:
        return f"port {port} needs more rights; give one above 1023 with --port."
    return f"{host!r} is no address of this machine; leave --host out."


def named(host: str) -> str:
    """Give the host as people on this machine write it in an address."""
    if is_loopback(host) or is_everywhere(host):
        return "localhost"
    return f"[{host}]" if ":" in host else host


def is_everywhere(host: str) -> bool:
    """Tell whether it means every address of this machine."""
    return host in {"0.0.0.0", "::"}  # noqa: S104


def is_loopback(host: str) -> bool:
    """Tell whether it reaches this machine only."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
