"""Who coaches here: appointing somebody with an account, and letting them take no more.

Everyone may read a coach's name; the rest is the coach's own. What visitors write is sealed to the
coach's public key, so nobody without a vault can be appointed.
"""

from typing import Any

from django.db import transaction

from kleinverzet.accounts.models import Person
from kleinverzet.coach.models import Coach, Kind, Terms
from kleinverzet.vault import keys
from kleinverzet.vault.models import Key

USUAL = {Kind.INTAKE: "60", Kind.FOLLOW_UP: "45,60", Kind.TEAM_TALK: "60"}


class NoVault(Exception):
    """Somebody has no vault, so nothing can be sealed for them to read."""


def appoint(person: Person, name: str = "") -> Coach:
    """Let somebody take appointments, on the usual terms and without any hours yet.

    Who was appointed before keeps their terms and hours, and their name where none is given.

    Args:
        person: Who it is.
        name: As visitors read it; the name of the account where it is empty.

    Raises:
        NoVault: If they have none.
    """
    try:
        keys.public_key(person.pk)
    except Key.DoesNotExist:
        raise NoVault from None
    with transaction.atomic():
        changed = {"takes": True, **({"name": name} if name else {})}
        coach, _made = Coach.objects.update_or_create(
            person=person,
            defaults=changed,
            create_defaults={"takes": True, "name": name or person.name},
        )
        for kind, durations in USUAL.items():
            Terms.objects.get_or_create(coach=coach, kind=kind, defaults={"durations": durations})
    return coach


def dismiss(person: Person) -> bool:
    """Let somebody take no new appointments; those that stand stay theirs. Say whether they did."""
    return bool(Coach.objects.filter(person=person).update(takes=False))


def of(person: Any) -> Coach | None:
    """Give the coach that somebody is, also one who takes no new appointments; None for others."""
    if not person.is_authenticated:
        return None
    return Coach.objects.filter(person=person.pk).first()
