"""Somebody who plans an appointment, with what they do in their browser and read in their mail."""

import re
import time
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

NAME, WORDS = "Pippa Pluis", "Ik zeg vaak ja terwijl ik nee bedoel."
# A form that is sent sooner comes back once; see `accounts.traps`.
NOT_AT_ONCE = 3.2
A_MINUTE = 60.0


@dataclass
class Planner:
    """Somebody with a browser and a mailbox.

    Attributes:
        outbox: Where the program lays its mails.
        has_script: Whether their browser runs JavaScript; axe needs it too.
    """

    visitor: Any
    outbox: Path
    email: str
    language: str = "nl"
    has_script: bool = True

    @property
    def page(self) -> Page:
        """Their page."""
        page: Page = self.visitor.page
        return page

    def begin(self) -> None:
        """Go to where one plans, in their own language."""
        self.page.goto("/afspraak/")
        if self.language == "en":
            self.page.locator(".mast__way[hreflang=en]").click()
            self.page.wait_for_url("**/en/**")
        self.look("begin")

    def choose(self, mode: int, day: int = 0, hour: int = 0, town: str = "") -> None:
        """Choose how, for a visit where, which day and what time; each by one press."""
        page = self.page
        page.locator("a.mode").nth(mode).click()
        if town:
            expect(page.locator(".towns").first).to_be_visible()
            self.look("town")
            page.locator(".towns a", has_text=town).first.click()
        month = page.locator(".month__name")
        shown = month.inner_text()
        page.locator("a.month__step").last.click()
        expect(month).not_to_have_text(shown)
        self.look("month")
        page.locator("a.day").nth(day).click()
        expect(page.locator(".day[aria-current]")).to_be_visible()
        self.look("day")
        page.locator("a.time").nth(hour).click()
        expect(page.locator(".time[aria-current]")).to_be_visible()
        self.look("who")

    def fill_in(self, **more: str) -> None:
        """Say who comes; nothing that is not asked."""
        page = self.page
        for field, said in {"name": NAME, "email": self.email, "age": "23", **more}.items():
            page.fill(f"#{field}", said)
        page.fill("[name=q_about]", WORDS)
        page.locator("label:has(#consent)").click()

    def send(self) -> None:
        """Press the one button with a pebble; nobody does so at once."""
        time.sleep(NOT_AT_ONCE)
        self.page.locator("#who .btn--pebble").click()

    def plan(self, mode: int, **more: Any) -> str:
        """Plan, from the first press to the last; give where they can change it."""
        fields = more.pop("fields", {})
        self.begin()
        self.choose(mode, **more)
        self.fill_in(**fields)
        self.send()
        expect(self.page.locator(".yours__facts")).to_be_visible()
        self.look("planned")
        assert NAME in self.page.content()
        return self.page.url

    def move(self, home: str) -> None:
        """Move it, by links and one press."""
        page = self.page
        before = self.sentence()
        page.locator("main .ways a").nth(1).click()
        expect(page.locator("a.day").nth(4)).to_be_visible()
        self.look("move")
        page.locator("a.day").nth(4).click()
        expect(page.locator("button.time").nth(2)).to_be_visible()
        self.look("move to")
        page.locator("button.time").nth(2).click()
        page.wait_for_url(home)
        assert self.sentence() != before

    def call_off(self, home: str) -> None:
        """Call it off; it asks first."""
        page = self.page
        page.locator("main .ways a").nth(2).click()
        expect(page.locator("main form .btn--pebble")).to_be_visible()
        self.look("call off")
        page.locator("main form .btn--pebble").click()
        page.wait_for_url(home)
        expect(page.locator("main .ways a")).to_have_count(1)
        self.look("called off")

    def sentence(self) -> str:
        """What is planned."""
        return self.page.locator(".plan__line").first.inner_text()

    def look(self, name: str) -> None:
        """See that everyone can use the page as it stands; where they know script."""
        page = self.page
        page.wait_for_load_state()
        assert page.evaluate("document.documentElement.lang") == self.language, name
        assert not self.visitor.is_wider_than_screen(), name
        if self.has_script:
            page.evaluate("window.scrollTo(0, 0)")
            self.visitor.check_access()

    def link_in_mail(self, to: str, kind: str) -> str:
        """Wait for a mail to somebody, and give the link in it that leads to such a page."""
        until = time.monotonic() + A_MINUTE
        while time.monotonic() < until:
            for text in self._mails(to):
                if found := re.search(rf"https?://[^/\s]+(/(?:en/)?{kind}/\S+)", text):
                    return found[1]
            time.sleep(0.5)
        raise AssertionError(f"no mail to {to} with a link to {kind}")

    def _mails(self, to: str) -> list[str]:
        found = []
        for file in sorted(self.outbox.glob("*.log")):
            mail = message_from_bytes(file.read_bytes(), policy=policy.default)
            if mail["To"] == to:
                body = mail.get_body(("plain",))
                found.append(str(body.get_content()) if body else "")
        return found
