"""What one check finds: a line for whoever runs the program, without anything private in it."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How serious it is. A warning leaves the program usable; what is wrong does not."""

    OK = "ok"
    WARNING = "warning"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One check's outcome.

    Attributes:
        name: What was looked at.
        state: How it is.
        said: What was found.
        remedy: What to do about it; empty where nothing is to be done.
    """

    name: str
    state: State
    said: str
    remedy: str = ""


def ok(name: str, said: str) -> Finding:
    """Give a finding that asks for nothing."""
    return Finding(name, State.OK, said)


def warning(name: str, said: str, remedy: str) -> Finding:
    """Give a finding to look at soon."""
    return Finding(name, State.WARNING, said, remedy)


def wrong(name: str, said: str, remedy: str) -> Finding:
    """Give a finding that needs somebody now."""
    return Finding(name, State.WRONG, said, remedy)
