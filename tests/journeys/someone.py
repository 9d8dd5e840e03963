"""Somebody who keeps what they found: each thing they do, as they would do it in a browser.

They know no address but the first; the rest they find by what stands on the pages. So the same
steps hold in both languages, with script and without.
"""

import json
import re
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.sync_api import Locator, Page, expect

PASSPHRASE = "vier losse natte stenen"
YES = "mijn vrije middag ☀"
WORDS = "Hij stond al naast mijn bureau."
NOTICED = "Het werd even stil, en toen zei hij: oké."
NOTE = "Achteraf was het kleiner dan ik dacht; een kruimel."
LEARNED = "Ik zeg sneller ja als iemand aardig vraagt."


@dataclass
class Someone:
    """A person, their page, and the name that they chose."""

    page: Page
    name: str
    language: str = "nl"

    def walk_the_circle(self) -> None:
        """From the front page to the card, answering a little on the way."""
        page = self.page
        page.goto("/")
        if self.language != "nl":
            language = page.locator(f"a[hreflang={self.language}]:visible")
            if not language.count():
                page.locator("summary", has_text="Menu").click()
            language.first.click()
        expect(page.locator("html")).to_have_attribute("lang", self.language)
        page.locator(".pebble").click()
        self._pick("tension", "4")
        self._pick("setting", "work")
        self._go_on("who")
        page.locator("main .chips label").first.click()
        page.fill("[name=yes]", YES)
        self._go_on("situation")
        self._pick("safe", "yes")
        page.fill("[name=words]", WORDS)
        self._go_on("act")
        page.locator("label.act").first.click()
        self._go_on("plan")
        self._go_on("card")

    def keep_it_in_a_new_vault(self) -> None:
        """Press keep, and make the account on the way."""
        page = self.page
        page.locator("form[action$='/bewaren/'] button, form[action$='/keep/'] button").click()
        page.locator("main .btn--pebble").click()
        self.fill_in_a_name()

    def fill_in_a_name(self) -> None:
        """What an account asks for."""
        self.page.fill("#username", self.name)
        self.page.fill("#password1", PASSPHRASE)
        self.page.fill("#birth_year", "1985")
        self.page.locator("main .btn--pebble").click()

    def make_a_recovery_code(self) -> None:
        """Let one be made, write it down, and type one group over."""
        page = self.page
        page.locator("main .btn--pebble").click()
        expect(page.locator(".groups b")).to_have_count(8)
        groups = page.locator(".groups b").all_inner_texts()
        asked = re.search(r"\d", page.inner_text(".typed label"))
        assert asked
        page.fill("#code", groups[int(asked[0]) - 1].lower())
        page.locator("main .btn--pebble").click()
        page.locator("main a.btn--pebble").click()
        expect(self.lines).to_have_count(1)

    @property
    def lines(self) -> Locator:
        """What the list of one's own pages shows."""
        return self.page.locator("[aria-labelledby=kept] .kept__what a")

    def go(self, place: int) -> None:
        """Take one of the ways of the menu: 0 the own story, 1 what moved, 2 nudges, 3 safety."""
        self.page.locator(".own-menu > summary").click()
        self.page.locator(".own-menu li a").nth(place).click()

    def find_what_was_kept(self) -> None:
        """Open it from the list: nothing of it was typed twice, and all of it is there."""
        self.go(0)
        self.lines.first.click()
        for said in (YES, WORDS):
            expect(self.page.locator(".own-facts").first).to_contain_text(said)

    def look_back(self) -> None:
        """Say that it was done, how strong it is now, and what was noticed."""
        page = self.page
        page.locator("[aria-labelledby=after] a.btn").click()
        self._pick("outcome", "did")
        self._pick("tension", "2")
        page.fill("#noticed", NOTICED)
        self.save()
        page.locator("main a.btn").click()
        expect(page.locator("[aria-labelledby=after]")).to_contain_text(NOTICED)

    def change_the_words(self) -> None:
        """Write something beside it, later."""
        page = self.page
        page.locator(".own-list a").first.click()
        page.fill("#note", NOTE)
        self.save()
        expect(page.locator(".faults[role=status]")).to_be_visible()
        expect(page.locator(".own-facts").first).to_contain_text(NOTE)

    def search(self) -> None:
        """Look for one's own words: what is there is found, what is not is not."""
        self.go(0)
        for words, count in (("KRUIMEL", 1), ("zeppelin", 0)):
            self.page.fill("#words", words)
            self.page.locator(".own-search .btn").click()
            expect(self.page.locator("#words")).to_have_value(words)
            expect(self.lines).to_have_count(count)
            assert "kruimel" not in self.page.url.lower()
        self.go(0)
        self.lines.first.click()

    def choose_a_moment(self) -> None:
        """Ask for a nudge in three days, at half past three."""
        page = self.page
        page.locator("[aria-labelledby=nudge] a.plain").last.click()
        self._pick("moment", "own")
        page.fill("#day", (datetime.now(UTC) + timedelta(days=3)).date().isoformat())
        page.fill("#hour", "15:30")
        page.locator("[name=move][value=plan]").click()
        expect(page.locator("[aria-labelledby=nudge]")).to_contain_text(re.compile("15:30|3:30"))
        self.go(0)
        expect(page.locator("[aria-labelledby=next]")).to_contain_text(re.compile("15:30|3:30"))
        self.go(2)
        expect(page.locator(".nudge-row")).to_have_count(1)

    def see_what_moved(self) -> None:
        """The figures show it, and the table beside them says the same."""
        page = self.page
        self.go(1)
        expect(page.locator("svg.sh title")).to_have_count(1)
        expect(page.locator(".sh__after")).not_to_have_count(0)
        fold = page.locator("[aria-labelledby=tension] details.fold").last
        expect(fold.locator("tbody tr")).to_be_hidden()
        fold.locator("summary").click()
        expect(fold.locator("tbody tr")).to_be_visible()
        expect(page.locator(".gr__quotes")).to_contain_text(NOTICED)

    def write_what_was_learned(self) -> None:
        """In one's own words, on the page of what moved."""
        page = self.page
        page.locator(".btn--light[href]").click()
        page.fill("#learned", LEARNED)
        self.save()
        expect(page.locator(".gr__prose")).to_contain_text(LEARNED)

    def answer_a_month(self) -> None:
        """Five short statements, one of them left open."""
        page = self.page
        page.locator("[aria-labelledby=month] a.btn").click()
        statements = page.locator("main fieldset")
        expect(statements).to_have_count(5)
        for number in range(4):
            statements.nth(number).locator("label").nth(number).click()
        self.save()
        expect(page.locator(".mo__dot")).to_have_count(4)

    def take_everything_along(self) -> None:
        """One ZIP, with every word in it and a page to read it by."""
        page = self.page
        page.locator(".gr__ways a").first.click()
        with page.expect_download() as handed:
            page.locator("main .btn--pebble").click()
        with zipfile.ZipFile(handed.value.path()) as taken:
            kept = json.loads(taken.read("klein-verzet.json"))
            assert {name.rpartition(".")[2] for name in taken.namelist()} >= {"json", "html", "pdf"}
        text = json.dumps(kept, ensure_ascii=False)
        assert all(said in text for said in (YES, WORDS, NOTICED, NOTE, LEARNED))

    def shut_the_vault_and_open_it(self) -> None:
        """Shut: no word of it can be seen. Open: everything is there again."""
        page = self.page
        page.locator(".own-bar form button").click()
        page.locator("main a.btn").click()
        page.fill("#passphrase", "iets heel anders vandaag")
        page.locator("main .btn").click()
        expect(page.locator(".fault")).to_be_visible()
        assert YES not in page.content()
        page.fill("#passphrase", PASSPHRASE)
        page.locator("main .btn").click()
        expect(self.lines).to_have_count(1)

    def leave(self) -> None:
        """Erase everything; nobody of that name is here any more."""
        page = self.page
        page.locator("[aria-labelledby=more] a").last.click()
        page.locator("[aria-labelledby=all] a.btn").click()
        page.fill("#name", "somebody else")
        page.locator("main form .btn").click()
        expect(page.locator("#name-fault")).to_be_visible()
        page.fill("#name", self.name)
        page.locator("main form .btn").click()
        expect(page.locator("main form")).to_have_count(0)
        page.goto("/mijn/")
        page.fill("#login", self.name)
        page.fill("#password", PASSPHRASE)
        page.locator("main form .btn").click()
        expect(page.locator(".fault").first).to_be_visible()

    def save(self) -> None:
        """Press the one button with a pebble."""
        self.page.locator("main form .btn--pebble").click()

    def _pick(self, name: str, value: str) -> None:
        self.page.locator(f"label:has([name={name}][value='{value}']) > span").first.click()

    def _go_on(self, until: str) -> None:
        self.page.locator("main [name=move][value=next]").click()
        self.page.wait_for_selector(f"body.p-{until}")


def new(visit: Any, name: str, language: str = "nl", **more: Any) -> Someone:
    """Give somebody with a browser of their own."""
    return Someone(visit(**more).page, name, language)
