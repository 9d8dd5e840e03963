"""A square code that a camera reads, as one path: our policy lets no picture in as data."""

from dataclasses import dataclass
from typing import Any

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

QUIET = 4


@dataclass(frozen=True, slots=True)
class Code:
    """A drawn code.

    Attributes:
        size: Modules a side, with the quiet zone that readers need.
        path: The dark modules, as the `d` of an SVG path.
    """

    size: int
    path: str


def draw(text: str) -> Code:
    """Draw a text; each run of dark modules in a row is one rectangle."""
    maker: QRCode[Any] = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    maker.add_data(text)
    rows = maker.get_matrix()
    runs = (
        f"M{start} {y}h{length}v1h-{length}z"
        for y, row in enumerate(rows)
        for start, length in _runs(row)
    )
    return Code(size=len(rows), path="".join(runs))


def _runs(row: list[bool]) -> list[tuple[int, int]]:
    """Give where each run of dark modules begins, and how long it is."""
    found: list[tuple[int, int]] = []
    for x, is_dark in enumerate(row):
        if is_dark and found and sum(found[-1]) == x:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        elif is_dark:
            found.append((x, 1))
    return found
