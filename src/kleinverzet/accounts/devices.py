"""The page of the devices where somebody is signed in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kleinverzet.accounts import presence
from kleinverzet.accounts.access import for_its_owner


@for_its_owner
def page(request: HttpRequest) -> HttpResponse:
    """Show the devices; a press signs out on all others."""
    person: Any = request.user
    if request.method == "POST":
        presence.sign_out_elsewhere(request, person)
        return redirect("accounts_devices")
    found = presence.devices(request, person)
    context = {"devices": found, "has_others": any(not device.is_this for device in found)}
    return render(request, "accounts/devices.html", context)
