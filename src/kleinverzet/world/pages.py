"""The kinds of page but for articles: the front page, pages to read, the method, towns, contact.

Everyone may read them; editors make them under /beheer/.
"""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from kleinverzet.consent import personal_data
from kleinverzet.world import blocks
from kleinverzet.world.reading import Reading


class HomePage(Reading):
    """The front page of a language."""

    poster = models.TextField(
        _("kop op drie regels"), max_length=60, help_text=_("Elke regel komt onder elkaar.")
    )
    note = models.CharField(_("kleine tekst"), max_length=120, blank=True)
    body = StreamField(blocks.of_home(), blank=True, verbose_name=_("onderdelen"))

    content_panels: ClassVar[list[Any]] = [
        *Reading.content_panels, FieldPanel("poster"), FieldPanel("note"), FieldPanel("body")
    ]  # fmt: skip
    search_fields: ClassVar[list[Any]] = [*Reading.search_fields, index.SearchField("body")]
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = [
        "world.TextPage", "world.MethodPage", "world.TownsPage", "world.ContactPage",
        "world.ArticleIndex",
    ]  # fmt: skip
    template = "world/home.html"

    class Meta:
        verbose_name = _("Voorpagina")


class _Written(Reading):
    """A page with a body of its own."""

    body = StreamField(blocks.of_pages(), blank=True, verbose_name=_("inhoud"))

    content_panels: ClassVar[list[Any]] = [
        *Reading.content_panels,
        FieldPanel("drawing"),
        FieldPanel("body"),
    ]
    search_fields: ClassVar[list[Any]] = [*Reading.search_fields, index.SearchField("body")]
    parent_page_types: ClassVar[list[str]] = ["world.HomePage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        abstract = True


class TextPage(_Written):
    """A page to read."""

    subpage_types: ClassVar[list[str]] = ["world.TextPage"]
    parent_page_types: ClassVar[list[str]] = ["world.HomePage", "world.TextPage"]
    template = "world/text.html"

    class Meta:
        verbose_name = _("Gewone pagina")


class MethodPage(_Written):
    """The ideas as a page that one walks: each leads into the tool that does something with it."""

    template = "world/method.html"

    class Meta:
        verbose_name = _("Methode")


class TownsPage(_Written):
    """Where the practice comes."""

    template = "world/towns.html"

    class Meta:
        verbose_name = _("Plaatsen")


class ContactPage(_Written):
    """Where somebody writes to the practice; as `appointment` it also asks how and where."""

    is_appointment = models.BooleanField(
        _("vraagt hoe en waar iemand wil afspreken"), default=False
    )

    content_panels: ClassVar[list[Any]] = [*_Written.content_panels, FieldPanel("is_appointment")]
    template = "world/contact.html"

    class Meta:
        verbose_name = _("Contact")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form, or take what was sent with it."""
        from kleinverzet.world import contact

        return contact.page(request, self)


_WHY = "Een openbare pagina. Wie haar maakte, staat in de geschiedenis van de redactie."
for _model in (HomePage, TextPage, MethodPage, TownsPage, ContactPage):
    personal_data.impersonal(_model, why=_WHY)
