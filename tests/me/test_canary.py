"""Nothing that somebody wrote lies readable in any file of the data folder, once they signed out.

The same way is walked twice: as the program is, when no canary may be found; and with encryption
switched off from outside, when every one that is kept must be, or the search would prove nothing.
"""

import importlib
import pkgutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django import forms

import kleinverzet
from tests import canaries, prepared, running
from tests.canaries import Canary
from tests.me.journey import ADDRESS, KEPT, NAME, PASSING, Journey
from tests.running import ROOT

UNSEALED = ROOT / "tests" / "unsealed"

# Texts that may lie readable, and why: the program needs them while nobody is there, and says so
# where they are asked for.
READABLE = {
    "accounts.forms.SignupForm.username": "one signs in with it; it need not be one's real name",
    "accounts.forms.CodeForm.name": "the same name",
    "me.takeout_pages.NameForm.name": "the same name, typed as a sign that it is meant",
    "accounts.forms.SignupForm.email": "mails are sent to it while the vault is shut",
    "accounts.address_pages.AddressForm.email": "the same address",
    "accounts.forms.AskResetForm.email": "the same address",
    "accounts.factor_forms.NewPasskeyForm.name": "shown at signing in, before the vault is open",
    "accounts.factor_forms.PasskeyNameForm.name": "the same name of a passkey",
    "me.nudges_form.RhythmForm.zone": "one of a list, to send nudges at the right hour",
    "coach.plan_form.WhoForm.zone": "one of a list, to tell times by somebody's own clock",
    "coach.waiting_form.WaitForm.zone": "the same",
    "coach.hours_terms_form.OwnForm.name": "the coach's name, which visitors read on the site",
    "coach.hours_terms_form.KindForm.durations": "numbers, which visitors read on the site",
    "coach.hours_terms_form.TripForm.from_place": "a town of the site",
    "coach.hours_terms_form.TripForm.to_place": "a town of the site",
    "coach.calendars_form.FeedForm.name": "what a coach calls a calendar",
    "coach.calendars_form.ServerForm.name": "the name at a calendar's server; sealed all the same",
}
# Texts that this journey does not type, and why it need not.
SEALED_MESSAGE = "a message; tests/world/test_messages_kept.py looks for its words"
SEALED_VISITOR = "tests/coach/test_words_sealed.py and test_waiting_list.py look for it"
SEALED_CALENDAR = "a coach's calendar; tests/coach/test_calendar_pages.py looks for it"
ALIKE = {
    "accounts.forms.CodeForm.code": "a recovery code, which is a canary where it is made",
    "accounts.forms.CodeForm.password1": "a passphrase, set by the same code as at sign-up",
    "accounts.forms.ResetForm.code": "a recovery code",
    "accounts.forms.ResetForm.password1": "a passphrase",
    "accounts.forms.ResetForm.password2": "a passphrase",
    "accounts.factor_forms.AppForm.code": "six figures that count for half a minute",
    "accounts.factor_forms.CodeForm.code": "the same, or a spare code, which the program made",
    "accounts.factor_forms.NewPasskeyForm.credential": "made by the browser, and no words",
    "accounts.factor_forms.PasskeyForm.credential": "made by the browser, and no words",
    "me.keeping.KeepForm.carried": "the circle's answers, signed: all of its canaries",
    "coach.calendars_form.AddressForm.address": SEALED_CALENDAR,
    "coach.calendars_form.FeedForm.address": SEALED_CALENDAR,
    "coach.calendars_form.ServerForm.address": SEALED_CALENDAR,
    "coach.calendars_form.ServerForm.password": SEALED_CALENDAR,
    "coach.plan_form.WhoForm.email": SEALED_VISITOR,
    "coach.plan_form.WhoForm.guardian": SEALED_VISITOR,
    "coach.plan_form.WhoForm.name": SEALED_VISITOR,
    "coach.plan_form.WhoForm.phone": SEALED_VISITOR,
    "coach.plan_form.WhoForm.street": SEALED_VISITOR,
    "coach.waiting_form.WaitForm.email": SEALED_VISITOR,
    "world.contact_forms.AppointmentForm.email": SEALED_MESSAGE,
    "world.contact_forms.AppointmentForm.name": SEALED_MESSAGE,
    "world.contact_forms.AppointmentForm.other_town": SEALED_MESSAGE,
    "world.contact_forms.AppointmentForm.phone": SEALED_MESSAGE,
    "world.contact_forms.AppointmentForm.text": SEALED_MESSAGE,
    "world.contact_forms.AppointmentForm.town": SEALED_MESSAGE,
    "world.contact_forms.ContactForm.email": SEALED_MESSAGE,
    "world.contact_forms.ContactForm.name": SEALED_MESSAGE,
    "world.contact_forms.ContactForm.phone": SEALED_MESSAGE,
    "world.contact_forms.ContactForm.text": SEALED_MESSAGE,
}


@pytest.mark.slow
@pytest.mark.parametrize("is_sealed", [True, False], ids=["as it is", "encryption switched off"])
def test_no_file_holds_a_word_of_what_somebody_wrote(is_sealed: bool, tmp_path: Path) -> None:
    data, notes, passing = (tmp_path / name for name in ("data", "notes", "passing"))
    passing.mkdir()
    path = [str(ROOT / "src")] if is_sealed else [str(UNSEALED), str(ROOT / "src")]
    command = (sys.executable, "-m", "kleinverzet", "start")
    prepared.copy_to(data)
    env = running.surroundings(PYTHONPATH=":".join(path), TMPDIR=str(passing))
    with running.started(command, notes=notes, data=data, env=env, cwd=tmp_path) as program:
        journey = Journey(program, data)
        journey.walk()
        # While it runs, the write-ahead log lies beside the database; afterwards it is taken in.
        found = _found(journey, tmp_path)
        assert program.complained == ""
        program.stop()
    found |= _found(journey, tmp_path)
    kept = {canary.name for canary in journey.canaries.values() if canary.is_kept}
    readable = {"name", "address"}
    assert set(found) == readable if is_sealed else set(found) == readable | kept, found


def test_every_text_that_a_form_takes_is_tried_or_left_out_with_a_reason() -> None:
    assert set(_text_fields()) == {*KEPT, *PASSING, *READABLE, *ALIKE}


def _found(journey: Journey, folder: Path) -> dict[str, str]:
    """Search for everything that was typed, and for what is known to lie readable."""
    readable = [Canary("name", NAME), Canary("address", ADDRESS)]
    everything = [*journey.canaries.values(), *readable]
    return canaries.found_in([folder], everything, skip=folder / "data" / "static")


def _text_fields() -> Iterator[str]:
    """Give every text field of every form of the house."""
    for module in pkgutil.walk_packages(kleinverzet.__path__, "kleinverzet."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    for form in _forms(forms.BaseForm):
        if form.__module__.startswith("kleinverzet."):
            for name, field in form.base_fields.items():  # type: ignore[attr-defined]
                if isinstance(field, forms.CharField) and not isinstance(field, forms.UUIDField):
                    place = form.__module__.removeprefix("kleinverzet.")
                    yield f"{place}.{form.__name__}.{name}"


def _forms(form: type) -> Iterator[type]:
    for one in form.__subclasses__():
        yield one
        yield from _forms(one)
