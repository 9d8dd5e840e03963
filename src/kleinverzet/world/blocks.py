"""What a page can be made of: the blocks that an editor puts under one another.

`content/` writes the same blocks under the same names, so that a new practice begins with pages
and can change every word of them. Everyone may read what stands in them.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from kleinverzet.world import drawings, targets, ways

# What an editor may do to running text. No pictures and no embeds inside it: those are blocks.
PLAIN = ["bold", "italic", "link"]
PROSE = ["h2", "h3", *PLAIN, "ul", "ol"]


class _Lines(blocks.ListBlock):
    """Sentences that somebody could say."""

    class Meta:
        template = "world/blocks/lines.html"
        icon = "openquote"
        label = _("Zinnen om te zeggen")


class _Point(blocks.StructBlock):
    title = blocks.CharBlock(max_length=80, label=_("Kop"))
    text = blocks.TextBlock(required=False, rows=2, label=_("Tekst"))


class _Number(blocks.StructBlock):
    """A figure, which never stands without what it counts and who counted."""

    value = blocks.CharBlock(max_length=20, label=_("Getal"))
    what = blocks.CharBlock(max_length=200, label=_("Wat het zegt"))
    definition = blocks.TextBlock(rows=2, label=_("Wat er precies geteld is"))
    source = blocks.CharBlock(max_length=200, label=_("Bron"))
    link = blocks.URLBlock(required=False, label=_("Adres van de bron"))

    class Meta:
        template = "world/blocks/number.html"
        icon = "order"
        label = _("Cijfer")


class _Drawing(blocks.StructBlock):
    name = blocks.ChoiceBlock(choices=drawings.CHOICES, label=_("Tekening"))
    caption = blocks.CharBlock(required=False, max_length=200, label=_("Bijschrift"))

    class Meta:
        template = "world/blocks/drawing.html"
        icon = "pick"
        label = _("Tekening van het huis")


class _Picture(blocks.StructBlock):
    image = ImageBlock(label=_("Foto"))
    caption = blocks.CharBlock(required=False, max_length=200, label=_("Bijschrift"))

    class Meta:
        template = "world/blocks/picture.html"
        icon = "image"
        label = _("Foto")


class _Question(blocks.StructBlock):
    question = blocks.CharBlock(max_length=160, label=_("Vraag"))
    answer = blocks.RichTextBlock(features=PLAIN, label=_("Antwoord"))

    class Meta:
        template = "world/blocks/question.html"
        icon = "help"
        label = _("Vraag en antwoord")


class _Way(blocks.StructBlock):
    """A block that may lead to something the program or the site has."""

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add the address that it leads to, in the language of the page; empty where it is gone."""
        context: dict[str, Any] = super().get_context(value, parent_context)
        context["address"] = targets.address(value.get("goes_to") or "")
        return context


class _Step(_Way):
    """One idea, and the tool that does something with it."""

    title = blocks.CharBlock(max_length=80, label=_("Kop"))
    text = blocks.RichTextBlock(features=PLAIN, label=_("Tekst"))
    goes_to = blocks.ChoiceBlock(choices=ways.CHOICES, required=False, label=_("Gaat naar"))
    label = blocks.CharBlock(required=False, max_length=60, label=_("Tekst op de knop"))

    class Meta:
        template = "world/blocks/step.html"
        icon = "arrow-right"
        label = _("Stap")


class _Idea(blocks.StructBlock):
    title = blocks.CharBlock(max_length=80, label=_("Kop"))
    text = blocks.TextBlock(rows=2, label=_("Tekst"))


class _Ideas(blocks.StructBlock):
    title = blocks.CharBlock(max_length=80, label=_("Kop"))
    items = blocks.ListBlock(_Idea(), label=_("Ideeën"))

    class Meta:
        template = "world/blocks/ideas.html"
        icon = "list-ul"
        label = _("Ideeën")


class _Offer(_Idea):
    goes_to = blocks.ChoiceBlock(choices=ways.CHOICES, required=False, label=_("Gaat naar"))


class _Offers(blocks.StructBlock):
    title = blocks.CharBlock(max_length=80, label=_("Kop"))
    items = blocks.ListBlock(_Offer(), label=_("Wat er is"))

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Pair each thing with the address that it leads to."""
        context: dict[str, Any] = super().get_context(value, parent_context)
        context["ways"] = [
            (one, targets.address(one.get("goes_to") or "")) for one in value["items"]
        ]
        return context

    class Meta:
        template = "world/blocks/offers.html"
        icon = "list-ul"
        label = _("Wat we doen")


class _Circle(blocks.StructBlock):
    """The three questions; they come from the program."""

    title = blocks.CharBlock(max_length=80, label=_("Kop"))
    text = blocks.TextBlock(rows=2, label=_("Tekst"))
    note = blocks.TextBlock(required=False, rows=2, label=_("Kleine tekst"))

    class Meta:
        template = "world/blocks/circle.html"
        icon = "radio-empty"
        label = _("De drie vragen")


class _Latest(blocks.StructBlock):
    title = blocks.CharBlock(max_length=80, label=_("Kop"))

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add the three newest articles in the language of the page."""
        from kleinverzet.world import articles

        context: dict[str, Any] = super().get_context(value, parent_context)
        context["latest"] = articles.newest(3)
        context["address"] = targets.address("articles")
        return context

    class Meta:
        template = "world/blocks/latest.html"
        icon = "doc-full"
        label = _("Nieuwste artikelen")


