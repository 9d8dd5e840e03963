"""People whom an older copy of the database brought back after they had been erased.

`vault.erased` remembers that they were, outside the database. They are erased again before the
program serves, whichever way that copy came here.
"""

from django.db import transaction

from kleinverzet.accounts.models import Person
from kleinverzet.consent import personal_data
from kleinverzet.vault import erased, shredding


def erase() -> int:
    """Erase everybody who is back; say how many."""
    if not erased.place().exists():
        return 0
    back = erased.among(Person.objects.values_list("pk", flat=True))
    for person in (Person.objects.get(pk=pk) for pk in back):
        _erase(person)
    if back:
        shredding.sweep()
    return len(back)


def _erase(person: Person) -> None:
    with transaction.atomic():
        for entry in personal_data.to_erase():
            if entry.erase is not None:
                entry.erase(person)
