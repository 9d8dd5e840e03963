"""Walks the planning of an appointment and the coach's pages, for the pictures.

The coach and who comes do not exist; the coach's passphrase stands in `content/demo.yaml`.
"""

from collections.abc import Iterator

from playwright.sync_api import Page

from tools.own_screens import go_to

COACH = ("Cora Kade", "zes stille houten boten")
PLANNING = {
    "plan": "/afspraak/",
    "plan-town": "/afspraak/thuis/",
    "plan-other": "/afspraak/vervolg-45/",
}
AT_WORK = {
    "coach-hours": "/coach/uren/",
    "coach-calendars": "/coach/agendas/",
    "coach-clashes": "/coach/agendas/let-op/",
}


def walk_planning(page: Page, address: str, language: str) -> Iterator[str]:
    """Go through the planning up to its last page; give each page's name when it stands there."""
    for name, path in PLANNING.items():
        go_to(page, address + path, language)
        yield name
    go_to(page, address + "/afspraak/praktijk/", language)
    page.locator("a.month__step").last.click()
    page.locator("a.day").nth(1).wait_for()
    yield "plan-month"
    page.locator("a.day").nth(1).click()
    page.locator("a.time").first.wait_for()
    yield "plan-day"
    page.locator("a.time").nth(1).click()
    page.locator("#name").wait_for()
    yield "plan-who"
    page.locator("#who .btn--pebble").click()
    page.locator(".faults").wait_for()
    yield "plan-faults"
    page.locator("a[href*='wachtlijst'], a[href*='waiting']").first.click()
    page.locator("#email").wait_for()
    yield "plan-wait"


def walk_coach(page: Page, address: str, language: str) -> Iterator[str]:
    """Go through the coach's pages on a day with appointments; give each page's name."""
    go_to(page, f"{address}/inloggen/", language)
    page.fill("[name=login]", COACH[0])
    page.fill("[name=password]", COACH[1])
    page.locator("main form .btn").click()
    page.locator("[name=login]").wait_for(state="detached")
    go_to(page, f"{address}/coach/", language)
    while not page.locator(".strip__day--full").count():
        page.locator(".strip__step").last.click()
    page.locator(".strip__day--full").first.click()
    page.locator(".stop").first.wait_for()
    yield "coach-day"
    for name, path in AT_WORK.items():
        go_to(page, address + path, language)
        yield name
