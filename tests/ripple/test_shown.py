"""What an equilibrium says of itself, and that it stays what it is."""

import dataclasses

import numpy as np
import pytest

from ripple.equilibria import greatest_equilibrium, least_equilibrium
from ripple.network import Complete

FOUND = least_equilibrium(Complete(100), np.arange(100))


def test_it_says_how_many_speak_and_not_a_hundred_names() -> None:
    assert repr(FOUND) == "Equilibrium(100 of 100 speak, rounds=99)"


def test_a_notebook_shows_a_small_table() -> None:
    shown = FOUND._repr_html_()
    assert shown.startswith("<table>")
    assert "<th>rounds</th>" in shown
    assert "<td>99</td>" in shown


def test_it_cannot_be_changed_by_accident() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        FOUND.size = 3  # type: ignore[misc]


def test_its_arrays_have_the_kinds_that_were_promised() -> None:
    for found in (FOUND, greatest_equilibrium(Complete(3), 5)):
        kinds = (found.active.dtype, found.round.dtype, found.order.dtype)
        assert kinds == (np.bool_, np.int32, np.uint32)
        assert type(found.size) is int
        assert type(found.rounds) is int
