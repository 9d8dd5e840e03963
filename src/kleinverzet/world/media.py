"""Pictures as pages show them, at /media/…: what was made of a picture, never what was sent in.

Everyone may see them. A name never changes its meaning, so whoever has one keeps it.
"""

import re

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from wagtail.images.models import Image, Rendition

from kleinverzet.accounts.access import open_to_all

# Where Wagtail puts what was sent in, which nobody is shown, and what it makes of that.
SENT_IN = "original_images"
MADE = re.compile(r"images/[A-Za-z0-9_-][A-Za-z0-9_.-]*\.(?P<kind>avif|webp|jpg|jpeg|png|gif)")
KINDS = {
    "avif": "image/avif",
    "webp": "image/webp",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
}
# Should one ever turn out to be more than a picture, it can do nothing.
POLICY = "default-src 'none'; sandbox"
A_YEAR = 365 * 24 * 60 * 60


@open_to_all
@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponse:
    """Give a picture.

    Raises:
        Http404: If there is none of that name.
    """
    found = MADE.fullmatch(name)
    if found is None:
        raise Http404
    try:
        with default_storage.open(name) as file:
            content = file.read()
    except OSError:
        raise Http404 from None
    # It is compressed already: nobody needs to try again.
    request.META.pop("HTTP_ACCEPT_ENCODING", None)
    response = HttpResponse(content, content_type=KINDS[found["kind"]])
    response["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    return response


def forget_what_was_made() -> None:
    """Let everything that pages show be made anew, of what was sent in."""
    Rendition.objects.all().delete()


def missing() -> tuple[int, int]:
    """Say how many pictures there are, and how many of their files are gone."""
    names = list(Image.objects.values_list("file", flat=True))
    return len(names), sum(not default_storage.exists(name) for name in names)
