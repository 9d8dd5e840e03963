"""How long a time is held for somebody who still has to say yes.

Never until the appointment itself: a coach can still give to another what nobody answered for.
"""

from datetime import datetime, timedelta

FOR_GUARDIAN = timedelta(hours=48)
FOR_OFFER = timedelta(hours=12)
# A held time falls free this long before it begins, so that others can still use it.
FREE_BEFORE = timedelta(hours=2)
FREE_BEFORE_AT_LEAST = timedelta(minutes=30)
# Less than this is no time to read a mail in.
SHORTEST = timedelta(minutes=30)


def for_guardian(starts_at: datetime, now: datetime) -> datetime | None:
    """Say until when a time is held for a guardian; None where they could not answer in time.

    Two days, and not beyond two hours before it begins. A time that is nearer than that is held
    until half an hour before.
    """
    until = min(now + FOR_GUARDIAN, starts_at - FREE_BEFORE)
    if until < now + FREE_BEFORE:
        until = starts_at - FREE_BEFORE_AT_LEAST
    return until if until >= now + SHORTEST else None


def for_offer(starts_at: datetime, now: datetime) -> datetime | None:
    """Say until when a time is held for who waited; None where it begins too soon for that."""
    until = min(now + FOR_OFFER, starts_at - FREE_BEFORE)
    return until if until >= now + SHORTEST else None