class _Talk(blocks.StructBlock):
    title = blocks.CharBlock(max_length=80, label=_("Kop"))
    text = blocks.TextBlock(rows=2, label=_("Tekst"))
    label = blocks.CharBlock(max_length=60, label=_("Tekst op de knop"))

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add where an appointment is made."""
        context: dict[str, Any] = super().get_context(value, parent_context)
        context["address"] = targets.address("appointment")
        return context

    class Meta:
        template = "world/blocks/talk.html"
        icon = "mail"
        label = _("Een afspraak maken")


class _Towns(blocks.StaticBlock):
    """The towns by region, and the map."""

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add the towns, and where the practice is."""
        from kleinverzet.world import maps, towns

        context: dict[str, Any] = super().get_context(value, parent_context)
        context["regions"] = towns.by_region()
        context["map"] = maps.drawn()
        return context

    class Meta:
        template = "world/blocks/towns.html"
        icon = "globe"
        label = _("Plaatsen")
        admin_text = _("De plaatsen die onder ‘Plaatsen’ staan, per streek.")


class _TownsMap(blocks.StructBlock):
    title = blocks.CharBlock(max_length=80, label=_("Kop"))
    text = blocks.TextBlock(rows=2, label=_("Tekst"))
    note = blocks.TextBlock(required=False, rows=2, label=_("Kleine tekst"))

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add the map, and where all towns stand."""
        from kleinverzet.world import maps

        context: dict[str, Any] = super().get_context(value, parent_context)
        context["map"] = maps.drawn()
        context["address"] = targets.address("towns")
        return context

    class Meta:
        template = "world/blocks/towns_map.html"
        icon = "globe"
        label = _("Waar we komen")


class _PracticeCard(blocks.StaticBlock):
    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add the practice."""
        from kleinverzet.world.practice import Practice

        context: dict[str, Any] = super().get_context(value, parent_context)
        context["practice"] = Practice.load()
        context["address"] = targets.address("appointment")
        return context

    class Meta:
        template = "world/blocks/practice.html"
        icon = "home"
        label = _("Gegevens van de praktijk")
        admin_text = _("Naam, telefoon en e-mail, zoals ze onder ‘Praktijk’ staan.")


class _DataTable(blocks.StaticBlock):
    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add what the program keeps, as its register of personal data has it."""
        from kleinverzet.world import kept_data

        context: dict[str, Any] = super().get_context(value, parent_context)
        context["kinds"] = kept_data.table()
        return context

    class Meta:
        template = "world/blocks/data_table.html"
        icon = "table"
        label = _("Tabel van persoonsgegevens")
        admin_text = _("Gemaakt uit het register van persoonsgegevens van het programma.")


def _prose() -> list[tuple[str, blocks.Block]]:
    return [
        ("first", blocks.TextBlock(rows=3, template="world/blocks/first.html", icon="title",
                                   label=_("Eerste alinea"))),
        ("text", blocks.RichTextBlock(features=PROSE, template="world/blocks/text.html",
                                      icon="pilcrow", label=_("Tekst"))),
        ("quote", blocks.CharBlock(max_length=120, template="world/blocks/quote.html",
                                   icon="openquote", label=_("Uitgelichte zin"))),
        ("lines", _Lines(blocks.CharBlock(max_length=160, label=_("Zin")))),
        ("points", blocks.ListBlock(_Point(), template="world/blocks/points.html", icon="list-ol",
                                    label=_("Punten"))),
        ("number", _Number()),
        ("drawing", _Drawing()),
        ("picture", _Picture()),
        ("question", _Question()),
        ("source", blocks.RichTextBlock(features=PLAIN, template="world/blocks/source.html",
                                        icon="info-circle", label=_("Bronnen"))),
    ]  # fmt: skip


def of_articles() -> list[tuple[str, blocks.Block]]:
    """Give what an article can be made of."""
    return _prose()


def of_pages() -> list[tuple[str, blocks.Block]]:
    """Give what any other page can be made of."""
    return [
        *_prose(),
        ("step", _Step()),
        ("practice", _PracticeCard()),
        ("towns", _Towns()),
        ("data_table", _DataTable()),
    ]


def of_home() -> list[tuple[str, blocks.Block]]:
    """Give the sections of the front page."""
    return [
        ("circle", _Circle()),
        ("ideas", _Ideas()),
        ("offers", _Offers()),
        ("latest", _Latest()),
        ("talk", _Talk()),
        ("towns_map", _TownsMap()),
    ]
