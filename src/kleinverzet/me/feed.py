"""Somebody's nudges as a calendar for their own program: times, and a title that says nothing.

Whoever has the address sees when somebody wants to think, and no more. It opens nothing else, and
its owner can let it end.
"""

import uuid
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.crypto import salted_hmac
from icalendar import Alarm, Calendar, Event

from kleinverzet import environment
from kleinverzet.accounts.access import open_to_all
from kleinverzet.me import rhythm
from kleinverzet.me.models import Nudge
from kleinverzet.me.moment import LENGTH, default_title
from kleinverzet.ui import errors

# How often a calendar program is asked to come back.
FRESH = timedelta(hours=1)
# What has just passed stays for as long as a program may need to have seen it.
STAYS = timedelta(days=1)


@open_to_all
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Give the calendar of whoever made this address."""
    if request.method not in {"GET", "HEAD"}:
        return errors.not_allowed(request, "GET, HEAD")
    own = rhythm.of_feed(token)
    if own is None:
        raise Http404
    rows = list(_of(own.person_id, timezone.now()))
    response = HttpResponse(as_ics(rows), content_type="text/calendar; charset=utf-8")
    response["ETag"] = _etag(rows)
    patch_cache_control(response, private=True, no_cache=True)
    unchanged = get_conditional_response(request, response["ETag"], response=response)
    return unchanged or response


def address_of(token: str) -> str:
    """Give the whole address of a calendar, in the reader's language."""
    return environment.read().origin + reverse("me:feed", kwargs={"token": token})


def as_ics(rows: Iterable[Nudge]) -> bytes:
    """Give nudges as an iCalendar file (RFC 5545, with RFC 7986's hint when to come back)."""
    title = default_title()
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//moment//1.0//")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", title)
    calendar.add("refresh-interval", FRESH, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for nudge in rows:
        calendar.add_component(_event(nudge, title))
    return bytes(calendar.to_ical())


def uid_of(nudge: Nudge) -> str:
    """Give a nudge the same name each time, which tells nothing and which only we can make."""
    secret = salted_hmac("kleinverzet.me.feed", "uid", algorithm="sha256").digest()
    return str(uuid.uuid5(uuid.UUID(bytes=secret[:16]), str(nudge.pk)))


def _of(person_id: uuid.UUID, now: datetime) -> Iterable[Nudge]:
    return Nudge.objects.filter(person=person_id, due_at__gt=now - STAYS).order_by("due_at", "pk")


def _event(nudge: Nudge, title: str) -> Event:
    event = Event()
    event.add("uid", uid_of(nudge))
    event.add("dtstamp", timezone.now())
    event.add("dtstart", nudge.due_at.astimezone(UTC))
    event.add("dtend", nudge.due_at.astimezone(UTC) + LENGTH)
    event.add("summary", title)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    if nudge.channel == Nudge.Channel.FEED:
        event.add_component(_alarm(title))
    return event


def _alarm(title: str) -> Alarm:
    """Give an alarm at the moment itself; what comes by mail needs none."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", timedelta(0))
    return alarm


def _etag(rows: Iterable[Nudge]) -> str:
    """Give a weak mark of what the calendar says, in which the moment of asking has no part."""
    said = [default_title(), *(f"{uid_of(one)} {one.due_at} {one.channel}" for one in rows)]
    return f'W/"{sha256(chr(10).join(said).encode()).hexdigest()[:32]}"'
