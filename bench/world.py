"""Public pages as many readers meet them, beside what people would serve instead.

`python -m bench.world [--quick] [--gate] [--client wrk|python]`; see README.md in this folder.
"""

import contextlib
import http.client
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

import yaml

from bench import loading, report, running
from bench.loading import Load, Loader
from bench.report import Limit
from bench.running import ROOT, Running
from bench.walking import Request

CLIENTS = 8
PATIENCE = 120.0
SERVER_CORE, CLIENT_CORE = running.cores()
# How many times a stock Wagtail and a WordPress (classic theme; `peers.md` measured it beside the
# same stock Wagtail: 51 to 120 a second) a page must be served.
OF_DJANGO, OF_WAGTAIL, OF_WORDPRESS = 1.0, 80.0, 200.0
WORDPRESS_OF_WAGTAIL = 51 / 120
PEERS = {"hello": running.PAGE, "django": running.PAGE, "wagtail": "/"}


def main() -> int:
    """Measure, print, and give the exit code."""
    parser = report.options(__doc__.splitlines()[0])
    parser.add_argument("--client", choices=("wrk", "python"), default=loading.CLIENT)
    options = parser.parse_args()
    rounds, seconds = (1, 1) if options.quick else (5, 3)
    loader = Loader(options.client, CLIENTS, seconds, CLIENT_CORE)
    seen = _measure(loader, rounds)
    figures = {
        "how": asdict(loader) | {"rounds": rounds, "server_core": SERVER_CORE},
        "answers": {name: _medians(loads) for name, loads in seen.items()},
        "ratios": _ratios(seen),
    }
    return report.finish("world", figures, _limits(figures), gate=options.gate)


def pages() -> dict[str, str]:
    """Give the addresses of the pages that are measured: the front page and an article."""
    text = yaml.safe_load(
        (ROOT / "content" / "articles" / "small-resistance.yaml").read_text(encoding="utf-8")
    )
    return {"home": "/", "article": f"/artikelen/{text['nl']['slug']}/"}


def _measure(loader: Loader, rounds: int) -> dict[str, list[Load]]:
    """Ask each in turn, so that all meet the same machine."""
    seen: dict[str, list[Load]] = {}
    with contextlib.ExitStack() as stack:
        asking: dict[str, Callable[[], Load]] = {}
        for name, path in PEERS.items():
            report.progress(f"starting {name}")
            asking[name] = _asks(
                loader, stack.enter_context(_server(name)), Request(name, "GET", path)
            )
        report.progress("starting the program")
        program = stack.enter_context(_server("program"))
        for name, path in pages().items():
            asking[name] = _asks(loader, program, Request(name, "GET", path))
            again = Request(name, "GET", path, has=_etag(program, path))
            asking[f"{name} unchanged"] = _asks(loader, program, again)
        for n in range(-1, rounds):
            for name, ask in asking.items():
                report.progress(f"round {n + 1} of {rounds}, {name}")
                load = ask()
                if n >= 0:  # the first round warms up
                    seen.setdefault(name, []).append(load)
    return seen


def _asks(loader: Loader, server: Running, request: Request) -> Callable[[], Load]:
    return lambda: loader.load(server, [request])


def _etag(server: Running, path: str) -> str:
    connection = http.client.HTTPConnection(running.HOST, server.port)
    connection.request("GET", path, headers=Request("", "GET", path).headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.headers["ETag"] or ""


def _medians(loads: Sequence[Load]) -> dict[str, float | None]:
    columns = [asdict(load) for load in loads]
    return {
        name: None if None in (of := [column[name] for column in columns]) else _median(of)
        for name in columns[0]
    }


def _median(numbers: Sequence[float]) -> float:
    return round(statistics.median(numbers), 4)


def _ratios(seen: dict[str, list[Load]]) -> dict[str, dict[str, float]]:
    """Give how many answers of each page come for one of each peer, and its p95 beside theirs."""
    found: dict[str, dict[str, float]] = {}
    for page in pages():
        ratios = found.setdefault(page, {})
        for peer in PEERS:
            pairs = list(zip(seen[page], seen[peer], strict=True))
            ratios[f"per_second_of_{peer}"] = _median(
                [a.per_second / b.per_second for a, b in pairs]
            )
            ratios[f"p95_of_{peer}"] = _median([a.p95_ms / b.p95_ms for a, b in pairs])
    return found


def _limits(figures: dict[str, Any]) -> list[Limit]:
    """Give the limits upside down, as what is measured is to lie above them."""
    limits = []
    for page, ratios in figures["ratios"].items():
        wagtail = ratios["per_second_of_wagtail"]
        for peer, wanted, has in (
            ("a bare Django view", OF_DJANGO, ratios["per_second_of_django"]),
            ("a stock Wagtail", OF_WAGTAIL, wagtail),
            ("a WordPress", OF_WORDPRESS, wagtail / WORDPRESS_OF_WAGTAIL),
        ):
            what = f"{page}: answers of {peer} in the time of {wanted:g} of ours"
            limits.append(Limit(what, round(wanted / has, 3), 1.0))
    return limits


@contextlib.contextmanager
def _server(which: str) -> Iterator[Running]:
    with tempfile.TemporaryDirectory() as data:
        port = running.free_port()
        command = [sys.executable, "-m", "bench.servers", which, str(port), "--data", data]
        with running.running(command, port, core=SERVER_CORE, patience=PATIENCE) as server:
            yield server


if __name__ == "__main__":
    sys.exit(main())
