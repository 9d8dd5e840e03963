"""Puts things in a vault for tests that begin where something was kept, and reads them back."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from kleinverzet.me import reflections
from kleinverzet.me.circle import Answers
from kleinverzet.me.reflections import Kept
from kleinverzet.me.story import Story
from tests.owners import Owner

MONDAY = datetime(2026, 11, 2, 14, 30, tzinfo=UTC)
OVERTIME = Answers(
    tension=4,
    setting="work",
    presser="beside",
    pressure="asked",
    values=("rest", "honesty"),
    yes="mijn vrije vrijdagmiddag",
    safe="yes",
    helps="yes",
    words="Hij vraagt of ik zijn verslag weer afmaak.",
    act="ask-for-time",
    beside="mijn teamgenoot",
    when_cue="asked",
    then_cue="act",
)


def keep(owner: Owner, *, days: int = 0, note: str = "", **answers: object) -> Kept:
    """Keep a circle of somebody's, so many days after Monday."""
    said = replace(OVERTIME, **answers)  # type: ignore[arg-type]
    told = Story(MONDAY + timedelta(days=days), said, values=said.values, note=note)
    row = reflections.add(keys=owner.keys, story=told)
    return reflections.one(keys=owner.keys, id_=row.pk)


def story_of(owner: Owner, kept: Kept | None = None) -> Story:
    """Give a story as it lies there now: of one reflection, or the only one that there is."""
    found = [
        reflections.one(keys=owner.keys, id_=kept.row.pk)
        if kept
        else next(iter(reflections.every(owner.keys)))
    ]
    assert found[0].story is not None
    return found[0].story
