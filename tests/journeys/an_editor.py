"""Somebody who works on the site and never saw Wagtail: what they do, by what they read there."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

HERE = ZoneInfo("Europe/Amsterdam")


@dataclass
class Editor:
    """An editor, and their page."""

    page: Page
    name: str = "Petra Plons"
    passphrase: str = "twaalf droge witte ramen"

    def come_in(self) -> None:
        """Ask for the desk, sign in at the door of the house, and be there."""
        page = self.page
        page.goto("/beheer/")
        page.fill("#login", self.name)
        page.fill("#password", self.passphrase)
        page.locator("main form .btn").click()
        page.wait_for_url("**/herstelcode/**")  # every account is offered one; it can wait
        page.goto("/beheer/")
        expect(page.locator("h1")).to_contain_text("Klein Verzet")

    def change_the_phone_number(self, number: str) -> None:
        """From the desk's first page, as it says there."""
        page = self.page
        page.get_by_role("link", name="Verander je telefoonnummer").click()
        page.get_by_label("Telefoonnummer").fill(number)
        page.get_by_role("button", name="Opslaan").click()
        expect(page.locator(".messages")).to_contain_text("Praktijk")

    def begin_an_article(self, title: str) -> None:
        """A title and a lead; what is typed is kept by itself."""
        page = self.page
        page.goto("/beheer/")
        page.get_by_role("link", name="Schrijf een artikel").click()
        page.fill("#id_title", title)
        page.fill("#id_lead", "Over het eerste woord, dat vaak genoeg is.")

    def add_a_picture(self, file: Path) -> None:
        """Choose one from their own machine."""
        page = self.page
        page.get_by_role("button", name="Kies een afbeelding").click()
        page.get_by_role("tab", name="Uploaden").click()
        page.set_input_files(".modal input[type=file]", file)
        expect(page.locator(".modal input[name$=title]")).not_to_have_value("")
        page.locator(".modal form [type=submit]").last.click()
        expect(page.locator("#id_image-chooser img, [data-chooser-image]").first).to_be_visible()

    def write(self, words: str) -> None:
        """Add a block of text."""
        body = self.page.locator("#panel-child-inhoud-body-section")
        body.locator(".c-sf-add-button").first.click()
        self.page.get_by_role("option", name="Tekst", exact=True).click()
        body.locator("[contenteditable=true]").first.click()
        self._type(words)

    def keep_a_version(self) -> None:
        """Press the button that keeps a draft, and wait until it says so."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name="Bewaar concept").click()
        expect(self.page.locator(".messages")).to_contain_text(re.compile("aangemaakt|gewijzigd"))

    def publish(self) -> None:
        """Press publish; it lies beside the button that keeps a draft."""
        self.page.get_by_role("button", name="Meer acties").click()
        self.page.get_by_role("button", name="Publiceren").click()

    def confirm_the_schedule(self) -> None:
        """Press publish, which by now says that it will happen later."""
        self.page.get_by_role("button", name="Meer acties").click()
        self.page.get_by_role("button", name="Publicatie inplannen").click()

    def schedule(self, at: datetime) -> None:
        """Say when it may appear."""
        page = self.page
        self.open_panel("Toon/verberg status")
        page.get_by_role("button", name="Stel schema in").click()
        page.locator("#id_go_live_at").fill(f"{at.astimezone(HERE):%Y-%m-%dT%H:%M}")
        page.locator("#schedule-publishing-dialog button[type=submit]").click()
        expect(page.locator(".messages")).to_contain_text("gewijzigd")

    def say_something_about_the_lead(self, words: str) -> None:
        """Put a comment beside it, for whoever reads along."""
        page = self.page
        self.open_panel("Toon/verberg opmerkingen")
        page.locator("#panel-child-inhoud-child-lead-wrapper [data-comment-add]").click()
        page.locator("#comments [role=textbox], #comments textarea").first.fill(words)
        page.locator(".comment__button--primary").first.click()
        self.keep_a_version()

    def replace_the_text(self, words: str) -> None:
        """Write something else in the block of text."""
        self.page.locator("#panel-child-inhoud-body-section [contenteditable=true]").first.click()
        self.page.keyboard.press("ControlOrMeta+a")
        self._type(words)

    def compare_the_versions(self) -> None:
        """See what was changed between the first version and the last."""
        page = self.page
        page.get_by_role("button", name="Acties").first.click()
        page.get_by_role("link", name="Wat is er veranderd?").first.click()

    def change_the_address(self, title: str, slug: str) -> None:
        """Find a page by its title, and give it another address."""
        page = self.page
        page.goto(f"/beheer/pages/search/?q={title}")
        page.get_by_role("link", name=title, exact=True).first.click()
        page.get_by_role("tab", name="Eigenschappen").click()
        page.fill("#id_slug", slug)
        self.publish()
        expect(page.locator(".messages")).to_contain_text("gepubliceerd")

    def translate_into(self, language: str) -> None:
        """Ask for the page in another language, from the menu beside its title."""
        page = self.page
        page.get_by_role("button", name="Acties", exact=True).first.click()
        page.get_by_role("link", name="Vertaal").click()
        page.get_by_label(language).check()
        page.locator("main form [type=submit]").last.click()

    def _type(self, words: str) -> None:
        self.page.keyboard.type(words)
        # The field hands it to the form a quarter of a second after the last letter.
        self.page.wait_for_function(
            "words => [...document.querySelectorAll('[name^=body-]')]"
            ".some(field => field.value.includes(words))",
            arg=words,
        )
        self.keep_a_version()

    def open_panel(self, name: str) -> None:
        """Open one of the panels beside the form."""
        self.page.get_by_role("button", name=name).click()


def until(page: Page, path: str, is_there: Callable[[Page], bool], seconds: int) -> None:
    """Ask for a page again and again, as somebody who waits for something to appear there."""
    for _ in range(seconds):
        page.goto(path)
        if is_there(page):
            return
        page.wait_for_timeout(1_000)
    raise AssertionError(f"{path} never showed it")
