"""Makes the pictures that link previews show: `python -m tools.previews [NAME...]`.

Every drawing of the public site stands beside the word mark, at the size that link previews ask
for; `house` is for pages without a drawing. The fonts and colours are those of the site itself.
Run it after a drawing, a colour or the word mark has changed.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, Route, ViewportSize, sync_playwright

from tools.screens import ROOT, find_chromium

RINGS = ROOT / "src" / "kleinverzet"
WORLD = RINGS / "world"
DRAWINGS = WORLD / "templates" / "world" / "drawings"
STATIC = {"ui": RINGS / "ui" / "static" / "ui", "world": WORLD / "static" / "world"}
PREVIEWS = STATIC["world"] / "previews"
SIZE = ViewportSize(width=1200, height=630)
# Nobody answers there: every request is answered from the folders above.
ADDRESS = "http://previews.invalid/"
SHEETS = ("ui/tokens.css", "ui/base.css", "ui/parts.css", "world/drawings.css")

# The word mark is parted on the line on which the drawings are cut: half of the height.
PAGE = """<!doctype html><html lang="nl"><meta charset="utf-8">{sheets}<style>
body {{ position: relative; inline-size: 1200px; block-size: 630px; overflow: hidden; }}
.word {{ position: absolute; inset: 0 auto auto 48px; block-size: 630px; align-content: center;
  font: 640 140px/0.86 var(--serif); letter-spacing: -0.035em; }}
.word span {{ display: inline-block; padding-inline-start: 74px; }}
.tile {{ position: absolute; inset: 0 0 0 570px; }}
.rings {{ position: absolute; inset: -189px auto auto 540px; inline-size: 1092px; }}
.rings svg {{ inline-size: 100%; }}
.stone {{ position: absolute; inset: 231px auto auto 960px; inline-size: 168px; block-size: 168px;
  border-radius: 50%; background: var(--pebble); }}
</style><p class="word">Klein<br><span>Verzet</span></p>{picture}"""
HOUSE = '<div class="rings">{rings}</div><div class="stone"></div>'


def names() -> Iterator[str]:
    """Give the names of all previews: one a drawing, and the house."""
    yield from sorted(file.stem for file in DRAWINGS.glob("*.svg"))
    yield "house"


def compose(name: str) -> str:
    """Write the page that becomes one preview."""
    if name == "house":
        rings = (WORLD / "templates" / "world" / "hero_rings.svg").read_text(encoding="utf-8")
        picture = HOUSE.format(rings=rings)
    else:
        drawing = (DRAWINGS / f"{name}.svg").read_text(encoding="utf-8")
        picture = f'<div class="tile">{drawing}</div>'
    sheets = "".join(f'<link rel="stylesheet" href="/{sheet}">' for sheet in SHEETS)
    return PAGE.format(sheets=sheets, picture=picture)


def answer(route: Route) -> None:
    """Answer a request of the page from the project's own files."""
    path = route.request.url.removeprefix(ADDRESS)
    asked = re.fullmatch(r"(ui|world)/([\w./-]+)", path)
    if asked:
        route.fulfill(path=STATIC[asked[1]] / asked[2])
    else:
        route.fulfill(body=compose(path), content_type="text/html; charset=utf-8")


def take(page: Page, name: str) -> Path:
    """Take one preview, and keep it with as few colours as it needs; give its file."""
    page.goto(ADDRESS + name)
    page.evaluate("document.fonts.ready")
    file = PREVIEWS / f"{name}.png"
    page.screenshot(path=file)
    with Image.open(file) as taken:
        small = taken.convert("RGB").quantize(64, dither=Image.Dither.NONE)
    small.save(file, optimize=True)
    return file


def main(wanted: list[str]) -> None:
    """Make the previews that are named, or all of them."""
    unknown = set(wanted) - set(names())
    if unknown:
        sys.exit(f"There is no drawing called {', '.join(sorted(unknown))}.")
    PREVIEWS.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport=SIZE, color_scheme="light")
        page.route("**/*", answer)
        for name in wanted or names():
            take(page, name)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
