"""A nudge in words: when it comes, and what became of the last one, no better than it is known."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from kleinverzet.me.models import Nudge
from kleinverzet.me.rhythm import zone_of

# Handing a mail over takes seconds. Whatever is still on its way after this was broken off.
UNDER_WAY = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Told:
    """A nudge with its words, in the reader's language and on the nudge's own clock.

    Attributes:
        nudge: The row.
        words: When it comes, or what became of it.
        is_planned: Whether it is still to come.
    """

    nudge: Nudge
    words: str

    @property
    def is_planned(self) -> bool:
        """Whether it is still to come."""
        return self.nudge.state == Nudge.State.PLANNED


def tell(nudge: Nudge, now: datetime | None = None) -> Told:
    """Say where a nudge stands."""
    now = now or timezone.now()
    if nudge.state == Nudge.State.PLANNED:
        return Told(nudge, _coming(nudge, now))
    text = _became(nudge, now)
    late = nudge.is_late and nudge.state == Nudge.State.HANDED
    return Told(nudge, gettext("%(text)s, later dan je vroeg") % {"text": text} if late else text)


def moment_of(at: datetime, zone: str) -> str:
    """Give a day and a time as people say them."""
    local = at.astimezone(zone_of(zone))
    parts = {"day": date_format(local, "l j F"), "time": date_format(local, "H:i")}
    return gettext("%(day)s om %(time)s") % parts


def _coming(nudge: Nudge, now: datetime) -> str:
    if nudge.try_at > nudge.due_at and nudge.due_at <= now:
        return gettext("nog niet gelukt, we proberen het opnieuw")
    when = {"when": moment_of(nudge.due_at, nudge.zone)}
    if nudge.channel == Nudge.Channel.MAIL:
        return gettext("%(when)s, per mail") % when
    return gettext("%(when)s, zonder mail") % when


def _is_under_way(nudge: Nudge, now: datetime) -> bool:
    since = nudge.settled_at or now
    return timedelta(0) <= now - since < UNDER_WAY  # a clock that was set back proves nothing


def _became(nudge: Nudge, now: datetime) -> str:
    when = {"when": moment_of(nudge.settled_at or nudge.due_at, nudge.zone)}
    match nudge.state:
        case Nudge.State.HANDED:
            return gettext("afgegeven aan de mailserver op %(when)s") % when
        case Nudge.State.SENDING if _is_under_way(nudge, now):
            return gettext("wordt nu verstuurd")
        case Nudge.State.SENDING:
            return gettext("onbekend of het is aangekomen, op %(when)s") % when
        case Nudge.State.REFUSED:
            return gettext("niet aangenomen door de mailserver, op %(when)s") % when
        case Nudge.State.SKIPPED:
            return (
                gettext("niet verstuurd op %(when)s, want er was geen bevestigd e-mailadres") % when
            )
        case _:
            return gettext("zonder mail, op %(when)s") % when
