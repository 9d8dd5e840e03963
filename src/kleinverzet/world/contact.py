"""Writing to the practice: the page with the form, and what becomes of what was sent with it.

Everyone may write. The form comes back whole, whatever is wrong with it, and the page after it is
shown only to who really sent something.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from allauth.core import ratelimit
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kleinverzet.accounts import traps
from kleinverzet.accounts.access import open_to_all
from kleinverzet.accounts.traps import Caught, Stamp
from kleinverzet.ui import errors
from kleinverzet.world import frame, messages, sending, towns
from kleinverzet.world.contact_forms import MODES, AppointmentForm, ContactForm

if TYPE_CHECKING:
    from kleinverzet.world.pages import ContactPage

TEMPLATE = "world/contact.html"
UNPROCESSABLE, TOO_MANY = 422, 429
# Says for ten minutes, to this browser alone, that something was sent; not what, and not by whom.
COOKIE, SALT, SECONDS = "sent", "kleinverzet.world.sent", 600
ONCE_SECONDS = 3600
WHY_BACK = {
    Caught.TOO_FAST: gettext_lazy(
        "Je bericht is nog niet verstuurd, want dat ging heel snel. Lees het nog even na, en druk "
        "dan nog een keer."
    ),
    Caught.TOO_OLD: gettext_lazy(
        "Je bericht is nog niet verstuurd, want deze pagina stond lang open. Klopt alles nog? Druk "
        "dan nog een keer."
    ),
    Caught.FILLED: gettext_lazy(
        "Je bericht is nog niet verstuurd. Er stond iets in een veld dat je niet ziet; dat is nu "
        "leeg. Klopt de rest? Druk dan nog een keer."
    ),
}
TOO_OFTEN = gettext_lazy(
    "Je bericht is nog niet verstuurd, want vanaf deze verbinding is net al een paar keer "
    "geschreven. Wat je schreef, staat er nog. Probeer het over een uur, of bel of mail ons."
)
TOO_MANY_COPIES = gettext_lazy(
    "Er gingen vandaag al een paar kopieën weg. Haal het vinkje weg, dan gaat je bericht zonder."
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing was sent: an HTTP status, and a word where no field says it."""

    status: int
    word: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a field, for the list that leads to it."""

    name: str
    said: str


def page(request: HttpRequest, contact_page: "ContactPage") -> HttpResponse:
    """Show the form; a POST sends what stands in it."""
    if request.method == "POST":
        return _take(request, contact_page)
    if request.method not in {"GET", "HEAD"}:
        return errors.not_allowed(request, "GET, HEAD, POST")
    form, stamp = _kind(contact_page)(), traps.fresh(timezone.now())
    response = render(request, TEMPLATE, _context(request, contact_page, form, stamp))
    # Asked for anew each time, yet with "no-store" the browser would forget what somebody typed as
    # soon as they look at another page and come back.
    response["Cache-Control"] = "private, no-cache"
    return response


@open_to_all
@require_safe
@never_cache
def sent_page(request: HttpRequest) -> HttpResponse:
    """Say what happens with what was just sent; say so only where something was."""
    is_sent = bool(request.get_signed_cookie(COOKIE, "", salt=SALT, max_age=SECONDS))
    context = {**frame.plain(request.path), "is_sent": is_sent}
    return render(request, "world/contact_sent.html", context)


def _take(request: HttpRequest, contact_page: "ContactPage") -> HttpResponse:
    """Send what came, or give it back whole."""
    now = timezone.now()
    form = _kind(contact_page)(request.POST)
    stamp = traps.read(request.POST.get("stamp", ""), now)
    caught = traps.judge(stamp, request.POST.get("website", ""), now)
    second = traps.again(stamp, now)
    refusal = _refusal(form, caught) or _post(request, form, second)
    if refusal is None:
        return _onward()
    context = _context(request, contact_page, form, second)
    context |= {"word": refusal.word, "is_refused": refusal.status == TOO_MANY}
    response = render(request, TEMPLATE, context, status=refusal.status)
    add_never_cache_headers(response)
    return response


def _refusal(form: ContactForm, caught: Caught | None) -> Refusal | None:
    if not form.is_valid():
        return Refusal(UNPROCESSABLE)
    return Refusal(UNPROCESSABLE, str(WHY_BACK[caught])) if caught else None


def _post(request: HttpRequest, form: ContactForm, stamp: Stamp) -> Refusal | None:
    """Keep the message until it is sent; say why where that cannot be."""
    written, with_copy = form.written(), bool(form.cleaned_data["copy"])
    # Remembered for an hour: the same press twice, also when the first was handed over already.
    once = f"contact:{messages.number(written, form=stamp.form)}:{with_copy}"
    if cache.get(once):
        return None
    if not ratelimit.consume(request, action="contact"):
        return Refusal(TOO_MANY, str(TOO_OFTEN))
    if with_copy and not _may_copy(request, written.email):
        form.add_error("copy", str(TOO_MANY_COPIES))
        return Refusal(TOO_MANY)
    sending.post(written, form=stamp.form, with_copy=with_copy)
    cache.set(once, True, ONCE_SECONDS)
    return None


def _may_copy(request: HttpRequest, email: str) -> bool:
    return bool(ratelimit.consume(request, action="contact_copy", key=email.lower()))


def _onward() -> HttpResponse:
    address = reverse("world:sent")
    response = redirect(address)
    response.set_signed_cookie(
        COOKIE, "1", salt=SALT, path=address,
        secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax",
    )  # fmt: skip
    add_never_cache_headers(response)
    return response


def _kind(contact_page: "ContactPage") -> type[ContactForm]:
    return AppointmentForm if contact_page.is_appointment else ContactForm


def _context(
    request: HttpRequest, contact_page: "ContactPage", form: ContactForm, stamp: Stamp
) -> dict[str, Any]:
    return {
        **contact_page.get_context(request),
        "form": form,
        "faults": [Fault(name, str(said[0])) for name, said in form.errors.items()],
        "stamp": stamp.signed,
        **(_where(form) if form.is_appointment else {}),
    }


def _where(form: ContactForm) -> dict[str, Any]:
    """Give the towns to choose from; one that is no longer among them stays chosen."""
    regions, chosen = towns.by_region(), form["town"].value()
    is_known = any(chosen == drive.name for _region, drives in regions for drive in drives)
    return {"modes": MODES, "regions": regions, "own_town": "" if is_known else chosen}
