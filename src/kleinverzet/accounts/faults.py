"""What allauth's flows say when something is not right: in our words, and the same to everyone."""

from django.utils.translation import gettext_lazy as _

# A mapping from allauth's codes; what is not here keeps allauth's own words.
FAULTS = {
    "username_password_mismatch": _(
        "Deze naam en wachtzin horen niet bij elkaar. Let op hoofdletters en spaties."
    ),
    "too_many_login_attempts": _(
        "Er is te vaak geprobeerd. Wacht vijf minuten en probeer het opnieuw."
    ),
    "rate_limited": _("Dat ging te snel achter elkaar. Wacht even en probeer het opnieuw."),
    "username_taken": _("Deze naam is al bezet. Kies een andere, of zet er iets achter."),
    "username_blacklisted": _("Deze naam kan niet. Kies een andere."),
    "enter_current_password": _("Dat is niet je wachtzin. Let op hoofdletters en spaties."),
    "incorrect_password": _("Dat is niet je wachtzin. Let op hoofdletters en spaties."),
    "invalid_password_reset": _("Deze link werkt niet meer. Vraag een nieuwe aan."),
    "duplicate_email": _("Dit adres staat al bij je account."),
}
