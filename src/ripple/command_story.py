"""The command's story: what becomes of people step by step, when they leave or stay and speak."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

import numpy as np

from ripple import command_input, text_plots
from ripple.command_answers import Answer, group_told, headline
from ripple.dynamics import Story, simulate
from ripple.pictures import Line, Panel


def story(options: argparse.Namespace) -> Answer:
    """Answer how many speak, leave and stay, step by step."""
    there = command_input.setting(options)
    found = simulate(
        there.group,
        command_input.counts(options, there),
        options.steps,
        starters=there.people(options.starters, "starters"),
        exit_after=options.exit_after,
        voice=options.voice,
        replace=options.replace,
        practice=options.practice,
        listening=options.listening,
        seed=options.seed,
    )
    told = group_told(there) | {
        name: getattr(found, name).tolist() for name in ("speaking", "present", "left", "voiced")
    }
    steps = text_plots.few(list(enumerate(found.speaking.tolist())))
    rows = [(f"step {at}", speaking) for at, speaking in steps]
    text = (
        f"{headline(there)}\n\nWho speaks, step by step\n"
        f"{text_plots.bars(rows, there.group.people)}\n\n"
        f"In the end {found.speaking[-1]:,} of {found.present[-1]:,} people speak; on the way "
        f"{found.left.sum():,} left, and {found.voiced.sum():,} stayed and spoke up."
    )
    return Answer(told, text, [_panel(found, there.group.people)], "Step by step")


def _panel(found: Story, people: int) -> Panel:
    def line(values: Sequence[int], label: str, kind: str) -> Line:
        return Line([(float(at), float(value)) for at, value in enumerate(values)], label, kind)

    lines = [
        line(found.speaking.tolist(), "speak", "first"),
        line(found.present.tolist(), "there", "second"),
        line(np.cumsum(found.left).tolist(), "left so far", "third"),
    ]
    top = max(people, int(found.left.sum()), 1)
    return Panel(
        "Step by step", "step", "people", lines, right=max(found.steps, 1), top=top, whole=True
    )
