"""Addresses of what moved, what somebody learned, and their months."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from kleinverzet.me import growth_pages

urlpatterns: list[URLPattern] = [
    path(_("mijn/groei/"), growth_pages.growth_page, name="growth"),
    path(_("mijn/groei/geleerd/"), growth_pages.learned_page, name="learned"),
    path(_("mijn/groei/maand/"), growth_pages.month_page, name="month"),
]
