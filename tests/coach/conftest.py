"""What the tests of the ring `coach` share: the site (it knows the towns), and a coach.

pytest reads this before Django is set up, so what needs Django is imported where it is used.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from kleinverzet.coach.models import Coach
    from tests.owners import Owner


@pytest.fixture
def owner(site: None) -> "Owner":
    """Somebody with an account and a vault, who coaches."""
    from tests.owners import make_owner

    return make_owner("Cora Kade", "negen gele kano's drijven")


@pytest.fixture
def coach(owner: "Owner") -> "Coach":
    """That coach, there every workday from nine to five."""
    from tests.coach.cast import make_coach

    return make_coach(owner)


@pytest.fixture
def fresh_limits() -> Iterator[None]:
    """Nobody is refused for what an earlier test did."""
    from django.core.cache import cache

    cache.clear()
    yield
    cache.clear()
