"""Addresses for who plans an appointment, and for the links in their mails."""

from itertools import product

from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _

from kleinverzet.coach import (
    guardian_page,
    managing,
    managing_end,
    managing_move,
    offer_page,
    plan_pages,
    plan_way,
    waiting_page,
)

_PARTS = {
    "goal": "<goal:goal>/",
    "mode": "<mode:mode>/",
    "town": "<slug:town>/",
    "month": "<month:month>/",
    "day": "<day:day>/",
    "time": "<clock:time>/",
}
_PLACES = (("mode",), ("mode", "town"))
# Months and days before none at all: else a month would be taken for a town.
_STEPS = (("day", "time"), ("day",), ("month",), ())


def _planning(*, is_framed: bool) -> list[URLPattern | URLResolver]:
    """Give the addresses of every step, alone or in a frame on another site."""
    more = {"is_framed": is_framed}
    ways = [goal + place + step for goal, step, place in product(((), ("goal",)), _STEPS, _PLACES)]
    waits = [goal + place for goal, place in product(((), ("goal",)), _PLACES)]
    return [
        path("", plan_pages.plan_page, more, name=plan_way.name_of((), is_framed=is_framed)),
        *(_waiting(parts, is_framed=is_framed) for parts in waits),
        *(
            path(
                "".join(_PARTS[part] for part in parts),
                plan_pages.plan_page,
                more,
                name=plan_way.name_of(parts, is_framed=is_framed),
            )
            for parts in [("goal",), *ways]
        ),
    ]


def _waiting(parts: tuple[str, ...], *, is_framed: bool) -> URLResolver:
    """Give the address of the waiting list for one way to talk."""
    page = path(
        "",
        waiting_page.ask_page,
        {"is_framed": is_framed},
        name=plan_way.name_of(parts, is_framed=is_framed, is_waiting=True),
    )
    return path(
        "".join(_PARTS[part] for part in parts), include([path(_("wachtlijst/"), include([page]))])
    )


urlpatterns: list[URLPattern | URLResolver] = [
    path(_("afspraak/kader/gepland/<str:token>/"), plan_pages.planned_page, name="frame_planned"),
    path(
        _("afspraak/kader/wachtlijst/<str:token>/"),
        waiting_page.framed_wish_page,
        name="frame_wish",
    ),
    path(_("afspraak/kader/"), include(_planning(is_framed=True))),
    path(_("afspraak/"), include(_planning(is_framed=False))),
    path(_("jouw-afspraak/<str:token>/"), managing.page, name="manage"),
    path(_("jouw-afspraak/<str:token>/afspraak.ics"), managing.calendar_file, name="manage_file"),
    path(_("jouw-afspraak/<str:token>/meenemen/"), managing.take_along, name="manage_take"),
    path(_("jouw-afspraak/<str:token>/verzetten/"), managing_move.page, name="manage_move"),
    path(
        _("jouw-afspraak/<str:token>/verzetten/<month:month>/"),
        managing_move.page,
        name="manage_move_month",
    ),
    path(
        _("jouw-afspraak/<str:token>/verzetten/<day:day>/"),
        managing_move.page,
        name="manage_move_day",
    ),
    path(_("jouw-afspraak/<str:token>/afzeggen/"), managing_end.cancel_page, name="manage_cancel"),
    path(_("jouw-afspraak/<str:token>/wissen/"), managing_end.erase_page, name="manage_erase"),
    path(_("afspraak-goedvinden/<str:token>/"), guardian_page.page, name="guardian"),
    path(_("afspraak-aanbod/<str:token>/"), offer_page.page, name="offer"),
    path(_("wachtlijst/<str:token>/"), waiting_page.wish_page, name="wish"),
]
