"""The fields of the waiting list: which days and parts of a day suit, till when, and an address."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kleinverzet.coach import plan_words
from kleinverzet.coach.plan_form import NO_ADDRESS, clean_zone
from kleinverzet.ui.fields import Address

PARTS = {"m": _("Ochtend"), "a": _("Middag"), "e": _("Avond")}
USUAL_DAYS, LONGEST_DAYS = 28, 180


class WaitForm(forms.Form):
    """When a time would suit, and where the mail with an offer goes.

    Args:
        today: By the practice's clock.
    """

    weekdays = forms.MultipleChoiceField(
        required=False, error_messages={"invalid_choice": _("Kies dagen uit de lijst.")}
    )
    parts = forms.MultipleChoiceField(
        required=False,
        choices=list(PARTS.items()),
        error_messages={"invalid_choice": _("Kies dagdelen uit de lijst.")},
    )
    until = forms.DateField(
        error_messages={
            "required": _("Kies tot welke dag je wilt wachten."),
            "invalid": _("Schrijf de datum als 2026-12-31."),
        }
    )
    email = Address(
        max_length=254,
        error_messages={
            "required": _("Vul je e-mailadres in. Daar sturen we het aanbod heen."),
            "invalid": NO_ADDRESS,
        },
    )
    consent = forms.BooleanField(
        error_messages={"required": _("Zonder je akkoord kunnen we je niet op de lijst zetten.")}
    )
    zone = forms.CharField(required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.last = today, today + timedelta(days=LONGEST_DAYS)
        days = [(str(n), name.whole) for n, name in enumerate(plan_words.weekdays())]
        weekdays = self.fields["weekdays"]
        assert isinstance(weekdays, forms.MultipleChoiceField)
        weekdays.choices = days
        self.fields["until"].initial = today + timedelta(days=USUAL_DAYS)

    def clean_until(self) -> date:
        """See that it is a day to come, and not in another year but one."""
        until: date = self.cleaned_data["until"]
        if not self.today <= until <= self.last:
            raise ValidationError(
                gettext("Kies een dag vanaf vandaag, en niet meer dan een half jaar vooruit.")
            )
        return until

    def clean_zone(self) -> str:
        """Take the browser's zone where it is one."""
        return clean_zone(self.cleaned_data["zone"])

    @property
    def chosen_days(self) -> str:
        """The digits of the days that suit; empty for all."""
        days = sorted(set(self.cleaned_data["weekdays"]))
        return "" if len(days) == len(plan_words.weekdays()) else "".join(days)

    @property
    def chosen_parts(self) -> str:
        """The letters of the parts of a day that suit; empty for all."""
        parts = [part for part in PARTS if part in self.cleaned_data["parts"]]
        return "" if len(parts) == len(PARTS) else "".join(parts)
