"""The forms of nudges: when and how one comes, and how somebody wants all of them."""

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from kleinverzet.me import rhythm
from kleinverzet.me.forms import Pick
from kleinverzet.me.models import Nudge, Rhythm
from kleinverzet.me.moment import WhenForm, is_evening_left
from kleinverzet.ui import chips
from kleinverzet.ui.chips import Chip

CHANNELS = {
    Nudge.Channel.MAIL: _("Met een mail"),
    Nudge.Channel.FEED: _("Zonder mail, alleen hier en in mijn agenda"),
}
# Where most readers are; every other zone comes after these, by its own name.
NEAR = {
    "Europe/Amsterdam": _("Nederland"),
    "Europe/Brussels": _("België"),
    "America/Paramaribo": "Suriname",
    "America/Aruba": "Aruba",
    "America/Curacao": "Curaçao",
    "America/Lower_Princes": "Sint Maarten",
    "America/Kralendijk": _("Bonaire, Sint Eustatius en Saba"),
}
_NO_TIME = {"invalid": _("Schrijf de tijd zo: 15:30."), "required": _("Vul een tijd in.")}


class NudgeForm(WhenForm):
    """A moment, and whether it comes by mail."""

    channel = Pick(list(CHANNELS.items()))

    def __init__(self, data: Any = None, *, zone: ZoneInfo, usual: str, may_mail: bool) -> None:
        super().__init__(data, zone=zone)
        self.usual = usual
        if not may_mail:
            channel: Any = self.fields["channel"]
            channel.choices = [one for one in channel.choices if one[0] != Nudge.Channel.MAIL]

    def clean_channel(self) -> str:
        """Take the usual way where none was picked."""
        return self.cleaned_data["channel"] or self.usual

    def drawn(self) -> dict[str, SafeString]:
        """Give the chips of both questions; tonight only while it still lies ahead."""
        moments = self._chips("moment")
        if not is_evening_left(timezone.now(), self.zone):
            moments = [chip for chip in moments if chip.code != "evening"]
        moment = str(self["moment"].value() or moments[0].code)
        channel = str(self["channel"].value() or self.usual)
        return {
            "moments": chips.draw("radio", "moment", moments, {moment}),
            "channels": chips.draw("radio", "channel", self._chips("channel"), {channel}),
        }

    def _chips(self, name: str) -> list[Chip]:
        field: Any = self.fields[name]
        return [Chip(str(code), str(text)) for code, text in field.choices]


class RhythmForm(forms.Form):
    """Mail or not, when not, on which clock, and the question of the month."""

    by_mail = forms.BooleanField(required=False)
    quiet_from = forms.TimeField(error_messages=_NO_TIME)
    quiet_until = forms.TimeField(error_messages=_NO_TIME)
    zone = forms.CharField(max_length=40)
    monthly = forms.BooleanField(required=False)

    def __init__(self, kept: Rhythm, data: Any = None) -> None:
        initial = {name: getattr(kept, name) for name in self.base_fields}
        super().__init__(data, initial=initial)

    def clean_zone(self) -> str:
        """Take only a zone that there is."""
        zone: str = self.cleaned_data["zone"]
        if zone not in rhythm.zones():
            raise forms.ValidationError(_("Kies een tijdzone uit de lijst."), code="unknown")
        return zone

    @property
    def near(self) -> list[tuple[str, str]]:
        """The zones of the short list, with their names."""
        return [(zone, str(name)) for zone, name in NEAR.items()]

    @property
    def far(self) -> list[str]:
        """Every other zone."""
        return sorted(rhythm.zones() - NEAR.keys())
