"""Addresses of taking everything along, bringing it in again, and leaving."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from kleinverzet.me import takeout_pages

urlpatterns: list[URLPattern] = [
    path(_("mijn/meenemen/"), takeout_pages.takeout_page, name="takeout"),
    path(_("mijn/terugzetten/"), takeout_pages.bring_in_page, name="bring_in"),
    path(_("mijn/wissen/"), takeout_pages.erase_page, name="erase"),
    path(_("mijn/wissen/verhalen/"), takeout_pages.wipe_page, name="erase_words"),
    path(_("mijn/wissen/account/"), takeout_pages.leave_page, name="erase_all"),
    path(_("weg/"), takeout_pages.gone_page, name="gone"),
]
