"""What an older copy of the database brought back after it had been erased.

`vault.erased` remembers that it was, outside the database: people, appointments, places on the
waiting list. All of it is erased again before the program serves, whichever way that copy came
here.
"""

from django.db import transaction
from django.utils import timezone

from kleinverzet.accounts.models import Person
from kleinverzet.coach import retention, waiting
from kleinverzet.consent import personal_data
from kleinverzet.vault import erased, shredding


def erase() -> int:
    """Erase everybody and everything that is back; say how many in all."""
    if not erased.place().exists():
        return 0
    now = timezone.now()
    return _people() + retention.erase_again(now) + waiting.withdraw_again(now)


def _people() -> int:
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
