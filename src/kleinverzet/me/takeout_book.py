"""Everything somebody wrote, as a book in their language: what both the page and the PDF show.

Pure words in order: titles, dates in words, and lines with a label. How they look is settled in the
page's template and on paper, and neither decides what stands in it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from itertools import groupby
from typing import Any

from django.utils import formats
from django.utils.translation import gettext, ngettext

from kleinverzet.catalogue.shelves import Catalogue
from kleinverzet.me import months, sentence, titles, wording
from kleinverzet.me.check_in_form import OUTCOMES
from kleinverzet.me.notebook import Pages
from kleinverzet.me.reflections import Kept
from kleinverzet.me.story import CheckIn, Story


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was said; `is_own` where the words are somebody's own."""

    label: str
    text: str
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Chapter:
    """One reflection, or anything else that belongs together under a title."""

    title: str
    when: str = ""
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A month, or what was written apart from the months."""

    title: str
    chapters: tuple[Chapter, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """All of it.

    Attributes:
        language: "nl" or "en".
        title: What it is called.
        name: Whose it is.
        made: When it was made, in words.
        count: How many reflections stand in it, in words.
        note: What has to be known about this copy.
        parts: Oldest first.
    """

    language: str
    title: str
    name: str
    made: str
    count: str
    note: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom it is written: the catalogue to read codes with, and the zone for their times."""

    name: str
    catalogue: Catalogue
    zone: tzinfo


def write(
    kept: Sequence[Kept], pages: Pages | None, rest: Iterable[Part], reader: Reader, now: datetime
) -> Book:
    """Write the book.

    Args:
        kept: Reflections, in any order.
        pages: The notebook; None where it cannot be read.
        rest: What else is kept of them, in words: see `takeout_rest`.
        reader: For whom.
        now: When.
    """
    count = len(kept)
    return Book(
        language=wording.language(),
        title=gettext("Mijn verhaal"),
        name=reader.name,
        made=day(now.astimezone(reader.zone)),
        count=ngettext("%(n)d keer bewaard", "%(n)d keer bewaard", count) % {"n": count},
        note=gettext("Dit is niet versleuteld. Wie dit bestand heeft, kan alles lezen."),
        parts=(*_notes(pages), *_months(kept, reader), *rest),
    )


def moment(at: datetime, zone: tzinfo) -> str:
    """Give a moment in words."""
    return formats.date_format(at.astimezone(zone), "l j F Y, H:i")


def day(at: date) -> str:
    """Give a day in words."""
    return formats.date_format(at, "j F Y")


def _month(at: date) -> str:
    return formats.date_format(at, "F Y").capitalize()


def _months(kept: Iterable[Kept], reader: Reader) -> Iterator[Part]:
    """Give a part for each month, oldest first."""
    ordered = sorted(kept, key=_when)
    for _key, group in groupby(ordered, key=lambda one: _when(one, reader.zone).strftime("%Y%m")):
        of_month = list(group)
        title = _month(_when(of_month[0], reader.zone))
        yield Part(title, tuple(_chapter(one, reader) for one in of_month))


def _when(kept: Kept, zone: tzinfo | None = None) -> datetime:
    at = kept.story.began if kept.story else kept.row.kept_at
    return at.astimezone(zone) if zone else at


def _chapter(kept: Kept, reader: Reader) -> Chapter:
    when = moment(_when(kept), reader.zone)
    if kept.story is None:
        return Chapter(gettext("Dit kunnen we niet lezen"), when)
    title = titles.title_of(kept.story, reader.catalogue)
    said = [line for line in _lines(kept.story, reader) if line.text]
    return Chapter(title, when, tuple(said))


def _lines(story: Story, reader: Reader) -> Iterator[Line]:
    """Give everything that a reflection says, in the order in which it was asked."""
    yield from _situation(story)
    named = (reader.catalogue.values.get(id_) for id_ in story.values)
    values = ", ".join(wording.value_words(value).name for value in named if value)
    yield Line(gettext("Waar ik voor stond"), values)
    yield Line(gettext("Ja tegen"), story.answers.yes, is_own=True)
    yield Line(gettext("In mijn woorden"), story.answers.words, is_own=True)
    yield from _act(story, reader)
    yield Line(gettext("Later erbij"), story.note, is_own=True)
    for said in story.check_ins:
        yield from _afterwards(said, reader)


def _situation(story: Story) -> Iterator[Line]:
    answers = story.answers
    if not story.is_whole:
        yield Line(gettext("Begonnen"), gettext("Nog niet verder gekeken"))
    yield Line(gettext("Hoe sterk"), _strength(answers.tension))
    asked: tuple[tuple[str, Mapping[str, Any], str], ...] = (
        (gettext("Waar"), wording.SETTINGS, answers.setting),
        (gettext("Wie"), wording.PRESSERS, answers.presser),
        (gettext("Hoe"), wording.PRESSURES, answers.pressure),
        (gettext("Is het hier veilig?"), wording.SAFE, answers.safe),
        (gettext("Zou het helpen?"), wording.HELPS, answers.helps),
    )
    for label, words, code in asked:
        yield Line(label, str(words.get(code, "")))


def _act(story: Story, reader: Reader) -> Iterator[Line]:
    answers = story.answers
    act = reader.catalogue.acts.get(answers.act)
    yield Line(gettext("Wat ik koos"), wording.act_words(act).line if act else "")
    yield Line(gettext("Zelf bedacht"), answers.own, is_own=True)
    yield Line(gettext("Naast mij"), answers.beside, is_own=True)
    plan = sentence.compose(answers, act)
    own = "\n".join(half for half in (answers.when, answers.then) if half)
    yield Line(gettext("Mijn zin"), plan.text or own, is_own=True)
    yield Line(gettext("Hoe het vooraf leek"), str(wording.HARD.get(story.hard, "")))


def _afterwards(said: CheckIn, reader: Reader) -> Iterator[Line]:
    said_at = moment(said.at, reader.zone)
    yield Line(gettext("Daarna"), f"{OUTCOMES[said.outcome]} ({said_at})")
    yield Line(gettext("Spanning erna"), _strength(said.tension))
    yield Line(gettext("Wat ik merkte"), said.noticed, is_own=True)


def _strength(tension: int) -> str:
    if tension not in wording.TENSIONS:
        return ""
    return gettext("%(name)s (%(n)d van 5)") % {"n": tension, "name": wording.TENSIONS[tension][0]}


def _notes(pages: Pages | None) -> Iterator[Part]:
    """Give what was written apart from the months: nothing where nothing was."""
    if pages is None:
        yield Part(gettext("Wat ik over mezelf leerde"), (_unreadable(),))
        return
    if pages.learned:
        own = Line("", pages.learned, is_own=True)
        yield Part(gettext("Wat ik over mezelf leerde"), (Chapter("", "", (own,)),))
    looks = [_looked_back(one.month, one.marks) for one in pages.months if one.marks]
    if looks:
        yield Part(gettext("Terugkijken op een maand"), tuple(looks))


def _unreadable() -> Chapter:
    return Chapter(gettext("Dit kunnen we niet lezen"))


def _looked_back(month: str, marks: Mapping[str, int]) -> Chapter:
    said = (
        Line(str(months.WORDS[name]), str(months.MARKS[mark]).capitalize(), is_own=True)
        for name, mark in marks.items()
    )
    return Chapter(_month(months.day_of(month)), "", tuple(said))
