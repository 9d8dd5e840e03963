"""The command `ripple`: networks and thresholds in, numbers and pictures out.

It answers on standard output and complains on standard error, in one line.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from ripple import command_options, pictures
from ripple.blocks import LostBlock
from ripple.command_answers import Answer, cores, equilibria, ripples, starters, window
from ripple.command_story import story
from ripple.command_sweep import sweep
from ripple.errors import RippleError

ANSWERS: dict[str, Callable[[argparse.Namespace], Answer]] = {
    "equilibria": equilibria,
    "starters": starters,
    "influence": ripples,
    "cores": cores,
    "sweep": sweep,
    "story": story,
    "window": window,
}
BAD_INPUT = 2
INTERRUPTED = 130


def main(words: Sequence[str] | None = None, prog: str = "ripple") -> int:
    """Run the command.

    Args:
        words: What was typed after its name; left out, what this process was started with.
        prog: What the command is called in its help and complaints.

    Returns:
        The exit code: 0, 2 where the input is wrong, 130 where it was interrupted.
    """
    options = command_options.parser(prog).parse_args(words)
    try:
        said = answered(options)
    except (RippleError, LostBlock) as problem:
        return _complain(prog, f"{problem}")
    except OSError as problem:
        return _complain(prog, f"it stopped at a file: {problem}")
    except MemoryError:
        return _complain(prog, "this does not fit into memory; take fewer people or ties")
    except KeyboardInterrupt:
        return INTERRUPTED
    return _say(said)


def answered(options: argparse.Namespace) -> str:
    """Compute, write the picture if one is asked for, and give what is to be printed.

    Raises:
        RippleError: The input is wrong.
        OSError: The picture cannot be written.
    """
    answer = ANSWERS[options.command](options)
    if options.plot:
        Path(options.plot).write_text(pictures.drawn(answer.panels, answer.title), encoding="utf-8")
    if options.json:
        return _as_json(answer.told)
    return answer.text


def _as_json(told: dict[str, Any]) -> str:
    """Write a line a key: a list of a million people is one line, not a million."""
    lines = [f"  {json.dumps(key)}: {json.dumps(value)}" for key, value in told.items()]
    return "{\n" + ",\n".join(lines) + "\n}"


def _complain(prog: str, problem: str) -> int:
    line = " ".join(problem.split()).rstrip(".")
    sys.stderr.write(f"{prog}: {line}.\n")
    return BAD_INPUT


def _say(text: str) -> int:
    try:
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads has seen enough, as `head` has; the interpreter must not flush once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
