"""How somebody wants to be nudged: by mail or not, when not, and where their clock stands.

Plain settings that the operator can see; they say nothing about what anybody is nudged for.
"""

import zoneinfo
from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from functools import cache
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kleinverzet.accounts import tokens
from kleinverzet.consent import personal_data
from kleinverzet.me.models import Nudge, Rhythm

FEED = "feed"
MINUTE = timedelta(minutes=1)


def of(person: Any) -> Rhythm:
    """Give somebody's rhythm, or the one that everybody begins with.

    Args:
        person: An account, or its id.
    """
    id_ = _id_of(person)
    return Rhythm.objects.filter(person=id_).first() or Rhythm(person_id=id_)


def change(person: Any, **fields: Any) -> None:
    """Set some of somebody's rhythm.

    Without mail nothing planned goes by mail any more: it stays in the calendar and on the page.
    """
    id_ = _id_of(person)
    with transaction.atomic():
        Rhythm.objects.update_or_create(person_id=id_, defaults=fields)
        if fields.get("by_mail") is False:
            planned = Nudge.objects.filter(person=id_, state=Nudge.State.PLANNED)
            planned.update(channel=Nudge.Channel.FEED)


def renew_feed(person: Any) -> str:
    """Make a new address for somebody's calendar, and give its token: nobody can show it again.

    An address from before shows nothing from here on.
    """
    token = tokens.fresh(FEED)
    change(person, feed_hash=token.hash)
    return token.text


def drop_feed(person: Any) -> None:
    """Let somebody's calendar address show nothing any more."""
    change(person, feed_hash=None)


def of_feed(token: str) -> Rhythm | None:
    """Give the rhythm whose calendar address holds this token."""
    return Rhythm.objects.filter(feed_hash=tokens.hash_of(token, FEED)).first()


def zone_of(name: str) -> ZoneInfo:
    """Give a time zone; the house's own where a name is not known any more."""
    return ZoneInfo(name if name in zones() else settings.TIME_ZONE)


@cache
def zones() -> frozenset[str]:
    """Give the names of every time zone there is."""
    return frozenset(zoneinfo.available_timezones())


def after_quiet(at: datetime, rhythm: Rhythm) -> datetime:
    """Give a moment as it is, or the end of the quiet hours that it falls in, to the minute.

    Walks along the clock on the wall, minute by minute: so the hour that comes twice in autumn and
    the one that never comes in spring need no rules of their own.
    """
    if not is_quiet(at, rhythm):
        return at
    start = at.astimezone(UTC).replace(second=0, microsecond=0)
    minutes = (start + n * MINUTE for n in count())
    return next(minute for minute in minutes if not is_quiet(minute, rhythm))


def is_quiet(at: datetime, rhythm: Rhythm) -> bool:
    """Tell whether a moment falls in somebody's quiet hours. None, where both ends are the same."""
    wall = at.astimezone(zone_of(rhythm.zone)).time()
    return _lies_between(wall, rhythm.quiet_from, rhythm.quiet_until)


def _id_of(person: Any) -> Any:
    return getattr(person, "pk", person)


def _lies_between(wall: time, first: time, end: time) -> bool:
    if first <= end:
        return first <= wall < end
    return wall >= first or wall < end


def _export(person: Any, keys: Any) -> Iterable[dict[str, Any]]:
    row = Rhythm.objects.filter(person=person).first()
    if row is not None:
        yield {
            "by_mail": row.by_mail,
            "quiet_from": row.quiet_from.isoformat("minutes"),
            "quiet_until": row.quiet_until.isoformat("minutes"),
            "zone": row.zone,
            "has_calendar_address": row.feed_hash is not None,
            "monthly": row.monthly,
        }


def _erase(person: Any) -> int:
    return Rhythm.objects.filter(person=person).delete()[0]


personal_data.holds(
    Rhythm,
    why=_("Of je seintjes per mail wilt, je stille uren en je tijdzone."),
    export=_export,
    erase=_erase,
)
