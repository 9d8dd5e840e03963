"""The drawings of the house, by name; each is a file under `templates/world/drawings/`."""

from django.utils.translation import gettext_lazy as _

CHOICES = [
    ("moved", _("Verschoven ringen")),
    ("signal", _("Signaal")),
    ("gap", _("Kloof")),
    ("marks", _("Cijfers")),
    ("crisis", _("Crisis of niet")),
    ("pillars", _("Zes pijlers")),
    ("method", _("Methode")),
    ("parents", _("Ouders")),
    ("schools", _("Scholen")),
    ("about", _("Over ons")),
]
NAMES = frozenset(name for name, _label in CHOICES)


def template(name: str) -> str:
    """Give the template of a drawing; empty where there is none of that name."""
    return f"world/drawings/{name}.svg" if name in NAMES else ""
