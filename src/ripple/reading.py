"""Networks and thresholds in files: what people have in a spreadsheet or found with a paper.

An edge list has a tie a line: two ids, which may be any text, and more columns if one likes, which
are left alone. Whole numbers keep their order; other names are numbered as they come. A threshold
file has `id,threshold` a line, or a threshold a line in the order of the people.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ripple.errors import BadChoice, BadFile
from ripple.lines import Numbered, fields, is_number
from ripple.network import Group, Network
from ripple.parquet import is_parquet, rows_of_parquet
from ripple.thresholds import NEVER, from_fractions

Ids = NDArray[np.int64]


class Unit(StrEnum):
    """What a threshold in a file counts."""

    COUNTS = "counts"
    FRACTIONS = "fractions"
    ANSWERS = "answers"


@dataclass(frozen=True, slots=True, eq=False)
class Named:
    """A network whose people have names.

    Attributes:
        network: The network.
        names: What person i is called in the file, shape (people,).
        dropped: How many lines were left out as doubles or ties with oneself.
    """

    network: Network
    names: tuple[str, ...]
    dropped: int = 0

    def with_people(self, names: Sequence[str]) -> Named:
        """Add people who have no ties, unless they are known already."""
        known = set(self.names)
        new = tuple(dict.fromkeys(name for name in names if name not in known))
        if not new:
            return self
        end = self.network.indptr[-1]
        indptr = np.append(self.network.indptr, np.full(len(new), end, dtype=np.int64))
        return Named(Network(indptr, self.network.indices), self.names + new, self.dropped)


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """Thresholds as they stand in a file.

    Attributes:
        values: Counts or fractions, float64; math.inf is never.
        unit: COUNTS or FRACTIONS: answers have become fractions.
        names: Whose they are, or None where the file only gives an order.
        path: The file, for messages.
    """

    values: NDArray[np.float64]
    unit: Unit
    names: tuple[str, ...] | None
    path: str

    def counts(self, group: Group, names: Sequence[str] | None = None) -> NDArray[np.int32]:
        """Give the thresholds as counts, in the order of the people.

        Args:
            group: The people and their ties.
            names: What the people are called; left out, they are called 0, 1, 2 …

        Raises:
            BadFile: Somebody has no threshold, or there are too few or too many.
        """
        values = self._ordered(group.people, names)
        if self.unit is Unit.FRACTIONS:
            return from_fractions(group, values)
        never = np.isinf(values)
        return np.where(never, NEVER, np.where(never, 0, values)).astype(np.int32)

    def _ordered(self, people: int, names: Sequence[str] | None) -> NDArray[np.float64]:
        if self.names is None:
            if len(self.values) != people:
                raise BadFile(
                    f"{self.path} has {len(self.values)} thresholds for {people} people; give one "
                    "for each, or write id,threshold a line."
                )
            return self.values
        wanted = [str(one) for one in range(people)] if names is None else names
        place = {name: at for at, name in enumerate(self.names)}
        absent = next((name for name in wanted if name not in place), None)
        if absent is not None:
            raise BadFile(f"{self.path} has no threshold for {absent!r}; add a line for them.")
        return self.values[[place[name] for name in wanted]]


def read_ties(path: str | Path, *, header: bool | None = None, tidy: bool = False) -> Named:
    """Read an edge list.

    Args:
        path: CSV, TSV or columns with spaces; packed if it ends in .gz; Parquet if it ends in
            .parquet; - is standard input.
        header: Whether the first line names the columns; left out, it is guessed.
        tidy: Leave out doubles and ties with oneself instead of refusing them.

    Raises:
        BadFile: It cannot be read, is empty, or a line makes no tie; `line` says which.
    """
    lines, found, ids = _pairs(path, header)
    if not len(lines):
        raise BadFile(f"{path} has no ties; write two ids a line, such as anna,bas.")
    names, ids = _in_order(found, ids)
    one, other = ids[::2], ids[1::2]
    alone, double = _faults(one, other)
    if not tidy:
        _refuse_faults(path, lines, one, other, (alone, double), names)
    kept = ~(alone | double)
    network = Network.from_arrays(one[kept], other[kept], len(names))
    return Named(network, names, int(np.sum(~kept)))


def read_thresholds(
    path: str | Path, *, unit: Unit | str = Unit.COUNTS, of: int = 10, header: bool | None = None
) -> Asked:
    """Read thresholds.

    Args:
        path: As for `read_ties`; one or two columns.
        unit: Counts of others, fractions of one's contacts, or answers "of 10". In each, never is
            written as never.
        of: Out of how many was asked, for answers.
        header: Whether the first line names the columns; left out, it is guessed.

    Raises:
        BadFile: It cannot be read, is empty, or a line holds no threshold; `line` says which.
        BadChoice: The unit is not known, or `of` is not above 0.
    """
    kind = _unit(unit, of)
    lines = [(number, [field.strip() for field in cells]) for number, cells in _lines(path)]
    if lines and (_names_columns(lines[0][1]) if header is None else header):
        lines = lines[1:]
    if not lines:
        raise BadFile(f"{path} has no thresholds; write id,threshold a line.")
    width = len(lines[0][1])
    values = np.array([_value(path, number, cells, (width, kind, of)) for number, cells in lines])
    names = tuple(cells[0] for _, cells in lines) if width > 1 else None
    if names is not None:
        _refuse_named_twice(path, [number for number, _ in lines], names)
    return Asked(values, Unit.COUNTS if kind is Unit.COUNTS else Unit.FRACTIONS, names, str(path))


def _unit(unit: Unit | str, of: int) -> Unit:
    if unit not in [*Unit]:
        raise BadChoice(f"unit is {unit!r}; give one of {', '.join(Unit)}.")
    if of < 1:
        raise BadChoice(f"answers are out of {of}; give the number that was asked out of.")
    return Unit(unit)


def _lines(path: str | Path) -> Iterator[Numbered]:
    return rows_of_parquet(path) if is_parquet(path) else fields(path)


def _pairs(path: str | Path, header: bool | None) -> tuple[Ids, tuple[str, ...], Ids]:
    """Give the number of each line with a tie, the names as they come, and ids two by two."""
    # Plain numbers from the start: a list of ten million texts would fill a gigabyte.
    numbers, ids = array("q"), array("q")
    found: dict[str, int] = {}
    for number, cells in _without_header(_lines(path), header):
        try:
            one, other = cells[0].strip(), cells[1].strip()
        except IndexError:
            raise BadFile(
                f"{path}, line {number} has one field ({cells[0]!r}); write two ids a line.",
                line=number,
            ) from None
        if not (one and other):
            raise BadFile(f"{path}, line {number} lacks an id; write two ids a line.", line=number)
        numbers.append(number)
        ids.append(found.setdefault(one, len(found)))
        ids.append(found.setdefault(other, len(found)))
    return _plain(numbers), tuple(found), _plain(ids)


def _plain(numbers: array[int]) -> Ids:
    return np.frombuffer(numbers, dtype=np.int64) if numbers else np.empty(0, dtype=np.int64)


def _without_header(lines: Iterator[Numbered], header: bool | None) -> Iterator[Numbered]:
    """Leave out a first line that names the columns: words, above a line with numbers."""
    first = list(zip(range(2), lines, strict=False))
    rest = [line for _, line in first]
    if header is None and rest:
        words = not any(map(is_number, rest[0][1][:2]))
        above = len(rest) > 1 and all(map(is_number, rest[1][1][:2]))
        known = {cell.strip().lower() for cell in rest[0][1][:2]} <= _COLUMNS
        header = words and (above or known)
    return chain(rest[1:] if header else rest, lines)


# Only names that nobody has: a tie between a and b is a tie.
_ENDS = ("source target", "from to", "van naar", "src dst", "person contact", "ego alter")
_NUMBERED_ENDS = ("id", "node", "person", "persoon", "user")
_COLUMNS = frozenset(
    [*" ".join(_ENDS).split(), *(f"{name}{end}" for name in _NUMBERED_ENDS for end in "12")]
)


def _in_order(names: tuple[str, ...], ids: Ids) -> tuple[tuple[str, ...], Ids]:
    """Number the people anew where all names are whole numbers, in the order of those."""
    if not all(name.isdecimal() for name in names):
        return names, ids
    order = sorted(range(len(names)), key=lambda at: (int(names[at]), names[at]))
    place = np.empty(len(names), dtype=np.int64)
    place[order] = np.arange(len(names))
    return tuple(names[at] for at in order), place[ids]


def _faults(one: Ids, other: Ids) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Say which ties are with oneself, and which stand there before."""
    keys = (np.minimum(one, other) << 32) | np.maximum(one, other)
    order = np.argsort(keys, kind="stable")
    double = np.zeros(len(keys), dtype=bool)
    double[order[1:]] = keys[order[1:]] == keys[order[:-1]]
    return one == other, double


