"""Who is under 16: the operator chooses one of three ways, and in each a birth year is let go."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from kleinverzet.accounts import age, guardians
from kleinverzet.accounts.models import Guardianship, Person
from kleinverzet.me import circle
from kleinverzet.vault import erased
from kleinverzet.vault.models import Key, Letter, Session, Slot
from tests.accounts import door
from tests.accounts.door import NAME, SIGN_UP, browser, sign_up
from tests.owners import make_owner

pytestmark = pytest.mark.django_db

Operate = Callable[..., None]
GUARDIAN = "tante.toffee@example.org"
WAITING = "/wachten/"


def years_ago(number: int) -> str:
    return str(timezone.localdate().year - number)


def ask(**fields: str) -> Any:
    """Let somebody of fourteen sign up, with the address of a guardian."""
    whole = {"birth_year": years_ago(14), "guardian_email": GUARDIAN, **fields}
    return sign_up(browser(), **whole)


def link() -> str:
    return door.link_in(door.let_mails_go()[-1])


@given(
    birthday=st.dates(min_value=date(1930, 1, 1), max_value=date(2026, 1, 1)),
    today=st.dates(min_value=date(2026, 1, 1), max_value=date(2060, 12, 31)),
)
def test_nobody_who_is_still_under_sixteen_counts_as_older(birthday: date, today: date) -> None:
    had = (today.month, today.day) >= (birthday.month, birthday.day)
    years = today.year - birthday.year - (not had)
    if years < age.FROM:
        assert age.may_be_younger(birthday.year, today)
    if years > age.FROM:
        assert not age.may_be_younger(birthday.year, today)


@pytest.mark.parametrize("years", [3, 14, 16])
def test_off_who_may_be_under_sixteen_gets_no_account_and_a_kind_word(years: int) -> None:
    answer = sign_up(browser(), birth_year=years_ago(years))
    assert answer.status_code == 422
    assert "Een account kan hier vanaf 16 jaar" in door.text(answer)
    assert 'href="/cirkel/">Begin de cirkel' in door.text(answer)
    assert not Person.objects.exists()


def test_off_who_is_surely_sixteen_gets_one() -> None:
    assert sign_up(browser(), birth_year=years_ago(17)).status_code == 302


@pytest.mark.parametrize("year", ["", "85", "vroeger", "1899", "3000"])
def test_a_year_that_is_none_is_said(year: str) -> None:
    answer = sign_up(browser(), birth_year=year)
    assert answer.status_code == 422
    assert "Vul een jaar in, met vier cijfers." in door.text(answer)


def test_service_asks_for_no_year(operated: Operate) -> None:
    operated(young="service")
    client = browser()
    assert "birth_year" not in door.text(client.get(SIGN_UP))
    assert sign_up(client, birth_year=years_ago(12)).status_code == 302
    assert door.is_open(client)


def test_guardian_lets_who_is_sixteen_in_without_asking_anyone(operated: Operate) -> None:
    operated(young="guardian")
    client = browser()
    answer = sign_up(client, birth_year=years_ago(17), guardian_email=GUARDIAN)
    assert answer["Location"] == door.CODE
    assert not Guardianship.objects.exists()
    assert GUARDIAN not in "".join(door.every_text())


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"guardian_email": ""}, "Vul het e-mailadres van je ouder of voogd in."),
        ({"guardian_email": "mama"}, "Dit lijkt geen e-mailadres."),
        ({"email": GUARDIAN.upper()}, "Dit is je eigen adres."),
    ],
)
def test_guardian_asks_a_young_person_for_an_address(
    operated: Operate, fields: dict[str, str], said: str
) -> None:
    operated(young="guardian")
    answer = ask(**fields)
    assert answer.status_code == 422
    assert said in door.text(answer)
    assert not Person.objects.exists()


def test_a_young_account_waits_and_its_owner_sees_why(operated: Operate) -> None:
    operated(young="guardian")
    client = browser()
    answer = client.post(
        SIGN_UP,
        {
            "username": NAME,
            "password1": door.PASSPHRASE,
            "birth_year": years_ago(14),
            "guardian_email": GUARDIAN,
        },
    )
    assert answer["Location"] == WAITING
    assert "Nog even wachten" in door.text(client.get(WAITING))
    assert not door.is_signed_in(client)
    assert not Session.objects.exists()


def test_until_then_signing_in_leads_to_the_same_page(operated: Operate) -> None:
    operated(young="guardian")
    ask()
    client = browser()
    assert door.sign_in(client)["Location"] == WAITING
    assert not door.is_signed_in(client)
    assert not Session.objects.exists()
    assert NAME not in door.sessions()


def test_until_then_nothing_is_kept_in_it_either(operated: Operate) -> None:
    operated(young="guardian")
    carried = {"carried": circle.carry(circle.Visit()), "once": str(uuid4())}
    fields = {"username": NAME, "password1": door.PASSPHRASE, "guardian_email": GUARDIAN}
    young = {**fields, **carried, "birth_year": years_ago(14)}
    assert browser().post(reverse("me:keep_new"), young)["Location"] == WAITING
    known = {"login": NAME, "password": door.PASSPHRASE, **carried}
    assert browser().post(reverse("me:keep_known"), known)["Location"] == WAITING
    assert not Letter.objects.exists()
    grown = {**fields, **carried, "username": "Otto Oever", "birth_year": "1985"}
    browser().post(reverse("me:keep_new"), grown)
    assert Letter.objects.get().person_id == Person.objects.get(name="Otto Oever").pk


def test_only_who_knows_the_passphrase_learns_that_an_account_waits(operated: Operate) -> None:
    operated(young="guardian")
    ask()
    assert door.sign_in(browser(), NAME, door.WRONG).status_code == 422


def test_the_mail_tells_a_guardian_what_it_is_and_nothing_of_the_young_person(
    operated: Operate,
) -> None:
    operated(young="guardian")
    ask()
    (sent,) = door.let_mails_go()
    assert sent.to == [GUARDIAN]
    assert sent.subject == "Een vraag aan jou als ouder of voogd"
    assert "Jij krijgt geen toegang" in sent.body
    assert NAME not in sent.subject + sent.body


def test_the_page_promises_a_guardian_no_way_in_and_names_nobody(operated: Operate) -> None:
    operated(young="guardian")
    ask()
    page = door.text(browser().get(link()))
    assert "Jij krijgt geen toegang, ook later niet." in page
    assert NAME not in page


def test_opening_the_link_changes_nothing(operated: Operate) -> None:
    operated(young="guardian")
    ask()
    path = link()
    for _ in range(2):
        assert browser().get(path).status_code == 200
    assert guardians.is_waiting(Person.objects.get())


def test_a_yes_lets_the_young_person_in_and_forgets_the_address(operated: Operate) -> None:
    operated(young="guardian")
    ask()
    path = link()
    assert "Dank je wel" in door.text(browser().post(path, {"answer": "yes"}))
    client = browser()
    assert door.sign_in(client)["Location"] == door.CODE
    assert door.is_open(client)
    assert GUARDIAN not in "".join(door.every_text())
    assert browser().get(path).status_code == 410


def test_a_no_erases_the_account(operated: Operate) -> None:
    operated(young="guardian")
    ask()
    person, path = Person.objects.get(), link()
    assert "Alles is gewist" in door.text(browser().post(path, {"answer": "no"}))
    for model in (Person, Guardianship, Slot, Key):
        assert not model._default_manager.exists()
    assert erased.is_noted(person.pk)
    assert browser().post(path, {"answer": "yes"}).status_code == 410


@pytest.mark.parametrize("answer", ["", "maybe"])
def test_any_other_answer_asks_again(operated: Operate, answer: str) -> None:
    operated(young="guardian")
    ask()
    page = browser().post(link(), {"answer": answer})
    assert "Mag je kind hier iets bewaren?" in door.text(page)
    assert guardians.is_waiting(Person.objects.get())


@pytest.mark.parametrize("token", ["abc", "x" * 43])
def test_a_link_that_is_none_says_so(token: str) -> None:
    make_owner()
    for answer in (browser().get(f"/ouder/{token}/"), browser().post(f"/ouder/{token}/")):
        assert answer.status_code == 410
        assert "Deze link werkt niet meer" in door.text(answer)


def test_the_link_is_kept_only_as_a_hash(operated: Operate) -> None:
    operated(young="guardian")
    ask()
    token = link().split("/")[-2]
    assert token not in "".join(door.every_text())


def test_the_mail_is_in_the_language_of_the_young_person(operated: Operate) -> None:
    operated(young="guardian")
    ask()
    Person.objects.update(language="en")
    with translation.override("nl"):
        assert link().startswith("/en/")


def test_signing_in_writes_again_once_a_day_and_the_older_link_ends(operated: Operate) -> None:
    operated(young="guardian")
    ask()
    first = link()
    door.sign_in(browser())
    assert len(door.let_mails_go()) == 1
    Guardianship.objects.update(asked_at=timezone.now() - timedelta(days=2))
    for _ in range(2):
        door.sign_in(browser())
    assert len(door.let_mails_go()) == 2
    assert browser().get(first).status_code == 410
    assert browser().get(link()).status_code == 200


def test_nobody_is_buried_under_mails(operated: Operate) -> None:
    operated(young="guardian")
    answers = [ask(username=f"Pippa {n}") for n in range(6)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [422]
    assert "Dat ging te snel achter elkaar." in door.text(answers[-1])
    assert len(door.let_mails_go()) == 5


def test_after_fourteen_days_without_an_answer_everything_goes(operated: Operate) -> None:
    operated(young="guardian")
    ask()
    make_owner("Otto Oever")
    now = timezone.now()
    assert guardians.forget_unconfirmed(now + timedelta(days=13, hours=23)) == 0
    assert guardians.forget_unconfirmed(now + timedelta(days=14, minutes=1)) == 1
    assert [person.name for person in Person.objects.all()] == ["Otto Oever"]
    assert not Slot.objects.exclude(person__name="Otto Oever").exists()


def test_who_was_confirmed_is_never_forgotten_so(operated: Operate) -> None:
    operated(young="guardian")
    ask()
    browser().post(link(), {"answer": "yes"})
    assert guardians.forget_unconfirmed(timezone.now() + timedelta(days=400)) == 0
    assert Person.objects.exists()


def test_a_confirmation_at_the_last_moment_wins(
    operated: Operate, monkeypatch: pytest.MonkeyPatch
) -> None:
    operated(young="guardian")
    ask()
    token = link().split("/")[-2]
    erase = guardians._erase

    def confirm_first(row: Guardianship) -> bool:
        guardians.confirm(token)
        return erase(row)

    monkeypatch.setattr(guardians, "_erase", confirm_first)
    assert guardians.forget_unconfirmed(timezone.now() + timedelta(days=15)) == 0
    assert Person.objects.exists()


@pytest.mark.parametrize("young", ["off", "guardian"])
def test_the_birth_year_is_kept_nowhere(operated: Operate, young: str) -> None:
    operated(young=young)
    year = "1973" if young == "off" else years_ago(13)
    before = set(door.every_text())  # the site's pages name years too
    sign_up(browser(), birth_year=year, guardian_email=GUARDIAN)
    door.let_mails_go()
    said = [*door.every_text(), *(sent.body for sent in mail.outbox)]
    assert Person.objects.exists()
    new = [words for words in said if words not in before]
    assert new
    assert not [words for words in new if re.search(rf"\b{year}\b", words)]
