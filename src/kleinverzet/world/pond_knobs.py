"""What somebody can turn at the pond, and what is made of values that do not fit.

Everything comes in by the address and nothing is kept; it says nothing of a person. A value that
cannot be is brought to the nearest one that can, and that is said.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields

FEWEST, MOST = 10, 200
SCALE = (1, 5)
LONGEST = 9
ENOUGH = "enough"
_NUMBER = re.compile(r"[+-]?\d+")


@dataclass(frozen=True, slots=True)
class Knobs:
    """How a pond stands.

    Attributes:
        people: How many there are.
        begin: How many speak without waiting for anybody.
        never: How many never speak.
        careful: How long the others wait, from 1 (dare soon) to 5 (wait long).
        listens: How well the leader listens, from 1 (not at all) to 5 (well).
        leaves: How many in five leave of those who are not heard, from 1 to 5; the others stay and
            speak.
        who: Who begins besides: a person from 1, counted from who waits least; `ENOUGH` for as
            many as it takes; empty where nobody in particular was chosen.
    """

    people: int = 24
    begin: int = 2
    never: int = 5
    careful: int = 3
    listens: int = 3
    leaves: int = 5
    who: str = ""


NAMES = tuple(knob.name for knob in fields(Knobs))
USUAL = Knobs()


@dataclass(frozen=True, slots=True)
class Change:
    """A value that did not fit: what became of it, and between what it can lie."""

    name: str
    value: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Read:
    """The knobs as they were asked for, and what had to be changed."""

    knobs: Knobs
    changes: tuple[Change, ...]


def read(asked: Mapping[str, str]) -> Read:
    """Read the knobs from an address; whatever is missing stands as it does in the first pond."""
    changes: list[Change] = []

    def number(name: str, low: int, high: int) -> int:
        said = asked.get(name, "").strip()
        meant = _number(said)
        usual: int = getattr(USUAL, name)
        value = max(low, min(high, usual if meant is None else meant))
        if said and value != meant:
            changes.append(Change(name, value, low, high))
        return value

    people = number("people", FEWEST, MOST)
    begin = number("begin", 0, people)
    return Read(
        Knobs(
            people=people,
            begin=begin,
            never=number("never", 0, people - begin),
            careful=number("careful", *SCALE),
            listens=number("listens", *SCALE),
            leaves=number("leaves", *SCALE),
            who=_who(asked.get("who", "")),
        ),
        tuple(changes),
    )


def _number(said: str) -> int | None:
    """Give a number; None for what is none."""
    if not _NUMBER.fullmatch(said):
        return None
    # A number of a thousand digits takes long to read, and is too large either way.
    return int(said[: LONGEST + 1])


def _who(said: str) -> str:
    """Give who was chosen; nobody for what names none."""
    number = _number(said.strip())
    if said == ENOUGH:
        return ENOUGH
    return "" if number is None else str(number)
