"""The public pages that the program makes itself."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from wagtail.views import serve

from kleinverzet.accounts.access import open_to_all


@open_to_all
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the front page of a language."""
    return serve(request, "")


@open_to_all
def page(request: HttpRequest, path: str) -> HttpResponse:
    """Show a page that editors made."""
    return serve(request, path)
