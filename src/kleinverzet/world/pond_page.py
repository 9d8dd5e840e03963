"""The pond as a page: throw a stone, and see how far one voice carries.

Everyone may play with it. What somebody turns stands in the address, is not kept and says nothing
of a person; it needs no cookie and no script.
"""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import translate_url
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from kleinverzet.accounts.access import open_to_all
from kleinverzet.world import copies, frame, heads, pond_knobs

_LEAD = _("Een speelveld: gooi een steen, en kijk hoe ver één stem draagt in een groep die wacht.")


@open_to_all
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show the pond as its knobs stand; the first one is the same for everybody."""
    # Here, not above: it brings NumPy, 14 MB that a site needs only where somebody plays.
    from kleinverzet.world import pond_told

    read = pond_knobs.read(request.GET.dict())
    head = heads.plain(request.path, gettext("De vijver"), str(_LEAD))
    context = {
        **frame.plain(request.path),
        "head": head,
        "lead": _LEAD,
        **_around(request),
        **pond_told.told(read, is_played=bool(request.GET)),
    }
    return copies.mark(render(request, "world/pond.html", context))


def _around(request: HttpRequest) -> dict[str, Any]:
    """Give the same pond in the other language."""
    if not request.GET:
        return {}
    other = "nl" if get_language() == "en" else "en"
    known = {name: request.GET[name] for name in pond_knobs.NAMES if name in request.GET}
    return {"other_url": f"{translate_url(request.path, other)}?{urlencode(known)}"}
