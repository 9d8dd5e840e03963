"""Which addresses are the program's own, so that no page is made where nobody would see it."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.urls import Resolver404, resolve
from django.utils.translation import gettext, override

if TYPE_CHECKING:
    from kleinverzet.world.reading import Reading

OURS = "wagtail_serve"


def need_free(page: "Reading") -> None:
    """Refuse a page at an address that the program itself answers.

    Raises:
        ValidationError: At the page's slug, with what to do.
    """
    parent = page.get_parent() if page.path else None
    if parent is None or parent.depth != 2:
        return  # only what lies right under the front page can stand in the way
    if not _is_free(page.slug, page.locale.language_code):
        raise ValidationError(
            {"slug": gettext("Dit adres gebruikt het programma zelf. Kies een ander.")}
        )


def _is_free(slug: str, language: str) -> bool:
    prefix = "/en" if language == "en" else ""
    with override(language):
        try:
            return resolve(f"{prefix}/{slug}/").view_name == OURS
        except Resolver404:
            return True
