"""Thresholds in files: counts, fractions and answers, by name or in order."""

import math
from pathlib import Path

import pytest

from ripple import NEVER, BadChoice, BadFile, Complete, Network
from ripple.reading import Asked, Unit, read_thresholds

NAMES = ["anna", "bas", "cato"]
LINE = Network.from_edges([(0, 1), (1, 2)])


def asked(folder: Path, text: str, unit: str = "counts", of: int = 10) -> Asked:
    path = folder / "thresholds.csv"
    path.write_text(text, encoding="utf-8")
    return read_thresholds(path, unit=unit, of=of)


@pytest.mark.parametrize(
    "text",
    [
        "anna,1\nbas,0\ncato,never\n",
        "cato;Never\nanna;1\nbas;0\n",
        "id,threshold\nanna,1\nbas,0\ncato,never\n",
        "1\n0\nnever\n",
        "threshold\n1\n0\nnever\n",
    ],
)
def test_counts_are_read_by_name_or_in_order(tmp_path: Path, text: str) -> None:
    assert asked(tmp_path, text).counts(LINE, NAMES).tolist() == [1, 0, NEVER]


def test_fractions_become_counts_of_contacts(tmp_path: Path) -> None:
    text = "anna;0,5\nbas;0,51\ncato;never\n"
    found = asked(tmp_path, text, "fractions")
    assert found.unit is Unit.FRACTIONS
    assert found.counts(LINE, NAMES).tolist() == [1, 2, NEVER]


def test_answers_become_fractions(tmp_path: Path) -> None:
    found = asked(tmp_path, "anna,5\nbas,10\ncato,never\n", "answers")
    assert found.values.tolist() == [0.5, 1.0, math.inf]
    assert asked(tmp_path, "1\n4\n", "answers", of=4).values.tolist() == [0.25, 1.0]


def test_people_without_a_name_are_called_by_number(tmp_path: Path) -> None:
    assert asked(tmp_path, "1,5\n0,7\n").counts(Complete(2)).tolist() == [7, 5]


@pytest.mark.parametrize(
    ("text", "unit", "line", "said"),
    [
        ("anna,1\nbas,-1\n", "counts", 2, "the threshold is '-1'; give a whole number from 0"),
        ("anna,1\nbas,0.5\n", "counts", 2, "fractions need --unit fractions"),
        ("anna,1\nbas,nan\n", "counts", 2, "the threshold is 'nan'"),
        ("anna,1\nbas,inf\n", "counts", 2, "the threshold is 'inf'"),
        ("anna,1\nbas,\n", "counts", 2, "the threshold is ''"),
        ("anna,1\nbas,sometimes\n", "counts", 2, "the threshold is 'sometimes'"),
        ("anna,1\nbas,99999999999\n", "counts", 2, "the threshold is '99999999999'"),
        ("anna,1\nbas,1.5\n", "fractions", 2, "give a fraction from 0 to 1"),
        ("id,answer\nanna,11\n", "answers", 2, "give an answer from 0 to 10"),
        ("anna,1\nbas\n", "counts", 2, "has 1 fields, and the first line has 2"),
        ("anna,1\nbas,2\nanna,1\n", "counts", 3, "'anna' has a threshold on line 1 already"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, text: str, unit: str, line: int, said: str) -> None:
    with pytest.raises(BadFile) as refused:
        asked(tmp_path, text, unit)
    assert refused.value.line == line
    assert f"thresholds.csv, line {line}" in str(refused.value)
    assert said in str(refused.value)


@pytest.mark.parametrize("text", ["", "id,threshold\n"])
def test_a_file_without_thresholds_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadFile, match="has no thresholds"):
        asked(tmp_path, text)


def test_somebody_without_a_threshold_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="has no threshold for 'cato'; add a line"):
        asked(tmp_path, "anna,1\nbas,1\n").counts(LINE, NAMES)


def test_too_few_in_order_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="has 2 thresholds for 3 people"):
        asked(tmp_path, "1\n2\n").counts(LINE, NAMES)


@pytest.mark.parametrize(
    ("unit", "of", "said"), [("parts", 10, "unit is 'parts'"), ("answers", 0, "are out of 0")]
)
def test_what_nobody_can_have_asked_is_refused(
    tmp_path: Path, unit: str, of: int, said: str
) -> None:
    with pytest.raises(BadChoice, match=said):
        asked(tmp_path, "0\n", unit, of)
