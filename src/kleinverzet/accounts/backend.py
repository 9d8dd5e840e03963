"""Proves a passphrase and opens the vault in one derivation."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest
from django.views.decorators.debug import sensitive_variables

from kleinverzet.accounts import naming
from kleinverzet.accounts.models import Person
from kleinverzet.vault import sealing, session, slots


class PassphraseBackend(ModelBackend):
    """Knows a person by name and passphrase; takes as long for a name that nobody has."""

    @sensitive_variables("password", "credentials")
    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **credentials: Any,
    ) -> Person | None:
        """Give the person, their vault waiting until the login is complete."""
        if not username or not password:
            return None
        person = Person.objects.filter(name__iexact=naming.spelled(username)).first()
        if person is None:
            slots.pretend(password)
            return None
        try:
            keys = slots.open_with_passphrase(person, password)
        except sealing.Unopenable:
            return None  # somebody changed the vault underneath; this is no place to tell
        if keys is None or not self.user_can_authenticate(person):
            return None
        if request is not None:
            session.of(request).bring(keys)
        return person
