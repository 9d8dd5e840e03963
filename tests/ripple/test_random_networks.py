"""Networks drawn by chance: each the network it says it is, and the same again from one seed.

Seeds are fixed, so these tests say the same each time. Where a number is compared with what theory
says, it may lie five standard errors away.
"""

import math
from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ripple import (
    BadChoice,
    BadNetwork,
    BarabasiAlbert,
    Blocks,
    Configuration,
    ErdosRenyi,
    Network,
    Recipe,
    WattsStrogatz,
    random_networks,
)

ERRORS = 5
DRAWS = 3000

ALL: list[Recipe] = [
    ErdosRenyi(300, 6.5),
    WattsStrogatz(300, 6, 0.2),
    BarabasiAlbert(300, 3),
    Configuration(np.full(300, 5)),
    Blocks((5, 0, 1, 30, 30), 12),
]
each = pytest.mark.parametrize("recipe", ALL, ids=lambda one: type(one).__name__)


def drawn(recipe: Recipe, seed: int = 1) -> Network:
    return recipe.draw(np.random.default_rng(seed))


def chances(recipe: Recipe) -> Counter[tuple[tuple[int, int], ...]]:
    """Count how often each network comes of many draws."""
    generator = np.random.default_rng(5)
    return Counter(tuple(map(tuple, recipe.draw(generator).edges.tolist())) for _ in range(DRAWS))


def error(chance: float, draws: int = DRAWS) -> float:
    """Give the standard error of a count with this chance."""
    return math.sqrt(draws * chance * (1 - chance))


@each
def test_a_drawn_network_is_one(recipe: Recipe) -> None:
    network = drawn(recipe)
    again = Network.from_csr(network.indptr, network.indices)
    assert network.indices.tolist() == again.indices.tolist()


@each
def test_a_seed_gives_the_same_network_again(recipe: Recipe) -> None:
    assert drawn(recipe, 7).edges.tolist() == drawn(recipe, 7).edges.tolist()
    assert drawn(recipe, 7).edges.tolist() != drawn(recipe, 8).edges.tolist()


def test_networks_can_be_drawn_by_name() -> None:
    for network, recipe in [
        (Network.erdos_renyi(300, 6.5, seed=1), ALL[0]),
        (Network.watts_strogatz(300, 6, 0.2, seed=1), ALL[1]),
        (Network.barabasi_albert(300, 3, seed=1), ALL[2]),
        (Network.configuration([5] * 300, seed=1), ALL[3]),
        (Network.blocks([5, 0, 1, 30, 30], 12, seed=1), ALL[4]),
    ]:
        assert network.edges.tolist() == drawn(recipe).edges.tolist()


def test_every_pair_is_tied_with_the_same_chance_independently() -> None:
    found = chances(ErdosRenyi(4, 1.2))
    assert len(found) == 2**6
    for ties, times in found.items():
        chance = 0.4 ** len(ties) * 0.6 ** (6 - len(ties))
        assert abs(times - DRAWS * chance) < ERRORS * error(chance)


def test_contacts_spread_as_in_a_binomial() -> None:
    people, mean = 50_000, 10.0
    contacts = drawn(ErdosRenyi(people, mean)).degrees
    chance = mean / (people - 1)
    pairs = people * (people - 1) / 2
    assert abs(contacts.sum() / 2 - pairs * chance) < ERRORS * math.sqrt(pairs * chance)
    ten = math.exp(
        math.lgamma(people) - math.lgamma(11) - math.lgamma(people - 10)
        + 10 * math.log(chance) + (people - 11) * math.log1p(-chance)
    )  # fmt: skip
    # Two people share one pair at most, so counts of people are all but independent.
    assert abs(np.sum(contacts == 10) - people * ten) < ERRORS * error(ten, people)


@given(st.integers(2, 2**31 - 1))
def test_the_last_pair_before_somebody_and_their_first_are_told_apart(person: int) -> None:
    # Person v has the pairs from v(v - 1)/2 on; a rounded root alone is one off for large ones.
    first = person * (person - 1) // 2
    one, other = random_networks._ends(np.array([first - 1, first]))
    assert one.tolist() == [person - 1, person]
    assert other.tolist() == [person - 2, 0]


@pytest.mark.parametrize("people", [0, 1, 2, 7])
def test_all_or_nobody_may_be_tied(people: int) -> None:
    most = max(people - 1, 0)
    assert drawn(ErdosRenyi(people, most)).ties == people * most // 2
    assert drawn(ErdosRenyi(people, 0)).ties == 0


def test_a_ring_that_is_left_alone_is_a_ring() -> None:
    network = drawn(WattsStrogatz(10, 4, 0))
    assert network.contacts(0).tolist() == [1, 2, 8, 9]
    assert set(network.degrees.tolist()) == {4}


