"""What open times cost: the engine alone, a month's page beside a peer's, and by how much there is.

`python -m bench.slots [--quick] [--gate]`; see README.md in this folder.
"""

import contextlib
import http.client
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from bench import agendas, processes, report, rival, running
from bench.report import Limit
from bench.running import Running

ENGINE_MS, TIMES = 1.0, 50.0
A_DAY = (0, 4, 8, 40)
PAST = 2000
# Coaches, each with so many appointments in the past: up to 100,000 together.
GROWTH = (1, 5, 10, 20, 50)
DAYS = 31
OURS = ("online", "thuis/zeist", "praktijk")
PATIENCE = 300.0
SERVER_CORE, CLIENT_CORE = running.cores()
AJAX = {"X-Requested-With": "XMLHttpRequest", "Host": "localhost"}


@dataclass(frozen=True, slots=True)
class Took:
    """How long something took, on the clock and on the processor."""

    ms: float
    cpu_ms: float


def main() -> int:
    """Measure, print, and give the exit code."""
    options = report.options(__doc__.splitlines()[0]).parse_args()
    report.progress("the engine alone")
    sys.path.insert(0, str(running.ROOT / "src"))
    engine = {str(n): _engine(n, 30 if options.quick else 300) for n in A_DAY}
    with tempfile.TemporaryDirectory() as folder:
        figures = {"engine": engine} | _pages(Path(folder), quick=options.quick)
    return report.finish("slots", figures, _limits(figures), gate=options.gate)


def _engine(a_day: int, rounds: int) -> dict[str, Any]:
    """Give the cost of a month with so many appointments a day, in each way."""
    from kleinverzet.coach.slots import Hours, Rules, Taken, Travel, Wanted, find

    hours = [Hours(9 * 60, 17 * 60, mode) for mode in ("online", "home", "practice")]
    rules = Rules(
        zone=agendas.ZONE, week=dict.fromkeys(range(7), hours), step=15, after=15,
        travel=Travel({("", "Soest"): 20, ("", "Zeist"): 35, ("Soest", "Zeist"): 30}),
    )  # fmt: skip
    chance, taken = random.Random(a_day), []
    for day in range(DAYS):
        for _ in range(a_day):
            start = datetime(2026, 10, 1 + day, 6, tzinfo=UTC)
            start += timedelta(minutes=chance.randrange(0, 12 * 60, 5))
            end = start + timedelta(minutes=chance.choice((15, 30, 60)))
            mode = chance.choice(("online", "home", "practice"))
            place = chance.choice(("Soest", "Zeist"))
            taken.append(Taken(start, end, after=15, mode=mode, place=place))
    first, last, now = date(2026, 10, 1), date(2026, 10, DAYS), datetime(2026, 9, 1, tzinfo=UTC)
    figures: dict[str, Any] = {"appointments": len(taken)}
    for mode in ("online", "home", "practice"):
        wanted = Wanted(60, mode, "Soest")

        def look(wanted: Wanted = wanted) -> int:
            times = find(wanted, rules, taken, first=first, last=last, now=now)
            return sum(len(starts) for starts in times.days.values())

        seen = _took(look, rounds)
        figures[mode] = {"open": look(), **_told(seen, digits=3)}
    return figures


def _pages(folder: Path, *, quick: bool) -> dict[str, Any]:
    """Measure the page beside the peer, and then as coaches and appointments grow."""
    peer, data = folder / "peer", folder / "data"
    today = datetime.now(agendas.ZONE).date()
    first = agendas.month_ahead(today)
    starts = agendas.plan(PAST, first, today, seed=0)
    report.progress("installing django-appointment")
    rival.install(peer)
    agendas.write(folder / "starts.json", starts)
    rival.fill(peer, folder / "starts.json")
    with contextlib.ExitStack() as stack:
        report.progress("starting both")
        theirs = stack.enter_context(_server("appointment", peer))
        ours = stack.enter_context(_server("program", data))
        _enter(data)
        agendas.add_coach(0, starts)
        month = _beside(ours, theirs, first, rounds=1 if quick else 7)
    report.progress("both without HTTP")
    alone = rival.alone(peer, first, DAYS, 1 if quick else 7)
    theirs_alone = [Took(*pair) for pair in alone.pop("took")]
    mine = _told(_took(lambda: _months(first), 3 if quick else 30))
    month["rival_functions_alone"] = alone | _told(theirs_alone)
    month["our_functions_alone"] = mine
    month["functions_times_faster"] = round(_told(theirs_alone)["cpu_ms"] / mine["cpu_ms"], 1)
    return {"month": month, "growth": _growth(first, today, 3 if quick else 15)}


def _months(first: date) -> None:
    """Find the open times of the month in three ways, without HTTP and pages."""
    from kleinverzet.coach import openings

    last, now = first + timedelta(days=DAYS - 1), datetime.now(UTC)
    for mode in ("online", "home", "practice"):
        openings.between(openings.Sought("intake", 60, mode, "Zeist"), first, last, now)