def _refuse_faults(
    path: str | Path,
    lines: Ids,
    one: Ids,
    other: Ids,
    faults: tuple[NDArray[np.bool_], NDArray[np.bool_]],
    names: tuple[str, ...],
) -> None:
    alone, double = faults
    if not (wrong := alone | double).any():
        return
    at = int(np.argmax(wrong))
    here = f"{path}, line {lines[at]}"
    drop = "take it out, or let --tidy (tidy=True) leave such lines out"
    if alone[at]:
        raise BadFile(
            f"{here}: {names[one[at]]} has a tie with themselves; {drop}.", line=int(lines[at])
        )
    same = ((one == one[at]) & (other == other[at])) | ((one == other[at]) & (other == one[at]))
    raise BadFile(
        f"{here}: {names[one[at]]} and {names[other[at]]} have a tie on line "
        f"{lines[int(np.argmax(same))]} already; {drop}.",
        line=int(lines[at]),
    )


def _names_columns(cells: list[str]) -> bool:
    value = cells[-1].replace(",", ".")
    return bool(value) and not is_number(value) and value.lower() != "never"


def _value(path: Any, number: int, cells: list[str], how: tuple[int, Unit, int]) -> float:
    """Give the threshold on one line, as a count or a fraction."""
    width, unit, of = how
    here = f"{path}, line {number}"
    if len(cells) != width:
        raise BadFile(
            f"{here} has {len(cells)} fields, and the first line has {width}.", line=number
        )
    text = cells[1 if width > 1 else 0]
    if text.lower() == "never":
        return math.inf
    # A spreadsheet that separates by semicolons writes 0,5 for a half.
    value = float(text.replace(",", ".")) if is_number(text.replace(",", ".")) else math.nan
    most = {Unit.COUNTS: NEVER - 1, Unit.FRACTIONS: 1, Unit.ANSWERS: of}[unit]
    whole = unit is not Unit.COUNTS or value == round(value if math.isfinite(value) else 0)
    if not 0 <= value <= most or not whole:
        raise BadFile(f"{here}: the threshold is {text!r}; {_remedy(unit, of)}.", line=number)
    return value / of if unit is Unit.ANSWERS else value


def _remedy(unit: Unit, of: int) -> str:
    return {
        Unit.COUNTS: "give a whole number from 0, or never (fractions need --unit fractions)",
        Unit.FRACTIONS: "give a fraction from 0 to 1, or never",
        Unit.ANSWERS: f"give an answer from 0 to {of}, or never",
    }[unit]


def _refuse_named_twice(path: str | Path, lines: list[int], names: tuple[str, ...]) -> None:
    seen: dict[str, int] = {}
    for number, name in zip(lines, names, strict=True):
        if name in seen:
            raise BadFile(
                f"{path}, line {number}: {name!r} has a threshold on line {seen[name]} already; "
                "give one for each.",
                line=number,
            )
        seen[name] = number
