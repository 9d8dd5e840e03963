"""The command's many runs: one question again and again, at one point or along a row of them."""

from __future__ import annotations

import argparse
import math
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from ripple import command_input, command_pictures, sweeps, text_plots
from ripple.command_answers import Answer
from ripple.command_options import VARIED
from ripple.distributions import Distribution, Fixed
from ripple.errors import BadChoice
from ripple.montecarlo import Runs, monte_carlo
from ripple.network import Group
from ripple.pictures import Line, Panel
from ripple.random_networks import Recipe
from ripple.reading import Unit
from ripple.replicas import Kind, Question

MOST_POINTS = 10_000


def sweep(options: argparse.Namespace) -> Answer:
    """Answer how many speak in many runs."""
    if options.over:
        return _along(options)
    group, thresholds = _asked(options)
    runs = monte_carlo(
        group,
        thresholds,
        runs=options.runs,
        seed=options.seed,
        starters=options.draw_starters,
        workers=options.workers,
        progress="runs",
    )
    told: dict[str, Any] = {"runs": len(runs), "seed": options.seed}
    told |= {"people": float(runs.people.mean())}
    told |= {kind.value: _kind_told(runs, kind) for kind in runs.kinds}
    most = int(runs.people.max())
    rows = [(_NAMES[kind], getattr(runs, kind.value)) for kind in runs.kinds]
    panel = command_pictures.sizes_panel(rows, most, "How often so many speak", "people who speak")
    return Answer(told, _text(runs, most), [panel], f"{len(runs):,} runs")


_NAMES = {Kind.LEAST: "by themselves", Kind.GREATEST: "if all knew"}


def _asked(options: argparse.Namespace) -> tuple[Group | Recipe, ArrayLike | Distribution]:
    """Give the people and thresholds of every run: fixed, or as chance draws them."""
    drawn = command_input.distribution(options)
    if drawn is None and options.never:
        raise BadChoice("--never goes with --fraction, --uniform or --normal in a sweep.")
    if options.random is not None:
        command_input.need_one_source(options)
        return command_input.recipe(options), _of_random(options) if drawn is None else drawn
    if not options.draw_starters and (drawn is None or isinstance(drawn, Fixed)):
        raise BadChoice(
            "nothing here is chance, so all runs are the same; give --draw-starters, --uniform or "
            "--random, or take equilibria."
        )
    there = command_input.setting(options)
    return there.group, command_input.counts(options, there) if drawn is None else drawn


def _of_random(options: argparse.Namespace) -> ArrayLike:
    """Give thresholds that hold for any random network: counts."""
    if options.thresholds is None:
        return int(options.count)
    there = command_input.setting(options)
    if there.asked is None or there.asked.unit is not Unit.COUNTS:
        raise BadChoice(
            "fractions from a file belong to one network; sweep over random ones with --uniform, "
            "--normal or a file of counts."
        )
    return there.asked.counts(there.group)


def _kind_told(runs: Runs, kind: Kind) -> dict[str, Any]:
    low, median, high = (one.value for one in runs.quantiles(kind=kind))
    mean, half = runs.mean(kind), runs.share_over_half(kind)
    return {
        "mean": mean.value,
        "error": mean.error,
        "low": low,
        "median": median,
        "high": high,
        "over_half": half.value,
        "over_half_error": half.error,
        "sizes": getattr(runs, kind.value).tolist(),
    }


def _text(runs: Runs, most: int) -> str:
    parts = [f"{len(runs):,} runs with {runs.people.mean():,.6g} people, seed {runs.seed}."]
    for kind in runs.kinds:
        rows = text_plots.histogram(getattr(runs, kind.value), most)
        mean, half = runs.mean(kind), runs.share_over_half(kind)
        parts.append(
            f"Who speaks {_NAMES[kind]}: {mean.value:,.1f} ± {mean.error:,.1f} on average; over "
            f"half of the people in {half.value:.0%} ± {half.error:.0%} of the runs\n"
            f"{text_plots.bars(rows)}"
        )
    return "\n\n".join(parts)


def _along(options: argparse.Namespace) -> Answer:
    name, values = _points(options.over)
    table = sweeps.run(
        sweeps.grid(value=values),
        lambda value: _question(options, name, value),
        runs=options.runs,
        seed=options.seed,
        workers=options.workers,
        progress="runs",
    )
    means = {kind: [table.runs(at).mean(kind).value for at in range(len(table))] for kind in Kind}
    points = [
        {name.replace("-", "_"): value}
        | {kind.value: _kind_told(table.runs(at), kind) for kind in Kind}
        for at, value in enumerate(values)
    ]
    told = {"runs": options.runs, "seed": options.seed, "over": name, "points": points}
    people = int(table.rows[:, :, -1].max())
    rows = [(f"{value:g}", mean) for value, mean in zip(values, means[Kind.LEAST], strict=True)]
    text = (
        f"{options.runs:,} runs at each of {len(values)} points, seed {options.seed}.\n\n"
        f"Who speaks by themselves on average, by {name}\n{text_plots.bars(rows, people)}\n\n"
        f"{_table(name, values, means)}"
    )
    return Answer(told, text, [_panel(name, values, means, people)], f"Who speaks, by {name}")


def _points(over: list[str]) -> tuple[str, list[float]]:
    name, *rest = over
    if name not in VARIED:
        raise BadChoice(f"--over {name} cannot be varied; give one of {', '.join(VARIED)}.")
    try:
        low, high, number = float(rest[0]), float(rest[1]), int(rest[2])
    except ValueError:
        raise BadChoice(
            f"--over {' '.join(over)} is no row of points; give for example --over {name} 1 8 15."
        ) from None
    if not (math.isfinite(low) and math.isfinite(high) and 1 <= number <= MOST_POINTS):
        raise BadChoice(f"--over {' '.join(over)}: give 1 to {MOST_POINTS:,} points.")
    return name, np.linspace(low, high, number).tolist()


def _question(options: argparse.Namespace, name: str, value: float) -> Question:
    here = argparse.Namespace(**vars(options))
    if name == "starters":
        here.draw_starters = round(value)
    elif name == "mean-degree":
        if options.random != "erdos-renyi":
            raise BadChoice("--over mean-degree needs --random erdos-renyi.")
        here.mean_degree = value
    elif options.fraction is None:
        raise BadChoice("--over fraction takes the place of --fraction PHI; give that, too.")
    else:
        here.fraction = value
    group, thresholds = _asked(here)
    return Question(group, thresholds, here.draw_starters)


def _table(name: str, values: list[float], means: dict[Kind, list[float]]) -> str:
    wide = max(len(name), 10)
    heads = "".join(f"{_NAMES[kind]:>16}" for kind in Kind)
    lines = [
        f"  {value:>{wide}.6g}" + "".join(f"{means[kind][at]:>16,.6g}" for kind in Kind)
        for at, value in enumerate(values)
    ]
    return "\n".join([f"  {name:>{wide}}{heads}", *lines])


def _panel(name: str, values: list[float], means: dict[Kind, list[float]], people: int) -> Panel:
    kinds = ("first", "second")
    lines = [
        Line(list(zip(values, means[kind], strict=True)), _NAMES[kind], how)
        for kind, how in zip(Kind, kinds, strict=True)
    ]
    low, high = min(values), max(values)
    return Panel(
        f"Who speaks, by {name}",
        name,
        "people on average",
        lines,
        left=low,
        right=high if high > low else low + 1,
        top=max(people, 1),
    )
