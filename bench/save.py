"""Keeping a reflection, encryption included, beside a bare Django view that inserts one row.

`python -m bench.save [--quick] [--gate]`; see README.md in this folder.
"""

import contextlib
import http.client
import re
import statistics
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from html import unescape
from typing import Any
from urllib.parse import urlencode

from bench import report, running
from bench.report import Limit
from bench.running import Running

P95_MS = 30.0
LEAST_SHARE = 0.25
CLIENTS = (1, 4)
WORDS = "Hij vraagt of ik zijn verslag weer afmaak, en het is vrijdag vier uur. " * 4
FORM = {"Content-Type": "application/x-www-form-urlencoded"}

Send = Callable[[http.client.HTTPConnection], int]


@dataclass(frozen=True, slots=True)
class Pace:
    """What clients saw that saved one after the other."""

    per_second: float
    median_ms: float
    p95_ms: float


def main() -> int:
    """Measure, print, and give the exit code."""
    options = report.options(__doc__.splitlines()[0]).parse_args()
    rounds, seconds = (1, 1.0) if options.quick else (5, 3.0)
    with _server("program") as program, _server("inserting") as bare:
        saver = Saver(program)
        figures = {
            str(clients): _compare(saver, bare, clients, rounds, seconds) for clients in CLIENTS
        }
        figures["unlock"] = saver.unlocking(3 if options.quick else 15)
    return report.finish("save", figures, _limits(figures), gate=options.gate)


