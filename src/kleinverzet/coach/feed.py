"""A coach's appointments as a calendar for their own program: only to read, and no visitor's word.

Whoever has the address sees when and in which town a coach works, and no more. Its coach can let
it end; only a hash of it is kept.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control

from kleinverzet import environment
from kleinverzet.accounts import tokens
from kleinverzet.accounts.access import open_to_all
from kleinverzet.coach import entries
from kleinverzet.coach.models import Booking, Coach
from kleinverzet.ui import errors

PURPOSE = "coach_feed"
# How often a calendar program is asked to come back.
FRESH = timedelta(minutes=30)
# What has passed stays for as long as a coach may look back.
STAYS = timedelta(days=31)
MOST = 2_000


@open_to_all
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Give the calendar of the coach who made this address."""
    if request.method not in {"GET", "HEAD"}:
        return errors.not_allowed(request, "GET, HEAD")
    coach = of_token(token)
    if coach is None:
        raise Http404
    rows = _shown(coach, timezone.now())
    response = HttpResponse(as_ics(rows), content_type="text/calendar; charset=utf-8")
    response["ETag"] = _etag(rows)
    patch_cache_control(response, private=True, no_cache=True)
    return get_conditional_response(request, response["ETag"], response=response) or response


def renew(coach: Coach) -> str:
    """Make a new address, and give its token: nobody can show it again. The old one ends."""
    token = tokens.fresh(PURPOSE)
    Coach.objects.filter(pk=coach.pk).update(feed_hash=token.hash)
    coach.feed_hash = token.hash
    return token.text


def drop(coach: Coach) -> None:
    """Let a coach's address show nothing any more."""
    Coach.objects.filter(pk=coach.pk).update(feed_hash=None)
    coach.feed_hash = None


def of_token(token: str) -> Coach | None:
    """Give the coach whose address holds this token."""
    return Coach.objects.filter(feed_hash=tokens.hash_of(token, PURPOSE)).first()


def address_of(token: str) -> str:
    """Give the whole address, in the reader's language."""
    return environment.read().origin + reverse("coach:feed", kwargs={"token": token})


def as_ics(rows: Sequence[Booking]) -> bytes:
    """Give appointments as an iCalendar file (RFC 5545, with RFC 7986's hint when to come back)."""
    file = entries.as_file(rows)
    file.add("method", "PUBLISH")
    file.add("refresh-interval", FRESH, parameters={"value": "DURATION"})
    file.add("x-published-ttl", "PT30M")
    return bytes(file.to_ical())


def _shown(coach: Coach, now: datetime) -> list[Booking]:
    rows = Booking.objects.filter(coach=coach, state__in=entries.SHOWN, ends_at__gt=now - STAYS)
    return list(rows.order_by("starts_at", "pk")[:MOST])


def _etag(rows: Sequence[Booking]) -> str:
    said = "\n".join(f"{row.pk} {row.sequence} {row.state} {row.starts_at}" for row in rows)
    return f'W/"{sha256(said.encode()).hexdigest()[:32]}"'
