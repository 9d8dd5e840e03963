"""Results as tables: Arrow, Polars, pandas and HTML, with what they say about a missing library."""

import sys
from dataclasses import dataclass

import numpy as np
import polars
import pytest

from ripple import (
    BadChoice,
    Complete,
    ErdosRenyi,
    Fixed,
    Uniform,
    least_equilibrium,
    monte_carlo,
    simulate,
    sweeps,
    tables,
    target_set,
)
from ripple.sweeps import Question, SweepTable
from ripple.tables import NotInstalled

RUNS = monte_carlo(Complete(6), Uniform(0, 1), runs=5, seed=1)


@pytest.fixture(scope="module")
def table() -> SweepTable:
    return sweeps.run(
        sweeps.grid(z=[2.0, 4.0], who=["<few>", "many"]),
        lambda z, who: Question(ErdosRenyi(30, z), Fixed(0.3), starters=1 if who == "<few>" else 9),
        runs=6,
        seed=1,
    )


def test_runs_are_a_row_each_in_all_three() -> None:
    arrow, frame, plain = RUNS.to_arrow(), RUNS.to_polars(), RUNS.to_pandas()
    for names in (arrow.column_names, frame.columns, list(plain.columns)):
        assert names == ["run", "people", "least", "greatest"]
    assert arrow["least"].to_pylist() == RUNS.least.tolist()
    assert frame["least"].to_list() == RUNS.least.tolist()
    assert plain["least"].tolist() == RUNS.least.tolist()


def test_the_seed_goes_along_where_a_table_can_hold_it() -> None:
    assert RUNS.to_arrow().schema.metadata == {b"seed": b"1"}
    assert RUNS.to_pandas().attrs == {"seed": 1}


def test_a_sweep_is_a_row_for_each_point(table: SweepTable) -> None:
    frame = table.to_polars()
    assert frame["z"].to_list() == [2.0, 2.0, 4.0, 4.0]
    assert frame["who"].to_list() == ["<few>", "many", "<few>", "many"]
    for point in range(4):
        runs = table.runs(point)
        assert frame["least_mean"][point] == runs.mean().value
        assert frame["least_error"][point] == runs.mean().error
        assert frame["greatest_median"][point] == np.median(runs.greatest)
        assert frame["least_over_half"][point] == runs.share_over_half().value
    assert table.to_arrow().num_rows == len(table.to_pandas()) == 4


def test_an_equilibrium_is_a_row_for_each_person() -> None:
    k = np.array([0, 1, 3, 4])
    frame = tables.to_polars(least_equilibrium(Complete(4), k))
    assert frame.to_dict(as_series=False) == {
        "person": [0, 1, 2, 3],
        "active": [True, True, False, False],
        "round": [0, 1, -1, -1],
        "place": [0, 1, -1, -1],
    }


def test_starters_are_a_row_each_with_their_method_beside_them() -> None:
    k = np.arange(100)
    k[1] = 2
    made = tables.to_arrow(target_set(Complete(100), k))
    assert made.column_names == ["seeds"]
    assert made.num_rows == 1
    assert made.schema.metadata[b"method"] == b'"exact"'
    assert made.schema.metadata[b"reached"] == b"100"


def test_a_story_is_a_row_for_each_step_also_where_there_are_as_many_people() -> None:
    story = simulate(Complete(4), [0, 1, 2, 3], 3)
    frame = tables.to_pandas(story)
    assert frame["step"].tolist() == [0, 1, 2, 3]
    assert frame["speaking"].tolist() == story.speaking.tolist()
    assert "active" not in frame


def test_any_dataclass_of_arrays_is_a_table_of_those_that_are_as_long_as_the_first() -> None:
    @dataclass(frozen=True)
    class Steps:
        speaking: np.ndarray
        left: list[int]
        other: np.ndarray
        square: np.ndarray
        who: str

    made = tables.columns(
        Steps(np.arange(3), [1, 2, 3], np.arange(5), np.zeros((3, 3)), "everybody")
    )
    assert list(made) == ["speaking", "left"]


@pytest.mark.parametrize("thing", [3, "text", Complete(4), Complete])
def test_what_makes_no_table_is_refused(thing: object) -> None:
    with pytest.raises(BadChoice, match="makes no table; give a result of ripple"):
        tables.to_polars(thing)


@pytest.mark.parametrize("name", ["pyarrow", "polars", "pandas"])
def test_a_library_that_is_absent_is_named_with_its_remedy(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setitem(sys.modules, name, None)
    method = {"pyarrow": RUNS.to_arrow, "polars": RUNS.to_polars, "pandas": RUNS.to_pandas}[name]
    with pytest.raises(NotInstalled, match=f"made with {name}, which is not installed"):
        method()


def test_a_notebook_sees_small_tables_in_which_nothing_is_markup(table: SweepTable) -> None:
    shown = table._repr_html_()
    assert "<td>&lt;few&gt;</td>" in shown
    assert shown.count("<tr>") == 5
    assert "5 runs, seed 1" in RUNS._repr_html_()
    assert RUNS._repr_html_().count("<tr>") == 3


def test_a_terminal_sees_one_line_or_a_small_table(table: SweepTable) -> None:
    assert repr(RUNS).startswith("Runs(5 runs: least ")
    first, head, *rows = repr(table).splitlines()
    assert first == "SweepTable(4 points, 6 runs each, seed=1)"
    assert head.split() == ["z", "who", "least", "greatest"]
    assert len(rows) == 4


def test_parameters_that_no_table_knows_are_named() -> None:
    points = [{"answers": Uniform(0, 0.5)}]
    made = sweeps.run(points, lambda answers: Question(Complete(4), answers), runs=2, seed=0)
    assert isinstance(made.to_polars(), polars.DataFrame)
    assert made.columns()["answers"] == ["Uniform(low=0, high=0.5)"]
