"""What somebody is asked afterwards, on their own pages and from the link in a nudge alike."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from kleinverzet.me import wording
from kleinverzet.me.forms import Pick, Words
from kleinverzet.me.ladder import Outcome
from kleinverzet.me.story import CheckIn
from kleinverzet.ui import chips
from kleinverzet.ui.chips import Chip

OUTCOMES = {
    Outcome.DID: _("Gedaan"),
    Outcome.PARTLY: _("Deels"),
    Outcome.NOT_YET: _("Nog niet"),
    Outcome.NO_CHANCE: _("Geen kans gehad"),
    Outcome.CHOSE_NOT: _("Zelf gekozen om het niet te doen"),
    Outcome.UNSAFE: _("Het voelde niet veilig"),
}


class CheckInForm(forms.Form):
    """What happened, how strong it is now, and what somebody noticed.

    Only what happened has to be said: without it there is nothing to keep.
    """

    outcome = Pick([(one.value, text) for one, text in OUTCOMES.items()])
    tension = Pick([(str(n), name) for n, (name, _line) in wording.TENSIONS.items()])
    noticed = Words(500)

    def clean_outcome(self) -> Outcome:
        """Ask for one of the answers in the tone of the page."""
        said: str = self.cleaned_data["outcome"]
        if not said:
            raise forms.ValidationError(_("Kies wat er het dichtst bij komt."), code="missing")
        return Outcome(said)

    def clean_tension(self) -> int:
        """Give the tension as a number; 0 where it was left open."""
        return int(self.cleaned_data["tension"] or 0)

    def check_in(self, now: datetime) -> CheckIn:
        """Give what a valid form says, as it is kept."""
        data = self.cleaned_data
        return CheckIn(now, data["outcome"], data["tension"], data["noticed"])

    def drawn(self) -> dict[str, SafeString]:
        """Give the chips of both questions: `outcomes` and `tensions`."""
        return {
            "outcomes": self._chips("outcome"),
            "tensions": self._chips("tension"),
        }

    def _chips(self, name: str) -> SafeString:
        field: Any = self.fields[name]
        found = [Chip(str(code), str(text)) for code, text in field.choices]
        return chips.draw("radio", name, found, {str(self[name].value() or "")})
