"""The drawings keep to the identity, and each has its picture for link previews."""

import re
from pathlib import Path

import pytest
from PIL import Image

from kleinverzet.world import drawings

WORLD = Path(drawings.__file__).parent
STATIC = WORLD / "static" / "world"
SHEETS = (WORLD.parent / "ui" / "static" / "ui" / "parts.css", STATIC / "drawings.css")
# What would break "flat, straight or round, no text", or clash when a page holds a drawing twice.
STRANGE = re.compile(
    r"<(text|image|use|style|\w*gradient|filter)|\s(id|fill|stroke|opacity|style)=", re.I
)

each = pytest.mark.parametrize("name", sorted(drawings.NAMES))


def _read(name: str) -> str:
    return (WORLD / "templates" / drawings.template(name)).read_text(encoding="utf-8")


@each
def test_a_drawing_is_small_flat_and_silent(name: str) -> None:
    drawing = _read(name)
    assert len(drawing) <= 3500
    assert not STRANGE.search(drawing)
    assert 'aria-hidden="true" focusable="false"' in drawing
    assert 'preserveAspectRatio="xMidYMid slice"' in drawing


@each
def test_a_drawing_uses_only_colours_that_a_stylesheet_knows(name: str) -> None:
    sheets = "".join(sheet.read_text(encoding="utf-8") for sheet in SHEETS)
    known = set(re.findall(r"\.(f-x\w+) \{ fill:", sheets))
    assert set(re.findall(r'class="(f-\w+)"', _read(name))) <= known


def test_at_most_two_drawings_hold_the_pebble_and_none_of_them_holds_two() -> None:
    pebbles = [_read(name).count("f-xpebble") for name in drawings.NAMES]
    assert sum(pebbles) <= 2
    assert max(pebbles) == 1


@pytest.mark.parametrize("name", sorted(drawings.NAMES | {"house"}))
def test_a_link_preview_has_the_size_that_is_asked_for_and_is_light(name: str) -> None:
    file = STATIC / "previews" / f"{name}.png"
    with Image.open(file) as picture:
        assert picture.size == (1200, 630)
    assert file.stat().st_size <= 40_000
