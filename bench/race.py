"""Whether two can ever have one time: many processes plan at once, on both databases.

`python -m bench.race [--quick] [--gate] [--without-guard]`; see README.md in this folder.
"""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from typing import Any

from bench import report, running
from bench.report import Limit
from tests import postgresql

PROCESSES = 16
ROUNDS, QUICK_ROUNDS = 200, 10
# Without a guard nearly every round goes wrong, so a few of them show it.
PLANTED_ROUNDS = 5
GUARDS = ("lock", "second-look", "constraint")
COLLIDING = ("overlap", "gap")

Surroundings = dict[str, str]


def main() -> int:
    """Race, print, and give the exit code."""
    parser = report.options(__doc__.splitlines()[0])
    parser.add_argument("--without-guard", action="store_true", help="only show what guards spare")
    options = parser.parse_args()
    rounds = QUICK_ROUNDS if options.quick else ROUNDS
    figures: dict[str, Any] = {}
    limits: list[Limit] = []
    for name, database in (("sqlite", _on_sqlite), ("postgresql", _on_postgresql)):
        planted = _race(name, database, PLANTED_ROUNDS, GUARDS)
        figures[name] = {"without_guard": planted}
        limits += _planted_limits(name, planted)
        if not options.without_guard:
            guarded = _race(name, database, rounds, ())
            figures[name] = guarded | figures[name]
            limits += _limits(name, guarded)
    return report.finish("race", figures, limits, gate=options.gate)


def _race(
    name: str,
    database: Callable[[], contextlib.AbstractContextManager[Surroundings]],
    rounds: int,
    without: tuple[str, ...],
) -> dict[str, Any]:
    """Let everybody plan at once on a new database; give what was seen, by kind of round."""
    report.progress(f"{name}, {rounds} rounds of each kind{', without a guard' * bool(without)}")
    command = [
        sys.executable, "-m", "tests.coach.racing", "--rounds", str(rounds),
        "--processes", str(PROCESSES), "--without", *without,
    ]  # fmt: skip
    with database() as surroundings:
        done = subprocess.run(
            command, cwd=running.ROOT, env=surroundings, stdout=subprocess.PIPE, check=True
        )
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen


@contextlib.contextmanager
def _on_sqlite() -> Iterator[Surroundings]:
    with tempfile.TemporaryDirectory() as folder:
        yield {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": f"{running.ROOT / 'src'}:{running.ROOT}",
            "KLEINVERZET_DATA": folder,
        }


@contextlib.contextmanager
def _on_postgresql() -> Iterator[Surroundings]:
    server = postgresql.start()
    try:
        with _on_sqlite() as surroundings:
            yield surroundings | {"KLEINVERZET_DATABASE": server.address}
    finally:
        server.stop()


def _limits(name: str, seen: dict[str, Any]) -> list[Limit]:
    """Ask for exactly one accepted in every round, and for nothing that went wrong."""
    return [
        limit
        for kind, told in seen.items()
        for limit in (
            Limit(f"{name}, {kind}: rounds without exactly one", _rounds(told, but=1), 0),
            Limit(f"{name}, {kind}: errors", sum(told["errors"].values()), 0),
        )
    ]


def _planted_limits(name: str, seen: dict[str, Any]) -> list[Limit]:
    """Ask the race itself to notice that nothing guards: else it proves nothing."""
    return [
        Limit(
            f"{name}, {kind}, without a guard: rounds that look right",
            PLANTED_ROUNDS - _rounds(seen[kind], but=1),
            PLANTED_ROUNDS - 1,
        )
        for kind in COLLIDING
    ]


def _rounds(told: dict[str, Any], *, but: int) -> int:
    """Count the rounds in which another number than this one was accepted."""
    counted = told["rounds_by_accepted"].items()
    return sum(rounds for accepted, rounds in counted if int(accepted) != but)


if __name__ == "__main__":
    sys.exit(main())
