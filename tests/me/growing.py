"""Stories for tests of what moved: made by hand, and drawn by Hypothesis."""

import uuid
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from kleinverzet.catalogue import shelves
from kleinverzet.environment import read as read_environment
from kleinverzet.me.circle import Answers
from kleinverzet.me.growth import Entry
from kleinverzet.me.ladder import Outcome
from kleinverzet.me.story import CheckIn, Story

CATALOGUE = shelves.read(read_environment().content)
MONDAY = datetime(2026, 11, 2, 14, 30, tzinfo=UTC)


def told(
    *outcomes: Outcome,
    days: float = 0,
    tension: int = 3,
    after: int = 0,
    noticed: str = "",
    values: tuple[str, ...] = (),
    **answers: object,
) -> Entry:
    """Give a story that began so many days after Monday, looked back at a day later or not."""
    began = MONDAY + timedelta(days=days)
    said = Answers(tension=tension, **answers)  # type: ignore[arg-type]
    looks = tuple(
        CheckIn(began + timedelta(days=1 + n), outcome, after, noticed)
        for n, outcome in enumerate(outcomes)
    )
    return Entry(uuid.uuid4(), Story(began, said, values=values, check_ins=looks))


_times = st.integers(-365 * 24 * 60, 365 * 24 * 60).map(lambda n: MONDAY + timedelta(minutes=n))
_check_ins = st.builds(
    CheckIn, _times, st.sampled_from(Outcome), st.integers(0, 5), st.sampled_from(["", "Het ging."])
)
_answers = st.builds(
    Answers,
    tension=st.integers(0, 5),
    setting=st.sampled_from(["", "work", "home", "school", "elsewhere"]),
    act=st.sampled_from([*CATALOGUE.acts, "", "own", "none", "gone-since"]),
    own=st.sampled_from(["", "Ik bel eerst Roos"]),
)
_stories = st.builds(
    Story,
    _times,
    _answers,
    values=st.lists(st.sampled_from([*list(CATALOGUE.values)[:8], "gone-since"]), max_size=4).map(
        tuple
    ),
    check_ins=st.lists(_check_ins, max_size=3).map(tuple),
)
entries = st.lists(st.builds(Entry, st.uuids(), _stories), max_size=40)
