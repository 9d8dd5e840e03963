"""The page that a parent or guardian reaches from their mail: yes, or no, and nothing else.

It shows nothing of the young person, not even the name that they chose.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kleinverzet.accounts import guardians
from kleinverzet.accounts.access import open_to_all

GONE = 410


@open_to_all
def page(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is asked; take an answer by POST only."""
    answer = request.POST.get("answer", "") if request.method == "POST" else ""
    if answer == "yes" and guardians.confirm(token):
        return _show(request, "yes")
    if answer == "no" and guardians.decline(token):
        return _show(request, "no")
    if guardians.knows(token):
        return _show(request, "asked")
    return _show(request, "gone", status=GONE)


def _show(request: HttpRequest, stands: str, status: int = 200) -> HttpResponse:
    return render(request, "accounts/guardian.html", {"stands": stands}, status=status)
