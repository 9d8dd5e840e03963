"""What the command is asked about: people and thresholds, made of options or read from files."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ripple import reading
from ripple.command_options import WITHOUT_NUMBER
from ripple.distributions import Distribution, Fixed, Normal, SomeNever, Uniform
from ripple.errors import BadChoice, BadPeople
from ripple.network import Complete, Group
from ripple.random_networks import BarabasiAlbert, Blocks, ErdosRenyi, Recipe, WattsStrogatz
from ripple.thresholds import NEVER, counted, from_fractions


@dataclass(frozen=True, slots=True, eq=False)
class Setting:
    """The people the command is about.

    Attributes:
        group: The people and their ties.
        names: What they are called, or None where they are called 0, 1, 2 …
        dropped: How many lines of the file were left out.
        asked: Thresholds from a file, or None.
    """

    group: Group
    names: Sequence[str] | None = None
    dropped: int = 0
    asked: reading.Asked | None = None

    def called(self, people: ArrayLike) -> list[str | int]:
        """Give what these people are called."""
        numbers = np.asarray(people).tolist()
        return numbers if self.names is None else [self.names[one] for one in numbers]

    def people(self, text: str | None, option: str) -> list[int]:
        """Find the people that an option names, with commas between them.

        Raises:
            BadPeople: Somebody is not there.
        """
        if not text:
            return []
        everybody = self.names or [str(one) for one in range(self.group.people)]
        place = {name: at for at, name in enumerate(everybody)}
        named = [name.strip() for name in text.split(",")]
        for name in named:
            if name not in place:
                raise BadPeople(f"--{option} names {name!r}, who is not there; look at the file.")
        return [place[name] for name in named]


def setting(options: argparse.Namespace) -> Setting:
    """Read or make the people of a command.

    Raises:
        RippleError: A file or an option is wrong, or nothing says who the people are.
    """
    need_one_source(options)
    asked = _asked(options)
    if options.random is not None:
        network = recipe(options).draw(np.random.default_rng(options.seed))
        return Setting(network, asked=asked)
    if options.complete is not None:
        names = asked.names if asked else None
        return Setting(Complete(_headcount(options, asked)), names, asked=asked)
    named = reading.read_ties(options.ties, header=options.header, tidy=options.tidy)
    if asked is not None and asked.names is not None:
        named = named.with_people(asked.names)
    return Setting(named.network, named.names, named.dropped, asked)


def recipe(options: argparse.Namespace) -> Recipe:
    """Give the recipe of the random network that is asked for.

    Raises:
        BadChoice: An option that it needs is absent or outside its range.
    """
    if options.random == "blocks":
        return Blocks(_given(options, "sizes"), options.random_ties)
    people = _given(options, "people")
    if options.random == "erdos-renyi":
        return ErdosRenyi(people, _given(options, "mean_degree"))
    if options.random == "watts-strogatz":
        return WattsStrogatz(people, _given(options, "contacts"), options.rewire)
    return BarabasiAlbert(people, _given(options, "new_ties"))


def distribution(options: argparse.Namespace) -> Distribution | None:
    """Give the distribution that is asked for, or None where thresholds are counts or in a file.

    Raises:
        BadThreshold: One of its numbers is outside its range.
    """
    found: Distribution
    if options.fraction is not None:
        found = Fixed(options.fraction)
    elif options.uniform is not None:
        found = Uniform(*options.uniform)
    elif options.normal is not None:
        found = Normal(*options.normal)
    else:
        return None
    return SomeNever(found, options.never) if options.never else found


def counts(options: argparse.Namespace, there: Setting) -> NDArray[np.int32]:
    """Give everybody's threshold as a count.

    Raises:
        RippleError: One is absent or outside its range.
    """
    # Another stream than that of the network, so that both are chance.
    generator = np.random.default_rng([options.seed, 1])
    drawn = distribution(options)
    if drawn is not None:
        return from_fractions(there.group, drawn.draw(there.group.people, generator))
    if there.asked is not None:
        found = there.asked.counts(there.group, there.names)
    else:
        found = counted(options.count, there.group.people)
    never = SomeNever(Fixed(0), options.never).draw(there.group.people, generator)
    return np.where(np.isinf(never), np.int32(NEVER), found)


def fractions(group: Group, k: NDArray[np.int32]) -> NDArray[np.float64]:
    """Give counts as fractions of one's contacts, for a plot; above 1 is never."""
    contacts = np.maximum(group.degrees, 1)
    return np.where(k > group.degrees, 2.0, k / contacts)


def _asked(options: argparse.Namespace) -> reading.Asked | None:
    if getattr(options, "thresholds", None) is None:
        return None
    return reading.read_thresholds(options.thresholds, unit=options.unit, of=options.of)


def _headcount(options: argparse.Namespace, asked: reading.Asked | None) -> int:
    there = options.complete if asked is None else len(asked.values)
    if options.complete not in (WITHOUT_NUMBER, there):
        raise BadChoice(
            f"--complete {options.complete}, and {options.thresholds} has {there} thresholds; "
            "leave the number out."
        )
    if there == WITHOUT_NUMBER:
        raise BadChoice("--complete needs the number of people: --complete 100.")
    return int(there)


def need_one_source(options: argparse.Namespace) -> None:
    """See to it that the people are given once.

    Raises:
        BadChoice: They are not, or both files are standard input.
    """
    given = {
        "FILE": options.ties,
        "--complete": options.complete,
        "--random": options.random,
    }
    there = [name for name, value in given.items() if value is not None]
    if len(there) != 1:
        told = " and ".join(there) or "nobody"
        raise BadChoice(f"{told} given as people; give one of FILE, --complete N, --random KIND.")
    if options.ties == "-" and getattr(options, "thresholds", None) == "-":
        raise BadChoice("ties and thresholds cannot both be standard input; put one in a file.")


def _given(options: argparse.Namespace, name: str) -> Any:
    value = getattr(options, name)
    if value is None:
        raise BadChoice(f"--random {options.random} needs --{name.replace('_', '-')}.")
    return value
