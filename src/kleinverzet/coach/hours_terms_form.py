"""The forms for the terms of each kind of appointment, for how a coach works, and for a drive."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kleinverzet.coach import hours_terms, hours_trips
from kleinverzet.coach.models import Coach, Terms

HOUR = 60
DURATIONS_MOST = 5
_SHORTEST, _LONGEST = 10, 480


def _number(least: int, most: int) -> forms.IntegerField:
    wrong = format_lazy(_("Kies een getal van {least} tot en met {most}."), least=least, most=most)
    faults = {"required": wrong, "invalid": wrong, "min_value": wrong, "max_value": wrong}
    return forms.IntegerField(min_value=least, max_value=most, error_messages=faults)


class OwnForm(forms.Form):
    """Whether they take appointments, what visitors read, and where they are."""

    name = forms.CharField(
        max_length=60,
        error_messages={
            "required": _("Vul de naam in die bezoekers lezen."),
            "max_length": _("Deze naam is te lang. Houd het bij 60 letters."),
        },
    )
    takes = forms.BooleanField(required=False)
    closed_on_holidays = forms.BooleanField(required=False)
    online_from = forms.ChoiceField(
        choices=(("anywhere", ""), ("practice", "")),
        error_messages={
            "required": _("Kies waar je bent als je online praat."),
            "invalid_choice": _("Kies waar je bent als je online praat."),
        },
    )
    travel_inside = forms.BooleanField(required=False)

    def __init__(self, coach: Coach, data: Any = None) -> None:
        initial = {name: getattr(coach, name) for name in self.base_fields}
        super().__init__(data, initial=initial)


class KindForm(forms.Form):
    """The terms of one kind; the notice is in hours here."""

    durations = forms.CharField(
        max_length=40,
        error_messages={
            "required": _("Vul in hoe lang het duurt, in minuten."),
            "max_length": _("Kies hooguit vijf lengtes."),
        },
    )
    step = _number(5, 240)
    before = _number(0, 240)
    after = _number(0, 240)
    notice = _number(0, 60 * 24)
    horizon = _number(1, 366)
    most_a_day = _number(0, 24)
    is_open = forms.BooleanField(required=False)

    def __init__(self, kind: str, terms: Terms, data: Any = None) -> None:
        initial = {name: getattr(terms, name) for name in hours_terms.OF_KIND}
        initial["notice"] = -(-terms.notice // HOUR)
        initial["durations"] = ", ".join(terms.durations.split(","))
        super().__init__(data, initial=initial, prefix=kind)
        self.kind, self.terms = kind, terms

    def clean_durations(self) -> str:
        """Take minutes, the usual first, each once."""
        said = [part.strip() for part in self.cleaned_data["durations"].split(",")]
        if not all(part.isascii() and part.isdecimal() and len(part) < 4 for part in said):
            raise forms.ValidationError(_("Schrijf het in minuten: 60, of 45, 60."))
        found = list(dict.fromkeys(int(part) for part in said))
        if len(found) > DURATIONS_MOST:
            raise forms.ValidationError(_("Kies hooguit vijf lengtes."))
        if not all(_SHORTEST <= one <= _LONGEST for one in found):
            raise forms.ValidationError(_("Kies 10 tot en met 480 minuten."))
        return ",".join(map(str, found))

    @property
    def columns(self) -> dict[str, Any]:
        """What a valid form says, as it is kept."""
        said = dict(self.cleaned_data)
        # Hours are what one reads; what was kept to the minute stays so until it is changed.
        kept = -(-self.terms.notice // HOUR) == said["notice"]
        return {**said, "notice": self.terms.notice if kept else said["notice"] * HOUR}


class TripForm(forms.Form):
    """Between two places, so many minutes."""

    from_place = forms.CharField(required=False, max_length=60)
    to_place = forms.CharField(max_length=60, error_messages={"required": _("Kies een plaats.")})
    minutes = _number(1, hours_trips.LONGEST)

    def __init__(self, towns: Sequence[str], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.towns = towns

    def clean(self) -> dict[str, Any]:
        """Take only two different places that there are."""
        data: dict[str, Any] = self.cleaned_data
        for name in ("from_place", "to_place"):
            if data.get(name) and data[name] not in self.towns:
                self.add_error(name, _("Deze plaats kennen we niet. Kies uit de lijst."))
        if not self.errors and data["from_place"] == data["to_place"]:
            self.add_error("to_place", _("Kies twee verschillende plaatsen."))
        return data
