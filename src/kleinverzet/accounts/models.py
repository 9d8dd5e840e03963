"""Who may enter: a name of one's own choosing, and what proves a passphrase."""

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class People(BaseUserManager["Person"]):
    """Finds people by the name that they chose."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        """Give the person of a name, in capitals or not."""
        return self.get(name__iexact=username)


class Person(AbstractBaseUser, PermissionsMixin):
    """An account. It knows no birthday, no real name, and not when somebody was last here.

    `password` holds a peppered proof that `vault.slots` writes; `email` is optional and serves
    nudges and a reset, nothing else.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("naam"), max_length=40, unique=True)
    email = models.EmailField(_("e-mailadres"), blank=True)
    language = models.CharField(max_length=2, default="nl")
    is_active = models.BooleanField(default=True)
    joined_on = models.DateField(auto_now_add=True)

    # Django would note every visit here.
    last_login = None

    objects = People()

    USERNAME_FIELD = "name"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = (models.UniqueConstraint(Lower("name"), name="one_person_a_name"),)

    def __str__(self) -> str:
        """Give the name."""
        return self.name

    def get_full_name(self) -> str:
        """Give the chosen name, where the editors' desk asks for a whole one; no other is known."""
        return self.name

    def get_short_name(self) -> str:
        """Give the chosen name, where the editors' desk asks for a short one."""
        return self.name

    @property
    def first_name(self) -> str:
        """The chosen name, where the editors' desk greets somebody."""
        return self.name

    @property
    def is_staff(self) -> bool:
        """Whether Django's own admin would let them in; there is none."""
        return self.is_superuser


class Presence(models.Model):
    """A device where somebody is signed in: enough to recognise it and to sign it out.

    No address and no full description of the browser, which would single a device out.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    session_key = models.CharField(max_length=40, unique=True)
    device = models.CharField(max_length=60)
    since = models.DateField(auto_now_add=True)


class Guardianship(models.Model):
    """A young person's account that waits, or waited, for a parent or guardian.

    Only where the operator asks for it. The guardian's address goes the moment they confirm; no
    relation leads from a guardian to what the young person keeps, and none can be made.
    """

    person = models.OneToOneField(Person, models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True, null=True)
    guardian_email = models.EmailField(blank=True)
    asked_at = models.DateTimeField()
    confirmed_on = models.DateField(null=True)


class UncheckedCode(models.Model):
    """A recovery code that was shown, and that its owner has not typed over yet.

    Attributes:
        slot: The way into the vault that the code opens. A receipt id: where another code took its
            place, this row says nothing any more.
    """

    person = models.OneToOneField(Person, models.CASCADE, related_name="+")
    slot = models.UUIDField()


class Outgoing(models.Model):
    """One mail that waits for the mail server. Nothing outside of `sealed` says to whom, or what.

    Attributes:
        try_at: When it may be sent; put ahead before each try, so that two never send it at once.
        tries: How often it was tried.
        until: From when on it serves nobody any more, and is deleted unsent.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    sealed = models.BinaryField()
    made_at = models.DateTimeField()
    try_at = models.DateTimeField(db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        """Give its number; there is nothing else to show."""
        return str(self.id)
