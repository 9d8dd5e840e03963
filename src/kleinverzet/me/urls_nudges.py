"""Addresses of nudges: for their owner, from the link in a mail, and for a calendar."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from kleinverzet.me import feed, nudges_answer, nudges_pages

urlpatterns: list[URLPattern] = [
    path(_("mijn/seintjes/"), nudges_pages.rhythm_page, name="rhythm"),
    path(_("mijn/<uuid:id_>/seintje/"), nudges_pages.nudge_page, name="nudge"),
    path(_("seintje/<str:token>/"), nudges_answer.answer_page, name="answer"),
    path(_("agenda/<str:token>.ics"), feed.feed, name="feed"),
]
