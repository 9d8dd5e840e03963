"""Bringing in what was taken along before: one's own export, or somebody else's that one was given.

The file is a stranger's until it has been read: its size, its parts and every value in it are held
to `takeout_shapes`, and one fault refuses all of it. What comes in is sealed as if it was just
written. A story that is there already is not brought in again, so doing it twice changes nothing.
"""

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext
from pydantic import BaseModel, ConfigDict, ValidationError

from kleinverzet.accounts.models import Person
from kleinverzet.me import notebook, reflections, takeout_shapes
from kleinverzet.me import story as stories
from kleinverzet.me.notebook import Month, Pages
from kleinverzet.me.takeout import DATA
from kleinverzet.me.takeout_shapes import FORMAT, Notebook, Reflection, Takeout
from kleinverzet.vault.keys import Keys

MIB = 1024 * 1024
# What a file may hold once it is unpacked, in bytes, parts and values: more is no export of ours.
MOST_BYTES = 64 * MIB
MOST_PARTS = 100
MOST_VALUES = 3_000_000

_ZIP, _PART = b"PK\x03\x04", b"PK\x01\x02"
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError)


class Why(StrEnum):
    """Why a file is refused; the words for it are on the page."""

    NOTHING = "nothing"
    NOT_OURS = "not_ours"
    NEWER = "newer"
    TOO_MUCH = "too_much"
    CHANGED = "changed"


class Refused(Exception):
    """Nothing of a file was brought in.

    Attributes:
        why: What was wrong with it.
        number: Which story it was in, counted from one; 0 where it was not in a story.
    """

    def __init__(self, why: Why, number: int = 0) -> None:
        super().__init__(why)
        self.why, self.number = why, number


@dataclass(frozen=True, slots=True)
class Brought:
    """What a file brought.

    Attributes:
        new: How many stories came in.
        known: How many were there already.
        shut: How many stand in the file as unreadable: they could not be read when it was made.
        learned: Whether something was added to what they learned about themselves.
        months: How many months came in.
        notebook_is_shut: Whether the notebook here cannot be read, so that nothing was added to it.
    """

    new: int
    known: int
    shut: int
    learned: bool = False
    months: int = 0
    notebook_is_shut: bool = False


class _Head(BaseModel):
    """The one thing that every format says alike."""

    model_config = ConfigDict(strict=True, extra="ignore")

    format: int


def read(data: bytes) -> Takeout:
    """Give what stands in a file, held to its shape in every part.

    Args:
        data: A whole ZIP of ours, or the JSON out of one.

    Raises:
        Refused: If it is anything else.
    """
    if not data:
        raise Refused(Why.NOTHING)
    raw = _unpacked(data) if data.startswith(_ZIP) else data
    if len(raw) > MOST_BYTES or sum(raw.count(sign) for sign in (b",", b"[", b"{")) > MOST_VALUES:
        raise Refused(Why.TOO_MUCH)
    try:
        head = _Head.model_validate_json(raw.removeprefix(b"\xef\xbb\xbf"))
    except ValidationError:
        raise Refused(Why.NOT_OURS) from None
    if head.format > FORMAT:
        raise Refused(Why.NEWER)
    try:
        return Takeout.model_validate_json(raw.removeprefix(b"\xef\xbb\xbf"))
    except ValidationError as fault:
        raise Refused(Why.CHANGED, _story_of(fault)) from None


def bring_in(keys: Keys, taken: Takeout, now: datetime) -> Brought:
    """Keep what is not there yet; all of it or nothing.

    Raises:
        kleinverzet.vault.rows.Changed: If the notebook was written in the meantime.
    """
    with transaction.atomic():
        # One at a time for each person: what is sealed no constraint of the database can compare.
        Person.objects.select_for_update().get(pk=keys.person)
        brought = _bring_stories(keys, taken.records.reflections)
        books = (book for book in taken.records.notebooks if isinstance(book, Notebook))
        return _bring_notebook(keys, next(books, None), brought, now)


def _unpacked(data: bytes) -> bytes:
    """Give the JSON of a ZIP, however much more it would unpack to."""
    if data.count(_PART) > MOST_PARTS:
        raise Refused(Why.TOO_MUCH)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = [one for one in archive.infolist() if one.filename.split("/")[-1] == DATA]
            if len(found) != 1 or found[0].compress_type not in {
                zipfile.ZIP_STORED,
                zipfile.ZIP_DEFLATED,
            }:
                raise Refused(Why.NOT_OURS)
            with archive.open(found[0]) as part:
                raw = part.read(MOST_BYTES + 1)
    except _BROKEN:
        raise Refused(Why.NOT_OURS) from None
    if len(raw) > MOST_BYTES:
        raise Refused(Why.TOO_MUCH)
    return raw


def _story_of(fault: ValidationError) -> int:
    """Give the number of the first story with a fault; 0 where it lies elsewhere."""
    place = fault.errors(include_input=False, include_url=False)[0]["loc"]
    match place:
        case ("records", "me.Reflection", int() as index, *_):
            return index + 1
    return 0


def _bring_stories(
    keys: Keys, told: Iterable[Reflection | takeout_shapes.UnreadableReflection]
) -> Brought:
    known = set(_origins(keys))
    new = there = shut = 0
    for one in told:
        if not isinstance(one, Reflection):
            shut += 1
            continue
        origins = {str(one.id), one.copied_from} - {""}
        if origins & known:
            there += 1
            continue
        known |= origins
        new += 1
        story = stories.unpack(one.model_dump(mode="json"))
        reflections.add(keys=keys, story=story.having(copied_from=one.copied_from or str(one.id)))
    return Brought(new=new, known=there, shut=shut)


def _origins(keys: Keys) -> Iterator[str]:
    """Give every id that a story here has, or had where it came from."""
    for kept in reflections.every(keys):
        yield str(kept.row.pk)
        if kept.story is not None and kept.story.copied_from:
            yield kept.story.copied_from


def _bring_notebook(keys: Keys, told: Notebook | None, brought: Brought, now: datetime) -> Brought:
    if told is None or not (told.learned.strip() or told.months):
        return brought
    opened = notebook.read(keys)
    if opened.pages is None:
        return replace(brought, notebook_is_shut=True)
    here = opened.pages
    known = {one.month for one in here.months}
    months = {one.month: one for one in told.months if one.month not in known}
    pages = Pages(_merged(here.learned, told.learned, now), here.months)
    for one in months.values():
        marks = {str(name): mark for name, mark in one.marks.items()}
        pages = pages.having(Month(one.month, marks))
    if pages != here:
        notebook.write(keys=keys, opened=opened, pages=pages)
    return replace(brought, learned=pages.learned != here.learned, months=len(months))


def _merged(here: str, told: str, now: datetime) -> str:
    """Give both texts, one below the other; one that stands in the other is not repeated."""
    if not told.strip() or told.strip() in here:
        return here
    if not here.strip():
        return told
    day = formats.date_format(timezone.localtime(now), "j F Y")
    line = gettext("Teruggezet op %(day)s:") % {"day": day}
    return f"{here.rstrip()}\n\n{line}\n{told.strip()}"
