"""The forms by which a coach connects a calendar."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kleinverzet.coach import calendar_faults, ics_calendars, whereabouts
from kleinverzet.coach.calendar_account import Account
from kleinverzet.coach.calendar_faults import Failed
from kleinverzet.coach.calendars import Found

LONGEST = 2000
NOWHERE = ""
_TOO_LONG = {"max_length": _("Dit is te lang.")}


class AddressForm(forms.Form):
    """An address that we speak to."""

    address = forms.CharField(
        max_length=LONGEST,
        error_messages={"required": _("Vul het adres in."), **_TOO_LONG},
    )

    def clean_address(self) -> str:
        """Take what begins with http:// or https://; a bare name is meant with https."""
        said: str = self.cleaned_data["address"].strip()
        address = ics_calendars.plain(said if "://" in said else f"https://{said}")
        try:
            whereabouts.named(address)
        except Failed as failed:
            raise forms.ValidationError(
                str(calendar_faults.WORDS[failed.fault]), code="wrong"
            ) from None
        return address


class ServerForm(AddressForm):
    """A server with calendars, and what opens it."""

    name = forms.CharField(max_length=200, required=False, strip=False, error_messages=_TOO_LONG)
    password = forms.CharField(
        max_length=500, required=False, strip=False, error_messages=_TOO_LONG
    )
    in_the_open = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        """Ask once more before a password goes where others can read it."""
        data = super().clean() or {}
        if data.get("address") and self.is_open_air and not data.get("in_the_open"):
            self.add_error("in_the_open", _("Vink dit aan, of gebruik een adres met https://."))
        return data

    @property
    def is_open_air(self) -> bool:
        """Whether others on the way could read the password."""
        address = self.cleaned_data.get("address") if self.is_bound else ""
        return bool(address) and whereabouts.named(str(address)).is_open_air

    @property
    def account(self) -> Account:
        """What was filled in."""
        data = self.cleaned_data
        return Account(data["address"], data["name"], data["password"])


class FeedForm(AddressForm):
    """A feed, and what its coach calls it."""

    prefix = "feed"
    name = forms.CharField(max_length=60, required=False, error_messages=_TOO_LONG)


class ChoiceForm(forms.Form):
    """Which of the calendars that were found count, and in which appointments are put."""

    read = forms.MultipleChoiceField(
        error_messages={
            "required": _("Kies welke agenda’s meetellen."),
            "invalid_choice": _("Deze agenda is er niet meer. Zoek opnieuw."),
        }
    )
    write = forms.ChoiceField(
        required=False, error_messages={"invalid_choice": _("Daar kunnen we niet in schrijven.")}
    )

    def __init__(self, found: Sequence[Found], data: Any = None) -> None:
        super().__init__(data)
        self.found = found
        places = [(str(place), one.name) for place, one in enumerate(found)]
        self.fields["read"].choices = places  # type: ignore[attr-defined]
        writable = [one for one in places if found[int(one[0])].is_writable]
        self.fields["write"].choices = [(NOWHERE, ""), *writable]  # type: ignore[attr-defined]

    @property
    def read_places(self) -> set[int]:
        """The places of those that count; the one that is written in counts too."""
        written = set() if self.written is None else {self.written}
        return {int(place) for place in self.cleaned_data["read"]} | written

    @property
    def written(self) -> int | None:
        """The place of the one that is written in."""
        place: str = self.cleaned_data["write"]
        return int(place) if place else None

    @property
    def rows(self) -> list[tuple[str, Found, bool]]:
        """Each with its place, and whether it was picked."""
        picked = self["read"].value() or ([] if self.is_bound else ["0"])
        return [(str(n), one, str(n) in picked) for n, one in enumerate(self.found)]

    @property
    def writable(self) -> list[tuple[str, Found, bool]]:
        """Those that can be written in, likewise."""
        rows = [(str(n), one) for n, one in enumerate(self.found) if one.is_writable]
        usual = rows[0][0] if rows and not self.is_bound else NOWHERE
        picked = self["write"].value() or usual
        return [(place, one, place == picked) for place, one in rows]

    @property
    def is_nowhere(self) -> bool:
        """Whether appointments are put in none of them."""
        return not any(is_picked for _place, _one, is_picked in self.writable)
