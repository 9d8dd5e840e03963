"""Appointing a coach: by the command and in the house, and letting them take no more."""

from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser

from kleinverzet.accounts.models import Person
from kleinverzet.coach import coaches, offers
from kleinverzet.coach.models import Coach, Kind, Terms, Window
from tests import commands
from tests.cast import PIPPA
from tests.coach.cast import make_coach
from tests.owners import Owner, make_owner

COACHES = """
from kleinverzet.coach.models import Coach
print(json.dumps([[one.name, one.takes] for one in Coach.objects.all()]))
"""
NO_VAULT = """
from kleinverzet.accounts.models import Person
Person.objects.create(name="Noor Nevel")
"""


@pytest.mark.django_db
def test_who_is_appointed_begins_on_the_usual_terms_and_without_hours() -> None:
    owner = make_owner()
    coach = coaches.appoint(owner.person, "Pippa van de praktijk")
    assert (coach.name, coach.takes) == ("Pippa van de praktijk", True)
    found = {one.kind: one for one in coach.terms.all()}
    assert {kind: one.durations for kind, one in found.items()} == {
        Kind.INTAKE: "60",
        Kind.FOLLOW_UP: "45,60",
        Kind.TEAM_TALK: "60",
    }
    intake = found[Kind.INTAKE]
    assert (intake.step, intake.after, intake.notice) == (30, 15, 24 * 60)
    assert (intake.horizon, intake.most_a_day, intake.is_open) == (60, 4, True)
    assert not Window.objects.exists()


@pytest.mark.django_db
def test_without_a_name_visitors_read_the_name_of_the_account() -> None:
    assert coaches.appoint(make_owner().person).name == "Pippa Pluis"


@pytest.mark.django_db
def test_being_appointed_again_keeps_hours_terms_and_name() -> None:
    owner = make_owner()
    coach = make_coach(owner, "Cora Kade")
    Terms.objects.filter(coach=coach, kind=Kind.INTAKE).update(step=15)
    coaches.dismiss(owner.person)
    again = coaches.appoint(owner.person)
    assert (again.pk, again.name, again.takes) == (coach.pk, "Cora Kade", True)
    assert again.terms.get(kind=Kind.INTAKE).step == 15
    assert again.windows.count() == 15


@pytest.mark.django_db
def test_who_has_no_vault_cannot_be_appointed() -> None:
    person = Person.objects.create(name="Noor Nevel")
    with pytest.raises(coaches.NoVault):
        coaches.appoint(person)
    assert not Coach.objects.exists()


def test_who_is_dismissed_takes_no_more_and_keeps_their_day(owner: Owner, coach: Coach) -> None:
    assert coaches.dismiss(owner.person)
    coach.refresh_from_db()
    assert not coach.takes
    assert offers.is_coach(owner.person)


@pytest.mark.django_db
def test_nobody_else_is_a_coach() -> None:
    assert not offers.is_coach(make_owner().person)
    assert not offers.is_coach(AnonymousUser())
    assert not coaches.dismiss(make_owner("Otto Oever").person)


@pytest.mark.slow
def test_the_command_appoints_dismisses_and_says_what_to_do(tmp_path: Path) -> None:
    data = tmp_path / "data"
    commands.live(data)
    answer = commands.run("coach", PIPPA.name.upper(), "--name", "  Pippa   P. ", data=data)
    assert (answer.code, answer.complained) == (0, "")
    assert "Pippa P." in answer.said
    assert "/coach/uren/" in answer.said
    assert commands.script(COACHES, data) == [["Pippa P.", True]]
    answer = commands.run("coach", PIPPA.name, "--remove", data=data)
    assert "no new appointments" in answer.said
    assert commands.script(COACHES, data) == [["Pippa P.", False]]
    assert "sign up first" in commands.run("coach", "Niemand Nergens", data=data).refusal
    assert "too long" in commands.run("coach", PIPPA.name, "--name", "x" * 61, data=data).refusal
    commands.script(NO_VAULT, data)
    assert "no vault yet" in commands.run("coach", "Noor Nevel", data=data).refusal
    assert "no coach here" in commands.run("coach", "Noor Nevel", "--remove", data=data).refusal
