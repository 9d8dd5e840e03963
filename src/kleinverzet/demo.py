"""The cast of a demo: people who do not exist, with weeks of entries, from `content/demo.yaml`.

Only for a data folder that is thrown away: their passphrases stand in that file.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from kleinverzet import demo_coach
from kleinverzet.accounts.models import Person
from kleinverzet.catalogue import cast, shelves
from kleinverzet.catalogue.cast import Character, Entry, Look
from kleinverzet.me import notebook, reflections
from kleinverzet.me.circle import Answers
from kleinverzet.me.ladder import Outcome
from kleinverzet.me.notebook import Month, Pages
from kleinverzet.me.story import CheckIn, Story
from kleinverzet.vault import slots
from kleinverzet.world import editors


@dataclass(frozen=True, slots=True)
class Login:
    """What to sign in with; `works_as` says what else they do here: "editor" or "coach"."""

    name: str
    passphrase: str
    language: str
    works_as: str = ""


def fill(content: Path, now: datetime) -> list[Login]:
    """Make an account and a vault for each of the cast, with all that they kept."""
    people = cast.read(content, shelves.read(content)).people
    return [_settle(one, now) for one in people]


def _settle(character: Character, now: datetime) -> Login:
    person = Person.objects.create(name=character.name, language=character.language)
    keys = slots.set_up(person, character.passphrase)
    for entry in character.entries:
        reflections.add(keys=keys, story=_story(entry, now))
    months = tuple(_month(look, now.date()) for look in character.months)
    pages = Pages(learned=character.learned, months=months)
    notebook.write(keys=keys, opened=notebook.read(keys), pages=pages)
    if character.editor:
        editors.appoint(person)
    if character.coach:
        demo_coach.settle(person, character.coach, now)
    works_as = "editor" if character.editor else "coach" if character.coach else ""
    return Login(character.name, character.passphrase, character.language, works_as)


def _story(entry: Entry, now: datetime) -> Story:
    began = now - timedelta(days=entry.ago, hours=entry.ago % 5)
    names = ("tension", "setting", "presser", "pressure", "values", "safe", "helps",
             "words", "act", "own", "beside")  # fmt: skip
    answers = Answers(yes=entry.towards, **{name: getattr(entry, name) for name in names})
    return Story(
        began=began,
        answers=answers,
        values=entry.values,
        hard=entry.hard,
        is_whole=not entry.begun,
        check_ins=tuple(_check_ins(entry, began, now)),
    )


def _check_ins(entry: Entry, began: datetime, now: datetime) -> Iterator[CheckIn]:
    for later in entry.later:
        at = min(began + timedelta(days=later.days), now)
        yield CheckIn(at, Outcome(later.outcome), later.tension, later.noticed)


def _month(look: Look, today: date) -> Month:
    months = today.year * 12 + today.month - 1 - look.ago
    marks = {name: getattr(look, name) for name in notebook.STATEMENTS}
    return Month(f"{months // 12}-{months % 12 + 1:02d}", marks)
