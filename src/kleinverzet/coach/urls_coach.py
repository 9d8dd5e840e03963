"""Addresses for the coach."""

from datetime import date

from django.urls import path, register_converter
from django.utils.translation import gettext_lazy as _

from kleinverzet.coach import (
    calendars_page,
    clashes_page,
    day_pages,
    feed,
    hours_pages,
    hours_terms_pages,
)


class _Day:
    """A date in an address."""

    regex = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, text: str) -> date:
        """Give the date; what is none is no address."""
        return date.fromisoformat(text)

    def to_url(self, day: date | str) -> str:
        """Write it; templates give it written already."""
        return str(day)


register_converter(_Day, "desk_day")

urlpatterns = [
    path("coach/", day_pages.today, name="day"),
    path(_("coach/uren/"), hours_pages.week, name="hours"),
    path(_("coach/uren/dag/<int:number>/"), hours_pages.day, name="hours_day"),
    path(_("coach/uren/dicht/"), hours_pages.closed, name="hours_closed"),
    path(_("coach/uren/voorwaarden/"), hours_terms_pages.terms, name="hours_terms"),
    path(_("coach/uren/ritten/"), hours_terms_pages.trips, name="hours_trips"),
    path(_("coach/uren/<desk_day:date_>/"), hours_pages.dated, name="hours_date"),
    path("coach/<desk_day:date_>/", day_pages.dated, name="day_of"),
    path("coach/<desk_day:date_>/open/", day_pages.opened, name="day_open"),
    path(_("coach/afspraak/<uuid:id_>/"), day_pages.change, name="day_change"),
    path(_("coach/agendas/"), calendars_page.page, name="calendars"),
    path(_("coach/agendas/kiezen/"), calendars_page.choose, name="calendars_choose"),
    path(_("coach/agendas/let-op/"), clashes_page.page, name="clashes"),
    path(_("coach/agendas/<int:number>/"), calendars_page.one, name="calendar"),
    path("coach/agenda/<str:token>.ics", feed.feed, name="feed"),
]
