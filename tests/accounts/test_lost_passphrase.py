"""Losing one's passphrase: back by the code, or anew by mail; nobody learns who is here."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session as WebSession
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone, translation
from django_tasks_db.models import DBTaskResult

from kleinverzet.accounts.models import Person
from kleinverzet.vault import slots
from tests.accounts import door
from tests.accounts.door import ANOTHER, BY_CODE, LOST, NAME, PASSPHRASE, SET, WRONG, browser
from tests.owners import Owner, make_owner, signed_in

pytestmark = pytest.mark.django_db

NO_CODE = "AAAA BBBB CCCC DDDD EEEE FFFF GGGG HHHH"


def by_code(code: str, name: str = NAME, passphrase: str = ANOTHER) -> Any:
    return browser().post(BY_CODE, {"name": name, "code": code, "password1": passphrase})


def with_mail(name: str = NAME, email: str = "pippa@example.org", language: str = "nl") -> Owner:
    owner = make_owner(name)
    Person.objects.filter(pk=owner.person.pk).update(email=email, language=language)
    EmailAddress.objects.create(user=owner.person, email=email, verified=True, primary=True)
    return owner


def ask_link(email: str = "pippa@example.org") -> Any:
    return browser().post(LOST, {"email": email})


def follow_link(**fields: str) -> Any:
    """Go to where the mail leads, and fill in the form there."""
    ask_link()
    client = browser()
    page = client.get(door.link_in(door.let_mails_go()[-1]), follow=True)
    return client.post(page.request["PATH_INFO"], {"password1": ANOTHER, **fields})


def opened(passphrase: str) -> Any:
    return slots.open_with_passphrase(Person.objects.get(), passphrase)


def test_the_code_brings_a_new_passphrase_and_all_that_was_kept() -> None:
    owner = make_owner()
    assert by_code(door.give_code(owner))["Location"] == SET
    assert opened(ANOTHER) == owner.keys
    assert opened(PASSPHRASE) is None


@pytest.mark.parametrize("spelled", [str.lower, lambda code: code.replace(" ", "-")])
def test_the_code_may_be_typed_as_it_comes(spelled: Any) -> None:
    code = door.give_code(make_owner())
    assert by_code(spelled(code), name="PIPPA  pluis").status_code == 302


def test_the_page_after_it_asks_to_sign_in_and_then_for_a_fresh_code() -> None:
    code = door.give_code(make_owner())
    client = browser()
    client.post(BY_CODE, {"name": NAME, "code": code, "password1": ANOTHER})
    assert not door.is_signed_in(client)
    assert "Log in met je nieuwe wachtzin" in door.text(client.get(SET))
    assert door.sign_in(client, NAME, ANOTHER)["Location"] == door.CODE
    assert len(door.make_code(client).split()) == 8


def test_a_code_works_once() -> None:
    code = door.give_code(make_owner())
    by_code(code)
    assert by_code(code, passphrase=PASSPHRASE).status_code == 422
    assert opened(ANOTHER)


def test_it_signs_out_everywhere() -> None:
    owner = make_owner()
    code = door.give_code(owner)
    elsewhere = signed_in(browser(), owner)
    by_code(code)
    assert not door.is_signed_in(elsewhere)
    assert door.open_vaults() == 0


def test_it_signs_out_here_too() -> None:
    owner = make_owner()
    code = door.give_code(owner)
    here = signed_in(browser(), owner)
    here.post(BY_CODE, {"name": NAME, "code": code, "password1": ANOTHER})
    assert not door.is_signed_in(here)
    assert "Log in met je nieuwe wachtzin" in door.text(here.get(SET))


def test_a_wrong_code_and_a_name_that_nobody_has_get_the_same_answer() -> None:
    door.give_code(make_owner())
    make_owner("Wilma Waterval")
    answers = [by_code(NO_CODE, name) for name in (NAME, "Wilma Waterval", "Otto Oever")]
    assert {answer.status_code for answer in answers} == {422}
    names = (NAME, "Wilma Waterval", "Otto Oever")
    assert len({door.same_but_for(answer, *names) for answer in answers}) == 1
    assert "Deze naam en code horen niet bij elkaar." in door.text(answers[0])
    assert slots.has_code(Person.objects.get(name=NAME))


def test_a_weak_passphrase_uses_up_no_code() -> None:
    owner = make_owner()
    code = door.give_code(owner)
    assert "Dit is bijna je naam." in door.text(by_code(code, passphrase="pippapluis99"))
    assert slots.open_with_code(owner.person, code)


@pytest.mark.parametrize("name", [NAME, "Otto Oever"])
def test_guessing_codes_ends_after_five_for_a_name_that_nobody_has_too(name: str) -> None:
    code = door.give_code(make_owner())
    answers = [by_code(NO_CODE, name) for _ in range(6)]
    assert "Er is te vaak geprobeerd." not in door.text(answers[4])
    assert "Er is te vaak geprobeerd." in door.text(answers[5])
    assert by_code(code, name).status_code == 422


def test_the_second_step_is_asked_for_all_the_same() -> None:
    owner = make_owner()
    code = door.give_code(owner)
    door.ask_second_step(owner)
    by_code(code)
    client = browser()
    assert door.sign_in(client, NAME, ANOTHER).status_code == 302
    assert not door.is_signed_in(client)
    assert door.open_vaults() == 0


def test_an_address_that_nobody_confirmed_gets_no_link() -> None:
    with_mail()
    EmailAddress.objects.update(verified=False)
    ask_link()
    assert door.let_mails_go() == []


def test_asking_for_a_link_says_the_same_to_everyone_and_does_as_much() -> None:
    with_mail()
    known, one = ask_link(), DBTaskResult.objects.count()
    unknown, two = ask_link("niemand@example.org"), DBTaskResult.objects.count()
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert (one, two) == (1, 2)
    assert not mail.outbox
    door.let_mails_go()
    assert [sent.to for sent in mail.outbox] == [["pippa@example.org"]]


def test_no_address_waits_in_the_queue() -> None:
    with_mail()
    ask_link("pippa@example.org")
    ask_link("niemand@example.org")
    assert "example.org" not in str(list(DBTaskResult.objects.values_list("args_kwargs")))


def test_a_mail_server_that_is_down_tells_nobody_who_is_here(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: Any) -> int:
        raise ConnectionRefusedError

    with_mail()
    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    assert ask_link()["Location"] == ask_link("niemand@example.org")["Location"]
    door.let_mails_go()


def test_the_mail_says_nothing_of_who_or_what() -> None:
    with_mail()
    ask_link()
    (sent,) = door.let_mails_go()
    assert sent.subject == "De link die je vroeg"
    said = sent.subject + sent.body.replace(door.link_in(sent), "")
    assert not [word for word in (NAME, "wachtzin", "kluis", "Klein Verzet") if word in said]
    assert not getattr(sent, "alternatives", None)


def test_the_link_leads_to_the_pages_in_the_readers_language() -> None:
    with_mail(language="en")
    with translation.override("nl"):
        ask_link()
        (sent,) = door.let_mails_go()
    assert door.link_in(sent).startswith("/en/")


def test_who_shares_an_address_gets_a_link_each() -> None:
    with_mail()
    with_mail("Otto Oever")
    ask_link()
    assert len(door.let_mails_go()) == 2


def test_the_key_of_a_link_is_in_no_address_that_stays_in_the_browser() -> None:
    with_mail()
    ask_link()
    link = door.link_in(door.let_mails_go()[-1])
    moved = browser().get(link)
    assert moved.status_code == 302
    assert link.split("/")[-2] not in moved["Location"]


def test_the_link_alone_begins_anew_only_for_who_says_that_they_know() -> None:
    with_mail()
    answer = follow_link()
    assert answer.status_code == 422
    assert "Zet hier een vinkje als je zo verder wilt." in door.text(answer)
    assert opened(PASSPHRASE)


def test_the_page_says_beforehand_what_a_link_alone_leaves_behind() -> None:
    with_mail()
    ask_link()
    page = door.text(browser().get(door.link_in(door.let_mails_go()[-1]), follow=True))
    assert "Mijn oude kluis blijft nog 60 dagen dicht bewaard" in page
    assert 'name="anew" checked' not in page


def test_the_link_alone_begins_an_empty_vault_and_the_old_one_waits() -> None:
    owner = with_mail()
    assert follow_link(anew="on")["Location"] == SET
    assert opened(ANOTHER).master != owner.keys.master
    assert opened(PASSPHRASE) is None
    until = slots.waiting_until(owner.person)
    assert until is not None
    assert timedelta(days=59) < until - timezone.now() < timedelta(days=61)


def test_the_link_with_the_code_keeps_everything() -> None:
    owner = with_mail()
    assert follow_link(code=door.give_code(owner))["Location"] == SET
    assert opened(ANOTHER) == owner.keys
    assert slots.waiting_until(owner.person) is None
    assert not slots.has_code(owner.person)


def test_a_wrong_code_beside_the_link_changes_nothing() -> None:
    owner = with_mail()
    code = door.give_code(owner)
    answer = follow_link(code=NO_CODE, anew="on")
    assert "Deze code hoort niet bij je kluis." in door.text(answer)
    assert opened(PASSPHRASE) == owner.keys
    assert slots.open_with_code(owner.person, code)


def test_codes_cannot_be_guessed_by_way_of_a_link() -> None:
    owner = with_mail()
    code = door.give_code(owner)
    for _ in range(5):
        follow_link(code=NO_CODE)
    assert "Er is te vaak geprobeerd." in door.text(follow_link(code=code))
    assert opened(PASSPHRASE) == owner.keys


def test_a_link_signs_out_everywhere() -> None:
    elsewhere = signed_in(browser(), with_mail())
    follow_link(anew="on")
    assert not door.is_signed_in(elsewhere)
    assert door.open_vaults() == 0
    assert not [row for row in WebSession.objects.all() if "_auth_user_id" in row.get_decoded()]


def test_a_link_works_once() -> None:
    with_mail()
    ask_link()
    link = door.link_in(door.let_mails_go()[-1])
    follow_link(anew="on")
    assert "Deze link werkt niet meer" in door.text(browser().get(link, follow=True))


def test_a_link_that_is_none_says_so() -> None:
    assert "Deze link werkt niet meer" in door.text(browser().get("/wachtzin-kwijt/abc/def/"))


def test_what_was_left_behind_comes_back_with_the_old_passphrase() -> None:
    owner = with_mail()
    follow_link(anew="on")
    client = browser()
    door.sign_in(client, NAME, ANOTHER)
    assert "Hij is dicht" in door.text(client.get(door.OLD_VAULT))
    wrong = client.post(door.OLD_VAULT, {"oldpassword": WRONG})
    assert wrong.status_code == 422
    assert WRONG not in door.text(wrong)
    assert "Alles is terug" in door.text(client.post(door.OLD_VAULT, {"oldpassword": PASSPHRASE}))
    assert set(owner.keys.data.values()) <= set(opened(ANOTHER).data.values())
    assert "Er is geen oude kluis" in door.text(client.get(door.OLD_VAULT))


def test_what_was_left_behind_comes_back_with_the_old_code() -> None:
    owner = with_mail()
    code = door.give_code(owner)
    follow_link(anew="on")
    client = browser()
    door.sign_in(client, NAME, ANOTHER)
    assert "Alles is terug" in door.text(client.post(door.OLD_VAULT, {"oldpassword": code}))


def test_an_old_vault_cannot_be_guessed_at() -> None:
    with_mail()
    follow_link(anew="on")
    client = browser()
    door.sign_in(client, NAME, ANOTHER)
    answers = [client.post(door.OLD_VAULT, {"oldpassword": WRONG}) for _ in range(6)]
    assert "Er is te vaak geprobeerd." in door.text(answers[-1])


def test_no_passphrase_and_no_code_is_left_anywhere() -> None:
    owner = with_mail()
    code = door.give_code(owner)
    answers = [by_code(NO_CODE), by_code(code), follow_link(anew="on")]
    said = "".join(map(door.text, answers)) + "".join(door.every_text())
    said += "".join(sent.body for sent in mail.outbox)
    assert not [words for words in (ANOTHER, code, NO_CODE, code[:9]) if words in said]
