"""Makes the fonts of an export's PDF from those of the pages: `python tools/print_fonts.py`.

Typst reads neither woff2 nor variable fonts. So each face is fixed at one weight, its two parts are
put together again, and it is kept as plain TrueType, with the licences. Run it after `fonts.py`.
"""

import shutil
import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

SRC = Path(__file__).parents[1] / "src/kleinverzet"
SOURCE = SRC / "ui/static/ui/fonts"
TARGET = SRC / "me/typst/fonts"
# Family, file, style, weight and what else is fixed.
FACES = (
    ("Piazzolla", "piazzolla", "Bold", 620, {"opsz": 16.0}),
    ("Atkinson Hyperlegible Next", "atkinson-hyperlegible-next", "Regular", 400, {}),
    ("Atkinson Hyperlegible Next", "atkinson-hyperlegible-next", "Bold", 700, {}),
)
FAMILY, STYLE, FULL, POSTSCRIPT = 1, 2, 4, 6


def fix(source: Path, target: Path, weight: int, others: dict[str, float]) -> None:
    """Write one part of a face at one weight."""
    font = instancer.instantiateVariableFont(TTFont(source), {"wght": weight, **others})
    font.flavor = None
    font.save(target)


def name(font: TTFont, family: str, style: str, weight: int) -> None:
    """Say what a face is called, so that Typst finds it."""
    plain = f"{family}-{style}".replace(" ", "")
    said = {FAMILY: family, STYLE: style, FULL: f"{family} {style}", POSTSCRIPT: plain}
    names = font["name"]
    names.names = [one for one in names.names if one.nameID not in {16, 17, 21, 22, 25}]
    for id_, text in said.items():
        names.setName(text, id_, 3, 1, 0x409)
    font["OS/2"].usWeightClass = 700 if style == "Bold" else 400
    font["OS/2"].fsSelection = 1 << 5 if style == "Bold" else 1 << 6
    font["head"].macStyle = int(style == "Bold")


def main() -> None:
    """Make every face and copy the licences."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for family, file, style, weight, others in FACES:
        with tempfile.TemporaryDirectory() as folder:
            parts = []
            for part in ("latin", "latin-ext"):
                parts.append(Path(folder, f"{part}.ttf"))
                fix(SOURCE / f"{file}-{part}.woff2", parts[-1], weight, others)
            font = Merger().merge([str(part) for part in parts])
        name(font, family, style, weight)
        font.save(TARGET / f"{file}-{style.lower()}.ttf")
        shutil.copy(SOURCE / f"LICENSE-{file}.txt", TARGET)


if __name__ == "__main__":
    main()
