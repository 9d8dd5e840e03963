"""Keeping, reading and ending one's own reflections. Only their owner's open keys reach them.

The one place that writes `me_reflection`. Everything is sealed before it leaves this module.
"""

import gc
import unicodedata
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kleinverzet.consent import personal_data
from kleinverzet.consent.personal_data import Readers
from kleinverzet.me import story as stories
from kleinverzet.me.circle import Answers
from kleinverzet.me.models import Reflection
from kleinverzet.me.story import CheckIn, Story
from kleinverzet.vault import letters, rows, shredding
from kleinverzet.vault.keys import Keys

CIRCLE = "circle"
CHECK_IN = "check-in"
_ASCII = bytes(range(128))


class Gone(Exception):
    """There is no such reflection, or it is somebody else's: the same answer for both."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A reflection in its row; `story` is None where it cannot be read."""

    row: Reflection
    story: Story | None


def keep(
    *, keys: Keys, answers: Answers, now: datetime, hard: int = 0, id_: uuid.UUID | None = None
) -> Reflection:
    """Keep a circle that was walked to its end.

    Args:
        keys: The owner's open keys.
        answers: What they answered.
        now: When.
        hard: How hard the act looks, 1 to 5; 0 is unanswered.
        id_: The id to keep it under, where a form that is sent twice is to be kept once.

    Raises:
        django.db.IntegrityError: If something lies under that id already.
    """
    told = Story(began=now, answers=answers, values=answers.values, hard=hard)
    row = Reflection(pk=id_) if id_ else Reflection()
    with transaction.atomic():
        return rows.add(row, stories.pack(told), keys)


def begin(*, keys: Keys, tension: int, now: datetime) -> Reflection:
    """Keep that something is up, to be finished later."""
    told = Story(began=now, answers=Answers(tension=tension), is_whole=False)
    return rows.add(Reflection(), stories.pack(told), keys)


def add(*, keys: Keys, story: Story) -> Reflection:
    """Keep a story as it is: one that comes from an export."""
    return rows.add(Reflection(), stories.pack(story), keys)


def write(*, keys: Keys, kept: Kept, story: Story) -> Kept:
    """Put another story in the place of the one that was read.

    Raises:
        rows.Changed: If it was changed in the meantime.
    """
    return Kept(rows.replace(kept.row, stories.pack(story), keys), story)


def one(*, keys: Keys, id_: uuid.UUID) -> Kept:
    """Give one reflection.

    Raises:
        Gone: If it is not there, or not theirs.
    """
    row = Reflection.objects.filter(person=keys.person, pk=id_).first()
    if row is None:
        raise Gone
    return next(iter(_opened([row], keys)))


def every(keys: Keys) -> list[Kept]:
    """Give all reflections, the latest first; what cannot be read stands where it was kept."""
    with undisturbed():
        found = list(_opened(Reflection.objects.filter(person=keys.person), keys))
        return sorted(found, key=_when, reverse=True)


def search(kept: Iterable[Kept], words: str, values: Iterable[str] = ()) -> list[Kept]:
    """Give those in which every word stands, and that carry every value.

    Args:
        kept: Opened reflections.
        words: What is looked for; capitals and accents make no difference.
        values: Ids of values.
    """
    wanted = _plain(words).split()
    tagged = set(values)
    return [
        one
        for one in kept
        if one.story is not None
        if tagged <= set(one.story.values)
        if not wanted or _holds(one.story.words, wanted)
    ]


def drop(*, keys: Keys, id_: uuid.UUID) -> None:
    """Delete one reflection and the key that it lay under, for good.

    Raises:
        Gone: If it is not there, or not theirs.
    """
    deleted, _models = Reflection.objects.filter(person=keys.person, pk=id_).delete()
    if not deleted:
        raise Gone
    shredding.sweep()


def drop_all(person: Any) -> int:
    """Delete every reflection of somebody; say how many."""
    deleted: int = Reflection.objects.filter(person=person).delete()[1].get("me.Reflection", 0)
    return deleted


