"""Who comes: the fields of planning, and what to do where one cannot be taken.

As little as is needed to meet. Whatever somebody typed stays in its field; nothing is kept here.
"""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from kleinverzet.accounts import age
from kleinverzet.catalogue.shapes import Question
from kleinverzet.coach import plan_words
from kleinverzet.coach.models import Kind, Mode
from kleinverzet.coach.plan_way import PRACTICE_ZONE
from kleinverzet.coach.words import Words
from kleinverzet.ui.fields import Address, Letter, Line

LONGEST_LINE = 120
LONGEST_ANSWER = 2000
FEWEST_DIGITS = 6
OLDEST = 120
NO_ADDRESS = _("Dit lijkt geen e-mailadres. Kijk of er een @ en een punt in staan.")


class WhoForm(forms.Form):
    """Who comes, how they are reached, and that they agree to what is kept.

    Args:
        kind: What the appointment is for; decides which questions are asked.
        mode: How; a visit asks for a street.
    """

    name = Line(
        max_length=LONGEST_LINE,
        error_messages={"required": _("Vul een naam in. Alleen een voornaam mag ook.")},
    )
    email = Address(
        max_length=254,
        error_messages={
            "required": _("Vul je e-mailadres in. Daar sturen we de link heen om te verzetten."),
            "invalid": NO_ADDRESS,
        },
    )
    phone = Line(required=False, max_length=LONGEST_LINE)
    street = Line(required=False, max_length=LONGEST_LINE)
    whom = forms.ChoiceField(
        choices=list(plan_words.WHOM.items()),
        required=False,
        error_messages={"invalid_choice": _("Kies een van deze drie.")},
    )
    age = forms.IntegerField(required=False, error_messages={"invalid": _("Vul een getal in.")})
    guardian = Address(required=False, max_length=254, error_messages={"invalid": NO_ADDRESS})
    consent = forms.BooleanField(
        error_messages={"required": _("Zonder je akkoord kunnen we de afspraak niet maken.")}
    )
    zone = forms.CharField(required=False)

    def __init__(self, *args: Any, kind: str, mode: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mode, self.is_team = mode, kind == Kind.TEAM_TALK
        self.asked: list[Question] = plan_words.questions(kind)
        for question in self.asked:
            self.fields[f"q_{question.id}"] = Letter(required=False, max_length=LONGEST_ANSWER)
        too_long = _("Dit is te lang. Kort het in tot %(limit_value)d tekens.")
        for field in self.fields.values():
            for validator in field.validators:
                if getattr(validator, "code", "") == "max_length":
                    validator.message = too_long  # type: ignore[attr-defined]

    @property
    def questions(self) -> list[dict[str, Any]]:
        """The practice's own questions, each with its words, its field and what was answered."""
        language = "en" if get_language() == "en" else "nl"
        return [
            {
                "name": f"q_{question.id}",
                "words": getattr(question, language),
                "lines": question.lines,
                "field": self[f"q_{question.id}"],
            }
            for question in self.asked
        ]

    def clean_phone(self) -> str:
        """See that it can be called; words beside the number are welcome."""
        phone = str(self.cleaned_data["phone"])
        if phone and sum(sign.isdecimal() for sign in phone) < FEWEST_DIGITS:
            raise ValidationError(gettext("Dit lijkt geen telefoonnummer. Kijk het nog eens na."))
        return phone

    def clean_street(self) -> str:
        """See that a visit has somewhere to go."""
        street = str(self.cleaned_data["street"])
        if self.mode == Mode.HOME and not street:
            raise ValidationError(gettext("Vul je straat en huisnummer in, dan weten we waarheen."))
        return street if self.mode == Mode.HOME else ""

    def clean_age(self) -> int | None:
        """See that it is an age."""
        years = self.cleaned_data["age"]
        if years is not None and not 0 <= years <= OLDEST:
            raise ValidationError(gettext("Vul een leeftijd in van 0 tot 120."))
        return None if years is None else int(years)

    def clean_zone(self) -> str:
        """Take the browser's zone where it is one."""
        return clean_zone(self.cleaned_data["zone"])

    def clean(self) -> dict[str, Any]:
        """See who comes, and that somebody under age has a parent or guardian who is asked."""
        data = dict(super().clean() or self.cleaned_data)
        if self.is_team:
            return data | {"whom": "team", "age": None, "guardian": ""}
        data["whom"] = data.get("whom") or "me"
        # A first talk about a team is with one person as well, who may be young.
        if "age" not in self.errors:
            self._clean_who_is_young(data)
        return data

    def _clean_who_is_young(self, data: dict[str, Any]) -> None:
        years = data.get("age")
        if years is None:
            self.add_error("age", gettext("Vul de leeftijd in van wie er komt."))
        elif years >= age.FROM:
            data["guardian"] = ""
        elif not data.get("guardian") and "guardian" not in self.errors:
            self.add_error(
                "guardian",
                gettext(
                    "Onder de 16 vragen we een ouder of voogd of het goed is. Vul het adres in."
                ),
            )
        elif data["whom"] != "child" and _is_same(data.get("guardian"), data.get("email")):
            self.add_error(
                "guardian", gettext("Vul hier het adres van je ouder of voogd in, niet je eigen.")
            )

    @property
    def guardian_address(self) -> str:
        """Whom to ask first; empty where nobody has to be."""
        return str(self.cleaned_data["guardian"])

    @property
    def words(self) -> Words:
        """What was written, once it can be taken."""
        data = self.cleaned_data
        return Words(
            name=data["name"],
            email=data["email"],
            phone=data["phone"],
            address=data["street"],
            whom=data["whom"],
            age=data["age"],
            answers={q.id: data[f"q_{q.id}"] for q in self.asked if data[f"q_{q.id}"]},
        )


def clean_zone(text: str) -> str:
    """Give the time zone that a browser named, or the practice's where it is none."""
    return text if text in available_timezones() else PRACTICE_ZONE.key


def _is_same(one: Any, other: Any) -> bool:
    return str(one or "").casefold() == str(other or "").casefold()
