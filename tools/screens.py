"""Takes the pictures under docs/screens: `python -m tools.screens [FOLDER] [PAGE...]`.

Starts the demo on a free port, walks the circle, the public site, the planning of an appointment,
the coach's pages and somebody's own in a real Chromium, once for every width, scheme and language,
and takes every page whole.
"""

import contextlib
import itertools
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tools import intake_screens, own_screens, site_screens

ROOT = Path(__file__).parents[1]
WIDTHS = {360: 740, 1280: 900}
SCHEMES = ("light", "dark")
PATHS = {"nl": ("/", "/cirkel/", "/bestaat-niet/"), "en": ("/en/", "/en/circle/", "/en/not-there/")}


@contextlib.contextmanager
def program(*, demo: bool = False, data: Path | None = None, database: str = "") -> Iterator[str]:
    """Run the program on a free port; give its address.

    Args:
        demo: Whether the cast of the demo lives in it; then it makes its own data folder.
        data: The data folder, where somebody wants to look into it; else one that is thrown away.
        database: The address of a PostgreSQL, in the place of the embedded SQLite.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "kleinverzet", "start", "--port", str(port)]
        command += ["--demo"] if demo else ["--data", str(data or folder)]
        surroundings = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
        surroundings |= {"KLEINVERZET_DATABASE": database} if database else {}
        running = subprocess.Popen(command, env=surroundings, stdout=subprocess.DEVNULL)  # noqa: S603
        try:
            address = f"http://localhost:{port}"
            _wait_for(f"{address}/cirkel/", running)
            yield address
        finally:
            running.terminate()
            running.wait()


def _wait_for(address: str, running: subprocess.Popen[bytes]) -> None:
    for _ in range(1800):
        with contextlib.suppress(OSError), urllib.request.urlopen(address):  # noqa: S310
            return
        if running.poll() is not None:
            break
        time.sleep(0.1)
    sys.exit("The program did not start.")


def find_chromium() -> str:
    """Give the path of the user's Chromium or Chrome."""
    from shutil import which

    named = os.environ.get("KLEINVERZET_CHROMIUM")
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = named or next(filter(None, map(which, names)), None)
    return found or sys.exit("No Chromium was found; name it in KLEINVERZET_CHROMIUM.")


def walk(page: Page, address: str, language: str) -> Iterator[str]:
    """Go through the circle as somebody would; give each page's name when it stands there."""
    home, circle, missing = PATHS[language]
    page.goto(address + home)
    yield "home"
    page.goto(address + missing)
    yield "not-found"
    page.goto(address + circle)
    yield "1-tension-empty"
    _pick(page, tension="3", setting="online", presser="group", pressure="everyone")
    yield "1-tension"
    _go(page, "next")
    _pick(page, values="respect")
    _pick(page, values="kindness")
    page.fill(
        "[name=yes]",
        {"nl": "een groep waarin je jezelf mag zijn", "en": "a group where you can be yourself"}[
            language
        ],
    )
    yield "2-who"
    _go(page, "next")
    _pick(page, safe="unsure", helps="yes")
    page.fill(
        "[name=words]",
        {
            "nl": "Ze sturen een foto rond. Iedereen lacht mee.",
            "en": "They pass a photo around. Everybody laughs along.",
        }[language],
    )
    yield "3-situation"
    _go(page, "next")
    page.locator("label.act").nth(1).click()
    page.fill("[name=beside]", {"nl": "mijn zus", "en": "my sister"}[language])
    yield "4-act"
    _go(page, "next")
    yield "5-plan"
    _go(page, "next")
    yield "6-card"
    page.goto(address + circle)
    _pick(page, tension="5")
    _go(page, "next")
    _go(page, "next")
    _pick(page, safe="no")
    page.fill(
        "[name=words]",
        {"nl": "Ik wil er niet meer zijn.", "en": "I do not want to be here any more."}[language],
    )
    _go(page, "next")
    yield "4-act-unsafe"


def _pick(page: Page, **answers: str) -> None:
    for name, value in answers.items():
        page.locator(f"label:has([name={name}][value='{value}']) > span").first.click()


def _go(page: Page, move: str) -> None:
    """Press a way on, and wait until the next page stands still."""
    before = page.title()
    page.locator(f"main [name=move][value={move}]").click()
    page.wait_for_function("t => document.title !== t", arg=before)
    page.wait_for_timeout(350)


def shoot(page: Page, file: Path) -> None:
    """Take a page whole: in a window as high as the page, so that nothing sticks halfway."""
    window = page.viewport_size or {"width": 360, "height": 740}
    page.mouse.move(0, 0)
    page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": window["width"], "height": height})
    page.screenshot(path=file)
    page.set_viewport_size(window)
    # Flat colours: a small palette loses nothing that an eye finds, and two thirds of the bytes.
    with Image.open(file) as taken:
        small = taken.convert("RGB").quantize(200, dither=Image.Dither.NONE)
    small.save(file, optimize=True)


def lay_side_by_side(folder: Path) -> None:
    """Make the README's picture: four steps on a phone."""
    names = ("1-tension", "2-who", "4-act", "6-card")
    phones = [Image.open(folder / f"{name}-nl-360-light.png").convert("RGB") for name in names]
    gap, height = 24, 800
    sheet = Image.new("RGB", (len(phones) * (360 + gap) - gap, height), "#8a8f8f")
    for n, phone in enumerate(phones):
        sheet.paste(phone.crop((0, 0, 360, height)), (n * (360 + gap), 0))
    sheet.quantize(200, dither=Image.Dither.NONE).save(folder / "phone.png", optimize=True)


def take(browser: Browser, address: str, folder: Path, wanted: list[str]) -> None:
    """Take every page in every width, scheme and language."""
    walks = (
        walk,
        site_screens.walk_site,
        intake_screens.walk_planning,
        intake_screens.walk_coach,
        own_screens.walk_doors,
        own_screens.walk_own,
    )
    for language, width, scheme, go in itertools.product(PATHS, WIDTHS, SCHEMES, walks):
        context = browser.new_context(
            viewport={"width": width, "height": WIDTHS[width]},
            color_scheme=scheme,  # type: ignore[arg-type]
            reduced_motion="reduce",
        )
        page = context.new_page()
        for name in go(page, address, language):
            if name in wanted or not (wanted or name in own_screens.LIKE_ANOTHER):
                shoot(page, folder / f"{name}-{language}-{width}-{scheme}.png")
        context.close()


def main(arguments: list[str]) -> None:
    """Take the pictures into a folder, docs/screens unless another is named."""
    folder = Path(arguments[0]) if arguments else ROOT / "docs" / "screens"
    folder.mkdir(parents=True, exist_ok=True)
    with program(demo=True) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        take(browser, address, folder, arguments[1:])
        browser.close()
    if not arguments[1:]:
        lay_side_by_side(folder)


if __name__ == "__main__":
    main(sys.argv[1:])
