"""Writes reflections in a group of processes and kills the group at a random moment, over and over.

`python -m tests.killing ROUNDS` with KLEINVERZET_DATA set; prints what was confirmed and what opens
afterwards as JSON. A writer confirms an id on a pipe only after keeping it has returned, as a page
answers only after that.
"""

import json
import os
import random
import signal
import sys
import time
from collections.abc import Iterator

WRITERS = 2
LONGEST = 0.12


def main(rounds: int) -> None:
    """Prepare a vault, kill its writers again and again, and report."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "kleinverzet.settings"
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    keys = _settle()
    connection.close()
    # Every run strikes other moments; the seed is told so that a run can be repeated.
    seed = random.randrange(2**32)
    chance = random.Random(seed)
    confirmed = [id_ for _ in range(rounds) for id_ in _round(keys, chance.uniform(0, LONGEST))]
    sys.stdout.write(json.dumps({"seed": seed, "confirmed": confirmed, **_report(keys)}))


def _settle() -> object:
    from kleinverzet.accounts.models import Person
    from kleinverzet.vault import slots

    return slots.set_up(Person.objects.create(name="Otto Oever"), "drie gele laarzen wachten")


def _round(keys: object, pause: float) -> Iterator[str]:
    """Let a group of writers write for a moment and kill it; give what they confirmed."""
    hear, say = os.pipe()
    leader = os.fork()
    if leader == 0:
        os.setsid()
        for _ in range(WRITERS - 1):
            if os.fork() == 0:
                break
        _write(keys, say)
    os.close(say)
    with os.fdopen(hear, "rb") as heard:
        first = heard.readline()  # all are under way by now
        time.sleep(pause)
        os.killpg(leader, signal.SIGKILL)
        os.waitpid(leader, 0)
        lines = [first, *heard.readlines()]
    yield from (line.decode().strip() for line in lines if line.endswith(b"\n"))


def _write(keys: object, say: int) -> None:
    from django.utils import timezone

    from kleinverzet.me import reflections
    from kleinverzet.me.circle import Answers

    answers = Answers(tension=3, words="woorden " * 40)
    while True:
        row = reflections.keep(keys=keys, answers=answers, now=timezone.now())  # type: ignore[arg-type]
        os.write(say, f"{row.pk}\n".encode())


def _report(keys: object) -> dict[str, object]:
    from django.db import connection

    from kleinverzet.me import reflections

    kept = reflections.every(keys)  # type: ignore[arg-type]
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        integrity = cursor.fetchone()[0]
    return {
        "opens": [str(one.row.pk) for one in kept if one.story is not None],
        "broken": [str(one.row.pk) for one in kept if one.story is None],
        "integrity": integrity,
    }


if __name__ == "__main__":
    main(int(sys.argv[1]))
