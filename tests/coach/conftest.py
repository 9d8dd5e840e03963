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


@pytest.fixture
def keeps(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Pages of planning are kept in spite of the transaction that a test runs in; from none on."""
    from kleinverzet.coach import plan_copies, turns

    monkeypatch.setattr(turns, "are_settled", lambda: True)
    plan_copies.store.clear()
    yield
    plan_copies.store.clear()


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """No page is ready from an earlier test, whose numbers may have been the same."""
    from kleinverzet.coach import plan_copies

    plan_copies.store.clear()
