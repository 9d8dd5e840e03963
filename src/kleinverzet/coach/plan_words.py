"""What planning says: its codes, and what is planned as one sentence. In the reader's language."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from kleinverzet.coach.models import Booking, Kind, Mode
from kleinverzet.coach.plan_way import PRACTICE_ZONE, Goal
from kleinverzet.coach.slots import Why


@dataclass(frozen=True, slots=True)
class Words:
    """A name and a line under it."""

    name: str | Promise
    line: str | Promise


MODES = {
    Mode.ONLINE: Words(_("Online"), _("Met beeld, of alleen geluid")),
    Mode.HOME: Words(_("Bij jou thuis"), _("We komen naar je toe")),
    Mode.PRACTICE: Words(_("Op de praktijk"), _("Je komt naar ons toe")),
}
KINDS = {
    Kind.INTAKE: _("Eerste gesprek"),
    Kind.FOLLOW_UP: _("Vervolggesprek"),
    Kind.TEAM_TALK: _("Gesprek met een team"),
}
TITLES = {
    Kind.INTAKE: _("Plan een eerste gesprek"),
    Kind.FOLLOW_UP: _("Plan een vervolggesprek"),
    Kind.TEAM_TALK: _("Plan een gesprek met je team"),
}
_MONDAY = date(2026, 11, 23)
WHOM = {"me": _("Mijzelf"), "child": _("Mijn kind"), "team": _("Een team")}

# Why a month shows no time at all, by the codes of `slots.Why`.
WHY = {
    Why.NOT_OFFERED: _("Dit gesprek kun je nu niet zelf plannen. Vraag het ons."),
    Why.UNKNOWN_TOWN: _("Van deze plaats weten we de reistijd nog niet. Vraag het ons."),
    Why.NO_HOURS: _("Zo praten we op dit moment niet. Kies hoe het anders kan, of vraag het ons."),
    Why.CLOSED: _("In deze maand zijn we er niet. Kijk een maand verder."),
    Why.PAST: _("Deze dagen zijn voorbij. Kijk een maand verder."),
    Why.TOO_LONG: _("Met de reis erbij past het deze maand nergens. Online past vaak wel."),
    Why.TOO_FAR_AHEAD: _("Zo ver vooruit kun je nog niet plannen."),
    Why.TOO_SOON: _("Wat deze maand nog vrij is, begint te snel. Kijk een maand verder."),
    Why.DAY_FULL: _("Deze maand is vol. Kijk een maand verder, of ga op de wachtlijst."),
    Why.TAKEN: _("Deze maand is vol. Kijk een maand verder, of ga op de wachtlijst."),
}


def why(code: str) -> str:
    """Say why there is nothing to choose in a month."""
    known = {str(each): said for each, said in WHY.items()}
    return str(known.get(code, WHY[Why.TAKEN]))


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week: ma, and maandag."""

    short: str
    whole: str


def weekdays() -> list[Weekday]:
    """Give the head of a month."""
    days = (_MONDAY + timedelta(days=number) for number in range(7))
    return [Weekday(date_format(day, "l")[:2], date_format(day, "l")) for day in days]


def goal(said: Goal) -> str:
    """Name what it is for, and how long it takes."""
    return gettext("%(what)s, %(minutes)d minuten") % {
        "what": KINDS[said.kind],
        "minutes": said.minutes,
    }


def day(moment: datetime) -> str:
    """Write a day: dinsdag 8 december."""
    return date_format(moment, "l j F")


def date_in_words(date_: date) -> str:
    """Write a date with its year: 8 december 2026."""
    return date_format(date_, "j F Y")


def hour(moment: datetime) -> str:
    """Write a time: 13.30; by the clock that `moment` is in."""
    return date_format(moment, "H:i" if get_language() == "en" else "H.i")


def hours(moment: datetime) -> str:
    """Write a time as it stands in a sentence: 13.30 uur, and which of two in a long night."""
    said = gettext("%(time)s uur") % {"time": hour(moment)}
    other = moment.replace(fold=1 - moment.fold)
    if other.utcoffset() == moment.utcoffset():
        return said
    return f"{said} ({gettext('wintertijd') if moment.fold else gettext('zomertijd')})"


def where(mode: str, town: str) -> str:
    """Say how, and for a visit where."""
    match mode:
        case Mode.ONLINE:
            return gettext("online")
        case Mode.HOME:
            return gettext("bij jou thuis in %(town)s") % {"town": town}
        case _:
            return gettext("op de praktijk in %(town)s") % {"town": town}


def sentence(starts_at: datetime, mode: str, town: str, coach: str) -> str:
    """Say what is planned: Dinsdag 8 december, 13.30 uur, online, met Cora."""
    local = starts_at.astimezone(PRACTICE_ZONE)
    return gettext("%(day)s, %(hours)s, %(where)s, met %(coach)s.") % {
        "day": capfirst(day(local)),
        # Set large: a line never ends between 13.30 and uur.
        "hours": hours(local).replace(" ", "\N{NO-BREAK SPACE}"),
        "where": where(mode, town),
        "coach": coach,
    }


def of_booking(booking: Booking, practice_town: str) -> str:
    """Say the same of an appointment."""
    town = booking.place or practice_town
    return sentence(booking.starts_at, booking.mode, town, booking.coach.name)


def elsewhere(starts_at: datetime, zone: str) -> str:
    """Say the same time in the visitor's own zone; empty where their clock says the same."""
    if zone not in available_timezones():
        return ""
    local, theirs = starts_at.astimezone(PRACTICE_ZONE), starts_at.astimezone(ZoneInfo(zone))
    if local.utcoffset() == theirs.utcoffset():
        return ""
    return gettext("Op jouw klok: %(day)s, %(hours)s (%(zone)s).") % {
        "day": day(theirs),
        "hours": gettext("%(time)s uur") % {"time": hour(theirs)},
        "zone": zone.replace("_", " "),
    }


def until(moment: datetime) -> str:
    """Write a moment by the practice's clock: dinsdag 8 december, 13.30 uur."""
    local = moment.astimezone(PRACTICE_ZONE)
    return f"{day(local)}, {hours(local)}"


def questions(kind: str) -> list[Any]:
    """Give the practice's own questions for a kind of appointment."""
    from kleinverzet import environment
    from kleinverzet.catalogue import shelves

    found = shelves.read(environment.read().content).questions
    return [question for question in found if kind in question.kinds]
