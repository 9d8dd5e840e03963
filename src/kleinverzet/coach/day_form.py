"""The form that moves an appointment: a day and a time by the practice's clock."""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class MoveForm(forms.Form):
    """When to. A time that the clock skips is the hour after it."""

    day = forms.DateField(
        error_messages={
            "invalid": _("Schrijf de dag zo: 2026-12-31."),
            "required": _("Kies een dag."),
        }
    )
    hour = forms.TimeField(
        error_messages={
            "invalid": _("Schrijf de tijd zo: 15:30."),
            "required": _("Vul een tijd in."),
        }
    )

    def clean(self) -> dict[str, Any]:
        """Take only a moment that still comes, and not years ahead."""
        data: dict[str, Any] = self.cleaned_data
        if self.errors:
            return data
        now = timezone.now()
        if abs(data["day"].year - now.year) > 2:
            self.add_error("day", _("Kies een dag binnen twee jaar."))
            return data
        here = timezone.get_default_timezone()
        at = datetime.combine(data["day"], data["hour"], tzinfo=here).astimezone(UTC)
        if at <= now:
            self.add_error("day", _("Dat moment is al voorbij. Kies een later moment."))
        data["at"] = at
        return data
