"""Who uses a data folder at this moment: programs that serve share it, a restore has it alone.

A lock that the operating system holds for as long as the process lives: after a crash nothing of it
is left. The file itself says nothing.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kleinverzet.refusal import Refusal

FILE = "in-use"
# Looking whether the folder is in use takes it for a moment; whoever comes in just then waits.
PATIENCE = 2.0


@contextmanager
def shared(data: Path) -> Iterator[None]:
    """Use a data folder beside others.

    Raises:
        Refusal: If a restore has it.
    """
    with _held(data, fcntl.LOCK_SH, PATIENCE) as is_held:
        if not is_held:
            raise Refusal(f"a restore is under way in {data}; start again when it has ended.")
        yield


@contextmanager
def alone(data: Path) -> Iterator[None]:
    """Have a data folder alone.

    Raises:
        Refusal: If a program serves from it.
    """
    with _held(data, fcntl.LOCK_EX, PATIENCE) as is_held:
        if not is_held:
            raise Refusal(f"the program is running on {data}; stop it first.")
        yield


def is_in_use(data: Path) -> bool:
    """Tell whether a program serves from a data folder, or a restore has it."""
    if not (data / FILE).exists():
        return False
    with _held(data, fcntl.LOCK_EX, patience=0.0) as is_held:
        return not is_held


@contextmanager
def _held(data: Path, kind: int, patience: float) -> Iterator[bool]:
    descriptor = os.open(data / FILE, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield _locked(descriptor, kind, time.monotonic() + patience)
    finally:
        os.close(descriptor)


def _locked(descriptor: int, kind: int, end: float) -> bool:
    while True:
        try:
            fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= end:
                return False
            time.sleep(0.05)
        except OSError:
            return True  # some network folders know no locks; then nobody is kept out
        else:
            return True
