"""Servers that fail in every way there is, on this machine: they lie, hang, break off and swell."""

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

Behaviour = Callable[[socket.socket, bytes], None]
CALENDAR = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//\r\nEND:VCALENDAR\r\n"


@contextmanager
def behaving(behaviour: Behaviour) -> Iterator[tuple[str, list[bytes]]]:
    """Run a server that does one thing with every request; give where, and what it was asked."""
    asked: list[bytes] = []
    listening = socket.create_server(("127.0.0.1", 0))

    def answer(line: socket.socket) -> None:
        with line, suppress(OSError):
            line.settimeout(30)
            request = line.recv(65536)
            asked.append(request)
            behaviour(line, request)

    def listen() -> None:
        while True:
            try:
                line, _who = listening.accept()
            except OSError:
                return
            threading.Thread(target=answer, args=(line,), daemon=True).start()

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/agenda.ics", asked
    finally:
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(5)


def saying(status: str, body: bytes = b"", *headers: str) -> Behaviour:
    """Answer the same to everything."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "Connection: close"]
    whole = "\r\n".join([*lines, "", ""]).encode() + body
    return lambda line, _request: line.sendall(whole)


def hanging(line: socket.socket, _request: bytes) -> None:
    """Say nothing, and stay."""
    while line.recv(65536):
        pass


def dripping(line: socket.socket, _request: bytes) -> None:
    """Send a byte now and then, for ever: no timeout of a socket ends this."""
    line.sendall(b"HTTP/1.1 200 OK\r\nX-Long: ")
    while True:
        line.sendall(b"a")
        time.sleep(0.05)


def swelling(line: socket.socket, _request: bytes) -> None:
    """Send more and more."""
    line.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + CALENDAR)
    while True:
        line.sendall(b"X" * 65536)


def breaking_off(line: socket.socket, _request: bytes) -> None:
    """Promise more than is sent."""
    line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n" + CALENDAR)


def bomb() -> bytes:
    """Give 20 kB that unpack to 20 MB."""
    return gzip.compress(CALENDAR + b"X" * 20_000_000)
