"""What the command answers: the same numbers as text, as JSON and as a picture.

The keys of the JSON stand in docs/ripple-command.md.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ripple import command_input, command_pictures, text_plots, theory
from ripple.command_input import Setting
from ripple.command_pictures import by_round
from ripple.cores import core_numbers
from ripple.equilibria import Equilibrium, greatest_equilibrium, least_equilibrium
from ripple.influence import influence
from ripple.network import Complete
from ripple.pictures import Panel
from ripple.seeding import target_set
from ripple.thresholds import NEVER

# More names than this nobody reads on a screen.
MOST_NAMED = 50


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer in three forms.

    Attributes:
        told: What becomes JSON.
        text: What is printed otherwise.
        panels: What is drawn.
        title: What the picture shows.
    """

    told: dict[str, Any]
    text: str
    panels: Sequence[Panel] = ()
    title: str = ""


def equilibria(options: argparse.Namespace) -> Answer:
    """Answer who speaks by themselves, and who would if all knew."""
    there = command_input.setting(options)
    k = command_input.counts(options, there)
    starters = there.people(options.starters, "starters")
    abstain = there.people(options.abstain, "abstain")
    k[abstain] = NEVER
    least = least_equilibrium(there.group, k, starters)
    greatest = greatest_equilibrium(there.group, k, starters, abstain)
    who = options.who
    told = group_told(there) | {
        "least": _equilibrium_told(there, least, who),
        "greatest": _equilibrium_told(there, greatest, who),
    }
    shares = command_input.fractions(there.group, k)
    text = _equilibria_text(there, least, greatest, shares)
    if who:
        text += "\n\n" + _who_text(there, least, greatest)
    panels = [
        command_pictures.threshold_panel(shares),
        command_pictures.rounds_panel(least, greatest),
    ]
    return Answer(told, text, panels, "Who speaks by themselves, and who would if all knew")


def starters(options: argparse.Namespace) -> Answer:
    """Answer who would have to begin."""
    there = command_input.setting(options)
    k = command_input.counts(options, there)
    found = target_set(there.group, k, options.goal)
    seeds = there.called(found.seeds)
    told = group_told(there) | {
        "method": found.method.value,
        "lower_bound": found.lower_bound,
        "reached": found.reached,
        "starters": seeds,
    }
    how = (
        "no fewer can do it"
        if found.lower_bound == len(seeds)
        else f"best of three heuristics ({found.method.value}); certain is only that fewer than "
        f"{found.lower_bound:,} cannot do it"
    )
    text = (
        f"{headline(there)}\n\n{_starters(len(seeds))} would move {found.reached:,} people: {how}."
        f"\n\n{_listed(seeds)}"
    )
    moved = least_equilibrium(there.group, k, found.seeds)
    return Answer(
        told,
        text.rstrip(),
        [command_pictures.rounds_panel(moved, None)],
        "What the starters set off",
    )


def ripples(options: argparse.Namespace) -> Answer:
    """Answer how many more speak if one person begins."""
    there = command_input.setting(options)
    k = command_input.counts(options, there)
    more = influence(there.group, k, there.people(options.starters, "starters"))
    top = np.argsort(-more, kind="stable")[: options.top]
    rows = list(zip(there.called(top), more[top].tolist(), strict=True))
    mean = float(more.mean()) if len(more) else 0.0
    told = group_told(there) | {
        "mean": mean,
        "most": [{"person": person, "more": value} for person, value in rows],
    }
    text = (
        f"{headline(there)}\n\nIf one person begins, {mean:.3g} more speak on average (with "
        "that person); most with:"
        f"\n{text_plots.bars([(str(person), value) for person, value in rows])}"
    )
    panel = command_pictures.sizes_panel(
        [("", more)], there.group.people, "If one person begins", "more who speak"
    )
    return Answer(told, text, [panel], "How many more speak if one person begins")


