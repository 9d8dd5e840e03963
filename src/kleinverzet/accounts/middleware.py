"""Who is not signed in sees no owner's page, and loses nothing that they had written on one."""

from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseBase

from kleinverzet.accounts import keeping


class OwnersOnly(LoginRequiredMiddleware):
    """Django's own guard; a form that comes after signing out is handed back, not thrown away."""

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Any
    ) -> HttpResponseBase:
        """Ask to sign in; a form that was sent stays on the page until then."""
        if request.method == "POST":
            return keeping.hand_back(request, keeping.Why.SIGNED_OUT)
        return super().handle_no_permission(request, view_func)
