"""What each page of the circle shows beside its form, ready to be put on paper.

Templates decide nothing: which chips there are, which are filled, and which words go into the rings
is settled here.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from kleinverzet.catalogue.shapes import Value, ValueWords
from kleinverzet.catalogue.shelves import Catalogue
from kleinverzet.me import rings, sentence, shortlist, wording
from kleinverzet.me.choice import Reason
from kleinverzet.me.circle import NONE, Answers, Step, Visit
from kleinverzet.me.forms import ActForm, StepForm
from kleinverzet.me.moment import MomentForm, default_title, is_evening_left
from kleinverzet.ui import chips
from kleinverzet.ui.chips import Chip


@dataclass(frozen=True, slots=True)
class Group:
    """Values that belong together, under a name."""

    name: str
    chips: SafeString


def context_of(visit: Visit, form: StepForm, catalogue: Catalogue) -> dict[str, Any]:
    """Give what a step's template needs beside the form and the answers."""
    shared = {"sofar": tuple(_so_far(visit.answers, catalogue))}
    return shared | _CONTEXTS[visit.step](visit, form, catalogue)


def sentence_of(visit: Visit, catalogue: Catalogue) -> sentence.Sentence:
    """Give the if-then sentence as it stands."""
    return sentence.compose(visit.answers, catalogue.acts.get(visit.answers.act))


def moments_of(form: MomentForm, now: datetime) -> dict[str, Any]:
    """Give what the calendar part of the card needs; tonight only while it still lies ahead."""
    codes = [code for code, _text in form.fields["moment"].choices]  # type: ignore[attr-defined]
    if not is_evening_left(now):
        codes.remove("evening")
    picked = {form["moment"].value() or codes[0]}
    texts = dict(form.fields["moment"].choices)  # type: ignore[attr-defined]
    found = [Chip(code, str(texts[code])) for code in codes]
    return {
        "moment_form": form,
        "moments": chips.draw("radio", "moment", found, picked),
        "default_title": default_title(),
    }


def _tension(visit: Visit, form: StepForm, catalogue: Catalogue) -> dict[str, Any]:
    return {
        "dial": [
            Chip(str(n), str(name), str(line)) for n, (name, line) in wording.TENSIONS.items()
        ],
        "tension": str(form["tension"].value() or ""),
        "settings": _chips(form, "setting"),
        "pressers": _chips(form, "presser"),
        "pressures": _chips(form, "pressure"),
    }


def _who(visit: Visit, form: StepForm, catalogue: Catalogue) -> dict[str, Any]:
    picked = form["values"].value() or ()
    return {
        "number": 1,
        "question": gettext("Wie ben ik?"),
        "rings": rings.draw(visit, catalogue),
        **values_of(picked, visit.answers.setting, catalogue),
    }


def _situation(visit: Visit, form: StepForm, catalogue: Catalogue) -> dict[str, Any]:
    return {
        "number": 2,
        "question": gettext("Wat voor situatie is dit?"),
        "rings": rings.draw(visit, catalogue),
        "safes": _chips(form, "safe"),
        "helpings": _chips(form, "helps"),
    }


def _act(visit: Visit, form: StepForm, catalogue: Catalogue) -> dict[str, Any]:
    assert isinstance(form, ActForm)
    picked = form["act"].value()
    offers = [
        {
            "id": offer.act.id,
            "reach": offer.reach,
            "kind": str(wording.REACHES[offer.reach]),
            "words": wording.act_words(offer.act),
            "reason": _reason(offer.reason, catalogue),
            "avoid": lower_first(wording.act_words(offer.act).avoid),
            "picked": picked == offer.act.id,
        }
        for offer in form.offers
    ]
    return {"offers": offers, "picked": picked}


def _plan(visit: Visit, form: StepForm, catalogue: Catalogue) -> dict[str, Any]:
    act = catalogue.acts.get(visit.answers.act)
    now = {"when": form["when"].value(), "then": form["then"].value()}
    return {
        "whens": [o for o in sentence.whens(visit.answers) if o.text != now["when"]],
        "thens": [o for o in sentence.thens(visit.answers, act) if o.text != now["then"]],
    }


