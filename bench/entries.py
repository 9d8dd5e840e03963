"""Somebody with a full vault, and the same stories once more in a table that hides nothing.

Imported only after Django has been set up, on a database of its own.
"""

import json
import random
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

from django.core.management import call_command
from django.db import connection, models, transaction
from django.test import Client

from kleinverzet import environment
from kleinverzet.accounts.models import Person
from kleinverzet.catalogue import shelves
from kleinverzet.me import growth, growth_words, reflections, story
from kleinverzet.me.circle import Answers
from kleinverzet.me.growth import Entry
from kleinverzet.me.ladder import Outcome
from kleinverzet.me.moment import ZONE
from kleinverzet.me.story import CheckIn, Story
from kleinverzet.vault import slots

NOW = datetime(2026, 11, 22, 20, tzinfo=UTC)
BETWEEN = timedelta(hours=9)
PASSPHRASE = "zeven lange natte dijken"
# One that stands in few stories, with an accent that is not typed.
SOUGHT = "geergerd avondeten"
VOCABULARY = (
    "ik zei dat het me niet lukte omdat de groep al besloten had en toen dacht ik aan één ding "
    "morgen is er weer een dag waarop ik het kan vragen zonder dat iedereen meekijkt mijn zus "
    "keek even op en lachte het café was vol en ik hoorde mezelf ja zeggen terwijl ik nee bedoelde"
)
RARE = ("geërgerd", "avondeten", "fiets", "coördinatie", "vergadering", "repetitie")
LONG = {"yes": 90, "words": 420, "beside": 20, "when": 70, "then": 90}
NOTE, NOTICED = 180, 160


class Plain(models.Model):
    """A story as a program without a vault would keep it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    person_id = models.UUIDField(db_index=True)
    revision = models.PositiveIntegerField(default=1)
    kept_at = models.DateTimeField(auto_now_add=True)
    told = models.TextField()

    class Meta:
        """Part of the program's tables, for as long as the bench takes."""

        app_label = "me"


@dataclass(frozen=True, slots=True)
class Took:
    """How long something took, on the clock and on the processor."""

    ms: float
    cpu_ms: float


class Owner:
    """Somebody who signs up through the pages, and then writes for years."""

    def __init__(self) -> None:
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        with connection.schema_editor() as editor:
            editor.create_model(Plain)
        self.client = Client(headers={"host": "localhost"})
        named = {"username": "Otter", "password1": PASSPHRASE, "birth_year": "1990"}
        self.client.post("/meedoen/", named)
        person = Person.objects.get()
        keys = slots.open_with_passphrase(person, PASSPHRASE)
        assert keys is not None
        self.keys = keys
        self.count = 0
        self._opened: list[reflections.Kept] = []
        self._luck = random.Random(5)
        self._vocabulary = VOCABULARY.split()

    def write(self, until: int) -> None:
        """Keep stories until there are so many, each in the vault and in the plain table."""
        with transaction.atomic():
            for n in range(self.count, until):
                told = self._story(NOW - n * BETWEEN)
                row = reflections.add(keys=self.keys, story=told)
                text = json.dumps(story.pack(told), ensure_ascii=False)
                Plain.objects.create(id=row.pk, person_id=self.keys.person, told=text)
        self.count = until

    def ways(self) -> dict[str, Callable[[], Any]]:
        """Give what is measured, by name."""
        return {
            "plain_query": self._query,
            "open": lambda: reflections.every(self.keys),
            "search": lambda: reflections.search(self._kept, SOUGHT),
            "figures": self._draw,
            "page": self._page,
        }

    @property
    def bytes_of_words(self) -> float:
        """How many bytes of words a story holds, on average."""
        kept = reflections.every(self.keys)
        return sum(len(one.story.words.encode()) for one in kept if one.story) / len(kept)

    def _query(self) -> list[Plain]:
        found = list(Plain.objects.filter(person_id=self.keys.person))
        assert len(found) == self.count
        return found

    @cached_property
    def _catalogue(self) -> shelves.Catalogue:
        return shelves.read(environment.read().content)

    @property
    def _kept(self) -> list[reflections.Kept]:
        if len(self._opened) != self.count:
            self._opened = reflections.every(self.keys)
        return self._opened

    def _draw(self) -> None:
        entries = [Entry(one.row.pk, one.story) for one in self._kept if one.story]
        stories = [entry.story for entry in entries]
        growth_words.rows_of(growth.shifts_of(entries, ZONE), self._catalogue)
        growth_words.values_of(growth.lived_in(stories), self._catalogue.values)
        growth_words.reach_of(growth.range_of(stories, self._catalogue.acts))
        growth.quotes_of(entries)

    def _page(self) -> None:
        answer = self.client.get("/mijn/groei/")
        assert answer.status_code == 200, answer.status_code

    def _story(self, began: datetime) -> Story:
        luck, catalogue = self._luck, self._catalogue
        values = tuple(luck.sample(list(catalogue.values)[:20], 2))
        answers = Answers(
            tension=luck.randint(1, 5),
            setting=luck.choice(("school", "work", "home", "friends")),
            presser="group",
            pressure="asked",
            values=values,
            safe="yes",
            helps="maybe",
            act=luck.choice(list(catalogue.acts)),
            **{name: self._words(longest) for name, longest in LONG.items()},  # type: ignore[arg-type]
        )
        outcome = luck.choice([*Outcome, Outcome.DID, Outcome.DID])
        look = CheckIn(began + timedelta(hours=20), outcome, luck.randint(1, 5))
        looks = (CheckIn(look.at, look.outcome, look.tension, self._words(NOTICED)),)
        return Story(began, answers, values, self._words(NOTE), 3, True, looks)

    def _words(self, longest: int) -> str:
        words: list[str] = []
        while sum(map(len, words)) + len(words) < longest:
            pool: Sequence[str] = RARE if self._luck.random() < 0.01 else self._vocabulary
            words.append(self._luck.choice(pool))
        return " ".join(words)


def took(way: Callable[[], Any]) -> Took:
    """Do something once, and say how long it took."""
    clock, processor = time.perf_counter(), time.process_time()
    way()
    return Took(1000 * (time.perf_counter() - clock), 1000 * (time.process_time() - processor))
