"""Letting go of what one wrote, or of everything: keys first, so that nothing opens from then on.

Whoever leaves is noted as erased before anything else, by a hash that names nobody: so a crash in
between, or a backup that is put back later, brings nobody back (`vault.erased`).
"""

from typing import Any

from django.db import transaction

from kleinverzet.consent import personal_data
from kleinverzet.me import notebook, reflections
from kleinverzet.vault import erased, shredding


def is_name_of(person: Any, typed: str) -> bool:
    """Tell whether somebody typed their own name, in capitals or not."""
    return " ".join(typed.split()).casefold() == str(person.name).casefold()


def wipe(person: Any) -> int:
    """Delete everything that somebody wrote, letters that wait included; keep their account.

    Returns:
        How many reflections there were.
    """
    with transaction.atomic():
        shredding.drop_letters(person)
        notebook.drop(person)
        count = reflections.drop_all(person)
    shredding.sweep()
    return count


def leave(person: Any) -> None:
    """Erase somebody: what they wrote, what was kept about them, and their account.

    Raises:
        OSError: If it cannot be noted; then nothing was erased.
    """
    erased.note(person.pk)
    with transaction.atomic():
        shredding.shred_keys(person)
        # Should the rest fail, there is no door left that leads to an empty frame.
        person.set_unusable_password()
        person.save(update_fields=["password"])
    with transaction.atomic():
        for entry in personal_data.to_erase():
            assert entry.erase is not None
            entry.erase(person)
    shredding.sweep()