def _card(visit: Visit, form: StepForm, catalogue: Catalogue) -> dict[str, Any]:
    answers = visit.answers
    values = list(_values(answers, catalogue))
    act = catalogue.acts.get(answers.act)
    return {
        "sentence": sentence_of(visit, catalogue),
        "nothing_now": answers.act == NONE,
        "act_words": wording.act_words(act) if act else None,
        "value_names": ", ".join(words.name for words in values),
        "someone": values[0].someone if values else "",
        "situation": situation_of(answers),
    }


def situation_of(answers: Answers) -> str:
    """Give where it was and how safe, as a person says it."""
    return ", ".join(_situation_words(answers))


def values_of(picked: Collection[str], setting: str, catalogue: Catalogue) -> dict[str, Any]:
    """Give the values to pick from: first those that suit a place or are picked, then the rest."""
    first = shortlist.pick(catalogue, setting)
    extra = [catalogue.values[id_] for id_ in picked if id_ in catalogue.values]
    shown = list(dict.fromkeys([*first, *extra]))
    return {
        "first_values": _value_chips(shown, picked),
        "more_values": [
            Group(str(name), drawn)
            for code, name in wording.GROUPS.items()
            if (drawn := _value_chips(_rest(catalogue, code, shown), picked))
        ],
    }


def lower_first(text: str) -> str:
    """Give a sentence as it reads after a colon; "I" keeps its capital."""
    return text if text.startswith(("I ", "I'", "I’")) else text[:1].lower() + text[1:]


_CONTEXTS: dict[Step, Callable[[Visit, StepForm, Catalogue], dict[str, Any]]] = {
    Step.TENSION: _tension,
    Step.WHO: _who,
    Step.SITUATION: _situation,
    Step.ACT: _act,
    Step.PLAN: _plan,
    Step.CARD: _card,
}


def _chips(form: StepForm, name: str) -> SafeString:
    choices = form.fields[name].choices  # type: ignore[attr-defined]
    found = [Chip(code, str(text)) for code, text in choices]
    return chips.draw("radio", name, found, {form[name].value()})


def _value_chips(values: Iterable[Value], picked: Collection[str]) -> SafeString:
    language = wording.language()
    worded = ((value.id, getattr(value, language)) for value in values)
    found = [Chip(id_, words.name, words.line) for id_, words in worded]
    return chips.draw("checkbox", "values", found, picked)


def _values(answers: Answers, catalogue: Catalogue) -> Iterable[ValueWords]:
    """Give the chosen values' words; a value that has left the catalogue since is passed over."""
    known = (catalogue.values[id_] for id_ in answers.values if id_ in catalogue.values)
    return (wording.value_words(value) for value in known)


def _rest(catalogue: Catalogue, group: str, shown: list[Value]) -> Iterable[Value]:
    seen = {value.id for value in shown}
    return (v for v in catalogue.values.values() if v.group == group and v.id not in seen)


def _reason(reason: Reason, catalogue: Catalogue) -> str:
    value = catalogue.values.get(reason.answer)
    return wording.reason_words(reason, wording.value_words(value).name if value else "")


def _so_far(answers: Answers, catalogue: Catalogue) -> Iterable[str]:
    """Give the answers so far as single words, for the line above a question."""
    if answers.tension:
        yield str(wording.TENSIONS[answers.tension][0]).lower()
    if answers.setting:
        yield str(wording.SETTINGS[answers.setting]).lower()
    yield from (words.name for words in _values(answers, catalogue))


def _situation_words(answers: Answers) -> Iterable[str]:
    if answers.setting:
        yield str(wording.SITUATION_SETTINGS[answers.setting])
    if answers.safe:
        yield str(wording.SITUATION_SAFE[answers.safe])
