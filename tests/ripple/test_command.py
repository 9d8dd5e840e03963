"""The command: files and options in, the right numbers out."""

import re
from pathlib import Path

import pytest

from ripple import Network, from_fractions, least_equilibrium, theory
from tests.ripple.asking import GRANOVETTER, ONE_MORE_CAREFUL, TRIANGLE_AND_TAIL, WAITS, Asking
from tests.running import ROOT

RANDOM = ("--random", "erdos-renyi", "--people", "500", "--mean-degree", "3")


def test_one_person_more_careful_and_nobody_follows(ask: Asking) -> None:
    all_follow = ask.write("all.csv", GRANOVETTER)
    told = ask.told("equilibria", "--complete", "--thresholds", all_follow)
    assert (told["least"]["size"], told["least"]["rounds"]) == (100, 99)
    nobody = ask.write("nobody.csv", ONE_MORE_CAREFUL)
    told = ask.told("equilibria", "--complete", "--thresholds", nobody)
    assert (told["least"]["size"], told["greatest"]["size"]) == (1, 100)
    told = ask.told("starters", "--complete", "--thresholds", nobody)
    assert (len(told["starters"]), told["method"], told["reached"]) == (1, "exact", 100)


def test_people_are_named_as_in_the_file(ask: Asking) -> None:
    ties = ask.write("ties.csv", TRIANGLE_AND_TAIL)
    waits = ask.write("waits.csv", WAITS + "eva,0\n")
    told = ask.told("equilibria", ties, "--thresholds", waits, "--who")
    assert (told["people"], told["ties"]) == (5, 4)
    assert told["least"]["speaking"] == ["anna", "bas", "cato", "eva"]
    assert told["least"]["by_round"] == [2, 1, 1]
    text = ask.text("equilibria", ties, "--thresholds", waits, "--who")
    assert "By themselves: anna, bas, cato, eva\nOnly if all knew: nobody" in text


def test_a_screen_names_fifty_and_says_how_many_more(ask: Asking) -> None:
    words = ("equilibria", "--complete", "200", "--count", "0", "--who")
    text = ask.text(*words)
    assert "48, 49 … and 150 more; --json names them all" in text
    assert ask.told(*words)["least"]["speaking"] == list(range(200))


def test_some_may_start_and_some_abstain(ask: Asking) -> None:
    ties = ask.write("ties.csv", TRIANGLE_AND_TAIL)
    words = ("equilibria", ties, "--count", "1", "--who", "--starters", "dirk")
    assert ask.told(*words)["least"]["size"] == 4
    told = ask.told(*words, "--abstain", "cato, bas")
    assert told["least"]["speaking"] == ["dirk"]
    assert told["greatest"]["speaking"] == ["dirk"]


def test_influence_names_who_moves_most(ask: Asking) -> None:
    ties = ask.write("ties.csv", TRIANGLE_AND_TAIL)
    told = ask.told("influence", ties, "--fraction", "0.5", "--top", "2")
    assert told["most"] == [{"person": "anna", "more": 4}, {"person": "bas", "more": 4}]
    assert told["mean"] == pytest.approx((4 + 4 + 4 + 1) / 4)
    assert "anna  4  ███" in ask.text("influence", ties, "--fraction", "0.5")


def test_cores_are_counted(ask: Asking) -> None:
    ties = ask.write("ties.csv", TRIANGLE_AND_TAIL)
    assert ask.told("cores", ties)["sizes"] == [4, 4, 3]
    assert ask.told("cores", "--complete", "5")["highest"] == 4


def test_a_random_network_is_the_one_of_the_library(ask: Asking) -> None:
    told = ask.told("equilibria", *RANDOM, "--fraction", "0.3", "--starters", "0", "--seed", "4")
    network = Network.erdos_renyi(500, 3, seed=4)
    assert told["ties"] == network.ties
    expected = least_equilibrium(network, from_fractions(network, 0.3), [0]).size
    assert told["least"]["size"] == expected


def test_a_seed_draws_thresholds_too(ask: Asking) -> None:
    words = ("equilibria", "--complete", "1000", "--uniform", "0", "1", "--never", "0.2")
    assert ask.told(*words, "--seed", "1") == ask.told(*words, "--seed", "1")
    assert ask.told(*words, "--seed", "1") != ask.told(*words, "--seed", "2")


@pytest.mark.parametrize(
    ("words", "people", "ties"),
    [
        (("watts-strogatz", "--people", "20", "--contacts", "4"), 20, 40),
        (("barabasi-albert", "--people", "20", "--new-ties", "2"), 20, 37),
        (("blocks", "--sizes", "2x3,4", "--random-ties", "5"), 10, 3 + 6 + 5),
    ],
)
def test_all_random_networks_can_be_asked_for(
    ask: Asking, words: tuple[str, ...], people: int, ties: int
) -> None:
    told = ask.told("cores", "--random", *words)
    assert (told["people"], told["ties"]) == (people, ties)


