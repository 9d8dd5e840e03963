"""The peers, in exact versions, in a folder that is thrown away: nothing of them is kept here.

networkx, igraph, SciPy and numba are the project's own packages for development; the other peers
come from the registry that pip uses here, with the hashes of `requirements.txt`.
"""

import os
import subprocess
import sys
from pathlib import Path

from bench import running

LOCK = Path(__file__).with_name("requirements.txt")


def install(folder: Path) -> None:
    """Install the peers into an empty folder; ends the bench with pip's own words if it fails."""
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes",
               "--only-binary", ":all:", "--target", str(folder), "-r", str(LOCK)]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"the peers could not be installed:\n{done.stderr}")


def surroundings(peers: Path) -> dict[str, str]:
    """Give the environment of a process that has ripple and the peers at hand."""
    plain = running.surroundings()
    return plain | {"PYTHONPATH": f"{plain['PYTHONPATH']}{os.pathsep}{peers}"}
