"""What is asked of the pond in an address, and what becomes of what cannot be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kleinverzet.world import pond_knobs
from kleinverzet.world.pond_knobs import NAMES, USUAL, Change, Knobs


def test_nothing_asked_gives_the_first_pond() -> None:
    assert pond_knobs.read({}) == pond_knobs.Read(USUAL, ())


def test_what_fits_is_taken_as_it_is() -> None:
    asked = {"people": "40", "begin": "3", "never": "10", "careful": "5", "listens": "1"}
    asked |= {"leaves": "4", "who": "7"}
    assert pond_knobs.read(asked) == pond_knobs.Read(Knobs(40, 3, 10, 5, 1, 4, "7"), ())


@pytest.mark.parametrize(
    ("asked", "change"),
    [
        ({"people": "3"}, Change("people", 10, 10, 200)),
        ({"people": "1" * 5000}, Change("people", 200, 10, 200)),
        ({"people": "twintig"}, Change("people", 24, 10, 200)),
        ({"people": "12.5"}, Change("people", 24, 10, 200)),
        ({"begin": "-1"}, Change("begin", 0, 0, 24)),
        ({"never": "23"}, Change("never", 22, 0, 22)),
        ({"begin": "24", "never": "5"}, Change("never", 0, 0, 0)),
        ({"careful": "0"}, Change("careful", 1, 1, 5)),
        ({"listens": "٣٣"}, Change("listens", 5, 1, 5)),
        ({"leaves": "0"}, Change("leaves", 1, 1, 5)),
    ],
)
def test_what_does_not_fit_becomes_the_nearest_that_does(
    asked: dict[str, str], change: Change
) -> None:
    read = pond_knobs.read(asked)
    assert read.changes == (change,)
    assert getattr(read.knobs, change.name) == change.value


def test_a_usual_value_that_no_longer_fits_is_nobodys_mistake() -> None:
    read = pond_knobs.read({"begin": "22"})
    assert read.knobs.never == 2
    assert read.changes == ()


@pytest.mark.parametrize("said", ["", "everybody", "enough ", "3.5", "<b>"])
def test_who_names_nobody_is_nobody(said: str) -> None:
    assert pond_knobs.read({"who": said}).knobs.who == ""


@given(st.dictionaries(st.sampled_from(NAMES), st.text(max_size=12)))
def test_whatever_is_asked_makes_a_pond(asked: dict[str, str]) -> None:
    knobs = pond_knobs.read(asked).knobs
    assert pond_knobs.FEWEST <= knobs.people <= pond_knobs.MOST
    assert knobs.begin + knobs.never <= knobs.people
    assert min(knobs.begin, knobs.never) >= 0
    assert {knobs.careful, knobs.listens, knobs.leaves} <= set(range(1, 6))
