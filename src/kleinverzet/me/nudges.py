"""Asking to be nudged: planning a moment, moving it, calling it off, and seeing where it stands.

The one place that plans in `me_nudge`; `nudging` is the one that sends. A row says when and to
whom, and nothing about what for.
"""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kleinverzet.consent import personal_data
from kleinverzet.me import nudging, rhythm
from kleinverzet.me.models import Nudge, Reflection
from kleinverzet.me.nudges_told import Told, tell
from kleinverzet.me.reflections import Gone

FURTHEST = timedelta(days=366)
MORNING = time(8, 0)
ATTEMPTS = 5


class OutOfRange(ValueError):
    """The moment has passed, or lies beyond a year."""


class Snooze(StrEnum):
    """Until when a nudge can be put off, counted from now."""

    HOUR = "hour"
    MORNING = "morning"
    WEEK = "week"


def plan(
    *,
    reflection: Reflection,
    due_at: datetime,
    channel: str,
    zone: str,
    language: str,
    now: datetime | None = None,
) -> Nudge:
    """Plan a nudge, in the place of one that was still to come for the same reflection.

    A moment in its owner's quiet hours moves to their end.

    Args:
        reflection: What it is for; its owner is who is nudged.
        due_at: When, with its zone.
        channel: One of `Nudge.Channel`.
        zone: The zone in which its words tell the time.
        language: "nl" or "en".
        now: The time, where a test says so.

    Raises:
        OutOfRange: If the moment has passed, or lies beyond a year.
        Gone: If the reflection was deleted in the meantime.
    """
    now = now or timezone.now()
    if not now < due_at < now + FURTHEST:
        raise OutOfRange
    at = rhythm.after_quiet(due_at, rhythm.of(reflection.person_id))
    fields = {"due_at": at, "try_at": at, "channel": channel, "zone": zone, "language": language}
    for _attempt in range(ATTEMPTS):
        try:
            with transaction.atomic():
                nudge = _put(reflection, fields)
                if channel == Nudge.Channel.MAIL:
                    nudging.queue(nudge)
                return nudge
        except IntegrityError:
            continue  # another tab planned first, or the reflection is gone
    raise Gone


def snooze(nudge: Nudge, by: Snooze, now: datetime | None = None) -> Nudge:
    """Nudge later: move it if it is still to come, else plan another one.

    Raises:
        Gone: If the reflection was deleted in the meantime.
    """
    now = now or timezone.now()
    return plan(
        reflection=nudge.reflection,
        due_at=_later(nudge, by, now),
        channel=nudge.channel,
        zone=nudge.zone,
        language=nudge.language,
        now=now,
    )


def cancel(nudge: Nudge) -> bool:
    """Call a nudge off; False where it is no longer still to come."""
    planned = Nudge.objects.filter(pk=nudge.pk, state=Nudge.State.PLANNED)
    return bool(planned.delete()[0])


def cancel_of(reflection: Reflection) -> None:
    """Call off what is still to come for a reflection."""
    Nudge.objects.filter(reflection=reflection, state=Nudge.State.PLANNED).delete()


def one(person: Any, id_: int) -> Nudge | None:
    """Give one of somebody's nudges; None where it is gone, or somebody else's."""
    return Nudge.objects.filter(person=person, pk=id_).select_related("reflection").first()


def next_of(person: Any) -> Told | None:
    """Give the first nudge that is still to come for somebody."""
    return next(iter(coming(person)), None)


def last_of(person: Any) -> Told | None:
    """Give the last nudge of somebody that was settled, with what became of it."""
    return next(iter(settled(person)), None)


def coming(person: Any) -> list[Told]:
    """Give everything that is still to come for somebody, the first first."""
    return [tell(nudge) for nudge in _coming(Nudge.objects.filter(person=person))]


def settled(person: Any, most: int = 5) -> list[Told]:
    """Give the last nudges of somebody and what became of them, the latest first."""
    return [tell(nudge) for nudge in _settled(Nudge.objects.filter(person=person))[:most]]


def of(reflection: Reflection) -> list[Told]:
    """Give the nudge that is still to come for a reflection, and the last one that was settled."""
    rows = Nudge.objects.filter(reflection=reflection)
    return [tell(nudge) for nudge in (*_coming(rows)[:1], *_settled(rows)[:1])]


def forget_old(now: datetime) -> int:
    """Delete what became of nudges long ago, and with it their links; say how many."""
    settled = Nudge.objects.exclude(state=Nudge.State.PLANNED)
    return settled.filter(settled_at__lt=now - nudging.LASTS).delete()[0]


def _put(reflection: Reflection, fields: dict[str, Any]) -> Nudge:
    """Write the one planned nudge of a reflection: the row that is there, or a new one."""
    planned = Nudge.objects.filter(reflection=reflection, state=Nudge.State.PLANNED)
    if planned.update(**fields):
        return planned.get()
    return Nudge.objects.create(reflection=reflection, person_id=reflection.person_id, **fields)


def _later(nudge: Nudge, by: Snooze, now: datetime) -> datetime:
    zone = rhythm.zone_of(nudge.zone)
    local = now.astimezone(zone)
    match by:
        case Snooze.HOUR:
            return now + timedelta(hours=1)
        case Snooze.MORNING:
            return datetime.combine(local.date() + timedelta(days=1), MORNING, zone)
        case Snooze.WEEK:
            return local + timedelta(days=7)  # the same time on the clock, also across a change


def _coming(rows: QuerySet[Nudge]) -> QuerySet[Nudge]:
    return rows.filter(state=Nudge.State.PLANNED).order_by("due_at", "pk")


def _settled(rows: QuerySet[Nudge]) -> QuerySet[Nudge]:
    return rows.exclude(state=Nudge.State.PLANNED).order_by("-settled_at", "-pk")


def _export(person: Any, keys: Any) -> Iterable[dict[str, Any]]:
    for nudge in Nudge.objects.filter(person=person).order_by("due_at"):
        yield {
            "reflection": str(nudge.reflection_id),
            "due_at": nudge.due_at.isoformat(),
            "channel": nudge.channel,
            "zone": nudge.zone,
            "language": nudge.language,
            "state": nudge.state,
            "is_late": nudge.is_late,
        }


def _erase(person: Any) -> int:
    deleted = Nudge.objects.filter(person=person).delete()[0]
    nudging.drop_idle_tasks()
    return deleted


personal_data.holds(
    Nudge,
    why=_("Wanneer je een seintje wilt en of het verstuurd is. Niets over waarvoor."),
    kept_for=_("Tot 30 dagen na het seintje."),
    export=_export,
    erase=_erase,
)
