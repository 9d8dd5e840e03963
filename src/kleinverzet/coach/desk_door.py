"""The door to a coach's pages: signed in, and a coach. For others these pages are not there."""

from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from kleinverzet.accounts.access import View, for_its_owner
from kleinverzet.accounts.unlocking import needs_vault
from kleinverzet.coach import coaches
from kleinverzet.ui import errors


def for_a_coach(view: Any) -> View[..., HttpResponse]:
    """Call a view with `(request, coach, …)`; answer 404 to whoever is none."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: Any, **kwargs: Any) -> HttpResponse:
        coach = coaches.of(request.user)
        if coach is None:
            return errors.not_found(request)
        response: HttpResponse = view(request, coach, *args, **kwargs)
        return response

    return for_its_owner(guarded)


def with_words(view: Any) -> View[..., HttpResponse]:
    """Call a view with `(request, keys, …)` once the vault is open; ask for the passphrase first.

    Stands inside `for_a_coach`: who is none must not be asked for anything.
    """
    return needs_vault(view)
