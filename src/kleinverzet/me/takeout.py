"""Everything that is kept of somebody, in one ZIP: to read, to print, to bring in again.

Made in memory and handed over; no file of it lies here, before or after. What is in it comes from
the register of personal data, so that a new kind of data cannot be forgotten.
"""

import io
import zipfile
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from functools import cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from kleinverzet import __version__
from kleinverzet.consent import personal_data
from kleinverzet.environment import PACKAGE
from kleinverzet.me import (
    notebook,
    reflections,
    rhythm,
    takeout_book,
    takeout_paper,
    takeout_rest,
    takeout_shapes,
    walk,
)
from kleinverzet.me.takeout_book import Book
from kleinverzet.vault.keys import Keys

DATA = "klein-verzet.json"
SCHEMA = "schema.json"
PAPER = "klein-verzet.pdf"


@dataclass(frozen=True, slots=True)
class Taken:
    """One export, as it is handed over.

    Attributes:
        name: What the file is called.
        data: The ZIP.
    """

    name: str
    data: bytes


def take(person: Any, keys: Keys, now: datetime) -> Taken:
    """Make the export of everything that is kept of somebody, in the language in use.

    Args:
        person: Whose it is.
        keys: Their open keys.
        now: When it is made.
    """
    told = tell(person, keys, now)
    zone = rhythm.zone_of(rhythm.of(person).zone)
    files = _files(told, book_of(person, keys, told["records"], zone, now))
    day = f"{now.astimezone(zone):%Y-%m-%d}"
    return Taken(f"klein-verzet-{day}.zip", _zip(files, now.astimezone(zone)))


def tell(person: Any, keys: Keys, now: datetime) -> dict[str, Any]:
    """Give everything as plain values, kind by kind in one order; `takeout_shapes` has its shape.

    A kind of which there is nothing stands there too, empty.
    """
    records = {
        entry.model._meta.label: list(entry.export(person, keys))
        for entry in sorted(personal_data.entries(), key=lambda entry: entry.model._meta.label)
        if entry.export is not None
    }
    return {
        "format": takeout_shapes.FORMAT,
        "program": f"Klein Verzet {__version__}",
        "made_at": now.astimezone(UTC).isoformat(),
        "records": records,
    }


def book_of(
    person: Any,
    keys: Keys,
    records: Mapping[str, Sequence[Mapping[str, Any]]],
    zone: tzinfo,
    now: datetime,
) -> Book:
    """Give the same as a book in the language in use."""
    reader = takeout_book.Reader(person.name, walk.catalogue(), zone)
    rest = takeout_rest.tell(records, zone)
    pages = notebook.read(keys).pages
    return takeout_book.write(reflections.every(keys), pages, rest, reader, now)


def as_page(book: Book) -> str:
    """Give a book as one HTML page that needs nothing beside it and runs nothing."""
    return render_to_string("me/takeout/page.html", {"book": book, "look": _look()})


def _files(told: Mapping[str, Any], book: Book) -> Iterator[tuple[str, bytes]]:
    paper = _paper(book)
    page_name = gettext("lees.html")
    about = {"page": page_name, "data": DATA, "schema": SCHEMA, "paper": PAPER if paper else ""}
    letter = render_to_string("me/takeout/read_me.txt", about | {"book": book})
    yield gettext("LEES-MIJ.txt"), letter.encode()
    yield page_name, as_page(book).encode()
    if paper:
        yield PAPER, paper
    yield DATA, takeout_shapes.as_json(told)
    yield SCHEMA, takeout_shapes.as_json(takeout_shapes.schema())


def _paper(book: Book) -> bytes:
    """Give the PDF; nothing where it cannot be made, since the rest does not wait for it."""
    try:
        return takeout_paper.set_(book)
    except takeout_paper.NotSet:
        return b""


def _zip(files: Iterator[tuple[str, bytes]], made: datetime) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            info = zipfile.ZipInfo(name, made.timetuple()[:6])
            info.external_attr = 0o600 << 16
            archive.writestr(info, data, zipfile.ZIP_DEFLATED)
    return whole.getvalue()


@cache
def _look() -> str:
    """Give the page's own style and fonts, whole: a file that is taken along can fetch none."""
    folder = PACKAGE / "ui" / "static" / "ui" / "fonts"
    fonts = {
        name.partition("-")[0]: b64encode((folder / f"{name}-latin.woff2").read_bytes()).decode()
        for name in ("piazzolla", "atkinson-hyperlegible-next")
    }
    style = render_to_string("me/takeout/page.css", fonts)
    return mark_safe(f"<style>{style}</style>")  # noqa: S308 - it holds no words of anybody's
