"""What the program keeps of people, for the privacy page: read from the register itself.

So a table that was added cannot be forgotten there: it stands in the register or a law fails.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kleinverzet.consent import personal_data
from kleinverzet.consent.personal_data import Entry, Readers

_READERS = {
    Readers.OWNER: _("Alleen jij, met je eigen sleutel"),
    Readers.OPERATOR: _("Jij, en wie deze site beheert"),
    Readers.PRACTICE: _("De praktijk, in haar mail"),
    Readers.COACH: _("Jij, via de link in je mail, en de coach met een eigen sleutel"),
    Readers.NOBODY: _("Niemand. Het programma gebruikt het zelf"),
}
_OF_NOBODY_READERS = _("Wie deze site beheert")
_KEPT = _("Tot je het wist of weggaat.")
_KEPT_OF_NOBODY = _("Zolang de site er is.")
_ERASED = _("Wat je zelf wist, is meteen weg. Ga je weg, dan gaat alles mee.")
_ERASED_OF_NOBODY = _("Er is niets van iemand om te wissen.")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of data.

    Attributes:
        why: What is kept and for what.
        is_personal: Whether it is about a person, or leads back to nobody.
        readers: Who can read it.
        kept_for: For how long.
        erased: How it ends.
    """

    why: str
    is_personal: bool
    readers: str
    kept_for: str
    erased: str


def table() -> list[Kind]:
    """Give a line for every kind that says something about people, those of a person first."""
    told = [entry for entry in personal_data.entries() if entry.kind != "impersonal"]
    return [_line(entry) for entry in sorted(told, key=lambda entry: entry.kind != "holds")]


def _line(entry: Entry) -> Kind:
    is_personal = entry.kind == "holds"
    readers = _READERS[entry.read_by] if is_personal else _OF_NOBODY_READERS
    return Kind(
        why=str(entry.why),
        is_personal=is_personal,
        readers=str(readers),
        kept_for=str(entry.kept_for or (_KEPT if is_personal else _KEPT_OF_NOBODY)),
        erased=str(entry.erased or (_ERASED if is_personal else _ERASED_OF_NOBODY)),
    )
