"""Two workers at one calendar at the same moment: nothing doubles, on either database."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection

from kleinverzet.coach import calendar_visits, syncing
from kleinverzet.coach.models import Busy, Calendar, Clash, Coach, Entry
from tests.coach import diary
from tests.coach.cast import NOW
from tests.coach.dav_server import DavServer
from tests.coach.radicale import radicale
from tests.coach.visits import at, plan

pytestmark = pytest.mark.django_db(transaction=True)

WORKERS = 6


@pytest.fixture
def server(tmp_path: Path) -> Iterator[DavServer]:
    with radicale(tmp_path) as running:
        yield running


def at_once(work: Callable[[], object]) -> list[object]:
    """Let some workers begin the same thing at the same moment; give what each got."""
    begin, got = threading.Barrier(WORKERS), list[object]()

    def one() -> None:
        try:
            begin.wait(30)
            got.append(work())
        except Exception as fault:
            got.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _worker in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return got


def test_one_of_them_makes_the_visit(server: DavServer, coach: Coach) -> None:
    calendar = diary.connect_to(server, coach)
    got = at_once(lambda: syncing.visit(calendar.pk, NOW, NOW))
    assert sorted(got, key=bool) == [*[False] * (WORKERS - 1), True]


def test_where_all_visit_all_the_same_nothing_doubles(server: DavServer, coach: Coach) -> None:
    booking = plan(at(10)).booking
    calendar = diary.connect_to(server, coach)
    server.write("tandarts", diary.event("tandarts", at(10)))
    got = at_once(lambda: calendar_visits.make(Calendar.objects.get(pk=calendar.pk), NOW))
    assert got == [None] * WORKERS
    diary.sync_well(calendar)
    assert server.names() == sorted([diary.name_of(booking), "tandarts"])
    assert Busy.objects.count() == 1
    assert Entry.objects.count() == 1
    assert list(Clash.objects.values_list("what", flat=True)) == ["double"]
