"""What the ring `coach` holds of people, for the register of personal data.

A coach's own hours and appointments leave and end with the coach's account. Visitors have none:
they see, take along and erase what they wrote by the link in their mail (`managing`), and
retention ends the rest.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kleinverzet.coach.models import (
    Booking,
    Busy,
    Calendar,
    Clash,
    Coach,
    Entry,
    Link,
    OtherDay,
    Terms,
    Trip,
    Turn,
    Window,
    Wish,
)
from kleinverzet.consent import personal_data
from kleinverzet.consent.personal_data import Readers

Told = Iterator[dict[str, Any]]


def _rows(model: type[Model], path: str, *names: str) -> Callable[[Any, Any], Told]:
    """Make an export: those columns of the rows that a path leads from to a coach's account."""

    def export(person: Any, keys: Any) -> Told:
        for row in model._default_manager.filter(**{path: person}).order_by("pk").values(*names):
            yield {name: _plain(value) for name, value in row.items()}

    return export


def _gone(model: type[Model], path: str) -> Callable[[Any], int]:
    """Make an erasure of those same rows."""
    return lambda person: model._default_manager.filter(**{path: person}).delete()[0]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def _called_off(person: Any) -> int:
    """Call off what a coach has ahead, so that who comes is told, and delete their appointments."""
    from kleinverzet.coach import intake  # needs the models of every ring, which load after this

    intake.call_off_all(person, timezone.now())
    return _gone(Booking, _OF_COACH)(person)


_OF_COACH = "coach__person"
_WITH_COACH = _("Tot de coach het wist of weggaat.")
_AT_ONCE = _("Wat de coach wist, is meteen weg. Gaat de coach weg, dan gaat alles mee.")

personal_data.holds(
    Coach,
    why=_("Wie er afspraken neemt: de naam die bezoekers zien, en waar die coach vandaan werkt."),
    kept_for=_WITH_COACH,
    erased=_AT_ONCE,
    export=_rows(
        Coach, "person", "name", "takes", "closed_on_holidays", "online_from", "travel_inside"
    ),
    erase=_gone(Coach, "person"),
)
personal_data.holds(
    Terms,
    why=_("Hoe lang een afspraak bij een coach duurt, en hoe ver vooruit je kunt plannen."),
    kept_for=_WITH_COACH,
    erased=_AT_ONCE,
    export=_rows(
        Terms, _OF_COACH, "kind", "durations", "step", "before", "after", "notice", "horizon",
        "most_a_day", "is_open",
    ),
    erase=_gone(Terms, _OF_COACH),
)  # fmt: skip
personal_data.holds(
    Window,
    why=_("Op welke uren van de week een coach afspraken neemt."),
    kept_for=_WITH_COACH,
    erased=_AT_ONCE,
    export=_rows(Window, _OF_COACH, "weekday", "starts", "ends", "mode", "places"),
    erase=_gone(Window, _OF_COACH),
)
personal_data.holds(
    OtherDay,
    why=_("Op welke dagen een coach vrij is of andere uren heeft."),
    kept_for=_WITH_COACH,
    erased=_AT_ONCE,
    export=_rows(OtherDay, _OF_COACH, "date", "windows"),
    erase=_gone(OtherDay, _OF_COACH),
)
personal_data.impersonal(Trip, why="Hoe lang de rit tussen twee plaatsen duurt. Niets over wie.")
personal_data.impersonal(Turn, why="Een teller die zegt of vrije tijden veranderd kunnen zijn.")
personal_data.holds(
    Booking,
    why=_(
        "Een afspraak met een coach: wanneer, hoe en in welke plaats. Wie er komt en waarom, is "
        "verzegeld voor de coach en voor de link in de mail. Je mailadres ligt versleuteld tot er "
        "niets meer te mailen is."
    ),
    read_by=Readers.COACH,
    kept_for=_("Wat je schreef: tot 30 dagen na de afspraak. Dat er een was: twee jaar."),
    erased=_("Via de link in je mail, meteen. Anders vanzelf."),
    export=_rows(
        Booking, _OF_COACH, "kind", "mode", "place", "starts_at", "ends_at", "state", "made_at"
    ),
    erase=_called_off,
)
personal_data.holds(
    Link,
    why=_("Welke link in een mail bij welke afspraak hoort. De link zelf staat er niet."),
    read_by=Readers.NOBODY,
    kept_for=_("Zolang de afspraak bewaard wordt."),
    erased=_("Samen met de afspraak."),
    export=_rows(Link, "booking__coach__person", "opens", "made_at"),
    erase=_gone(Link, "booking__coach__person"),
)
personal_data.holds(
    Wish,
    why=_(
        "Wie op een vrije plek wacht: welke dagen schikken, en versleuteld het mailadres voor een "
        "aanbod. Meer staat er niet bij."
    ),
    kept_for=_("Tot er een plek is, je het intrekt of je laatste dag voorbij is."),
    erased=_("Via de link in je mail, meteen. Anders vanzelf."),
    # People wait without an account, so none of these rows leads to one.
    export=lambda person, keys: iter(()),
    erase=lambda person: 0,
)
personal_data.holds(
    Calendar,
    why=_("Welke agenda een coach heeft gekoppeld. Adres en wachtwoord liggen versleuteld."),
    read_by=Readers.NOBODY,
    kept_for=_WITH_COACH,
    erased=_AT_ONCE,
    export=_rows(Calendar, _OF_COACH, "kind", "name", "is_written", "seen_at", "fault"),
    erase=_gone(Calendar, _OF_COACH),
)
personal_data.holds(
    Busy,
    why=_("Wanneer een coach volgens de eigen agenda bezet is. Niet waarmee."),
    read_by=Readers.NOBODY,
    kept_for=_("Tot de agenda opnieuw gelezen is, of een dag nadat het voorbij is."),
    erased=_AT_ONCE,
    export=_rows(Busy, "calendar__coach__person", "starts_at", "ends_at"),
    erase=_gone(Busy, "calendar__coach__person"),
)
personal_data.holds(
    Entry,
    why=_("Welke afspraak in welke agenda van een coach staat."),
    read_by=Readers.NOBODY,
    kept_for=_("Zolang de afspraak bewaard wordt."),
    erased=_("Samen met de afspraak."),
    export=_rows(Entry, "calendar__coach__person", "sequence", "is_gone"),
    erase=_gone(Entry, "calendar__coach__person"),
)
personal_data.holds(
    Clash,
    why=_("Wat een coach moet weten: twee dingen tegelijk, of een wijziging in de eigen agenda."),
    kept_for=_("Tot een maand nadat de coach het gezien heeft."),
    erased=_AT_ONCE,
    export=_rows(Clash, _OF_COACH, "what", "at", "seen_at"),
    erase=_gone(Clash, _OF_COACH),
)
