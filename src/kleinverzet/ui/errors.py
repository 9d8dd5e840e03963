"""Pages for when something goes wrong: what happened, what to do, in the reader's language."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language_from_path, override
from django.utils.translation import gettext as _

from kleinverzet.accounts import keeping
from kleinverzet.accounts.access import open_to_all


def _page(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    return render(request, "ui/error.html", {"title": title, "text": text}, status=status)


@open_to_all
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request could not be understood."""
    return _in_language(request, 400)


@open_to_all
def forbidden(
    request: HttpRequest, exception: Exception | None = None, reason: str = ""
) -> HttpResponse:
    """403: a form came from somewhere else, or without its proof.

    Where the browser itself says that it came from a page of ours, that page was stale, most likely
    by signing in elsewhere: then the form is handed back whole.
    """
    if reason and _is_form_of_ours(request):
        with override(get_language_from_path(request.path_info) or "nl"):
            return keeping.hand_back(request, keeping.Why.STALE)
    return _in_language(request, 403)


@open_to_all
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing lives at this address."""
    return _in_language(request, 404)


@open_to_all
def not_allowed(request: HttpRequest, allow: str) -> HttpResponse:
    """405: the address exists, but not for this way of asking."""
    response = _in_language(request, 405)
    response["Allow"] = allow
    return response


@open_to_all
def too_large(request: HttpRequest) -> HttpResponse:
    """413: more was sent than a form of ours can hold."""
    return _in_language(request, 413)


@open_to_all
def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault, such as a full disk. What was sent with a proof is handed back whole."""
    if settings.CSRF_COOKIE_NAME in request.COOKIES and _is_form_of_ours(request):
        with override(get_language_from_path(request.path_info) or "nl"):
            return keeping.hand_back(request, keeping.Why.BROKEN)
    return _in_language(request, 500)


def _is_form_of_ours(request: HttpRequest) -> bool:
    return request.method == "POST" and keeping.is_from_here(request)


def _in_language(request: HttpRequest, status: int) -> HttpResponse:
    # A fault can strike before or outside the locale middleware, so the path decides.
    with override(get_language_from_path(request.path_info) or "nl"):
        title, text = _words(status)
        return _page(request, status, title, text)


def _words(status: int) -> tuple[str, str]:
    match status:
        case 403:
            return _("Dit formulier kwam ergens anders vandaan"), _(
                "Daarom hebben we er niets mee gedaan. "
                "Open de pagina opnieuw en probeer het nog eens."
            )
        case 404:
            return _("Deze pagina is er niet"), _(
                "Misschien is het adres verkeerd overgenomen, of is de pagina verhuisd."
            )
        case 405:
            return _("Zo kun je deze pagina niet openen"), _(
                "Dit adres hoort bij een formulier. Begin de cirkel opnieuw, dan kom je er vanzelf."
            )
        case 413:
            return _("Dat is meer dan we aankunnen"), _(
                "Je stuurde heel veel in één keer. Ga terug, kort het in of kies een kleiner "
                "bestand, en stuur het nog eens. We hebben er niets van bewaard."
            )
        case 500:
            return _("Er ging iets stuk bij ons"), _(
                "Het ligt niet aan jou. Probeer het over een minuut nog eens. "
                "Wat je schreef, staat nergens in ons logboek."
            )
        case _:
            return _("Dit verzoek begrijpen we niet"), _(
                "Er klopt iets niet aan wat er gestuurd werd. Ga terug en probeer het nog eens."
            )