def test_as_many_ties_move_as_was_asked() -> None:
    people, contacts, rewire = 20_000, 6, 0.3
    network = drawn(WattsStrogatz(people, contacts, rewire))
    assert network.ties == people * contacts // 2
    # Whoever moves keeps the end that the tie was counted with.
    assert network.degrees.min() >= contacts // 2
    apart = np.abs(np.diff(network.edges.astype(np.int64), axis=1))
    far = np.sum(np.minimum(apart, people - apart) > contacts // 2)
    expected = network.ties * rewire
    # A moved tie may by chance land near: in one of `contacts` places of all.
    near = expected * contacts / people
    assert abs(far - expected) < ERRORS * error(rewire, network.ties) + near + ERRORS * near**0.5


def test_ties_move_where_hardly_any_place_is_free() -> None:
    assert drawn(WattsStrogatz(9, 8, 1)).ties == 36
    assert drawn(WattsStrogatz(10, 8, 1)).ties == 40


def test_who_comes_later_brings_as_many_ties() -> None:
    network = drawn(BarabasiAlbert(500, 4))
    assert network.ties == 10 + 4 * 495
    assert network.degrees.min() == 4
    assert drawn(BarabasiAlbert(3, 2)).edges.tolist() == [[0, 1], [0, 2], [1, 2]]


def test_the_fourth_person_prefers_who_has_two_contacts() -> None:
    # Two founders; the third ties with one of them, who then has two of the four ends of ties.
    found = chances(BarabasiAlbert(4, 1))
    centre = sum(
        times for ties, times in found.items() if max(Counter(sum(ties, ())).values()) == 3
    )
    assert abs(centre - DRAWS / 2) < ERRORS * error(0.5)
    assert len(found) == 6


def test_few_have_many_contacts_as_the_power_law_says() -> None:
    # P(k) = 2m(m + 1) / (k (k + 1)(k + 2)): Bollobás and others, Random Struct. Alg. 18 (2001).
    people, ties, draws = 5000, 3, 16
    shares = np.array([
        [np.mean(drawn(BarabasiAlbert(people, ties), seed).degrees == k) for k in (3, 4, 6, 10)]
        for seed in range(draws)
    ])  # fmt: skip
    theory = [2 * ties * (ties + 1) / (k * (k + 1) * (k + 2)) for k in (3, 4, 6, 10)]
    errors = shares.std(axis=0, ddof=1) / math.sqrt(draws)
    # The founders do not follow the law: m + 1 people, and as many as they are ahead of the rest.
    founders = 2 * (ties + 1) / people
    assert np.all(np.abs(shares.mean(axis=0) - theory) < ERRORS * errors + founders)


def test_ends_meet_by_chance() -> None:
    found = chances(Configuration([1, 1, 1, 1]))
    assert len(found) == 3
    assert all(abs(times - DRAWS / 3) < ERRORS * error(1 / 3) for times in found.values())


def test_hardly_anybody_has_fewer_contacts_than_was_asked() -> None:
    people, wanted = 10_000, 4
    degrees = drawn(Configuration(np.full(people, wanted))).degrees
    assert degrees.max() == wanted
    # (d - 1) / 2 ties with oneself and (d - 1)^2 / 4 doubles, Poisson: Bollobás, 1980.
    lost = (wanted - 1) / 2 + (wanted - 1) ** 2 / 4
    assert wanted * people - degrees.sum() < 2 * (lost + ERRORS * math.sqrt(lost))
    assert drawn(Configuration([])).people == 0


def test_a_team_sees_itself_and_some_others() -> None:
    network = drawn(Blocks((3, 4), 5))
    team = np.array([0, 0, 0, 1, 1, 1, 1])
    between = np.diff(team[network.edges], axis=1) != 0
    assert (np.sum(~between), np.sum(between)) == (3 + 6, 5)


def test_any_two_of_different_teams_are_tied_as_often() -> None:
    found = chances(Blocks((2, 1, 1), 1))
    assert len(found) == 5
    assert all(abs(times - DRAWS / 5) < ERRORS * error(1 / 5) for times in found.values())


@pytest.mark.parametrize(
    ("make", "kind", "said"),
    [
        (lambda: ErdosRenyi(-1, 1), BadNetwork, "people is -1"),
        (lambda: ErdosRenyi(5, 4.5), BadChoice, "mean_degree is 4.5; 5 people have 0 to 4"),
        (lambda: ErdosRenyi(5, math.nan), BadChoice, "mean_degree is nan"),
        (lambda: ErdosRenyi(5, -1), BadChoice, "mean_degree is -1"),
        (lambda: WattsStrogatz(5, 3, 0), BadChoice, "contacts is 3; give an even number"),
        (lambda: WattsStrogatz(5, 6, 0), BadChoice, "contacts is 6"),
        (lambda: WattsStrogatz(5, 2, 1.5), BadChoice, "rewire is 1.5"),
        (lambda: WattsStrogatz(5, 2, math.nan), BadChoice, "rewire is nan"),
        (lambda: BarabasiAlbert(5, 5), BadChoice, "new_ties is 5 for 5 people"),
        (lambda: BarabasiAlbert(5, 0), BadChoice, "new_ties is 0"),
        (lambda: Configuration([1, 2, 2]), BadChoice, "the degrees add up to 5"),
        (lambda: Configuration([1, -1]), BadChoice, "degrees[1] is -1"),
        (lambda: Configuration([1.0, 1.0]), BadChoice, "degrees are float64"),
        (lambda: Blocks((2, 2), 5), BadChoice, "random_ties is 5; between these teams"),
        (lambda: ErdosRenyi(5, "few"), BadChoice, "mean_degree is 'few'"),  # type: ignore[arg-type]
        (lambda: WattsStrogatz(5, 2.0, 0), BadChoice, "contacts is 2.0"),  # type: ignore[arg-type]
        (lambda: Blocks((2, -2), 0), BadChoice, "sizes[1] is -2"),
    ],
)
def test_what_cannot_be_drawn_is_refused(make: Callable[[], Any], kind: type, said: str) -> None:
    with pytest.raises(kind) as refused:
        make()
    assert said in str(refused.value)
