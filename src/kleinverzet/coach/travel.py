"""How long it takes to get from one place to another: a table that never says nothing for unknown.

It knows no database and nobody. `slots` asks it; `openings` and `slot_case` fill it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain

# The place where the practice is.
PRACTICE = ""
# Where nobody ever said how far anything is, as careful a guess as a day bears.
FAR = 120


@dataclass(frozen=True, slots=True)
class Travel:
    """A table of trips.

    Attributes:
        trips: Minutes between two places, by name; "" is the practice. Each counts both ways.
    """

    trips: Mapping[tuple[str, str], int] = field(default_factory=dict)
    _places: frozenset[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_places", frozenset(chain.from_iterable(self.trips)))

    def knows(self, place: str) -> bool:
        """Whether a trip to this place is in the table."""
        return place in self._places

    def minutes(self, here: str, there: str) -> int:
        """Give how long a trip takes.

        Where the table has no such trip it is the one by way of the practice, and where that is
        not known either, the longest trip there is.
        """
        found = self._known(here, there)
        if found is not None:
            return found
        out, back = self._known(here, PRACTICE), self._known(PRACTICE, there)
        if out is None or back is None:
            return max(self.trips.values(), default=FAR)
        return out + back

    def _known(self, here: str, there: str) -> int | None:
        found = self.trips.get((here, there))
        if found is None:
            found = self.trips.get((there, here))
        return 0 if found is None and here == there else found