def test_some_may_never_speak(ask: Asking) -> None:
    told = ask.told("equilibria", "--complete", "1000", "--count", "0", "--never", "0.5")
    assert told["least"]["size"] == told["greatest"]["size"]
    # Half of a thousand, within five standard errors.
    assert abs(told["least"]["size"] - 500) < 5 * (1000 * 0.25) ** 0.5
    drawn = ask.told("equilibria", "--complete", "1000", "--fraction", "0", "--never", "1")
    assert drawn["greatest"]["size"] == 0


def test_a_sweep_tells_every_run(ask: Asking) -> None:
    words = ("sweep", *RANDOM, "--fraction", "0.18", "--draw-starters", "2", "--runs", "7")
    told = ask.told(*words)
    assert len(told["least"]["sizes"]) == told["runs"] == 7
    assert told == ask.told(*words, "--workers", "1")
    assert "7 runs with 500 people, seed 0." in ask.text(*words)


def test_a_sweep_may_ask_at_many_points(ask: Asking) -> None:
    words = ("sweep", *RANDOM, "--fraction", "0.18", "--draw-starters", "1", "--runs", "5")
    told = ask.told(*words, "--over", "mean-degree", "0", "2", "3")
    assert [point["mean_degree"] for point in told["points"]] == [0, 1, 2]
    # Without ties only who starts speaks.
    assert told["points"][0]["least"]["sizes"] == [1] * 5
    told = ask.told(*words, "--over", "starters", "0", "4", "2")
    assert told["points"][0]["least"]["mean"] == 0
    assert told["points"][1]["least"]["mean"] >= 4
    assert "by fraction" in ask.text(*words, "--over", "fraction", "0.1", "0.3", "2")


def test_a_sweep_draws_thresholds_for_one_network(ask: Asking) -> None:
    ties = ask.write("ties.csv", TRIANGLE_AND_TAIL)
    told = ask.told("sweep", ties, "--uniform", "0", "1", "--runs", "3")
    assert told["people"] == 4
    waits = ask.write("counts.csv", "1\n" * 500)
    told = ask.told("sweep", *RANDOM, "--thresholds", waits, "--draw-starters", "1", "--runs", "3")
    assert len(told["least"]["sizes"]) == 3


def test_the_window_is_that_of_theory(ask: Asking) -> None:
    told = ask.told("window", "--fraction", "0.18", "--mean-degree", "3")
    assert told["low"] == pytest.approx(1.020704, abs=1e-6)
    assert told["high"] == pytest.approx(5.764677, abs=1e-6)
    assert told["share"] == theory.global_cascade_share(3, 0.18)
    assert "no single starter" in ask.text("window", "--fraction", "0.9")
    assert ask.told("window", "--fraction", "0.9")["low"] is None


def test_a_story_is_told_step_by_step(ask: Asking) -> None:
    words = ("story", "--complete", "30", "--count", "3", "--steps", "4")
    assert ask.told(*words, "--starters", "0,1,2")["speaking"][0] == 3
    told = ask.told(*words, "--exit-after", "2", "--no-replace")
    assert len(told["present"]) == 5
    assert "people speak; on the way" in ask.text(*words)


def test_lines_that_were_left_out_are_told(ask: Asking) -> None:
    ties = ask.write("ties.csv", TRIANGLE_AND_TAIL + "bas,anna\n")
    assert ask.told("cores", ties, "--tidy")["dropped"] == 1
    assert "1 line left out" in ask.text("cores", ties, "--tidy")


@pytest.mark.parametrize("people", ["0", "1"])
@pytest.mark.parametrize("command", ["equilibria", "starters", "influence", "story"])
def test_nobody_and_one_person_are_groups_too(
    ask: Asking, tmp_path: Path, command: str, people: str
) -> None:
    plot = str(tmp_path / "plot.svg")
    assert ask.text(command, "--complete", people, "--count", "0", "--plot", plot)
    assert ask.told(command, "--complete", people, "--count", "0")["people"] == int(people)


def test_every_key_of_the_json_is_described(ask: Asking) -> None:
    described = set(re.findall(r"`(\w+)`", (ROOT / "docs" / "ripple-command.md").read_text()))
    ties = ask.write("ties.csv", TRIANGLE_AND_TAIL)
    for words in (
        ("equilibria", ties, "--count", "1", "--who"),
        ("starters", ties, "--count", "1"),
        ("influence", ties, "--count", "1"),
        ("cores", ties, "--tidy"),
        ("sweep", ties, "--uniform", "0", "1", "--runs", "2"),
        ("sweep", *RANDOM, "--fraction", "0.2", "--runs", "2", "--over", "fraction", "0", "1", "2"),
        ("story", ties, "--count", "1"),
        ("window", "--fraction", "0.2", "--mean-degree", "2"),
    ):
        told = ask.told(*words)
        inner = [value for value in told.values() if isinstance(value, dict)]
        assert {key for one in [told, *inner] for key in one} <= described