def post_circle(*, person_id: uuid.UUID, answers: Answers, now: datetime, hard: int = 0) -> None:
    """Keep a circle for somebody whose vault is still shut: they find it when it opens."""
    told = Story(began=now, answers=answers, values=answers.values, hard=hard)
    letters.write(person_id, CIRCLE, stories.pack(told))


def post_check_in(*, reflection: Reflection, check_in: CheckIn) -> None:
    """Keep a check-in for somebody whose vault is shut."""
    payload = {"reflection": str(reflection.pk), "check_in": stories.pack_check_in(check_in)}
    letters.write(reflection.person_id, CHECK_IN, payload)


def take_in_letters(keys: Keys) -> list[Reflection]:
    """Bring in what was written while the vault was shut; each letter once, also with two tabs.

    Returns:
        The reflections that were kept or added to.
    """
    if not letters.are_waiting(keys.person):
        return []
    found = []
    for purpose, bring_in in ((CIRCLE, _bring_circle), (CHECK_IN, _bring_check_in)):
        for letter in letters.read(keys, purpose):
            with transaction.atomic():
                if not letter.letter.delete()[0]:
                    continue  # the other tab was first
                row = bring_in(keys, letter.payload) if letter.payload is not None else None
            if row is not None:
                found.append(row)
    return found


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let the garbage collector wait for a moment.

    Thousands of stories that all stay would make it look through the whole program again and
    again, which takes as long as opening them. Of several at once the first turns it on again.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _bring_circle(keys: Keys, payload: dict[str, Any]) -> Reflection | None:
    try:
        return add(keys=keys, story=stories.unpack(payload))
    except stories.Unreadable:
        return None


def _bring_check_in(keys: Keys, payload: dict[str, Any]) -> Reflection | None:
    try:
        kept = one(keys=keys, id_=uuid.UUID(payload["reflection"]))
        said = stories.unpack_check_in(payload["check_in"])
    except (Gone, KeyError, TypeError, ValueError):
        return None
    if kept.story is None:
        return None
    return write(keys=keys, kept=kept, story=kept.story.checked(said)).row


def _opened(found: Iterable[Reflection], keys: Keys) -> Iterable[Kept]:
    for opened in rows.read_all(found, keys):
        try:
            told = stories.unpack(opened.payload) if opened.payload is not None else None
        except stories.Unreadable:
            told = None
        yield Kept(opened.row, told)


def _when(kept: Kept) -> datetime:
    return kept.story.began if kept.story else kept.row.kept_at


def _holds(text: str, wanted: Iterable[str]) -> bool:
    plain = _plain(text)
    return all(word in plain for word in wanted)


def _plain(text: str) -> str:
    """Give a text without capitals and accents.

    Only its few letters beyond ASCII are looked at, each once, and folding ASCII takes no time:
    somebody may search thousands of stories.
    """
    if not text.isascii():
        beyond = text.encode("utf-8", "surrogatepass").translate(None, _ASCII)
        for sign in set(beyond.decode("utf-8", "surrogatepass")):
            text = text.replace(sign, _bare(sign))
    return text.casefold()


def _bare(sign: str) -> str:
    parts = unicodedata.normalize("NFKD", sign.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


def _export(person: Any, keys: Keys) -> Iterable[dict[str, Any]]:
    for kept in every(keys):
        told = stories.pack(kept.story) if kept.story else {"unreadable": True}
        yield {"id": str(kept.row.pk), "kept_at": kept.row.kept_at.isoformat(), **told}


personal_data.holds(
    Reflection,
    why=_("De cirkels die je bewaart, verzegeld met een sleutel die alleen jij opent."),
    read_by=Readers.OWNER,
    erased=_("Eerst de sleutel, dan de tekst: per stuk als je het wist, of alles als je weggaat."),
    export=_export,
    erase=drop_all,
)
