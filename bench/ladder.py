"""How well the courage ladder finds out what somebody dares, on people whose courage is known.

`python -m bench.ladder [--quick]`; see README.md in this folder.
"""

import math
import multiprocessing
import random
import statistics
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from multiprocessing.pool import Pool
from typing import Any

from django.conf import settings

from bench import report, running
from bench.people import Person, World
from bench.report import Limit

# The circle signs what it carries, so it wants a key to be imported; nothing is signed here.
if not settings.configured:
    settings.configure(SECRET_KEY="bench")
    sys.path.insert(0, str(running.ROOT / "src"))

from kleinverzet.catalogue import shelves
from kleinverzet.catalogue.shapes import Act
from kleinverzet.me import choice
from kleinverzet.me.circle import Answers
from kleinverzet.me.ladder import Assumed, Attempt, Ladder, Outcome, climb

PEOPLE, ACTS, ATTEMPTS = 300, 60, 30
SEEDS = tuple(range(1, 13))
BINS = 10
AS_BUILT = Assumed()
NINETY_PERCENT = 1.645
# The peer is Elo as in chess, one K for all. Of 0.1, 0.2 … 0.6 this one errs least as assumed.
ELO_K = 0.3
SAID = {Outcome.DID: 1.0, Outcome.PARTLY: 0.5, Outcome.NOT_YET: 0.0}

SETBACK = World(setback=1.0)
GATED = {
    "as assumed": World(),
    "only did and not yet": World(between=0.0),
    "anchors off by sd 1.2": World(act_sd=1.2),
    "20 % told a step better": World(rounded_up=0.2),
    "20 % of nothing told as done": World(claimed=0.2),
    "setback of 0.5 halfway": World(setback=0.5),
    "setback of 1 halfway": SETBACK,
}
WORLDS = GATED | {
    "drift twice as fast": World(drift_sd=0.1),
    "20 % no chance": World(missed=0.2),
    "20 % of nothing told as no chance": World(excused=0.2),
}
# What no ladder of this kind can reach; README.md says why. Printed with the rest, and not gated.
KNOWN_MISSES = {
    "20 % of nothing told as done: RMSE",
    "setback of 1 halfway: RMSE",
    "setback of 1 halfway: ECE",
}
LOOKS = {"it looks as the act is": World(looks="the act"), "beside me": World(looks="beside me")}
PER_HARD = (0.0, 0.1, 0.2, 0.4)


@dataclass(slots=True)
class Elo:
    """The peer: each attempt moves somebody and the act by K times the surprise."""

    mu: float = 0.0
    acts: dict[str, float] = field(default_factory=dict)

    def chance(self, act: Act) -> float:
        """Give the chance that they do an act."""
        return 1 / (1 + math.exp(self.acts.get(act.id, act.courage) - self.mu))

    def learn(self, act: Act, said: float) -> None:
        """Take in one attempt."""
        by = ELO_K * (said - self.chance(act))
        self.mu += by
        self.acts[act.id] = self.acts.get(act.id, act.courage) - by


@dataclass(frozen=True, slots=True)
class Guess:
    """One attempt that said something: what was expected of it, and what became of it."""

    expected: float
    elo: float
    said: float
    really: float


@dataclass(slots=True)
class Walk:
    """One person, their ladder, and what was expected on the way.

    `places` holds the chances of what was offered in calm and safe moments, each with the courage
    that it was chosen by.
    """

    person: Person
    ladder: Ladder
    elo: Elo
    guesses: list[Guess] = field(default_factory=list)
    places: list[tuple[float, tuple[float, ...]]] = field(default_factory=list)

    @property
    def error(self) -> float:
        """By how much the ladder overrates their courage."""
        return self.ladder.mu - self.person.courage


def main() -> int:
    """Simulate, print, and give the exit code."""
    options = report.options(__doc__.splitlines()[0]).parse_args()
    seeds, people = (SEEDS[:2], 100) if options.quick else (SEEDS, PEOPLE)
    with multiprocessing.Pool() as pool:
        told = {name: _case(pool, name, world, seeds, people) for name, world in WORLDS.items()}
        forewarned = _case(pool, "forewarned", SETBACK, seeds, people, forewarned=True)
        looks = {
            name: {
                str(per): _case(
                    pool, f"{name}, {per}", world, seeds[:4], people, assumed=Assumed(per_hard=per)
                )
                for per in PER_HARD
            }
            for name, world in LOOKS.items()
        }
    figures = {
        "how": {"people": people, "acts": ACTS, "attempts": ATTEMPTS, "seeds": seeds},
        "cases": told,
        "known_misses": [asdict(gate) for gate in _gates(told) if gate.what in KNOWN_MISSES],
        "experiment_forewarned": forewarned,
        "experiment_per_hard": looks,
    }
    limits = [gate for gate in _gates(told) if gate.what not in KNOWN_MISSES]
    return report.finish("ladder", figures, limits, gate=options.gate or not options.quick)


def _case(
    pool: Pool, name: str, world: World, seeds: Sequence[int], people: int, **how: Any
) -> dict[str, Any]:
    """Give the figures of one case: the mean over the seeds, each with other acts and people."""
    report.progress(name)
    runs = pool.map(partial(run, world, people=people, **how), seeds)
    return {figure: _mean([run[figure] for run in runs]) for figure in runs[0]} | {
        f"{figure}_sd_over_seeds": round(statistics.stdev(run[figure] for run in runs), 3)
        for figure in ("r", "rmse")
    }


def _mean(of: Sequence[Any]) -> Any:
    if isinstance(of[0], list):
        return [_mean(place) for place in zip(*of, strict=True)]
    return round(statistics.mean(of), 4)


