"""Publishes, withdraws, moves and plans one article, over and over, and says how far it is.

`python -m tests.world.publishing FILE` with KLEINVERZET_DATA set: prints where the article is, then
goes on until its input ends. FILE holds two numbers: of the change that was begun last, and of the
one that was committed last. `state` says what the public may see after each change.
"""

import json
import mmap
import random
import struct
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

# One round: what is done, and whether the article is to be seen at its address afterwards.
ROUND = (
    ("publish", True), ("withdraw", False), ("publish", True), ("plan", True),
    ("rename_home", True), ("publish", True), ("move", False), ("move_back", True),
    ("plan_end", False),
)  # fmt: skip


def state(number: int) -> int | None:
    """Give the number in the title of the article after a change; none where it cannot be seen."""
    return title(number) if ROUND[number % len(ROUND)][1] else None


def title(number: int) -> int:
    """Give the number that the title holds; what changes no title leaves the one from before it."""
    while ROUND[number % len(ROUND)][0] not in {"publish", "plan"}:
        number -= 1
    return number


def is_elsewhere(number: int) -> bool:
    """Tell whether the article was moved out of its list; whether that shows it is left open."""
    return ROUND[number % len(ROUND)][0] == "move"


class Progress:
    """The two numbers, in a file that others look into at the same time."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            path.write_bytes(struct.pack("qq", -1, -1))
        with path.open("r+b") as file:
            self._map = mmap.mmap(file.fileno(), 16)
        self._numbers = memoryview(self._map).cast("q")

    @property
    def begun(self) -> int:
        """The change that was begun last."""
        return self._numbers[0]

    @property
    def committed(self) -> int:
        """The change that was committed last."""
        return self._numbers[1]

    def begin(self, number: int) -> None:
        """Say that a change may be seen from now on."""
        self._numbers[0] = number

    def commit(self, number: int) -> None:
        """Say that a change is to be seen from now on."""
        self._numbers[1] = number


def main(path: Path) -> None:
    """Go on until the input ends."""
    from kleinverzet import preparing

    preparing.set_up_django()
    progress = Progress(path)
    writer = Writer()
    ends = threading.Event()
    threading.Thread(target=_hear_the_end, args=(ends,), daemon=True).start()
    number = 0
    while not ends.is_set():
        progress.begin(number)
        writer.change(number)
        progress.commit(number)
        if number == 0:
            sys.stdout.write(json.dumps(writer.places) + "\n")
            sys.stdout.flush()
        number += 1
        # Now and then long enough for copies to be made and used, and often not.
        time.sleep(random.choice((0, 0.02, 0.3)))
    # The last word is the background's of the programs that serve: nobody here does what is due.
    writer.leave_to_others(number, progress)
    sys.stdout.write(json.dumps({"changes": number + 1}) + "\n")


def _hear_the_end(ends: threading.Event) -> None:
    sys.stdin.read()
    ends.set()


class Writer:
    """Changes one article."""

    def __init__(self) -> None:
        from django.apps import apps

        self._kind = apps.get_model("world", "Article")
        self._pk = self._kind.objects.filter(locale__language_code="nl").first().pk
        self._list_kind = apps.get_model("world", "ArticleIndex")
        self.places = {"article": self._article.url, "list": self._list("nl").url}

    @property
    def _article(self) -> Any:
        return self._kind.objects.get(pk=self._pk)

    def _list(self, language: str) -> Any:
        return self._list_kind.objects.get(locale__language_code=language)

    def change(self, number: int) -> None:
        """Do what this number of change is, in a transaction as the desk and the background do."""
        from django.db import transaction

        with transaction.atomic():
            getattr(self, f"_{ROUND[number % len(ROUND)][0]}")(number)
        self._do_due()

    def leave_to_others(self, number: int, progress: Progress) -> None:
        """Plan a title, and wait until a program that serves has made it public."""
        while ROUND[number % len(ROUND)][0] != "plan":
            progress.begin(number)
            self.change(number)
            progress.commit(number)
            number += 1
        progress.begin(number)
        self._do_due = lambda: None  # type: ignore[method-assign]
        self.change(number)
        end = time.monotonic() + 60
        while self._article.title != f"Steen {number}" and time.monotonic() < end:
            time.sleep(0.02)
        progress.commit(number)

    def _publish(self, number: int, **planned: Any) -> None:
        article = self._article
        article.title, article.go_live_at, article.expire_at = f"Steen {number}", None, None
        for name, moment in planned.items():
            setattr(article, name, moment)
        article.save_revision().publish()

    def _withdraw(self, number: int) -> None:
        self._article.unpublish()

    def _plan(self, number: int) -> None:
        self._publish(number, go_live_at=_soon())

    def _plan_end(self, number: int) -> None:
        self._publish(title(number), expire_at=_soon())

    def _move(self, number: int) -> None:
        self._article.move(self._list("en"), pos="last-child")

    def _move_back(self, number: int) -> None:
        self._article.move(self._list("nl"), pos="last-child")

    def _rename_home(self, number: int) -> None:
        # No address changes by it; but Wagtail makes every address from where the site begins.
        home = self._article.get_parent().get_parent().specific
        home.slug = f"home-{number}"
        home.save()

    def _do_due(self) -> None:
        from django.utils import timezone

        from kleinverzet.world import scheduled

        time.sleep(0.12)
        scheduled.do_due(timezone.now())


def _soon() -> Any:
    from django.utils import timezone

    return timezone.now() + timedelta(seconds=0.1)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
