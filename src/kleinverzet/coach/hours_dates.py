"""The form for days that are unlike the others: from one date to another."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kleinverzet.coach.hours import LONGEST_CLOSED

FURTHEST = timedelta(days=3 * 366)
_NO_DAY = {
    "invalid": _("Schrijf de dag zo: 2026-12-31."),
    "required": _("Kies een dag."),
}


class ClosedForm(forms.Form):
    """From a day, up to and including another; without the other it is that day alone."""

    first = forms.DateField(error_messages=_NO_DAY)
    last = forms.DateField(required=False, error_messages=_NO_DAY)

    def clean_first(self) -> date:
        """Take only a day that is not over, and not years ahead."""
        first: date = self.cleaned_data["first"]
        if fault := fault_of(first):
            raise forms.ValidationError(fault)
        return first

    def clean(self) -> dict[str, Any]:
        """Check that they are in order and not a whole year."""
        data: dict[str, Any] = self.cleaned_data
        first, last = data.get("first"), data.get("last")
        if first and "last" not in self.errors:
            data["last"] = last or first
            if data["last"] < first:
                self.add_error("last", _("Deze dag komt vóór de eerste."))
            elif (data["last"] - first).days >= LONGEST_CLOSED:
                self.add_error("last", _("Kies hooguit drie maanden tegelijk."))
        return data


def fault_of(day: date) -> str:
    """Say why no hours can be given to a date; empty where they can."""
    today = timezone.localdate()
    if day < today:
        return gettext("Die dag is al voorbij. Kies een dag vanaf vandaag.")
    if day > today + FURTHEST:
        return gettext("Dat is meer dan drie jaar vooruit. Kies een dag eerder.")
    return ""
