"""One form a step: what may be answered there, and how it becomes part of the answers.

Every question may be left open. What cannot be understood gets a clear word beside it, and all that
was typed stays where it was.
"""

import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kleinverzet.catalogue.shelves import Catalogue
from kleinverzet.me import choice, sentence, wording
from kleinverzet.me.circle import NONE, OWN, Answers, Step
from kleinverzet.me.ladder import Ladder

MOST_VALUES = 3


class Words(forms.CharField):
    """Somebody's own words: invisible control characters are dropped, everything else is kept."""

    def __init__(self, longest: int) -> None:
        super().__init__(
            required=False,
            max_length=longest,
            error_messages={
                "max_length": _(
                    "Dit is te lang: er passen %(limit_value)d tekens, je hebt er %(show_value)d."
                )
            },
        )

    def to_python(self, value: Any) -> str:
        """Give the words in one spelling of their accents, without what nobody can see."""
        text = unicodedata.normalize("NFC", super().to_python(value) or "").replace("\r\n", "\n")
        return "".join(c for c in text if c == "\n" or unicodedata.category(c) not in {"Cc", "Cs"})


class Pick(forms.ChoiceField):
    """One of the answers on the page, or none."""

    def __init__(self, choices: Any) -> None:
        super().__init__(
            required=False, choices=choices, error_messages={"invalid_choice": _NOT_ONE}
        )


_NOT_ONE = _("Dit antwoord kennen we niet. Kies er een die hier staat, of sla de vraag over.")


class StepForm(forms.Form):
    """What all steps share: made from the answers so far, and giving the changes to them."""

    def __init__(
        self,
        answers: Answers,
        catalogue: Catalogue,
        data: Any = None,
        *,
        ladder: Ladder | None = None,
    ) -> None:
        self.answers = answers
        self.catalogue = catalogue
        self.ladder = ladder
        super().__init__(data, initial=self._initial())

    def _initial(self) -> dict[str, Any]:
        return {name: getattr(self.answers, name, "") for name in self.base_fields}

    def changes(self) -> dict[str, Any]:
        """Give the fields of `Answers` that this step sets, from a valid form."""
        return dict(self.cleaned_data)

    def nothing(self) -> dict[str, Any]:
        """Give the changes of somebody who skips this step."""
        blank = Answers()
        return {name: getattr(blank, name) for name in self.base_fields}


class TensionForm(StepForm):
    """How strong, where, who presses and how."""

    tension = forms.TypedChoiceField(
        required=False,
        coerce=int,
        empty_value=0,  # type: ignore[arg-type]
        choices=[(n, name) for n, (name, _line) in wording.TENSIONS.items()],
        error_messages={"invalid_choice": _NOT_ONE},
    )
    setting = Pick(list(wording.SETTINGS.items()))
    presser = Pick(list(wording.PRESSERS.items()))
    pressure = Pick(list(wording.PRESSURES.items()))


class WhoForm(StepForm):
    """Who am I: at most three values, and the yes behind the no."""

    values = forms.MultipleChoiceField(
        required=False, error_messages={"invalid_choice": _NOT_ONE, "invalid_list": _NOT_ONE}
    )
    yes = Words(140)

    def __init__(
        self, answers: Answers, catalogue: Catalogue, data: Any = None, **known: Any
    ) -> None:
        super().__init__(answers, catalogue, data, **known)
        self.fields["values"].choices = [(id_, id_) for id_ in catalogue.values]  # type: ignore[attr-defined]

    def clean_values(self) -> tuple[str, ...]:
        """Keep the order of the page; more than three is too many to act on."""
        values = tuple(self.cleaned_data["values"])
        if len(values) > MOST_VALUES:
            raise forms.ValidationError(
                _("Kies er hoogstens drie. Welke zijn nu het belangrijkst?"), code="too_many"
            )
        return values


class SituationForm(StepForm):
    """What kind of situation: is it safe, and apart from that, would it help."""

    safe = Pick(list(wording.SAFE.items()))
    helps = Pick(list(wording.HELPS.items()))
    words = Words(500)


class ActForm(StepForm):
    """What somebody like me does here: one of the offers, one's own, or nothing now."""

    act = Pick(())
    own = Words(120)
    beside = Words(60)

    def __init__(
        self, answers: Answers, catalogue: Catalogue, data: Any = None, **known: Any
    ) -> None:
        super().__init__(answers, catalogue, data, **known)
        self.offers = choice.choose(answers, catalogue.acts.values(), ladder=self.ladder)
        ids = [*(offer.act.id for offer in self.offers), OWN, NONE]
        self.fields["act"].choices = [(id_, id_) for id_ in ids]  # type: ignore[attr-defined]

    def changes(self) -> dict[str, Any]:
        """Own words say that it is one's own act; another act begins with its own sentence."""
        changes = super().changes()
        if changes["own"] and not changes["act"]:
            changes["act"] = OWN
        if changes["act"] != self.answers.act or changes["own"] != self.answers.own:
            changes |= {"then": "", "then_cue": ""}
        return changes


class PlanForm(StepForm):
    """The if-then sentence."""

    when = Words(140)
    then = Words(220)

    def __init__(
        self, answers: Answers, catalogue: Catalogue, data: Any = None, **known: Any
    ) -> None:
        self.act = catalogue.acts.get(answers.act)
        super().__init__(answers, catalogue, data, **known)

    def _initial(self) -> dict[str, Any]:
        composed = sentence.compose(self.answers, self.act)
        return {"when": composed.when, "then": composed.then}

    def changes(self) -> dict[str, Any]:
        """Carry what was picked as a code, and what was written as it is."""
        words = {half: _one_line(self.cleaned_data[half]) for half in ("when", "then")}
        return sentence.recognise(**words, answers=self.answers, act=self.act)

    def nothing(self) -> dict[str, Any]:
        """Whoever skips the sentence keeps the one that was proposed."""
        return {"when": "", "when_cue": "", "then": "", "then_cue": ""}


class CardForm(StepForm):
    """The last page asks nothing; it is only left by going back or by beginning again."""


FORMS: dict[Step, type[StepForm]] = {
    Step.TENSION: TensionForm,
    Step.WHO: WhoForm,
    Step.SITUATION: SituationForm,
    Step.ACT: ActForm,
    Step.PLAN: PlanForm,
    Step.CARD: CardForm,
}


def _one_line(text: str) -> str:
    return " ".join(text.split()).rstrip(",")
