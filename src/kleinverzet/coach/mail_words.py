"""An appointment as a mail tells it: when, how, where and with whom; never who comes, or why."""

from django.utils.translation import gettext

from kleinverzet.coach import plan_words, video
from kleinverzet.coach.models import Booking, Mode
from kleinverzet.coach.plan_way import PRACTICE_ZONE


def facts(booking: Booking, practice_town: str, *, zone: str = "") -> list[str]:
    """Give an appointment, a line a fact, in the language in use.

    Args:
        booking: The appointment.
        practice_town: Where the practice is.
        zone: Of who reads it: where their clock says something else, they are told that too.
    """
    theirs = plan_words.elsewhere(booking.starts_at, zone)
    said = gettext("Wanneer: %(when)s") % {"when": _span(booking)}
    lines = [f"{said} ({gettext('Nederlandse tijd')})" if theirs else said]
    lines += [theirs] if theirs else []
    lines.append(gettext("Hoe: %(how)s") % {"how": how(booking, practice_town)})
    if booking.mode == Mode.ONLINE and booking.state == Booking.State.BOOKED:
        lines.append(_room(booking))
    lines.append(gettext("Met: %(coach)s") % {"coach": booking.coach.name})
    return lines


def how(booking: Booking, practice_town: str) -> str:
    """Say how one talks, and where."""
    match booking.mode:
        case Mode.ONLINE:
            return gettext("online")
        case Mode.HOME:
            return gettext("thuis in %(town)s") % {"town": booking.place}
        case _:
            return gettext("op de praktijk in %(town)s") % {"town": practice_town}


def _span(booking: Booking) -> str:
    """Say from when to when; each end with its own word in the night that an hour comes twice."""
    start, end = (at.astimezone(PRACTICE_ZONE) for at in (booking.starts_at, booking.ends_at))
    parts = {"day": plan_words.day(start), "from": plan_words.hours(start)}
    return gettext("%(day)s, %(from)s tot %(to)s") % {**parts, "to": plan_words.hours(end)}


def _room(booking: Booking) -> str:
    address = video.address(booking)
    if not address:
        return gettext("Waar: de link krijg je van je coach.")
    return gettext("Waar: %(link)s") % {"link": address}
