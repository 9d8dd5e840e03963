"""Bad input to the command: one line that says where and what to do, and exit code 2."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import running
from tests.ripple.asking import TRIANGLE_AND_TAIL, Asking

LIGHT = """
import sys
from kleinverzet import cli
code = cli.main(["ripple", "equilibria", "--complete", "3", "--count", "1"])
heavy = {"django", "numba", "scipy", "pyarrow"} & set(sys.modules)
sys.exit(f"{heavy} was loaded" if heavy else code)
"""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("equilibria", "nowhere.csv", "--count", "1"), "nowhere.csv is not there"),
        (("equilibria", "--count", "1"), "nobody given as people; give one of FILE"),
        (("cores", "a.csv", "--complete", "3"), "FILE and --complete given as people"),
        (("equilibria", "--complete", "3"), "one of the arguments --thresholds --count"),
        (("equilibria", "--complete", "3", "--count", "-1"), "'-1' is no whole number from 0"),
        (("equilibria", "--complete", "3", "--count", "1.5"), "'1.5' is no whole number"),
        (("equilibria", "--complete", "3", "--count", "9" * 20), f"the threshold is {'9' * 20}"),
        (("equilibria", "--complete", "3", "--fraction", "2"), "value is 2.0; a share goes"),
        (("equilibria", "--complete", "3", "--fraction", "nan"), "value is nan"),
        (("equilibria", "--complete", "3", "--fraction", "a"), "'a' is no number"),
        (("equilibria", "--complete", "3", "--uniform", "1", "0"), "low is 1.0 and high is 0.0"),
        (("equilibria", "--complete", "3", "--count", "1", "--never", "2"), "share is 2.0"),
        (("equilibria", "--complete", "3", "--count", "1", "--fraction", "1"), "not allowed with"),
        (("equilibria", "--complete", "--count", "1"), "--complete needs the number of people"),
        (("cores", "--complete", "99999999999"), "people is 99999999999"),
        (("equilibria", "--complete", "3", "--count", "1", "--starters", "3"), "names '3', who is"),
        (("starters", "--complete", "3", "--count", "1", "--goal", "4"), "goal is 4"),
        (("cores", "--random", "blocks"), "--random blocks needs --sizes"),
        (("cores", "--random", "erdos-renyi", "--people", "9"), "needs --mean-degree"),
        (("cores", "--random", "tree"), "invalid choice: 'tree'"),
        (("sweep", "--complete", "3", "--count", "1"), "nothing here is chance"),
        (("sweep", "--complete", "3", "--uniform", "0", "1", "--runs", "0"), "runs=0"),
        (("sweep", "--complete", "3", "--count", "1", "--never", ".5"), "--never goes with"),
        (("cores", "--random", "blocks", "--sizes", "8x99999999999"), "more than 10,000,000 teams"),
        (("window", "--fraction", "0"), "phi is 0.0"),
        (("story", "--complete", "3", "--count", "1", "--listening", "2"), "listening"),
        (("dance",), "invalid choice: 'dance'"),
        ((), "required: COMMAND"),
    ],
)
def test_a_wrong_word_is_named(ask: Asking, words: tuple[str, ...], said: str) -> None:
    assert said in ask.refusal(*words)


@pytest.mark.parametrize(
    ("over", "said"),
    [
        (("age", "1", "2", "3"), "--over age cannot be varied; give one of mean-degree"),
        (("fraction", "a", "2", "3"), "is no row of points"),
        (("fraction", "0", "1", "0"), "give 1 to 10,000 points"),
        (("fraction", "0", "inf", "2"), "give 1 to 10,000 points"),
        (("fraction", "0", "1", "2"), "give that, too"),
        (("mean-degree", "0", "1", "2"), "needs --random erdos-renyi"),
    ],
)
def test_a_row_of_points_that_is_none_is_refused(
    ask: Asking, over: tuple[str, ...], said: str
) -> None:
    assert said in ask.refusal("sweep", "--complete", "9", "--count", "1", "--over", *over)


def test_a_wrong_line_is_named(ask: Asking) -> None:
    ties = ask.write("ties.csv", TRIANGLE_AND_TAIL + "dirk\n")
    assert "ties.csv, line 6 has one field" in ask.refusal("cores", ties)
    waits = ask.write("waits.csv", "1\n2\n-1\n")
    words = ("equilibria", "--complete", "3", "--thresholds", waits)
    assert "waits.csv, line 3: the threshold is '-1'" in ask.refusal(*words)


def test_somebody_without_a_threshold_is_named(ask: Asking) -> None:
    ties = ask.write("ties.csv", TRIANGLE_AND_TAIL)
    waits = ask.write("waits.csv", "anna,1\nbas,1\ndirk,1\n")
    assert "has no threshold for 'cato'" in ask.refusal("equilibria", ties, "--thresholds", waits)


def test_more_people_than_thresholds_are_refused(ask: Asking) -> None:
    waits = ask.write("waits.csv", "anna,1\nbas,1\n")
    said = ask.refusal("equilibria", "--complete", "3", "--thresholds", waits)
    assert "--complete 3, and" in said
    assert "has 2 thresholds; leave the number out" in said


def test_fractions_from_a_file_fit_no_random_network(ask: Asking) -> None:
    waits = ask.write("waits.csv", "0.5\n" * 9)
    words = ("--random", "erdos-renyi", "--people", "9", "--mean-degree", "2")
    said = ask.refusal("sweep", *words, "--thresholds", waits, "--unit", "fractions")
    assert "fractions from a file belong to one network" in said


def test_a_picture_that_cannot_be_written_is_told(ask: Asking, tmp_path: Path) -> None:
    words = ("cores", "--complete", "3", "--plot", str(tmp_path / "no" / "plot.svg"))
    assert "No such file or directory" in ask.refusal(*words)


def test_one_standard_input_cannot_be_two_files(ask: Asking) -> None:
    assert "cannot both be standard input" in ask.refusal("equilibria", "-", "--thresholds", "-")


def test_ties_may_come_through_a_pipe() -> None:
    asked = alone("-m", "ripple", "cores", "-", "--json", given=TRIANGLE_AND_TAIL)
    assert (asked.returncode, asked.stderr) == (0, "")
    assert '"sizes": [4, 4, 3]' in asked.stdout


def test_whoever_stops_reading_is_no_trouble() -> None:
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "w") as closed:
        asked = subprocess.run(
            [sys.executable, "-m", "ripple", "cores", "--complete", "3"],
            env=running.from_source(),
            stdout=closed,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert (asked.returncode, asked.stderr) == (0, "")


def test_the_program_answers_without_django() -> None:
    asked = alone("-c", LIGHT)
    assert (asked.returncode, asked.stderr) == (0, "")
    assert asked.stdout.startswith("3 people; everybody sees everybody.")


def test_the_program_passes_the_exit_code_on() -> None:
    asked = alone("-m", "kleinverzet", "ripple", "cores")
    assert asked.returncode == 2
    assert asked.stderr.startswith("kleinverzet ripple: nobody given as people")


def alone(*words: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words],
        env=running.from_source(),
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )
