"""The compiled kernels and those in NumPy alone: one answer, down to the order."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ripple import _engine, _kernels, _plain
from ripple.cores import core_numbers
from ripple.equilibria import Equilibrium, greatest_equilibrium, least_equilibrium
from ripple.errors import BadChoice
from ripple.influence import influence
from tests.ripple import drawn
from tests.ripple.drawn import Situation

SITUATIONS = st.one_of(drawn.situations(), drawn.random_situations())


def by_each(compute: Callable[[], Any]) -> tuple[Any, Any]:
    """Give what each set of kernels computes."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("RIPPLE_KERNELS", "numpy")
        plainly = compute()
        patched.setenv("RIPPLE_KERNELS", "numba")
        return plainly, compute()


def same(one: Equilibrium, other: Equilibrium) -> bool:
    return (
        (one.size, one.rounds) == (other.size, other.rounds)
        and np.array_equal(one.active, other.active)
        and np.array_equal(one.round, other.round)
        and np.array_equal(one.order, other.order)
    )


@given(SITUATIONS, st.data())
def test_by_themselves(situation: Situation, data: st.DataObject) -> None:
    seeds = data.draw(drawn.some(situation.network.people))
    assert same(*by_each(lambda: least_equilibrium(situation.network, situation.k, seeds)))


@given(SITUATIONS, st.data())
def test_together(situation: Situation, data: st.DataObject) -> None:
    abstain = data.draw(drawn.some(situation.network.people))
    found = by_each(lambda: greatest_equilibrium(situation.network, situation.k, (), abstain))
    assert same(*found)


@given(SITUATIONS)
def test_cores(situation: Situation) -> None:
    plainly, compiled = by_each(lambda: core_numbers(situation.network))
    assert plainly.tolist() == compiled.tolist()


@given(SITUATIONS)
def test_influence(situation: Situation) -> None:
    plainly, compiled = by_each(lambda: influence(situation.network, situation.k))
    assert plainly.tolist() == compiled.tolist()


def test_small_networks_are_left_to_numpy_and_large_ones_are_compiled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("RIPPLE_KERNELS", raising=False)
    assert _engine.kernels(20_000) is _plain
    assert _engine.kernels(20_001) is _kernels


def test_an_unknown_set_of_kernels_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RIPPLE_KERNELS", "fortran")
    with pytest.raises(BadChoice, match="RIPPLE_KERNELS is 'fortran'; set it to numpy, numba"):
        _engine.kernels(0)


def test_where_nothing_can_be_kept_on_disk_kernels_are_compiled_anew() -> None:
    # What is not read from a file has no place to keep it beside, as in a folder without rights.
    kept_nowhere: dict[str, Any] = {}
    exec("def doubled(number):\n    return 2 * number", kept_nowhere)
    assert _kernels.compiled(kept_nowhere["doubled"])(21) == 42
