"""Addresses of the innermost ring."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from kleinverzet.me import (
    keeping,
    one_page,
    own_pages,
    urls_growth,
    urls_nudges,
    urls_takeout,
    views,
)

app_name = "me"
urlpatterns = [
    path(_("cirkel/"), views.circle_page, name="circle"),
    path(_("cirkel/agenda/"), views.calendar_file, name="calendar_file"),
    path(_("bewaren/"), keeping.keep_page, name="keep"),
    path(_("bewaren/nieuw/"), keeping.keep_by_signing_up, name="keep_new"),
    path(_("bewaren/bekend/"), keeping.keep_by_signing_in, name="keep_known"),
    path(_("mijn/"), own_pages.home, name="home"),
    path(_("mijn/bewaard/"), keeping.kept, name="kept"),
    path(_("mijn/er-schuurt-iets/"), own_pages.something_up, name="something_up"),
    path(_("mijn/cirkel/"), own_pages.own_circle, name="own_circle"),
    *urls_growth.urlpatterns,
    *urls_nudges.urlpatterns,
    *urls_takeout.urlpatterns,
    path(_("mijn/<uuid:id_>/"), one_page.reflection, name="reflection"),
    path(_("mijn/<uuid:id_>/cirkel/"), own_pages.own_circle, name="finish"),
    path(_("mijn/<uuid:id_>/terugkijken/"), one_page.check_in, name="check_in"),
    path(_("mijn/<uuid:id_>/wijzigen/"), one_page.edit, name="edit"),
    path(_("mijn/<uuid:id_>/laten-gaan/"), one_page.drop, name="drop"),
]
