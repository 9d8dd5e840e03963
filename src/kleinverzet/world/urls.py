"""Addresses of the outermost ring. Whatever the program does not answer itself, editors made."""

from django.urls import include, path, register_converter
from django.utils.translation import gettext_lazy as _

from kleinverzet.world import acts, contact, feeds, finding, pond_page, views

register_converter(acts.SettingCode, "act_setting")
register_converter(acts.ModeCode, "act_mode")

_acts = [
    path("", acts.page, name="acts"),
    path("<act_setting:setting>/", acts.page, name="acts"),
    path("<act_mode:mode>/", acts.page, name="acts"),
    path("<act_setting:setting>/<act_mode:mode>/", acts.page, name="acts"),
]

app_name = "world"
urlpatterns = [
    path("", views.home, name="home"),
    path(_("daden/"), include(_acts)),
    path(_("vijver/"), pond_page.page, name="pond"),
    path(_("zoeken/"), finding.page, name="search"),
    path(_("artikelen/atom.xml"), feeds.atom, name="feed_atom"),
    path(_("artikelen/rss.xml"), feeds.rss, name="feed"),
    path(_("bericht-klaar/"), contact.sent_page, name="sent"),
]
