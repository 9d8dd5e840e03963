"""A second step in a real browser, with a real authenticator behind it; and the pages around it."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_every_page import SMALL_TARGETS

pytestmark = pytest.mark.browser

PASSPHRASE = "zeven lange natte dijken"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
PAGES = {
    "nl": (
        "/veiligheid/",
        "/veiligheid/app/",
        "/veiligheid/passkeys/",
        "/veiligheid/passkeys/nieuw/",
        "/veiligheid/reservecodes/",
        "/veiligheid/reservecodes/nieuw/",
        "/apparaten/",
        "/e-mail/",
    ),
    "en": (
        "/en/safety/",
        "/en/safety/app/",
        "/en/safety/passkeys/",
        "/en/safety/passkeys/new/",
        "/en/safety/spare-codes/",
        "/en/safety/spare-codes/new/",
        "/en/devices/",
        "/en/e-mail/",
    ),
}


def test_a_passkey_is_the_second_step_and_opens_the_vault_after_it(visit: Any) -> None:
    visitor = visit()
    page = _with_authenticator(visitor)
    _sign_up(page, "Otter")
    _add_passkey(page, "mijn telefoon")
    expect(page.locator("h1")).to_have_text("Reservecodes")
    expect(page.locator(".codes li")).to_have_count(10)
    page.goto("/veiligheid/passkeys/")
    expect(page.get_by_text("mijn telefoon").first).to_be_visible()
    _sign_out(page)
    _sign_in(page, "Otter")
    expect(page).to_have_url(re.compile(r"/inloggen/stap-2/$"))
    visitor.check_access()
    page.goto("/veiligheid/")
    expect(page).to_have_url(re.compile(r"/inloggen/"))
    page.goto("/inloggen/stap-2/")
    page.get_by_role("button", name="Gebruik je passkey").click()
    expect(page).not_to_have_url(re.compile(r"/inloggen/"))
    page.goto("/veiligheid/")
    expect(page.get_by_text("Je kluis is open")).to_be_visible()


def test_a_device_that_has_a_passkey_says_so_and_the_page_stays(visit: Any) -> None:
    page = _with_authenticator(visit())
    _sign_up(page, "Meerkoet")
    _add_passkey(page, "laptop")
    expect(page.locator("h1")).to_have_text("Reservecodes")
    _add_passkey(page, "laptop nog eens")
    expect(page.get_by_text("staat al een passkey van jou")).to_be_visible()
    expect(page.get_by_role("button", name="Maak de passkey")).to_be_enabled()
    expect(page.locator("#name")).to_have_value("laptop nog eens")


def test_without_script_the_page_says_why_a_passkey_cannot_be_made(visit: Any) -> None:
    page = visit(script=False).page
    _sign_up(page, "Karekiet")
    page.goto("/veiligheid/passkeys/nieuw/")
    expect(page.get_by_text("Voor een passkey is JavaScript nodig")).to_be_visible()
    expect(page.get_by_role("button", name="Maak de passkey")).to_be_hidden()


@pytest.mark.parametrize(
    ("language", "width", "scheme"),
    [("nl", 320, "light"), ("nl", 1280, "dark"), ("en", 360, "dark"), ("en", 1280, "light")],
)
def test_everyone_can_use_the_pages_of_safety(
    visit: Any, language: str, width: int, scheme: str
) -> None:
    visitor = visit(width=width, scheme=scheme)
    page = _with_authenticator(visitor)
    _sign_up(page, f"Fuut {language} {width}")
    _add_passkey(page, "mijn telefoon")
    expect(page.locator(".codes li")).to_have_count(10)
    visitor.check_access()
    for path in PAGES[language]:
        answer = page.goto(path)
        assert answer is not None
        assert answer.ok, path
        assert page.evaluate("document.documentElement.lang") == language
        visitor.check_access()
        assert not visitor.is_wider_than_screen(), path
        assert not page.evaluate(SMALL_TARGETS), path


def _with_authenticator(visitor: Any) -> Page:
    """Give the visitor's page, on a machine that can hold passkeys."""
    page: Page = visitor.page
    wire = visitor.context.new_cdp_session(page)
    wire.send("WebAuthn.enable")
    wire.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return page


def _sign_up(page: Page, name: str) -> None:
    page.goto("/meedoen/")
    page.fill("[name=username]", name)
    page.fill("[name=password1]", PASSPHRASE)
    page.fill("[name=birth_year]", "1985")
    page.locator("main form .btn").first.click()
    expect(page).not_to_have_url(re.compile(r"/meedoen/"))


def _sign_out(page: Page) -> None:
    page.goto("/uitloggen/")
    page.locator("main form .btn").first.click()
    expect(page).not_to_have_url(re.compile(r"/uitloggen/"))


def _sign_in(page: Page, name: str) -> None:
    page.goto("/inloggen/")
    page.fill("[name=login]", name)
    page.fill("[name=password]", PASSPHRASE)
    page.locator("main form .btn").first.click()


def _add_passkey(page: Page, name: str) -> None:
    """Add a passkey; the passphrase was given a moment ago, so that nobody asks for it again."""
    page.goto("/veiligheid/passkeys/nieuw/")
    page.fill("#name", name)
    page.get_by_role("button", name="Maak de passkey").click()
