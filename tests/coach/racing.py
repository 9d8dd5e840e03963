"""Many processes plan with one coach at the same moment, again and again, at times that collide.

`python -m tests.coach.racing --rounds N --processes N [--without GUARD …]` with KLEINVERZET_DATA
set, and KLEINVERZET_DATABASE for another database than a file. Prints as JSON, for each kind of
round, how many were accepted in how many rounds, what went wrong, and how long it took.

Kinds of rounds; whatever is accepted first, nothing else of that round may be:

- overlap: times that overlap, by as little as a quarter of an hour, or are the same;
- gap: a visit from ten to eleven, or the practice from a quarter past: between them is a drive of
  30 minutes, and what is kept free. They do not overlap, so the database alone would take both;
- form: one form, sent by everybody. Everybody gets the same appointment.
"""

import argparse
import json
import multiprocessing
import os
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

PATIENCE = 120.0
GUARDS = ("lock", "second-look", "constraint")
KINDS = ("overlap", "gap", "form")
SLOT_MINUTES = (0, 15, 30, 45, 60)
STEP = 15
DRIVE = 30
TOWN = "Delft"


@dataclass
class Seen:
    """What was seen of one kind of rounds; times are in milliseconds."""

    accepted: Counter[int] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    done_ms: list[float] = field(default_factory=list)
    refused_ms: list[float] = field(default_factory=list)

    def told(self) -> dict[str, Any]:
        """Give it as it is printed."""
        return {
            "rounds_by_accepted": dict(sorted(self.accepted.items())),
            "errors": dict(self.errors),
            "accepted_median_ms": _median(self.done_ms),
            "refused_median_ms": _median(self.refused_ms),
        }


def main() -> int:
    """Race, and print what was seen."""
    parser = argparse.ArgumentParser(description="many processes plan at the same moment")
    parser.add_argument("--rounds", type=int, default=20, help="of each kind")
    parser.add_argument("--processes", type=int, default=4)
    parser.add_argument("--without", choices=GUARDS, nargs="*", default=())
    options = parser.parse_args()
    _set_up(options.without)
    seen = {kind: Seen() for kind in KINDS}
    racers = Racers(options.processes)
    for number in range(options.rounds * len(KINDS)):
        kind = KINDS[number % len(KINDS)]
        racers.race(kind, seen[kind])
    racers.stop()
    sys.stdout.write(json.dumps({kind: each.told() for kind, each in seen.items()}))
    return 0


class Racers:
    """Processes that stay, each with a connection of its own, and begin each round together."""

    def __init__(self, count: int) -> None:
        from django.db import connections

        connections.close_all()
        forking = multiprocessing.get_context("fork")
        self.start = forking.Barrier(count + 1)
        self.answers: Any = forking.Queue()
        self.orders = [forking.SimpleQueue() for _ in range(count)]
        self.processes = [
            forking.Process(target=self._plan, args=(number,), daemon=True)
            for number in range(count)
        ]
        for process in self.processes:
            process.start()

    def race(self, kind: str, seen: Seen) -> None:
        """Let everybody plan at once, look at what stands afterwards, and clear the table."""
        from kleinverzet.accounts.models import Outgoing
        from kleinverzet.coach.models import Booking

        form = uuid4()
        for order in self.orders:
            order.put((kind, form))
        self.start.wait(PATIENCE)
        answers = [self.answers.get(timeout=PATIENCE) for _ in self.processes]
        for said, ms in answers:
            if said not in ("done", "not_open"):
                seen.errors[said] += 1
            (seen.done_ms if said == "done" else seen.refused_ms).append(ms)
        stands = Booking.objects.filter(state__in=Booking.LIVE)
        count = stands.count()
        told = sum(said == "done" for said, _ms in answers)
        expected = count if kind != "form" else len(self.processes) * (count == 1)
        if told != expected:
            seen.errors[f"{told} were told that it was done, and {count} stand"] += 1
        seen.accepted[count] += 1
        Booking.objects.all().delete()
        Outgoing.objects.all().delete()

    def stop(self) -> None:
        """Let everybody go home."""
        for order in self.orders:
            order.put(None)
        for process in self.processes:
            process.join(PATIENCE)

    def _plan(self, number: int) -> None:
        while (order := self.orders[number].get()) is not None:
            kind, form = order
            asked = _asked(kind, number, form)
            with suppress(Exception):
                self.start.wait(PATIENCE)
            began = time.perf_counter()
            said = _try(asked)
            self.answers.put((said, (time.perf_counter() - began) * 1000))


