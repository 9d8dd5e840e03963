"""What the ring `coach` keeps: who coaches and when, and appointments without a word in the clear.

When, how and where an appointment is stands in columns, for times must be compared. Who comes and
what they wrote is sealed: once to the coach's key, once to the secret in the visitor's own link.
"""

from kleinverzet.coach.models_booked import Booking, Link, Wish
from kleinverzet.coach.models_elsewhere import Busy, Calendar, Clash, Entry
from kleinverzet.coach.models_hours import Coach, Kind, Mode, OtherDay, Terms, Trip, Window
from kleinverzet.coach.models_turn import Turn

__all__ = [
    "Booking", "Busy", "Calendar", "Clash", "Coach", "Entry", "Kind", "Link", "Mode", "OtherDay",
    "Terms", "Trip", "Turn", "Window", "Wish",
]  # fmt: skip