class Saver:
    """Somebody who is signed in over HTTP, with everything that a browser would send."""

    def __init__(self, server: Running) -> None:
        self.server = server
        self.cookies: dict[str, str] = {}
        self.passphrase = "zeven lange natte dijken"
        self.token = self._token(self.page("GET", "/meedoen/"))
        named = {"username": "Otter", "password1": self.passphrase, "birth_year": "1990"}
        self.page("POST", "/meedoen/", named)
        self.carried = self._card()
        self.token = self._token(self.page("GET", "/mijn/er-schuurt-iets/"))

    def page(self, method: str, path: str, fields: dict[str, str] | None = None) -> str:
        """Send one request; give the page."""
        connection = http.client.HTTPConnection(running.HOST, self.server.port, timeout=20)
        with contextlib.closing(connection):
            return self._send(connection, method, path, fields)[1]

    def save(self, connection: http.client.HTTPConnection) -> int:
        """Keep one circle; give the status."""
        fields = {"carried": self.carried, "once": str(uuid.uuid4()), "hard": "3"}
        return self._send(connection, "POST", "/mijn/bewaard/", fields)[0]

    def unlocking(self, times: int) -> dict[str, float]:
        """Give how long opening the vault takes, beside Argon2 alone in this process."""
        from nacl import pwhash, utils

        took, alone = [], []
        for _ in range(times):
            self.cookies.pop("vk", None)
            began = time.perf_counter()
            sent = {"passphrase": self.passphrase, "resume": "get"}
            self.page("POST", "/mijn/", sent)
            took.append(1000 * (time.perf_counter() - began))
            began = time.perf_counter()
            pwhash.argon2id.kdf(32, b"passphrase", utils.random(16), 3, 64 * 1024 * 1024)
            alone.append(1000 * (time.perf_counter() - began))
        return {
            "median_ms": statistics.median(took),
            "argon2_alone_ms": statistics.median(alone),
            "share_of_argon2": statistics.median(alone) / statistics.median(took),
        }

    def _card(self) -> str:
        page = self.page("GET", "/cirkel/")
        steps: list[dict[str, str]] = [
            {"tension": "4", "setting": "work", "presser": "beside", "pressure": "asked"},
            {"values": "rest", "yes": "mijn vrije vrijdagmiddag"},
            {"safe": "yes", "helps": "yes", "words": WORDS[:400]},
            {"act": "own", "own": "Ik vraag om een dag bedenktijd"},
            {},
        ]
        for fields in steps:
            page = self.page("POST", "/cirkel/", {"carried": _carried(page), **fields})
        return _carried(page)

    def _token(self, page: str) -> str:
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        return found[1] if found else sys.exit("A page holds no form: the bench cannot save.")

    def _send(
        self,
        connection: http.client.HTTPConnection,
        method: str,
        path: str,
        fields: dict[str, str] | None,
    ) -> tuple[int, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Host": f"localhost:{self.server.port}", "Cookie": cookies}
        body = None
        if fields is not None:
            body = urlencode({"csrfmiddlewaretoken": getattr(self, "token", ""), **fields})
            headers |= FORM
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        for line in answer.msg.get_all("Set-Cookie") or ():
            name, _, value = line.partition(";")[0].partition("=")
            if name != "messages":  # the page that follows would show it and drop it
                self.cookies[name] = value
        return answer.status, answer.read().decode()


def _compare(
    saver: Saver, bare: Running, clients: int, rounds: int, seconds: float
) -> dict[str, Any]:
    """Save here and there in turn, so that both meet the same machine and the same disk."""
    ours, theirs = [], []
    for turn in range(rounds):
        report.progress(f"{clients} at once, round {turn + 1} of {rounds}")
        ours.append(_pace(saver.server, saver.save, 302, clients, seconds))
        theirs.append(_pace(bare, _insert, 200, clients, seconds))
    return {
        "keeping": asdict(_middle(ours)),
        "bare_insert": asdict(_middle(theirs)),
        "share_of_bare": statistics.median(
            a.per_second / b.per_second for a, b in zip(ours, theirs, strict=True)
        ),
    }


def _insert(connection: http.client.HTTPConnection) -> int:
    connection.request("POST", running.PAGE, urlencode({"words": WORDS}), FORM)
    answer = connection.getresponse()
    answer.read()
    return answer.status


def _pace(server: Running, send: Send, wanted: int, clients: int, seconds: float) -> Pace:
    """Let some clients send for a while, each on a connection that stays open."""
    until = time.perf_counter() + seconds
    times: list[float] = []
    faults: list[int] = []

    def work() -> None:
        connection = http.client.HTTPConnection(running.HOST, server.port, timeout=20)
        with contextlib.closing(connection):
            while time.perf_counter() < until:
                began = time.perf_counter()
                status = send(connection)
                times.append(1000 * (time.perf_counter() - began))
                if status != wanted:
                    faults.append(status)

    workers = [threading.Thread(target=work) for _ in range(clients)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    if faults:
        sys.exit(f"Not every answer was a {wanted}: {faults[0]}.")
    p95 = statistics.quantiles(times, n=20)[-1]
    return Pace(len(times) / seconds, statistics.median(times), p95)


def _middle(paces: list[Pace]) -> Pace:
    names = ("per_second", "median_ms", "p95_ms")
    return Pace(*(statistics.median(getattr(pace, name) for pace in paces) for name in names))


def _limits(figures: dict[str, Any]) -> list[Limit]:
    found = []
    for clients in map(str, CLIENTS):
        seen = figures[clients]
        found.append(
            Limit(f"keeping, {clients} at once, p95 ms", seen["keeping"]["p95_ms"], P95_MS)
        )
        found.append(
            Limit(
                f"bare inserts for each that is kept, {clients} at once",
                1 / seen["share_of_bare"],
                1 / LEAST_SHARE,
            )
        )
    return found


def _carried(page: str) -> str:
    found = re.search(r'name="carried" value="([^"]*)"', page)
    return unescape(found[1]) if found else sys.exit("The circle did not go on: no card to keep.")


@contextlib.contextmanager
def _server(which: str) -> Iterator[Running]:
    port = running.free_port()
    with tempfile.TemporaryDirectory() as data:
        command = [sys.executable, "-m", "bench.servers", which, str(port), "--data", data]
        with running.running(command, port) as server:
            yield server


if __name__ == "__main__":
    sys.exit(main())
