"""The practice that runs this site: what it is called, where it is and how it is reached.

It begins as `content/practice.yaml` has it; from then on it is changed under /beheer/. Everyone may
read it.
"""

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from kleinverzet.consent import personal_data

WORDS = ("tagline", "what", "who_answers", "first_talk")
_PHONE = RegexValidator(
    r"^\+?[0-9][0-9 ()-]{5,24}$",
    _("Schrijf een telefoonnummer met cijfers en spaties, bijvoorbeeld 035 123 45 67."),
)


@register_setting(icon="home", order=10)
class Practice(BaseGenericSetting):
    """The practice's profile, in both languages."""

    name = models.CharField(_("naam"), max_length=80)
    town = models.CharField(_("plaats van de praktijk"), max_length=60)
    email = models.EmailField(_("e-mailadres"))
    phone = models.CharField(_("telefoonnummer"), max_length=26, validators=[_PHONE])
    latitude = models.FloatField(
        _("breedtegraad"), default=0, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    longitude = models.FloatField(
        _("lengtegraad"), default=0, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    tagline_nl = models.CharField(_("in een paar woorden"), max_length=120)
    tagline_en = models.CharField(_("in een paar woorden, in het Engels"), max_length=120)
    what_nl = models.TextField(_("wat je doet"))
    what_en = models.TextField(_("wat je doet, in het Engels"))
    who_answers_nl = models.TextField(_("wie een bericht leest"))
    who_answers_en = models.TextField(_("wie een bericht leest, in het Engels"))
    first_talk_nl = models.TextField(_("hoe een eerste gesprek gaat"))
    first_talk_en = models.TextField(_("hoe een eerste gesprek gaat, in het Engels"))

    panels = (
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("town"), FieldPanel("phone"), FieldPanel("email")],
            heading=_("Hoe mensen je bereiken"),
        ),
        MultiFieldPanel(
            [FieldPanel(f"{word}_{language}") for word in WORDS for language in ("nl", "en")],
            heading=_("Wat je over jezelf zegt"),
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")])],
            heading=_("Waar de praktijk op de kaart ligt"),
        ),
    )

    class Meta:
        verbose_name = _("Praktijk")

    def __str__(self) -> str:
        """Give the name."""
        return self.name

    @property
    def dial(self) -> str:
        """The telephone number as a telephone wants it."""
        return "".join(sign for sign in self.phone if sign in "+0123456789")

    def word(self, name: str) -> str:
        """Give a text in the language in use."""
        language = "en" if get_language() == "en" else "nl"
        return str(getattr(self, f"{name}_{language}"))

    @property
    def tagline(self) -> str:
        """What the practice is, in a few words."""
        return self.word("tagline")

    @property
    def what(self) -> str:
        """What the practice does."""
        return self.word("what")

    @property
    def who_answers(self) -> str:
        """Who reads a message."""
        return self.word("who_answers")

    @property
    def first_talk(self) -> str:
        """How a first talk goes."""
        return self.word("first_talk")


personal_data.impersonal(
    Practice, why="De gegevens van de praktijk, die op de site staan. Niets over bezoekers."
)
