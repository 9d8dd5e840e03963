"""Small networks and complete groups never wake numba: a web process stays quick and light."""

import subprocess
import sys

from tests import running

BEGIN = "import sys\nfrom ripple import *\n"
SMALL = (
    BEGIN
    + """
from ripple.network import Complete, Network
from ripple.equilibria import greatest_equilibrium, least_equilibrium
from ripple.cores import core_numbers
from ripple.influence import influence
network = Network.from_edges([(person, person + 1) for person in range(9_000)], people=9_001)
for group in (network, Complete(200), Complete(100_000)):
    least_equilibrium(group, 1, seeds=[0])
    greatest_equilibrium(group, 1)
    core_numbers(group)
    influence(group, 1, people=[0])
"""
)
END = "\nprint('numba' in sys.modules)"
LARGE = SMALL.replace("9_0", "11_0")


def test_importing_ripple_does_not_import_numba() -> None:
    assert said(BEGIN) == "False"


def test_computing_on_small_networks_and_complete_groups_does_not_import_numba() -> None:
    assert said(SMALL) == "False"


def test_a_large_network_does_import_it() -> None:
    assert said(LARGE) == "True"


def said(script: str) -> str:
    surroundings = {"PYTHONPATH": str(running.ROOT / "src")}
    done = subprocess.run(
        [sys.executable, "-c", script + END],
        env=surroundings,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()
