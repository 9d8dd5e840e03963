"""What somebody can turn at the pond, and what is made of values that do not fit.

Everything comes in by the address and nothing is kept; it says nothing of a person. A value that
cannot be is brought to the nearest one that can, and that is said.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

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
        leave: Whether those who speak and stay alone leave.
        who: Who begins besides: a person from 1, counted from who waits least; `ENOUGH` for as
            many as it takes; empty where nobody was chosen.
    """

    people: int = 24
    begin: int = 2
    never: int = 5
    careful: int = 3
    listens: int = 3
    leave: bool = False
    who: str = ""


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
    usual = Knobs()
    changes: list[Change] = []

    def number(name: str, low: int, high: int) -> int:
        value = _number(asked.get(name), getattr(usual, name), low, high)
        if _is_given(asked.get(name)) and str(asked[name]).strip().lstrip("+0") != str(
            value
        ).lstrip("0"):
            changes.append(Change(name, value, low, high))
        return value

    people = number("people", FEWEST, MOST)
    begin = number("begin", 0, people)
    never = number("never", 0, people - begin)
    knobs = Knobs(
        people=people,
        begin=begin,
        never=never,
        careful=number("careful", *SCALE),
        listens=number("listens", *SCALE),
        leave=asked.get("leave") == "yes",
        who=_who(asked.get("who", ""), begin, people - never),
    )
    return Read(knobs, tuple(changes))


def _is_given(text: str | None) -> bool:
    return bool(text and text.strip())


def _number(text: str | None, usual: int, low: int, high: int) -> int:
    """Give the nearest number that can be; the usual one for what is no number."""
    said = (text or "").strip()
    if not _NUMBER.fullmatch(said):
        return max(low, min(high, usual))
    # A number of a thousand digits takes long to read, and is too large either way.
    value = int(said[: LONGEST + 1])
    return max(low, min(high, value))


def _who(said: str, first: int, last: int) -> str:
    """Give the nearest person who waits for others; nobody where all begin or never speak."""
    if said == ENOUGH or not _NUMBER.fullmatch(said) or first >= last:
        return said if said == ENOUGH else ""
    return str(max(first + 1, min(last, int(said[: LONGEST + 1]))))