def _beside(ours: Running, theirs: Running, first: date, rounds: int) -> dict[str, Any]:
    """Ask both, in turn, for the open times of a month in three ways, over HTTP.

    Ours twice: pages that lie ready, and pages that have to be made anew
    because something turned just before each was asked for.
    """
    days = [first + timedelta(days=day) for day in range(DAYS)]
    pages = [f"/afspraak/{way}/{first:%Y-%m}/" for way in OURS]
    ajax = [
        f"/appointment/ajax/available_slots/?selected_date={day}&staff_member=1&service_id={service}"
        for service in range(1, rival.SERVICES + 1)
        for day in days
    ]
    asking = {"ours": (ours, pages), "ours_anew": (ours, pages), "rival": (theirs, ajax)}
    seen: dict[str, list[Took]] = {name: [] for name in asking}
    size = {}
    for n in range(-1, rounds):
        report.progress(f"a month over HTTP, round {n + 1} of {rounds}")
        _ask(ours, pages)  # these are ready from here on
        for name, (server, paths) in asking.items():
            before = processes.cpu_seconds(server.pid) or 0.0
            ms, size[name] = _ask(server, paths, first=agendas.turn if "anew" in name else None)
            cpu = (processes.cpu_seconds(server.pid) or 0.0) - before
            if n >= 0:  # the first round warms up
                seen[name].append(Took(ms, cpu * 1000))
    ready, anew = (
        [theirs.ms / ours.ms for ours, theirs in zip(seen[name], seen["rival"], strict=True)]
        for name in ("ours", "ours_anew")
    )
    figures: dict[str, Any] = {
        name: {"requests": len(asking[name][1]), "bytes": size[name], **_told(seen[name])}
        for name in asking
    }
    return figures | {
        "times_faster": round(statistics.median(ready), 1),
        "times_faster_anew": round(statistics.median(anew), 1),
    }


def _ask(
    server: Running, paths: list[str], *, first: Callable[[], object] | None = None
) -> tuple[float, int]:
    """Ask for these, one after another on one connection; stop the bench unless all are fine.

    What is done `first`, before each, does not count.
    """
    connection = http.client.HTTPConnection(running.HOST, server.port, timeout=60)
    size, took = 0, 0.0
    for path in paths:
        if first is not None:
            first()
        began = time.perf_counter()
        connection.request("GET", path, headers=AJAX)
        answer = connection.getresponse()
        size += len(answer.read())
        took += time.perf_counter() - began
        # A day without times is a 400 with its reason to the peer's own script.
        if answer.status not in (200, 400):
            sys.exit(f"{path} answered {answer.status}")
    connection.close()
    return took * 1000, size


def _growth(first: date, today: date, rounds: int) -> dict[str, Any]:
    """Measure a month as coaches with their appointments are added, to 50 with 100,000."""
    from django.test import Client

    from kleinverzet.coach import openings, plan_copies
    from kleinverzet.coach.models import Booking, Coach, Kind

    client, last = Client(headers={"host": "localhost"}), first + timedelta(days=DAYS - 1)

    def page(way: str) -> None:
        plan_copies.store.clear()
        answer = client.get(f"/afspraak/{way}/{first:%Y-%m}/")
        if answer.status_code != 200:
            sys.exit(f"{way} answered {answer.status_code}")

    def between() -> None:
        sought = openings.Sought(Kind.INTAKE, 60, "home", "Zeist")
        openings.between(sought, first, last, datetime.now(UTC))

    figures = {}
    for coaches in GROWTH:
        report.progress(f"{coaches} coaches")
        for number in range(Coach.objects.count(), coaches):
            agendas.add_coach(number, agendas.plan(PAST, first, today, seed=number))
        figures[str(coaches)] = {
            "appointments": Booking.objects.count(),
            "open_times": _told(_took(between, rounds)) | {"queries": _queries(between)},
            "page": {
                way: _told(_took(lambda way=way: page(way), rounds))  # type: ignore[misc]
                | {"queries": _queries(lambda way=way: page(way))}  # type: ignore[misc]
                for way in OURS
            },
        }
    return figures


def _queries(act: Callable[[], object]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        act()
    return len(asked)


def _took(act: Callable[[], object], rounds: int) -> list[Took]:
    """Give how long something takes; the first time does not count."""
    seen = []
    for _ in range(rounds + 1):
        began, computed = time.perf_counter(), time.process_time()
        act()
        took, cpu = time.perf_counter() - began, time.process_time() - computed
        seen.append(Took(took * 1000, cpu * 1000))
    return seen[1:]


def _told(seen: list[Took], digits: int = 2) -> dict[str, float]:
    return {
        "ms": round(statistics.median(one.ms for one in seen), digits),
        "least_ms": round(min(one.ms for one in seen), digits),
        "cpu_ms": round(statistics.median(one.cpu_ms for one in seen), digits),
    }


def _limits(figures: dict[str, Any]) -> list[Limit]:
    engine = [
        Limit(
            f"engine: a month with {n} appointments a day, ms",
            max(figures["engine"][str(n)][mode]["ms"] for mode in ("online", "home", "practice")),
            ENGINE_MS,
        )
        for n in A_DAY
    ]
    growth = figures["growth"].values()
    asked = [{one["page"][way]["queries"] for one in growth} for way in OURS]
    return [
        *engine,
        Limit(
            f"times that a month of django-appointment is done while {TIMES:g} of ours are",
            round(TIMES / figures["month"]["times_faster"], 3),
            1.0,
        ),
        Limit("numbers of queries of a month's page, however much there is",
              max(len(numbers) for numbers in asked), 1),
    ]  # fmt: skip


def _enter(data: Path) -> None:
    """Let this process look into the program's database as well."""
    import django

    for name in [name for name in os.environ if name.startswith("KLEINVERZET_")]:
        del os.environ[name]
    os.environ["KLEINVERZET_DATA"] = str(data)
    os.environ["DJANGO_SETTINGS_MODULE"] = "kleinverzet.settings"
    django.setup()


@contextlib.contextmanager
def _server(which: str, data: Path) -> Iterator[Running]:
    port = running.free_port()
    command = [sys.executable, "-m", "bench.servers", which, str(port), "--data", str(data)]
    with running.running(command, port, core=SERVER_CORE, patience=PATIENCE) as server:
        yield server


if __name__ == "__main__":
    sys.exit(main())
