"""Pages that appear or disappear at a moment that an editor planned.

What Wagtail's own command does, but each page in a transaction of its own: the edition turns with
it, one page that fails holds up no other, and of two programs that look at once one does it.
"""

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from wagtail.models import Page, Revision

_log = logging.getLogger(__name__)


def do_due(now: datetime) -> None:
    """Publish and withdraw whatever is due; where nothing is, this only reads."""
    for expired in _expired(now).values_list("pk", flat=True):
        _try(_withdraw, expired, now)
    for planned in _planned(now).values_list("pk", flat=True):
        _try(_publish, planned, now)


def _expired(now: datetime) -> QuerySet[Page]:
    pages: QuerySet[Page] = Page.objects.filter(live=True, expire_at__lt=now)
    return pages.order_by("expire_at")


def _planned(now: datetime) -> QuerySet[Revision]:
    revisions: QuerySet[Revision] = Revision.objects.filter(approved_go_live_at__lt=now)
    return revisions.order_by("approved_go_live_at")


def _try(change: Callable[[int, datetime], None], pk: int, now: datetime) -> None:
    try:
        with transaction.atomic():
            change(pk, now)
    except Exception:
        _log.exception("A planned page could not be changed.")


def _withdraw(pk: int, now: datetime) -> None:
    # Asked again, and held from here on: another program may just have done it.
    page = _expired(now).select_for_update().filter(pk=pk).first()
    if page:
        page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def _publish(pk: int, now: datetime) -> None:
    revision = _planned(now).select_for_update().filter(pk=pk).first()
    if revision:
        revision.publish(log_action="wagtail.publish.scheduled")