def _asked(kind: str, number: int, form: UUID) -> dict[str, Any]:
    """Give what one process asks for in a round."""
    from datetime import timedelta

    from kleinverzet.coach.models import Kind, Mode
    from kleinverzet.coach.openings import Sought
    from tests.coach.visits import at

    asked: dict[str, Any] = {"form": form if kind == "form" else uuid4()}
    if kind == "overlap":
        asked["starts_at"] = at(10) + timedelta(minutes=SLOT_MINUTES[number % len(SLOT_MINUTES)])
    elif kind == "gap" and number % 2:
        asked["starts_at"] = at(11, 15)
    elif kind == "gap":
        asked |= {"starts_at": at(10), "sought": Sought(Kind.INTAKE, 60, Mode.HOME, TOWN)}
    else:
        asked["starts_at"] = at(10)
    return asked


def _try(asked: dict[str, Any]) -> str:
    from kleinverzet.coach.outcome import Done
    from tests.coach.visits import ask

    try:
        answer = ask(**asked)
    except Exception as fault:
        return f"{type(fault).__name__}: {' '.join(str(fault).split())[:80]}"
    return "done" if isinstance(answer, Done) else str(answer.why)


def _set_up(without: list[str]) -> None:
    """Make the tables, the site and a coach, and take away what is to be shown as needed."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "kleinverzet.settings"
    django.setup()
    from django.core.management import call_command

    from kleinverzet import environment
    from kleinverzet.coach.models import Coach, Terms, Trip
    from kleinverzet.world import founding
    from tests.coach.cast import make_coach
    from tests.owners import make_owner

    if not _is_set_up():
        call_command("migrate", verbosity=0)
        founding.found(environment.read().content)
        make_coach(make_owner())
        Terms.objects.update(step=STEP)
        Trip.objects.create(from_place="", to_place=TOWN, minutes=DRIVE)
    assert Coach.objects.count() == 1
    for guard in without:
        _TAKEN_AWAY[guard]()


def _is_set_up() -> bool:
    from django.db import connection

    return "coach_coach" in connection.introspection.table_names()


def _take_away_lock() -> None:
    from kleinverzet.coach import appointment
    from kleinverzet.coach.models import Coach

    def unlocked(coach_id: int) -> Coach | None:
        return Coach.objects.filter(pk=coach_id).first()

    appointment.lock_coach = unlocked


def _take_away_second_look() -> None:
    """Let the look inside the transaction believe the one that was had before it."""
    from django.db import connection

    from kleinverzet.coach import openings
    from kleinverzet.coach.openings import Open

    look = openings.at
    last: dict[Any, Open | None] = {}

    def at(sought: Any, starts_at: Any, now: Any, **more: Any) -> Open | None:
        if not connection.in_atomic_block:
            last[sought, starts_at] = look(sought, starts_at, now, **more)
        return last[sought, starts_at]

    openings.at = at


def _take_away_constraint() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for statement in _guards(connection.vendor):
            cursor.execute(statement)


def _guards(vendor: str) -> Iterator[str]:
    if vendor == "postgresql":
        yield "ALTER TABLE coach_booking DROP CONSTRAINT IF EXISTS no_double_booking"
    else:
        yield from (
            f"DROP TRIGGER IF EXISTS no_double_booking_{event}" for event in ("insert", "update")
        )


_TAKEN_AWAY = {
    "lock": _take_away_lock,
    "second-look": _take_away_second_look,
    "constraint": _take_away_constraint,
}


def _median(figures: list[float]) -> float | None:
    return round(statistics.median(figures), 1) if figures else None


if __name__ == "__main__":
    sys.exit(main())
