"""The recovery code: shown once, then typed over in part, so that it is sure to be written down.

Nothing here keeps the code. The page that shows it carries a keyed hash of one of its groups; what
is typed over is compared with that. Whoever copies the page's form learns nothing from it without
the program's pepper.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from kleinverzet.accounts.models import UncheckedCode
from kleinverzet.consent import personal_data
from kleinverzet.vault import pepper, recovery, slots
from kleinverzet.vault.keys import Keys
from kleinverzet.vault.models import Slot

SALT = "accounts.code"
# A page that is still open the day after may be finished.
LASTS = 24 * 60 * 60


class NotThis(Exception):
    """What was typed over is another group, or the form is not one of ours."""


class Superseded(Exception):
    """Another code was made since; the one that was typed over opens nothing."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A code on its one page.

    Attributes:
        groups: The code in groups of four.
        asked: Which group to type over, counted from one.
        proof: What the form carries back, for `confirm`.
    """

    groups: tuple[str, ...] = field(repr=False)
    asked: int
    proof: str


@sensitive_variables()
def make(person: Any, keys: Keys) -> Shown:
    """Make a code in place of the one before; it counts as kept once a group was typed over."""
    with transaction.atomic():
        code = slots.give_code(person, keys)
        slot = _slot(person)
        assert slot is not None
        UncheckedCode.objects.update_or_create(person=person, defaults={"slot": slot})
    groups = tuple(code.split())
    asked = 1 + secrets.randbelow(len(groups))
    said = {"slot": str(slot), "asked": asked, "hash": _hash(slot, asked, groups[asked - 1])}
    return Shown(groups, asked, signing.dumps(said, salt=SALT))


def asked_in(proof: str) -> int:
    """Give the number of the group that a form asks for.

    Raises:
        NotThis: If the form is not one of ours, or a day old.
    """
    return int(_read(proof)["asked"])


@sensitive_variables("typed")
def confirm(person: Any, proof: str, typed: str) -> None:
    """Note that somebody has their code.

    Raises:
        NotThis: If the group is another, or the form is not one of ours.
        Superseded: If another code was made since the page was shown.
    """
    said = _read(proof)
    slot = UUID(said["slot"])
    if not hmac.compare_digest(_hash(slot, said["asked"], _as_meant(typed)), said["hash"]):
        raise NotThis
    if slot != _slot(person):
        raise Superseded
    UncheckedCode.objects.filter(person=person, slot=slot).delete()


def is_kept(person: Any) -> bool:
    """Tell whether somebody has a code, and showed that they wrote it down."""
    slot = _slot(person)
    return slot is not None and not UncheckedCode.objects.filter(person=person, slot=slot).exists()


def _slot(person: Any) -> UUID | None:
    """Give the id of the way in that the code in use opens."""
    in_use = Slot.objects.filter(person=person, kind=Slot.Kind.RECOVERY, expires_at=None)
    return in_use.values_list("pk", flat=True).first()


def _hash(slot: UUID, asked: int, group: str) -> str:
    said = f"{slot} {asked} {group}".encode()
    return hmac.new(pepper.key_for("code-group"), said, hashlib.sha256).hexdigest()


def _as_meant(typed: str) -> str:
    """Give a group as it was shown: `recovery` reads whole codes, so it is made into one."""
    code = recovery.read(typed.strip() * (recovery.SIZE * 8 // 5 // recovery.GROUP))
    return recovery.grouped(code)[: recovery.GROUP] if code else ""


def _read(proof: str) -> dict[str, Any]:
    try:
        said: dict[str, Any] = signing.loads(proof, salt=SALT, max_age=LASTS)
    except signing.BadSignature as fault:
        raise NotThis from fault
    return said


def _export(person: Any, keys: Any) -> Iterator[dict[str, Any]]:
    yield from ({"is_typed_over": False} for _ in UncheckedCode.objects.filter(person=person))


personal_data.holds(
    UncheckedCode,
    why=_("Dat je een herstelcode zag en nog niet overtypte. Nooit de code zelf."),
    kept_for=_("Tot je een stukje overtypt."),
    export=_export,
    erase=lambda person: UncheckedCode.objects.filter(person=person).delete()[0],
)
