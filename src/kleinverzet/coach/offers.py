"""What inner rings may read of the ring `coach`: whether somebody is one."""

from typing import Any

from kleinverzet.coach import coaches


def is_coach(person: Any) -> bool:
    """Say whether somebody who is signed in, or nobody, has a coach's day and hours."""
    return coaches.of(person) is not None