def _gates(cases: Mapping[str, Mapping[str, float]]) -> list[Limit]:
    """Give every gate of every gated case; what must be high is held as what it lacks."""
    return [
        gate
        for name in GATED
        for at in [cases[name]]
        for gate in (
            Limit(f"{name}: 1 - r", round(1 - at["r"], 3), 0.15),
            Limit(f"{name}: RMSE", at["rmse"], 0.55),
            Limit(f"{name}: ECE", at["ece"], 0.03),
            Limit(f"{name}: 1 - coverage", round(1 - at["coverage"], 3), 0.15),
            Limit(f"{name}: coverage", at["coverage"], 0.98),
        )
    ]


def run(
    world: World,
    seed: int,
    people: int,
    assumed: Assumed = AS_BUILT,
    *,
    forewarned: bool = False,
) -> dict[str, Any]:
    """Give what is measured of many people in one world, over the same acts."""
    catalogue = shelves.read(running.ROOT / "content")
    drawn = random.Random(seed).sample(sorted(catalogue.acts), ACTS)
    acts = [catalogue.acts[act] for act in drawn]
    values = sorted(catalogue.values)
    walks = []
    for n in range(people):
        luck = random.Random(f"{seed} {n}")
        mine = luck.sample(values, 3)
        person = Person(world, {act.id: act.courage for act in acts}, luck)
        walked = Walk(person, climb((), {}, assumed), Elo())
        _walk(walked, acts, partial(_situation, luck, mine), forewarned=forewarned)
        walks.append(walked)
    return measured(walks)


def _walk(
    walked: Walk, acts: Sequence[Act], happens: Callable[[], Answers], *, forewarned: bool
) -> None:
    """Let one person pick from three offers, try and tell, again and again.

    `forewarned` tells the ladder when courage falls, though not how far: the most that any way of
    noticing could give.
    """
    for n in range(ATTEMPTS):
        halfway = n == ATTEMPTS // 2
        walked.person.lives_on(is_halfway=halfway)
        if halfway and forewarned:
            walked.ladder = replace(walked.ladder, v=walked.ladder.assumed.v0)
        answers = happens()
        offers = [offer.act for offer in choice.choose(answers, acts, ladder=walked.ladder)]
        if answers.safe == "yes" and answers.tension < 4 and walked.ladder.counted >= 3:
            chances = tuple(walked.ladder.chance(act.id, act.courage) for act in offers)
            walked.places.append((walked.ladder.mu, chances))
        _try(walked, walked.person.picks(offers))


def _try(walked: Walk, act: Act) -> None:
    told = walked.person.tries(act.id)
    outcome = Outcome(told.outcome)
    said = SAID.get(outcome)
    if said is not None:
        expected = walked.ladder.chance(act.id, act.courage)
        walked.guesses.append(Guess(expected, walked.elo.chance(act), said, told.really))
        walked.elo.learn(act, said)
    walked.ladder = walked.ladder.after(Attempt(act.id, outcome, told.hard), act.courage)


def _situation(luck: random.Random, values: Sequence[str]) -> Answers:
    """Give what somebody may answer in the circle; mostly it is safe enough."""
    return Answers(
        tension=luck.randint(1, 5),
        setting=luck.choice(("school", "study", "work", "home", "friends", "online", "care", "")),
        presser=luck.choice(("above", "beside", "group", "close", "self")),
        pressure=luck.choice(("asked", "told", "everyone", "unspoken")),
        values=tuple(values),
        safe=luck.choices(("yes", "unsure", "no"), (8, 1, 1))[0],
        helps=luck.choice(("yes", "no", "maybe")),
    )


def measured(walks: Sequence[Walk]) -> dict[str, Any]:
    """Compare what the ladders say after all attempts with what is true."""
    guesses = [guess for walked in walks for guess in walked.guesses]
    courage = [walked.person.courage for walked in walks]
    within = [abs(w.error) <= NINETY_PERCENT * math.sqrt(w.ladder.v) for w in walks]
    return {
        "r": statistics.correlation(courage, [walked.ladder.mu for walked in walks]),
        "rmse": _rms(walked.error for walked in walks),
        "ece": calibration_error((guess.expected, guess.said) for guess in guesses),
        "coverage": statistics.mean(within),
        "bias": statistics.mean(walked.error for walked in walks),
        "rmse_without_bias": statistics.pstdev(walked.error for walked in walks),
        "ece_of_really_done": calibration_error((g.expected, g.really) for g in guesses),
        "elo_r": statistics.correlation(courage, [walked.elo.mu for walked in walks]),
        "elo_rmse": _rms(walked.elo.mu - walked.person.courage for walked in walks),
        "elo_ece": calibration_error((guess.elo, guess.said) for guess in guesses),
        "offered_to_the_braver": _places(walks, lambda mu: mu >= 0),
        "offered_to_others": _places(walks, lambda mu: mu < 0),
    }


def calibration_error(pairs: Iterable[tuple[float, float]]) -> float:
    """Give the expected calibration error: ten bins of chance, each weighed by what is in it."""
    bins: list[list[float]] = [[] for _ in range(BINS)]
    for expected, came in pairs:
        bins[min(int(expected * BINS), BINS - 1)].append(expected - came)
    return sum(abs(sum(gaps)) for gaps in bins) / sum(len(gaps) for gaps in bins)


def _places(walks: Sequence[Walk], whose: Callable[[float], bool]) -> list[float]:
    """Give the mean chance that stood on each of the three places."""
    offered = [chances for walked in walks for mu, chances in walked.places if whose(mu)]
    return [statistics.mean(place) for place in zip(*offered, strict=True)]


def _rms(errors: Iterable[float]) -> float:
    return math.sqrt(statistics.mean(error**2 for error in errors))


if __name__ == "__main__":
    sys.exit(main())
