"""Every test of the doors begins with fresh limits: nobody has knocked yet."""

from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache

from kleinverzet import environment


@pytest.fixture(autouse=True)
def _nobody_knocked() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def operated(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let the operator set something: `operated(young="guardian")`."""

    def operate(**settings: object) -> None:
        changed = environment.read().model_copy(update=settings)
        monkeypatch.setattr(environment, "read", lambda: changed)

    return operate
