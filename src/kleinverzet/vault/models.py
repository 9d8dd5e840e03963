"""What the vault keeps: keys that are wrapped, and halves that open nothing alone.

Whoever reads these tables learns who has a vault, when it was last open and how much lies in it,
and not a word of what.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class Slot(models.Model):
    """One way to reach the master key: a passphrase or a recovery code.

    A passphrase wraps the master key itself. A recovery code wraps a private key, and the master
    key is sealed to its public half: so it can be renewed while the code lies in a drawer.
    """

    class Kind(models.TextChoices):
        """Which way it is."""

        PASSPHRASE = "passphrase"  # noqa: S105
        RECOVERY = "recovery"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    generation = models.PositiveIntegerField()
    salt = models.BinaryField(default=bytes)
    memory = models.PositiveBigIntegerField(default=0)
    passes = models.PositiveIntegerField(default=0)
    wrapped = models.BinaryField()
    public_key = models.BinaryField(default=bytes)
    sealed_master = models.BinaryField(default=bytes)
    expires_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("person", "kind"),
                condition=Q(expires_at=None),
                name="one_slot_of_a_kind_in_use",
            ),
        )


class Key(models.Model):
    """A key that the master key wraps: a data key, or the private half of an identity."""

    class Kind(models.TextChoices):
        """What it is for."""

        DATA = "data"
        IDENTITY = "identity"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    number = models.PositiveIntegerField()
    generation = models.PositiveIntegerField()
    wrapped = models.BinaryField()
    public_key = models.BinaryField(default=bytes)
    expires_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("person", "kind", "number"), name="one_key_of_a_number"
            ),
        )


class Session(models.Model):
    """An open vault: the master key, wrapped by a secret that only a cookie holds."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    half = models.BinaryField()
    is_pending = models.BooleanField()
    opened_at = models.DateTimeField()
    seen_at = models.DateTimeField()


class Letter(models.Model):
    """Something written while the vault was closed; its owner finds it when they open it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=20)
    key_number = models.PositiveIntegerField()
    sealed = models.BinaryField()
    written_at = models.DateTimeField(auto_now_add=True)


class SealedRow(models.Model):
    """What a ring keeps in the vault: one payload, sealed under a key of its own.

    Subclasses add nothing that a person wrote. `rows` is the only reader and writer.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    revision = models.PositiveIntegerField(default=1)
    key_number = models.PositiveIntegerField()
    wrapped_key = models.BinaryField()
    sealed = models.BinaryField()
    kept_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True


class PepperMark(models.Model):
    """Which pepper this database belongs to: the pepper's fingerprint. One row at most."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    fingerprint = models.CharField(max_length=64)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(id=1), name="one_pepper_mark"),)
