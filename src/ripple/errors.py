"""What may be wrong with a network, thresholds, people or files, each said with its remedy.

RippleError (a ValueError)
├── BadNetwork      a tie, an id, a shape or a size that makes no network
├── BadThreshold    a threshold that is negative, absent, no number, or outside its range
├── BadPeople       seeds, committed or abstaining people who are not in the network
├── BadChoice       an option outside its range: runs, steps, probabilities
└── BadFile         a file that cannot be read, with the line at which it went wrong
"""

from __future__ import annotations


class RippleError(ValueError):
    """Something given to ripple cannot be computed with; the message says which and what to do."""


class BadNetwork(RippleError):
    """A tie, an id, a shape or a size that makes no network."""


class BadThreshold(RippleError):
    """A threshold that is negative, absent, no number, or outside its range."""


class BadPeople(RippleError):
    """Seeds, committed or abstaining people who are not in the network, or stand in two lists."""


class BadChoice(RippleError):
    """An option outside its range: runs, steps, probabilities, a goal."""


class BadFile(RippleError):
    """A file that cannot be read; `line` is the line at which it went wrong, or None."""

    def __init__(self, message: str, *, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line
