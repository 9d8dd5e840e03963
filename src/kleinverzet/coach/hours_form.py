"""The form for the hours of one day: rows of a time, ways to talk and towns.

An empty row counts for nothing, a row that is ticked away neither; so rows come and go without a
script. What cannot be kept comes back as it was typed, with the reason at its own row.
"""

from collections.abc import Iterator, Sequence
from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kleinverzet.coach.hours import MIDNIGHT, Span, Spans
from kleinverzet.coach.models import Mode

MOST = 12
_NO_TIME = {"invalid": _("Schrijf de tijd zo: 15:30.")}
_NO_TOWN = {
    "invalid_choice": _("Deze plaats kennen we niet. Kies uit de lijst."),
    "invalid_list": _("Deze plaats kennen we niet. Kies uit de lijst."),
}
_NO_MODE = {
    "invalid_choice": _("Kies hoe jullie elkaar spreken."),
    "invalid_list": _("Kies hoe jullie elkaar spreken."),
}


class Row(forms.Form):
    """One row. Valid without times too: then it counts for nothing."""

    starts = forms.TimeField(required=False, error_messages=_NO_TIME)
    ends = forms.TimeField(required=False, error_messages=_NO_TIME)
    modes = forms.MultipleChoiceField(required=False, choices=Mode.choices, error_messages=_NO_MODE)
    places = forms.MultipleChoiceField(required=False, error_messages=_NO_TOWN)
    gone = forms.BooleanField(required=False)

    def __init__(self, towns: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.towns = towns
        field: Any = self.fields["places"]
        field.choices = [(town, town) for town in towns]

    def clean(self) -> dict[str, Any]:
        """Check what the fields say together."""
        data: dict[str, Any] = self.cleaned_data
        if data.get("gone"):
            self._errors = forms.utils.ErrorDict()
            return data
        starts, ends = data.get("starts"), data.get("ends")
        if starts is None and ends is None:
            return data
        if starts is None and "starts" not in self.errors:
            self.add_error("starts", _("Vul in vanaf hoe laat."))
        elif ends is None and "ends" not in self.errors:
            self.add_error("ends", _("Vul in tot hoe laat."))
        elif starts is not None and ends is not None and minutes(starts) >= _until(ends):
            self.add_error("ends", _("Dit is niet later dan het begin."))
        if not data.get("modes") and "modes" not in self.errors:
            self.add_error("modes", _("Kies hoe jullie elkaar spreken."))
        return data

    @property
    def span(self) -> Span | None:
        """What a valid row says; None where it counts for nothing."""
        data = self.cleaned_data
        if data.get("gone") or data.get("starts") is None:
            return None
        modes = tuple(mode for mode in Mode.values if mode in data["modes"])
        places = tuple(town for town in self.towns if town in data["places"])
        if Mode.HOME not in modes:
            places = ()
        return Span(minutes(data["starts"]), _until(data["ends"]), modes, places)

    @property
    def ticked(self) -> list[str]:
        """The ways that are ticked."""
        return list(self["modes"].value() or [])

    @property
    def chosen(self) -> list[str]:
        """The towns that are ticked."""
        return list(self["places"].value() or [])


class Rows:
    """All rows of a day."""

    def __init__(self, towns: Sequence[str], spans: Spans = (), data: Any = None) -> None:
        self.towns = towns
        if data is None:
            self.rows = [self._row(n, initial=_told(one)) for n, one in enumerate(spans)]
            if not spans:
                self.add()
        else:
            said = data.get("rows", "")
            count = min(int(said), MOST) if said.isascii() and said.isdecimal() else 0
            self.rows = [self._row(n, data=data) for n in range(count)]

    def __iter__(self) -> Iterator[Row]:
        """Give the rows."""
        return iter(self.rows)

    def __len__(self) -> int:
        """Give how many rows there are."""
        return len(self.rows)

    @property
    def is_full(self) -> bool:
        """Whether no more can be added."""
        return len(self.rows) >= MOST

    def add(self) -> None:
        """Put an empty row below, with the ways of the one above it."""
        if not self.is_full:
            modes = self.rows[-1].ticked if self.rows else Mode.values
            self.rows.append(self._row(len(self.rows), initial={"modes": modes}))

    def is_valid(self) -> bool:
        """Check every row by itself, and then whether two rows stand in each other's way."""
        checked = [row.is_valid() for row in self.rows]  # every one, so that each tells its fault
        if not all(checked):
            return False
        told = [(row, row.span) for row in self.rows]
        for n, (row, span) in enumerate(told):
            if span and any(other and _overlap(span, other) for _row, other in told[:n]):
                row.add_error(
                    "starts", _("Op die tijd staat er al een rij voor dezelfde manier van praten.")
                )
        return not any(row.errors for row in self.rows)

    @property
    def spans(self) -> list[Span]:
        """What valid rows say, in the order of the day."""
        found = [row.span for row in self.rows]
        return sorted((one for one in found if one), key=lambda s: (s.starts, s.ends))

    def _row(self, n: int, **kwargs: Any) -> Row:
        return Row(self.towns, prefix=f"row-{n}", **kwargs)


def minutes(clock: time) -> int:
    """Give the minutes after midnight."""
    return clock.hour * 60 + clock.minute


def clock(minute: int) -> str:
    """Write minutes after midnight as a field for times does; the end of a day is 00:00."""
    return f"{minute // 60 % 24:02}:{minute % 60:02}"


def _until(clock: time) -> int:
    return minutes(clock) or MIDNIGHT


def _told(span: Span) -> dict[str, Any]:
    return {
        "starts": clock(span.starts),
        "ends": clock(span.ends),
        "modes": list(span.modes),
        "places": list(span.places),
    }


def _overlap(one: Span, other: Span) -> bool:
    """Say whether two rows offer the same way at the same time, for a town that both have."""
    if one.starts >= other.ends or other.starts >= one.ends:
        return False
    shared = set(one.modes) & set(other.modes)
    if shared != {Mode.HOME} or not (one.places and other.places):
        return bool(shared)
    return bool(set(one.places) & set(other.places))
