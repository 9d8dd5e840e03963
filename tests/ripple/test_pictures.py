"""Pictures: SVG that any reader takes, with what was asked for in it."""

from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ripple import text_plots
from ripple.pictures import Bars, Line, Panel, drawn, ticks
from tests.ripple.asking import Asking

SVG = "{http://www.w3.org/2000/svg}"
numbers = st.floats(-1e6, 1e6, allow_nan=False)


def test_a_picture_holds_its_panels_lines_and_words() -> None:
    line = Line([(0, 0), (1, 1)], "R&D <b>", "second")
    panel = Panel("A title", "x", "y", [line], [Bars([0, 0.5, 1], [0.5, 1], "bars")])
    whole = ElementTree.fromstring(drawn([panel, panel], "Two"))
    assert whole.findtext(f"{SVG}title") == "Two"
    words = [text.text for text in whole.iter(f"{SVG}text")]
    assert words.count("A title") == words.count("R&D <b>") == 2
    assert len(list(whole.iter(f"{SVG}g"))) == 2
    assert [one.get("class") for one in whole.iter(f"{SVG}rect")] == ["paper", *["first-bar"] * 4]


def test_bars_of_two_stand_beside_each_other() -> None:
    bars = [Bars([0, 1], [1], "one", "first"), Bars([0, 1], [1], "other", "second")]
    whole = ElementTree.fromstring(drawn([Panel("", "", "", bars=bars)], ""))
    _, first, second = whole.iter(f"{SVG}rect")
    ends = float(first.get("x", "")) + float(first.get("width", ""))
    assert ends == pytest.approx(float(second.get("x", "")), abs=0.2)


@given(numbers, st.floats(1e-6, 1e6))
def test_axes_have_a_few_round_numbers(low: float, reach: float) -> None:
    values = ticks(low, low + reach)
    assert 1 <= len(values) <= 6
    slack = 1e-6 * max(reach, 1e-3)
    assert low - slack <= values[0] <= values[-1] <= low + reach + slack


def test_large_numbers_find_room_beside_an_axis() -> None:
    whole = ElementTree.fromstring(drawn([Panel("", "", "", right=5000, top=2e6)], ""))
    words = [text.text for text in whole.iter(f"{SVG}text")]
    assert {"1,000", "5,000", "500k", "2M"} <= set(words)


@given(st.integers(0, 50), st.integers(1, 50))
def test_whole_numbers_have_no_parts(low: int, reach: int) -> None:
    values = ticks(low - 0.5, low + reach + 0.5, whole=True)
    assert values == [round(value) for value in values]


@pytest.mark.parametrize(
    ("words", "panels"),
    [
        (("equilibria", "--complete", "9", "--count", "1"), 2),
        (("starters", "--complete", "9", "--count", "1"), 1),
        (("influence", "--complete", "9", "--count", "1"), 1),
        (("cores", "--complete", "9"), 1),
        (("sweep", "--complete", "9", "--uniform", "0", "1", "--runs", "3"), 1),
        (("story", "--complete", "9", "--count", "1"), 1),
        (("window", "--fraction", "0.18"), 1),
        (("window", "--fraction", "0.9"), 1),
    ],
)
def test_every_answer_can_be_drawn(
    ask: Asking, tmp_path: Path, words: tuple[str, ...], panels: int
) -> None:
    plot = tmp_path / "plot.svg"
    ask.text(*words, "--plot", str(plot))
    whole = ElementTree.parse(plot).getroot()
    assert len(whole.findall(f"{SVG}g")) == panels
    assert "nan" not in plot.read_text()


def test_a_bar_of_letters_is_as_long_as_its_number() -> None:
    assert text_plots.bar(10, 10, 4) == "████"
    assert text_plots.bar(5, 10, 4) == "██"
    assert text_plots.bar(1, 16, 4) == "▎"
    assert text_plots.bar(1, 10**9, 4) == "▏"
    assert text_plots.bar(0, 10, 4) == ""


def test_boxes_hold_every_size_once() -> None:
    sizes = np.array([0, 0, 5, 10, 10, 10])
    assert text_plots.histogram(sizes, 10, 2) == [("0-5", 3), ("6-10", 3)]
    assert text_plots.histogram(np.array([0, 1]), 1) == [("0", 1), ("1", 1)]


def test_the_curve_lies_on_the_diagonal_for_granovetters_hundred() -> None:
    shown = text_plots.curve(np.arange(100) / 99)
    assert shown.count("█") == text_plots.WIDE
    assert shown.splitlines()[0].endswith("█")
