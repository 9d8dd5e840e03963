"""What every public page has: its lead, its picture, and the same page in the other language.

Everyone may read it; a draft is seen by editors alone.
"""

import re
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.models import Page
from wagtail.search import index

from kleinverzet.world import addresses, copies, drawings, frame, soundness
from kleinverzet.world.page_form import PageForm

WORDS_A_MINUTE = 200
_WORD = re.compile(r"\w+")


class Reading(Page):
    """A page that people read; the base of every kind of page here."""

    lead = models.TextField(
        _("inleiding"),
        blank=True,
        max_length=400,
        help_text=_("Een of twee zinnen. Ze staan onder de titel en in lijsten."),
    )
    drawing = models.CharField(
        _("tekening"),
        max_length=20,
        blank=True,
        choices=drawings.CHOICES,
        help_text=_("Een tekening van het huis. Een foto hieronder gaat voor."),
    )

    content_panels: ClassVar[list[Any]] = [TitleFieldPanel("title"), FieldPanel("lead")]
    promote_panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("search_description"), FieldPanel("show_in_menus")],
            heading=_("Vindbaar"),
        ),
    ]
    base_form_class = PageForm
    # No page hides behind a password of its own: what is not for everyone is a draft.
    private_page_options: ClassVar[list[str]] = []
    search_fields: ClassVar[list[Any]] = [*Page.search_fields, index.SearchField("lead")]

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuse an address that the program itself uses, and a public page that is not ready.

        Raises:
            ValidationError: With what to do, at the field.
        """
        super().clean()
        addresses.need_free(self)
        soundness.need(self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what stands around every page."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, **frame.around(self, request)}

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer with the page, as one that may be kept ready for the next reader."""
        return copies.mark(super().serve(request, *args, **kwargs))

    @property
    def drawing_template(self) -> str:
        """The template of its drawing; empty where it has none."""
        return drawings.template(self.drawing)


def words_in(html: str) -> int:
    """Count the words that a reader sees."""
    return len(_WORD.findall(strip_tags(html)))
