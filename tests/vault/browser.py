"""A browser as far as the vault knows one: it keeps a cookie from one visit to the next."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse

from kleinverzet.accounts.models import Person
from kleinverzet.vault import session
from kleinverzet.vault.keys import Keys
from kleinverzet.vault.middleware import vault_cookie
from kleinverzet.vault.session import Vault
from tests.owners import Owner, request_of


@dataclass
class Browser:
    """Sends its cookies along, and takes over what an answer sets or drops."""

    cookies: dict[str, str] = field(default_factory=dict)
    answer: HttpResponse = field(default_factory=HttpResponse)

    @classmethod
    def with_open_vault(cls, owner: Owner) -> "Browser":
        """Give a browser in which somebody just opened their vault."""
        browser = cls()
        with browser.visit(owner.person) as vault:
            vault.open(owner.keys)
        return browser

    @contextmanager
    def visit(self, person: Person | None) -> Iterator[Vault]:
        """Ask for a page as somebody, or as nobody; in between stands what its view does."""
        request = request_of(person, self.cookies)
        yield session.of(request)
        self.answer = vault_cookie(_empty)(request)
        for name, morsel in self.answer.cookies.items():
            if morsel["max-age"] == 0:
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = morsel.value

    def keys_of(self, person: Person | None) -> Keys | None:
        """Visit, and give the keys that are open there."""
        with self.visit(person) as vault:
            return vault.keys


def _empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse()
