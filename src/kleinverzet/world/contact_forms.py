"""The fields of writing to the practice: what is asked, and what to do where it cannot be taken.

Everything is optional but the words themselves and one way to answer. Whatever somebody typed stays
in its field.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from kleinverzet.ui.fields import Address, Letter, Line
from kleinverzet.world.messages import Mode, Written

LONGEST = 5000
LONGEST_LINE = 120
FEWEST_DIGITS = 6
NO_WAY_BACK = _("Vul een e-mailadres of een telefoonnummer in. Anders kunnen we niet antwoorden.")
MODES = [
    (Mode.ONLINE, _("Online")),
    (Mode.HOME, _("Bij jou thuis")),
    (Mode.PRACTICE, _("Op de praktijk")),
]


class ContactForm(forms.Form):
    """A message, who it is from, and how to answer."""

    is_appointment = False

    text = Letter(
        error_messages={"required": _("Hier staat nog niets. Een paar woorden is genoeg.")}
    )
    name = Line(required=False, max_length=LONGEST_LINE)
    email = Address(
        required=False,
        max_length=254,
        error_messages={
            "invalid": _("Dit lijkt geen e-mailadres. Kijk of er een @ en een punt in staan.")
        },
    )
    phone = Line(required=False, max_length=LONGEST_LINE)
    copy = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        too_long = _("Dit is te lang. Kort het in tot %(limit_value)d tekens.")
        for field in self.fields.values():
            for validator in field.validators:
                if getattr(validator, "code", "") == "max_length":
                    validator.message = too_long  # type: ignore[attr-defined]

    def clean_text(self) -> str:
        """See that it is not too long, and say by how much."""
        text = str(self.cleaned_data["text"])
        over = len(text) - LONGEST
        if over > 0:
            said = ngettext(
                "Dit is %(over)s teken te lang: er passen er %(most)s in. Kort het in.",
                "Dit is %(over)s tekens te lang: er passen er %(most)s in. Kort het in.",
                over,
            )
            raise ValidationError(said % {"over": _counted(over), "most": _counted(LONGEST)})
        return text

    def clean_phone(self) -> str:
        """See that it can be called; words beside the number are welcome."""
        phone = str(self.cleaned_data["phone"])
        if phone and sum(sign.isdecimal() for sign in phone) < FEWEST_DIGITS:
            raise ValidationError(gettext("Dit lijkt geen telefoonnummer. Kijk het nog eens na."))
        return phone

    def clean(self) -> dict[str, Any]:
        """See that there is a way to answer."""
        data = dict(super().clean() or self.cleaned_data)
        if self.errors.keys() & {"email", "phone"} or data.get("email"):
            return data
        if data.get("copy"):
            self.add_error("email", gettext("Vul je e-mailadres in. Daar gaat de kopie heen."))
        elif not data.get("phone"):
            self.add_error("email", str(NO_WAY_BACK))
        return data

    def written(self) -> Written:
        """Give what was written, once it can be taken."""
        data = self.cleaned_data
        return Written(
            text=data["text"],
            language="en" if get_language() == "en" else "nl",
            name=data["name"],
            email=data["email"],
            phone=data["phone"],
            is_appointment=self.is_appointment,
            mode=data.get("mode", ""),
            town=", ".join(filter(None, (data.get("town"), data.get("other_town")))),
        )


class AppointmentForm(ContactForm):
    """The same, with how and where somebody would like to talk."""

    is_appointment = True

    mode = forms.ChoiceField(
        required=False,
        choices=MODES,
        error_messages={"invalid_choice": _("Kies een van deze drie, of niets.")},
    )
    town = Line(required=False, max_length=LONGEST_LINE)
    other_town = Line(required=False, max_length=LONGEST_LINE)


def _counted(number: int) -> str:
    """Write a number as the language in use does: 5.000 or 5,000."""
    text = f"{number:,}"
    return text if get_language() == "en" else text.replace(",", ".")
