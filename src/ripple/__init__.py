"""Threshold equilibria on networks: who speaks by themselves, and who would if all knew.

Networks, thresholds, least and greatest equilibria, influence and starters. This package knows
nothing of the web, of Django or of any ring, and an import contract keeps it so. Importing it loads
NumPy and nothing heavier; numba is fetched for large networks only.
"""

from ripple import sweeps, theory
from ripple.blocks import LostBlock
from ripple.cores import core_numbers
from ripple.distributions import (
    Answered,
    Choice,
    Distribution,
    Fixed,
    Normal,
    SomeNever,
    Uniform,
)
from ripple.dynamics import Story, simulate
from ripple.equilibria import Equilibrium, greatest_equilibrium, least_equilibrium
from ripple.errors import BadChoice, BadFile, BadNetwork, BadPeople, BadThreshold, RippleError
from ripple.influence import influence
from ripple.montecarlo import Runs, monte_carlo
from ripple.network import Complete, Group, Network
from ripple.random_networks import (
    BarabasiAlbert,
    Blocks,
    Configuration,
    ErdosRenyi,
    Recipe,
    WattsStrogatz,
)
from ripple.reading import read_thresholds, read_ties
from ripple.seeding import Method, Starters, target_set
from ripple.sweeps import SweepTable
from ripple.thresholds import NEVER, counted, from_answers, from_fractions
from ripple.ties import tidied

__all__ = [
    "NEVER",
    "Answered",
    "BadChoice",
    "BadFile",
    "BadNetwork",
    "BadPeople",
    "BadThreshold",
    "BarabasiAlbert",
    "Blocks",
    "Choice",
    "Complete",
    "Configuration",
    "Distribution",
    "Equilibrium",
    "ErdosRenyi",
    "Fixed",
    "Group",
    "LostBlock",
    "Method",
    "Network",
    "Normal",
    "Recipe",
    "RippleError",
    "Runs",
    "SomeNever",
    "Starters",
    "Story",
    "SweepTable",
    "Uniform",
    "WattsStrogatz",
    "core_numbers",
    "counted",
    "from_answers",
    "from_fractions",
    "greatest_equilibrium",
    "influence",
    "least_equilibrium",
    "monte_carlo",
    "read_thresholds",
    "read_ties",
    "simulate",
    "sweeps",
    "target_set",
    "theory",
    "tidied",
]
