"""A data folder as it is after a first start, made once for a whole run and copied where needed.

A first start makes every table, page and static file; that takes longer than most tests. What a
first start does is tested in `test_start.py`, on folders that nobody prepared.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests import running

MAKE = """
from kleinverzet import environment, preparing
preparing.prepare(environment.read(), say=lambda line: None)
"""


def copy_to(data: Path, *, house: Path = running.ROOT) -> Path:
    """Give a data folder that is ready to start with.

    Args:
        data: Where it is to lie; nothing may lie there yet.
        house: The checkout that will be started on it.
    """
    return Path(shutil.copytree(_made(house), data, symlinks=True))


def _made(house: Path) -> Path:
    """Give the one that is copied, and make it where no other worker of this run has done so."""
    shared = Path(os.environ["KLEINVERZET_DATA"])
    made = shared / f"prepared-{hashlib.sha256(bytes(house)).hexdigest()[:12]}"
    with made.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            draft = made.with_suffix(".draft")
            draft.mkdir(mode=0o700)
            env = running.surroundings(PYTHONPATH=str(house / "src"), KLEINVERZET_DATA=str(draft))
            subprocess.run([sys.executable, "-c", MAKE], env=env, check=True, cwd=shared)
            draft.rename(made)
    return made