def cores(options: argparse.Namespace) -> Answer:
    """Answer how deep in the network people stand."""
    there = command_input.setting(options)
    deep = core_numbers(there.group)
    each = np.bincount(deep, minlength=1) if len(deep) else np.zeros(1, dtype=np.int64)
    within = each[::-1].cumsum()[::-1]
    told = group_told(there) | {"highest": len(within) - 1, "sizes": within.tolist()}
    rows = [(f"{k}-core", size) for k, size in text_plots.few(list(enumerate(within.tolist())))]
    text = (
        f"{headline(there)}\n\nIn the k-core all have k contacts who are in it too. If all wait "
        f"for k others, it is who would speak if all knew.\n{text_plots.bars(rows)}"
    )
    panel = command_pictures.cores_panel(within.tolist(), there.group.people)
    return Answer(told, text, [panel], "How deep in the network people stand")


def window(options: argparse.Namespace) -> Answer:
    """Answer for which networks one starter can move everybody."""
    found = theory.cascade_window(options.fraction)
    told: dict[str, Any] = {
        "fraction": options.fraction,
        "low": found and found.low,
        "high": found and found.high,
    }
    text = (
        f"Where all wait for {options.fraction:g} of their contacts, one starter can move a share "
        f"of everybody\nif people have {found.low:.6f} to {found.high:.6f} contacts on average."
        if found
        else f"Where all wait for {options.fraction:g} of their contacts, no single starter can "
        "move a share of everybody, however many contacts people have."
    )
    if options.mean_degree is not None:
        share = theory.global_cascade_share(options.mean_degree, options.fraction)
        told |= {"mean_degree": options.mean_degree, "share": share}
        text += f"\nAt {options.mean_degree:g} contacts, {share:.1%} of starters do."
    text += "\n(Erdős-Rényi networks without end; Watts, PNAS 99, 5766, 2002.)"
    return Answer(
        told, text, [command_pictures.window_panel(options.fraction, found)], "The cascade window"
    )


def group_told(there: Setting) -> dict[str, Any]:
    """Give what stands in every answer about a group."""
    told: dict[str, Any] = {"people": there.group.people, "ties": there.group.ties}
    return told | ({"dropped": there.dropped} if there.dropped else {})


def _equilibrium_told(there: Setting, found: Equilibrium, who: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "size": found.size,
        "rounds": found.rounds,
        "by_round": by_round(found).tolist(),
    }
    return told | ({"speaking": there.called(np.flatnonzero(found.active))} if who else {})


def headline(there: Setting) -> str:
    """Say in a line who the people are."""
    people = f"{there.group.people:,} people"
    if isinstance(there.group, Complete):
        return f"{people}; everybody sees everybody."
    mean = 2 * there.group.ties / max(there.group.people, 1)
    lines = "1 line" if there.dropped == 1 else f"{there.dropped:,} lines"
    dropped = f" {lines} left out." if there.dropped else ""
    return f"{people}, {there.group.ties:,} ties; {mean:.3g} contacts on average.{dropped}"


def _equilibria_text(
    there: Setting, least: Equilibrium, greatest: Equilibrium, shares: NDArray[np.float64]
) -> str:
    rows = [("by themselves", least.size), ("if all knew", greatest.size)]
    spoken = by_round(least).cumsum()
    rounds = [
        (f"round {at}", size) for at, size in text_plots.few(list(enumerate(spoken.tolist())))
    ]
    return "\n\n".join(
        [
            headline(there),
            "Who speaks\n" + text_plots.bars(rows, there.group.people),
            "By themselves, round by round\n" + text_plots.bars(rounds, there.group.people),
            "Who would speak, if this share of their contacts did (█; · is as many as that)\n"
            + text_plots.curve(shares),
        ]
    )


def _who_text(there: Setting, least: Equilibrium, greatest: Equilibrium) -> str:
    only = greatest.active & ~least.active
    return (
        f"By themselves: {_listed(there.called(np.flatnonzero(least.active)))}\n"
        f"Only if all knew: {_listed(there.called(np.flatnonzero(only)))}"
    )


def _starters(number: int) -> str:
    return "1 starter" if number == 1 else f"{number:,} starters"


def _listed(people: Sequence[str | int]) -> str:
    named = ", ".join(map(str, people[:MOST_NAMED])) or "nobody"
    more = len(people) - MOST_NAMED
    return f"{named} … and {more:,} more; --json names them all" if more > 0 else named
