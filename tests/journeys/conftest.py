"""A real program, a real Chromium, and axe-core inside the page."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests import prepared
from tools.screens import find_chromium, program

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
RULES = {
    "runOnly": [
        "wcag2a",
        "wcag2aa",
        "wcag2aaa",
        "wcag21a",
        "wcag21aa",
        "wcag22aa",
        "best-practice",
    ],
    "rules": {
        "color-contrast-enhanced": {"enabled": True},
        "target-size": {"enabled": True},
    },
}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a program that was started for this file alone."""
    with program(data=prepared.copy_to(tmp_path_factory.mktemp("house") / "data")) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for this file. Not for the session: its loop must not outlive these tests."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        yield chromium
        chromium.close()


@dataclass
class Visitor:
    """Somebody with a browser; keeps what went wrong and where their browser went."""

    context: BrowserContext
    page: Page
    faults: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def check_access(self) -> None:
        """Run axe-core in the page as it stands, under its own policy."""
        # A press returns when the next page begins; only a whole page can be looked at.
        self.page.wait_for_load_state()
        self.page.evaluate(AXE)
        found = self.page.evaluate("rules => axe.run(document, rules)", RULES)
        broken = [
            f"{rule['id']}: {rule['help']}\n    "
            + "\n    ".join(n["html"][:160] for n in rule["nodes"])
            for rule in found["violations"]
        ]
        assert not broken, f"{self.page.title()}\n" + "\n".join(broken)

    def is_wider_than_screen(self) -> bool:
        self.page.wait_for_load_state()
        return bool(
            self.page.evaluate(
                "document.documentElement.scrollWidth > document.documentElement.clientWidth"
            )
        )


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Any]:
    """Make visitors: `visit(width=360, scheme="dark", script=False)`."""
    visitors: list[Visitor] = []

    def make(width: int = 360, height: int = 740, scheme: str = "light", **more: Any) -> Visitor:
        script = more.pop("script", True)
        context = browser.new_context(
            base_url=more.pop("at", address),
            viewport={"width": width, "height": height},
            color_scheme=scheme,  # type: ignore[arg-type]
            reduced_motion=more.pop("motion", "reduce"),
            java_script_enabled=script,
            **more,
        )
        context.set_default_timeout(10_000)
        expect.set_options(timeout=10_000)
        visitor = Visitor(context, context.new_page())
        visitor.page.on("pageerror", lambda error: visitor.faults.append(str(error)))
        visitor.page.on("console", lambda line: _note(visitor, line))
        visitor.page.on("request", lambda request: visitor.asked.append(request.url))
        visitors.append(visitor)
        return visitor

    yield make
    for visitor in visitors:
        visitor.context.close()
        assert not visitor.faults, json.dumps(visitor.faults, indent=1)


def _note(visitor: Visitor, line: Any) -> None:
    # A page that answers 404 or 422 on purpose is reported as a failed resource.
    if line.type == "error" and "the server responded with a status of 4" not in line.text:
        visitor.faults.append(line.text)
