"""What stands on the pond's page: its picture, its steps in sentences, its table and its year.

Everything is computed anew from the knobs, in a few milliseconds, and nothing is kept.
"""

from dataclasses import dataclass
from typing import Any

from kleinverzet.world import pond_knobs, pond_picture, pond_words, pond_year
from kleinverzet.world.pond import Kind, Pond, pond
from kleinverzet.world.pond_knobs import ENOUGH, Knobs, Read


@dataclass(frozen=True, slots=True)
class Moment:
    """A step as it stands on the page; `is_beyond` where no stone leads to it."""

    number: int
    speaking: int
    label: str
    said: str
    is_shown: bool
    is_beyond: bool


@dataclass(frozen=True, slots=True)
class Line:
    """People who wait for equally many others, as a line of the table."""

    name: str
    people: int
    alone: int
    after: int


@dataclass(frozen=True, slots=True)
class Starter:
    """Somebody who could begin; `code` is what the form says for them."""

    code: str
    name: str
    is_chosen: bool


def told(read: Read, *, is_played: bool) -> dict[str, Any]:
    """Tell what happens in a pond.

    Args:
        read: Its knobs, and which of them were changed.
        is_played: Whether the stone has fallen, so that the end is shown; else the beginning.
    """
    shown = pond(read.knobs)
    last = max(at for at, step in enumerate(shown.steps) if step.kind is not Kind.TOGETHER)
    return {
        "pond": shown,
        "is_wide": shown.together > 99,
        "knobs": read.knobs,
        "picture": pond_picture.draw(shown),
        "moments": [
            Moment(
                number=at,
                speaking=step.speaking,
                label=pond_words.label(shown, at),
                said=pond_words.said(shown, at),
                is_shown=at == (last if is_played else 0),
                is_beyond=at > last,
            )
            for at, step in enumerate(shown.steps)
        ],
        "lines": [
            Line(pond_words.waits(group.waits), group.people, group.alone, group.after)
            for group in shown.groups
        ],
        **_years(read.knobs),
        "people": pond_words.opening(shown.knobs.people),
        "gap": pond_words.gap(shown),
        "turn": pond_words.turn(shown),
        "starters": _starters(shown),
        "changes": {change.name: pond_words.changed(change) for change in read.changes},
        "fewest": pond_knobs.FEWEST,
        "most": pond_knobs.MOST,
    }


def _years(knobs: Knobs) -> dict[str, Any]:
    """Give the year in which people leave and the one in which they stay."""
    years = pond_year.play(knobs)
    quarters = zip(years.leaving.quarters, years.staying.quarters, strict=True)
    return {
        "years": years,
        "who_leaves": pond_words.who_leaves(knobs.leaves),
        "who_stays": pond_words.who_stays(knobs.leaves),
        "left": pond_words.left(years.leaving.left),
        "voiced_by_some": years.leaving.voiced and pond_words.voiced(years.leaving.voiced),
        "voiced": pond_words.voiced(years.staying.voiced),
        "lesson": pond_words.lesson(years, knobs.people),
        "quarters": [
            (at * pond_year.QUARTER, leaving, staying)
            for at, (leaving, staying) in enumerate(quarters)
        ],
    }


def _starters(shown: Pond) -> list[Starter]:
    """Give who could begin: one of each kind, and as many as it takes."""
    is_one = len(shown.stones) == 1 and (shown.knobs.who != ENOUGH or shown.enough == 1)
    chosen = shown.stones[0] if is_one else None
    starters = []
    for group in shown.waiting:
        of_them = range(group.first, group.first + group.people)
        is_chosen = chosen in of_them
        person = chosen if is_chosen and chosen is not None else group.first
        name = pond_words.chosen(group.waits or 0)
        starters.append(Starter(str(person + 1), name, is_chosen))
    if shown.enough > 1:
        is_chosen = shown.knobs.who == ENOUGH
        starters.append(Starter(ENOUGH, pond_words.as_few(shown.enough), is_chosen))
    return starters
