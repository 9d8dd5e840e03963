"""How much the editors' desk takes, and from whom: whole pages and pictures, from editors alone.

Everybody else is held to what any form of the house may hold, before a byte of it is taken apart.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from kleinverzet.ui import bodies, errors
from kleinverzet.world import editors

Handler = Callable[[HttpRequest], HttpResponse]


def editors_only(get_response: Handler) -> Handler:
    """Refuse what is more than a form at the desk, unless an editor sends it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if bodies.is_of_the_desk(request.path_info):
            length = int(request.META.get("CONTENT_LENGTH") or 0)
            if length > settings.FORM_BYTES and not editors.is_editor(request.user):
                return errors.too_large(request)
        return get_response(request)

    return middleware
