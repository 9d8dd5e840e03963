"""Addresses of what keeps an account its owner's. Names without a colon are allauth's own."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _

from kleinverzet.accounts import address_pages, devices, safety
from kleinverzet.accounts import second_factor as pages
from kleinverzet.accounts.access import for_its_owner, open_to_all
from kleinverzet.accounts.proof import needs_proof
from kleinverzet.accounts.transport import only_safely


def _view(kind: type[Any]) -> Any:
    return kind.as_view()


_step = open_to_all(only_safely(_view(pages.StepView)))

urlpatterns = [
    path(_("inloggen/stap-2/"), _step, name="mfa_authenticate"),
    path(_("inloggen/opnieuw/"), open_to_all(pages.begin_anew), name="accounts_begin_anew"),
    path(_("veiligheid/"), safety.page, name="accounts_safety"),
    path(_("veiligheid/wachtzin/"), safety.prove, name="account_reauthenticate"),
    # allauth offers other proofs by these names; here the passphrase is the only one.
    path(_("veiligheid/wachtzin/"), safety.prove, name="mfa_reauthenticate"),
    path(_("veiligheid/wachtzin/"), safety.prove, name="mfa_reauthenticate_webauthn"),
    path(_("veiligheid/stap-2/"), for_its_owner(pages.overview), name="mfa_index"),
    path(_("veiligheid/app/"), needs_proof(_view(pages.AppView)), name="mfa_activate_totp"),
    path(
        _("veiligheid/app/uit/"),
        needs_proof(_view(pages.AppOffView)),
        name="mfa_deactivate_totp",
    ),
    path(
        _("veiligheid/reservecodes/"),
        needs_proof(_view(pages.CodesView)),
        name="mfa_view_recovery_codes",
    ),
    path(
        _("veiligheid/reservecodes/nieuw/"),
        needs_proof(_view(pages.NewCodesView)),
        name="mfa_generate_recovery_codes",
    ),
    path(
        _("veiligheid/passkeys/"),
        for_its_owner(_view(pages.PasskeysView)),
        name="mfa_list_webauthn",
    ),
    path(
        _("veiligheid/passkeys/nieuw/"),
        needs_proof(_view(pages.NewPasskeyView)),
        name="mfa_add_webauthn",
    ),
    path(
        _("veiligheid/passkeys/<int:pk>/naam/"),
        needs_proof(_view(pages.PasskeyNameView)),
        name="mfa_edit_webauthn",
    ),
    path(
        _("veiligheid/passkeys/<int:pk>/weg/"),
        needs_proof(_view(pages.PasskeyOffView)),
        name="mfa_remove_webauthn",
    ),
    path(_("apparaten/"), devices.page, name="accounts_devices"),
    path("e-mail/", address_pages.page, name="account_email"),
    path(
        _("e-mail/bevestigen/<str:key>/"), address_pages.confirmation, name="account_confirm_email"
    ),
]
