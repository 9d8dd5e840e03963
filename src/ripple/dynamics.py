"""What becomes of people in the meantime: they leave, are listened to, get used to speaking.

The equilibria say what can last; this plays it step by step. The question: does a culture change
when those who do not fit leave, or when they stay and speak? The equations, and what they leave
out, stand in docs/ripple.md, under "Dynamics". NumPy alone, also for large networks.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ripple._people import named
from ripple.errors import BadChoice
from ripple.network import Complete, Group
from ripple.thresholds import NEVER, counted

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Totals = NDArray[np.int64]

# Needs sink by small steps; what adds up to a whole number must count as one.
ROUNDING = 1e-9
# Whoever waits for k begins somewhere between k - 1 and k: needs are kept in the middle, or any
# rise, however small, would ask for a whole person more, and no small fall for one fewer.
MIDDLE = 0.5


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Story:
    """What happened, step by step; index 0 is the beginning. All arrays have shape (steps + 1,).

    Attributes:
        speaking: How many speak, int64.
        left: How many left at the end of the step, int64.
        voiced: How many stayed and spoke up when their patience was over, int64.
        present: How many are there after the step, int64.
        willing: How many of them would speak if enough others did, int64.
        need: How many others those need on average, float64; NaN where nobody is willing.
        active: Who speaks at the end, bool, shape (people,).
    """

    speaking: Totals
    left: Totals
    voiced: Totals
    present: Totals
    willing: Totals
    need: Floats
    active: Flags

    @property
    def steps(self) -> int:
        """How many steps were played."""
        return len(self.speaking) - 1

    @property
    def share(self) -> float:
        """The share of all places from which somebody speaks at the end; 0 in an empty group."""
        return float(self.speaking[-1] / max(len(self.active), 1))

    def rows(self) -> list[dict[str, float]]:
        """Give one row a step, as plain numbers, for a table or a JSON file."""
        named_ = ("speaking", "left", "voiced", "present", "willing", "need")
        columns = {name: getattr(self, name).tolist() for name in named_}
        return [
            {"step": step, **{name: column[step] for name, column in columns.items()}}
            for step in range(self.steps + 1)
        ]

    def _repr_html_(self) -> str:
        rows = self.rows()
        shown = rows if len(rows) <= 12 else [*rows[:6], *rows[-6:]]
        head = "".join(f"<th>{name}</th>" for name in rows[0])
        body = "".join(
            "<tr>" + "".join(f"<td>{value:g}</td>" for value in row.values()) + "</tr>"
            for row in shown
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"

    def __repr__(self) -> str:
        return (
            f"Story({self.speaking[0]} of {len(self.active)} speak at first, "
            f"{self.speaking[-1]} after {self.steps} steps; {self.left.sum()} left)"
        )


def simulate(
    group: Group,
    k: ArrayLike,
    steps: int,
    *,
    starters: ArrayLike = (),
    exit_after: int | None = None,
    voice: float = 0.0,
    replace: bool = True,
    newcomers: ArrayLike | None = None,
    echo: int = 1,
    practice: float = 0.0,
    listening: float = 0.0,
    seed: int = 0,
) -> Story:
    """Play a group step by step; docs/ripple.md has the equations, under "Dynamics".

    Args:
        group: The people and their ties.
        k: How many others among one's contacts must speak before one does; a number for all, or
            one for each, shape (people,).
        steps: How many steps.
        starters: Who speaks whatever others do, as indices, for as long as they stay.
        exit_after: After how many steps in a row out of place patience is over; None: never.
        voice: With what chance somebody then stays and speaks up, instead of leaving.
        replace: Whether somebody comes for whoever leaves.
        newcomers: Thresholds that newcomers' are drawn from; without it, those in `k`.
        echo: How many contacts must speak with a speaker for them not to be out of place.
        practice: How many others fewer one needs after speaking once.
        listening: How many others fewer one needs after one step in which all contacts spoke;
            negative where the leader does not listen, -1 to 1.
        seed: For everything that is drawn.

    Raises:
        BadThreshold: A threshold is negative, no whole number or missing.
        BadPeople: A starter is not in the group.
        BadChoice: One of the others is outside its range.
    """
    counts = counted(k, group.people)
    _check_number("steps", steps, 0)
    _check_number("echo", echo, 0)
    if exit_after is not None:
        _check_number("exit_after", exit_after, 1)
    _check_range("voice", voice, 0, 1)
    _check_range("practice", practice, 0, np.inf)
    _check_range("listening", listening, -1, 1)
    pool = counts if newcomers is None else counted(newcomers, np.size(newcomers))
    if not len(pool) and group.people:
        raise BadChoice("newcomers is empty: give thresholds to draw from, or replace=False.")
    rules = _Rules(exit_after, voice, replace, pool, echo, practice, listening)
    place = _Places.begin(group, counts, starters, rules, np.random.default_rng(seed))
    told = [place.told()]
    for _ in range(steps):
        place.step(rules)
        told.append(place.told())
    table = np.array(told, dtype=np.float64).T
    speaking, left, voiced, present, willing = table[:5].astype(np.int64)
    return Story(speaking, left, voiced, present, willing, table[5], place.speaks)


@dataclass(frozen=True, slots=True)
class _Rules:
    exit_after: int | None
    voice: float
    replace: bool
    pool: NDArray[np.int32]
    echo: int
    practice: float
    listening: float


@dataclass(slots=True, eq=False)
class _Places:
    """The places of a group, and who sits there now."""

    group: Group
    degrees: Floats
    most: Floats
    need: Floats
    starts: Flags
    speaks: Flags
    heard: Totals
    strain: Totals
    there: Flags
    draws: np.random.Generator
    left: int = field(default=0)
    voiced: int = field(default=0)

    @classmethod
    def begin(
        cls,
        group: Group,
        counts: NDArray[np.int32],
        starters: ArrayLike,
        rules: _Rules,
        draws: np.random.Generator,
    ) -> _Places:
        people = group.people
        need = _needs(counts)
        starts = np.zeros(people, dtype=np.bool_)
        starts[named(starters, people, "starters")] = True
        speaks = starts | (need <= -MIDDLE)
        degrees = group.degrees.astype(np.float64)
        strain = draws.integers(0, rules.exit_after or 1, people)
        there = np.ones(people, dtype=np.bool_)
        most = np.maximum(need, degrees + MIDDLE)
        heard = _heard(group, speaks)
        return cls(group, degrees, most, need, starts, speaks, heard, strain, there, draws)

    def step(self, rules: _Rules) -> None:
        """Let one step pass, for all at once."""
        self.speaks = self.there & ((self.heard >= self.need - ROUNDING) | self.starts)
        self.heard = _heard(self.group, self.speaks)
        self._learn(rules)
        self.left = self.voiced = 0
        if rules.exit_after is not None:
            self._bear(rules, rules.exit_after)

    def told(self) -> tuple[float, ...]:
        """Give the numbers of this step, in the order of `Story`."""
        willing = np.isfinite(self.need) & self.there
        number = int(willing.sum())
        need = float(self.need[willing].sum()) / number + MIDDLE if number else np.nan
        speaking, present = int(self.speaks.sum()), int(self.there.sum())
        return speaking, self.left, self.voiced, present, number, need

    def _learn(self, rules: _Rules) -> None:
        if not rules.listening and not rules.practice:
            return
        seen = self.heard / np.maximum(self.degrees, 1)
        learned = self.need - rules.listening * seen - rules.practice * self.speaks
        self.need = np.clip(learned, -MIDDLE, self.most)

    def _bear(self, rules: _Rules, patience: int) -> None:
        out = ~self.speaks | (self.heard < rules.echo)
        out &= np.isfinite(self.need) & self.there
        self.strain = np.where(out, self.strain + 1, 0)
        over = np.flatnonzero(self.strain >= patience)
        if not len(over):
            return
        stays = self.draws.random(len(over)) < rules.voice
        self.strain[over] = 0
        self.need[over[stays]] = -MIDDLE
        self.voiced, self.left = int(stays.sum()), int((~stays).sum())
        if self.left:
            self._go(over[~stays], rules)

    def _go(self, leavers: NDArray[np.intp], rules: _Rules) -> None:
        self.starts[leavers] = False
        self.speaks[leavers] = False
        if rules.replace:
            self.need[leavers] = _needs(self.draws.choice(rules.pool, len(leavers)))
            self.most[leavers] = np.maximum(self.need[leavers], self.degrees[leavers] + MIDDLE)
        else:
            self.there[leavers] = False
        self.heard = _heard(self.group, self.speaks)


def _needs(counts: NDArray[np.int32]) -> Floats:
    return np.where(counts == NEVER, np.inf, counts - MIDDLE)


def _heard(group: Group, speaks: Flags) -> Totals:
    """Give how many contacts of each speak."""
    if isinstance(group, Complete):
        return np.asarray(np.count_nonzero(speaks) - speaks.astype(np.int64))
    before = np.concatenate([[0], np.cumsum(speaks[group.indices], dtype=np.int64)])
    return np.diff(before[group.indptr])


def _check_number(name: str, value: int, least: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < least:
        raise BadChoice(f"{name} is {value!r}: give a whole number from {least}.")


def _check_range(name: str, value: float, low: float, high: float) -> None:
    if not low <= value <= high or value == np.inf:
        upwards = "upwards" if high == np.inf else f"to {high}"
        raise BadChoice(f"{name} is {value!r}: give a number from {low} {upwards}.")
