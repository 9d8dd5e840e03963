"""The names of everything that a button or a link of a page can lead to."""

from django.utils.translation import gettext_lazy as _

# What the program itself has, and the name of its address.
PROGRAM = {
    "home": "world:home",
    "circle": "me:circle",
    "acts": "world:acts",
    "pond": "world:pond",
    "vault": "me:home",
    "appointment": "coach:start",
}
CHOICES = [
    ("circle", _("De cirkel")),
    ("acts", _("Kleine daden")),
    ("pond", _("De vijver")),
    ("vault", _("Mijn kluis")),
    ("articles", _("Artikelen")),
    ("contact", _("Contact")),
    ("appointment", _("Afspraak")),
    ("method", _("Methode")),
    ("parents", _("Ouders")),
    ("schools", _("Scholen")),
    ("about", _("Over ons")),
    ("towns", _("Plaatsen")),
    ("privacy", _("Privacy")),
]
