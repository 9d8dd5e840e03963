"""On what terms a coach takes appointments, and how they work. The only writer of both.

Everyone may see the times that come of it; only the coach changes them.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from kleinverzet.coach import hours
from kleinverzet.coach.hours import Changed
from kleinverzet.coach.models import Coach, Kind, Terms

OF_COACH = ("name", "takes", "closed_on_holidays", "online_from", "travel_inside")
OF_KIND = ("durations", "step", "before", "after", "notice", "horizon", "most_a_day", "is_open")


def of(coach: Coach) -> dict[str, Terms]:
    """Give the terms by kind, in the order in which they are always shown."""
    found = {one.kind: one for one in coach.terms.all()}
    return {kind: found[kind] for kind in Kind.values if kind in found}


def mark(coach: Coach) -> str:
    """Give the mark of what somebody reads of all this."""
    told = [[getattr(coach, name) for name in OF_COACH]]
    for one in coach.terms.order_by("kind"):
        told.append([one.kind, *(getattr(one, name) for name in OF_KIND)])
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:12]


def write(
    coach: Coach, own: Mapping[str, Any], kinds: Mapping[str, Mapping[str, Any]], *, seen: str
) -> None:
    """Set how a coach works and on what terms.

    Args:
        coach: Whose.
        own: Of the coach: the columns in `OF_COACH`.
        kinds: Of each kind: the columns in `OF_KIND`.
        seen: The mark of what was read.

    Raises:
        Changed: If it was changed since.
    """
    with transaction.atomic():
        held = hours.hold(coach)
        if seen != mark(held):
            raise Changed
        Coach.objects.filter(pk=held.pk).update(**{name: own[name] for name in OF_COACH})
        for kind, columns in kinds.items():
            held.terms.filter(kind=kind).update(**{name: columns[name] for name in OF_KIND})
    hours.wake()
