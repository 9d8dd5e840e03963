"""Addresses of accounts. Names that begin with `account_` are allauth's, which looks them up."""

from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from kleinverzet.accounts import guardian_pages, recovery_pages, vault_pages, views
from kleinverzet.accounts.access import open_to_all
from kleinverzet.accounts.recovery_pages import LinkPage, LostPage
from kleinverzet.accounts.transport import only_safely
from kleinverzet.accounts.views import LoginPage, LogoutPage, ShowPage, SignupPage

_log_in = open_to_all(only_safely(LoginPage.as_view()))
_sign_up = open_to_all(only_safely(SignupPage.as_view()))
_log_out = open_to_all(LogoutPage.as_view())
_lost = open_to_all(only_safely(LostPage.as_view()))
_link = open_to_all(only_safely(LinkPage.as_view()))
_sent = open_to_all(ShowPage.as_view(template_name="accounts/lost_sent.html"))
_set = open_to_all(only_safely(ShowPage.as_view(template_name="accounts/lost_set.html")))

urlpatterns = [
    path(_("inloggen/"), _log_in, name="account_login"),
    path(_("meedoen/"), _sign_up, name="account_signup"),
    path(_("uitloggen/"), _log_out, name="account_logout"),
    path(_("wachten/"), views.waiting, name="accounts_waiting"),
    path(_("ouder/<str:token>/"), guardian_pages.page, name="accounts_guardian"),
    path(_("herstelcode/"), recovery_pages.code_page, name="accounts_code"),
    path(_("herstelcode/nieuw/"), recovery_pages.new_code, name="accounts_new_code"),
    path(_("wachtzin/"), vault_pages.change_page, name="account_change_password"),
    path(_("wachtzin-kwijt/"), _lost, name="account_reset_password"),
    path(_("wachtzin-kwijt/code/"), recovery_pages.by_code, name="accounts_reset_by_code"),
    path(_("wachtzin-kwijt/mail/"), _sent, name="account_reset_password_done"),
    path(_("wachtzin-kwijt/klaar/"), _set, name="account_reset_password_from_key_done"),
    path(
        _("wachtzin-kwijt/<str:uidb36>/<str:key>/"), _link, name="account_reset_password_from_key"
    ),
    path(_("oude-kluis/"), recovery_pages.old_vault, name="accounts_old_vault"),
    path(_("sluiten/"), vault_pages.shut, name="accounts_shut"),
    path(_("open-houden/"), vault_pages.stay_open, name="accounts_stay_open"),
    path("", include("kleinverzet.accounts.urls_safety")),
]
