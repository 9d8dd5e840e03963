"""Results as tables: Arrow, Polars and pandas where they are installed, HTML for notebooks.

A result of any kind becomes columns of one length: what is told of each run, each person or each
step. What is told once (a seed, a method) goes along as metadata where the table can hold it.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ripple.dynamics import Story
from ripple.equilibria import Equilibrium
from ripple.errors import BadChoice

if TYPE_CHECKING:
    import pandas  # type: ignore[import-untyped]
    import polars
    import pyarrow  # type: ignore[import-untyped]

Columns = Mapping[str, Sequence[Any] | NDArray[Any]]


class NotInstalled(ImportError):
    """A library that this table is made with is not installed; the message says how to get it."""


class Tabular:
    """A result that gives itself as a table; it is mixed into dataclasses."""

    __slots__ = ()

    def to_arrow(self) -> pyarrow.Table:
        """Give this as an Arrow table."""
        return to_arrow(self)

    def to_polars(self) -> polars.DataFrame:
        """Give this as a Polars frame."""
        return to_polars(self)

    def to_pandas(self) -> pandas.DataFrame:
        """Give this as a pandas frame."""
        return to_pandas(self)


def to_arrow(result: Any) -> pyarrow.Table:
    """Give a result as an Arrow table; what is told once stands in its metadata, as JSON.

    Raises:
        BadChoice: It is no result of ripple.
        NotInstalled: pyarrow is absent.
    """
    arrow = _library("pyarrow")
    made: pyarrow.Table = arrow.table({name: arrow.array(c) for name, c in columns(result).items()})
    told = {name: json.dumps(value) for name, value in remarks(result).items()}
    return made.replace_schema_metadata(told) if told else made


def to_polars(result: Any) -> polars.DataFrame:
    """Give a result as a Polars frame.

    Raises:
        BadChoice: It is no result of ripple.
        NotInstalled: polars is absent.
    """
    frame: polars.DataFrame = _library("polars").DataFrame(dict(columns(result)))
    return frame


def to_pandas(result: Any) -> pandas.DataFrame:
    """Give a result as a pandas frame; what is told once stands in its `attrs`.

    Raises:
        BadChoice: It is no result of ripple.
        NotInstalled: pandas is absent.
    """
    frame: pandas.DataFrame = _library("pandas").DataFrame(dict(columns(result)))
    frame.attrs.update(remarks(result))
    return frame


def columns(result: Any) -> Columns:
    """Give a result as columns of one length, by name.

    A result may have a method `columns` of its own. Of others the flat arrays count that are as
    long as the first of them.

    Raises:
        BadChoice: It holds no array.
    """
    if isinstance(result, Equilibrium):
        return _of_equilibrium(result)
    if isinstance(result, Story):
        return _of_story(result)
    own: Callable[[], Columns] | None = getattr(result, "columns", None)
    if own is not None:
        return own()
    arrays = {name: np.asarray(value) for name, value in _held(result).items() if _is_list(value)}
    if not arrays:
        raise BadChoice(f"{type(result).__name__} makes no table; give a result of ripple")
    length = len(next(iter(arrays.values())))
    return {name: array for name, array in arrays.items() if len(array) == length}


def remarks(result: Any) -> dict[str, Any]:
    """Give what a result tells once: numbers and words, as JSON can hold them."""
    told = {name: _remark(value) for name, value in _held(result).items()}
    return {name: value for name, value in told.items() if value is not None}


def _remark(value: Any) -> str | int | float | None:
    if isinstance(value, np.random.SeedSequence):
        return "/".join(map(str, (value.entropy, *value.spawn_key)))
    if isinstance(value, np.generic):
        value = value.item()
    return value if isinstance(value, str | int | float) else None


def text(shown: Columns) -> str:
    """Write columns as lines of text, numbers to the right."""
    columns_ = [[str(name), *map(_cell, values)] for name, values in shown.items()]
    widths = [max(map(len, column)) for column in columns_]
    lines = zip(*columns_, strict=True)
    return "\n".join("  ".join(map(str.rjust, line, widths)) for line in lines)


def html(shown: Columns, caption: str) -> str:
    """Write columns as a small HTML table."""
    head = "".join(f"<th>{escape(str(name))}</th>" for name in shown)
    rows = zip(*shown.values(), strict=True)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(_cell(value))}</td>" for value in row) + "</tr>"
        for row in rows
    )
    return (
        f"<table><caption>{escape(caption)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _of_equilibrium(result: Equilibrium) -> Columns:
    """Give a row a person; their place in the order, instead of a list of another length."""
    place = np.full(len(result.active), -1, dtype=np.int64)
    place[result.order] = np.arange(len(result.order))
    people = np.arange(len(result.active), dtype=np.int64)
    return {"person": people, "active": result.active, "round": result.round, "place": place}


def _of_story(result: Story) -> Columns:
    """Give a row a step; who speaks at the end is told a person, and stays out."""
    rows = result.rows()
    return {name: [row[name] for row in rows] for name in rows[0]}


def _held(result: Any) -> dict[str, Any]:
    if not is_dataclass(result) or isinstance(result, type):
        return {}
    return {one.name: getattr(result, one.name) for one in fields(result)}


def _is_list(value: Any) -> bool:
    if isinstance(value, np.ndarray):
        return value.ndim == 1
    return isinstance(value, tuple | list)


def _cell(value: Any) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _library(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise NotInstalled(
            f"this table is made with {name}, which is not installed: pip install {name}. "
            "`ripple.tables.columns` gives the same as NumPy arrays.",
            name=name,
        ) from error
