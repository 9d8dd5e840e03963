"""The bytes of a first visit to every page, as a real Chromium receives them.

`python -m bench.weight [--quick] [--gate]`; see README.md in this folder.
"""

import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, CDPSession, Route, ViewportSize, sync_playwright

from bench import addresses, report, running, walking
from bench.report import Limit
from bench.walking import Request
from tools.screens import find_chromium

PAGE_BYTES = 30_000
FONT_BYTES = 90_000
# What is read by everybody; home is where the walk through the circle begins.
PUBLIC = ("article", "articles", "method", "acts", "contact")
PATIENCE = 300.0
PHONE: ViewportSize = {"width": 360, "height": 740}
KINDS = {"Document": "html", "Stylesheet": "css", "Script": "js", "Font": "font"}


@dataclass
class Wire:
    """Listens to a page's network, and adds up what comes over the wire."""

    origin: str
    kinds: dict[str, str] = field(default_factory=dict)
    encodings: dict[str, str] = field(default_factory=dict)
    bytes_by_kind: Counter[str] = field(default_factory=Counter)
    elsewhere: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def listen(self, session: CDPSession) -> None:
        """Begin with the next request."""
        session.on("Network.requestWillBeSent", self._sent)
        session.on("Network.responseReceived", self._received)
        session.on("Network.loadingFinished", self._finished)
        session.on("Network.loadingFailed", lambda event: self.failed.append(event["errorText"]))
        session.send("Network.enable")

    def _sent(self, event: dict[str, Any]) -> None:
        address = urlsplit(event["request"]["url"])
        # Chromium draws its own date field with data addresses; nothing of them is on the wire.
        if address.scheme == "data":
            return
        self.kinds[event["requestId"]] = KINDS.get(event.get("type", ""), "other")
        if f"{address.scheme}://{address.netloc}" != self.origin:
            self.elsewhere.append(event["request"]["url"])

    def _received(self, event: dict[str, Any]) -> None:
        headers = {name.lower(): value for name, value in event["response"]["headers"].items()}
        kind = KINDS.get(event["type"], "other")
        self.encodings[kind] = headers.get("content-encoding", "none")

    def _finished(self, event: dict[str, Any]) -> None:
        # What came for this answer, headers and all, as it was encoded on the way.
        if kind := self.kinds.get(event["requestId"]):
            self.bytes_by_kind[kind] += int(event["encodedDataLength"])

    def summary(self) -> dict[str, Any]:
        """Give the sums; fonts apart, as a reader can read before they are there."""
        fonts = self.bytes_by_kind["font"]
        return {
            "bytes": self.bytes_by_kind.total() - fonts,
            "fonts": fonts,
            "by_kind": {**self.bytes_by_kind},
            "encodings": self.encodings,
            "requests": len(self.kinds),
            "third_party": len(self.elsewhere),
            "failed": self.failed,
        }


def main() -> int:
    """Measure, print, and give the exit code."""
    options = report.options(__doc__.splitlines()[0]).parse_args()
    with _program() as port, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        pages = _pages(browser, port, ("nl",) if options.quick else walking.LANGUAGES)
        figures = {"chromium": browser.version, "pages": pages, "font_files": _font_files()}
        browser.close()
    return report.finish("weight", figures, _limits(figures), gate=options.gate)


def _limits(figures: dict[str, Any]) -> list[Limit]:
    pages = figures["pages"]
    return [
        *(Limit(f"{page}, bytes", seen["bytes"], PAGE_BYTES) for page, seen in pages.items()),
        Limit(
            "fonts of one page at most, bytes", max(p["fonts"] for p in pages.values()), FONT_BYTES
        ),
        Limit("all font files together, bytes", sum(figures["font_files"].values()), FONT_BYTES),
        Limit("requests to third parties", sum(p["third_party"] for p in pages.values()), 0),
        Limit("requests that failed", sum(len(p["failed"]) for p in pages.values()), 0),
    ]


@contextmanager
def _program() -> Iterator[int]:
    port = running.free_port()
    with tempfile.TemporaryDirectory() as data:
        command = [
            sys.executable,
            "-m",
            "kleinverzet",
            "start",
            "--port",
            str(port),
            "--data",
            data,
        ]
        with running.running(command, port, patience=PATIENCE) as program:
            yield program.port


def _pages(browser: Browser, port: int, languages: tuple[str, ...]) -> dict[str, Any]:
    found = {}
    for language, request in _requests(port, languages):
        report.progress(f"{language} {request.name}")
        found[f"{language} {request.name}"] = _first_visit(browser, port, request)
    return found


def _requests(port: int, languages: tuple[str, ...]) -> Iterator[tuple[str, Request]]:
    """Give every page that is measured, home and the circle first, beside its language."""
    for language in languages:
        for request in walking.walk(port, language):
            if request.name != "calendar":
                yield language, request
    yield from addresses.public(port, PUBLIC, languages)


def _first_visit(browser: Browser, port: int, request: Request) -> dict[str, Any]:
    """Open one page with an empty cache, on a phone, as though it were the first that is seen."""
    origin = f"http://localhost:{port}"
    with browser.new_context(viewport=PHONE, device_scale_factor=2) as context:
        page = context.new_page()
        wire = Wire(origin)
        wire.listen(context.new_cdp_session(page))
        if request.method == "POST":
            page.route(origin + request.path, lambda route: _as_post(route, request))
        page.goto(origin + request.path, wait_until="networkidle")
        return wire.summary()


def _as_post(route: Route, request: Request) -> None:
    """Let a fresh tab send the form that leads to a step."""
    headers = route.request.headers | walking.FORM
    route.continue_(method="POST", post_data=request.body, headers=headers)


def _font_files() -> dict[str, int]:
    return {
        path.name: path.stat().st_size for path in sorted((running.ROOT / "src").rglob("*.woff2"))
    }


if __name__ == "__main__":
    sys.exit(main())
