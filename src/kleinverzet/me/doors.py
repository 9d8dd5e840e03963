"""The door to one's own pages: signed in, the vault open, and waiting letters brought in."""

from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from kleinverzet.accounts.access import View
from kleinverzet.accounts.unlocking import needs_vault
from kleinverzet.me import reflections
from kleinverzet.vault.keys import Keys


def private(view: Any) -> View[..., HttpResponse]:
    """Call a view with `(request, keys, …)`; ask to sign in or for the passphrase until then."""

    @wraps(view)
    def with_letters(request: HttpRequest, keys: Keys, *args: Any, **kwargs: Any) -> HttpResponse:
        reflections.take_in_letters(keys)
        response: HttpResponse = view(request, keys, *args, **kwargs)
        return response

    return needs_vault(with_letters)
