"""Owners of a vault for every test that needs one, and clients that are signed in as them.

Both go past the forms on purpose: tests of the forms themselves walk through the forms.

    owner = make_owner()                       # an account with a vault, its keys at hand
    client = signed_in(Client(), owner)        # signed in, the vault open
    client = signed_in(Client(), owner, vault_open=False)  # signed in, the vault shut
"""

from dataclasses import dataclass, field

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from kleinverzet.accounts.models import Person, Presence
from kleinverzet.vault import session, slots
from kleinverzet.vault.keys import Keys


@dataclass(frozen=True)
class Owner:
    """Somebody with an account and a vault, the passphrase they chose, and their open keys."""

    person: Person
    passphrase: str = field(repr=False)
    keys: Keys


def make_owner(name: str = "Pippa Pluis", passphrase: str = "vier losse natte stenen") -> Owner:
    """Make an account with its vault. Two owners in one test need two names."""
    person = Person.objects.create(name=name)
    return Owner(person, passphrase, slots.set_up(person, passphrase))


def signed_in(client: Client, owner: Owner, *, vault_open: bool = True) -> Client:
    """Sign a client in as an owner, with the vault open in it or shut; gives the same client."""
    client.force_login(owner.person)
    key = str(client.session.session_key)
    Presence.objects.create(person=owner.person, session_key=key, device="Firefox, Linux")
    if vault_open:
        vault = session.of(request_of(owner.person))
        vault.open(owner.keys)
        keep_cookies(vault, client)
    return client


def request_of(person: Person | None, cookies: dict[str, str] | None = None) -> HttpRequest:
    """Give a bare request as the middleware leaves it: with its user and its cookies."""
    request = RequestFactory().get("/")
    request.user = person or AnonymousUser()
    request.COOKIES.update(cookies or {})
    return request


def keep_cookies(vault: session.Vault, client: Client) -> None:
    """Let a client keep the cookie that a vault would set, as a browser does."""
    response = HttpResponse()
    vault.leave(response)
    client.cookies.update(response.cookies)
