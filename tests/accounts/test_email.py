"""The optional address: given, confirmed by a press, changed, shared, taken back."""

import re
from email.message import EmailMessage
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail as outbox
from django.core.mail import EmailMessage as Sent
from django.test import Client

from kleinverzet.accounts import addresses
from tests.accounts.stepping import is_in, prove, visitor
from tests.owners import Owner, make_owner, signed_in

pytestmark = pytest.mark.django_db

MAILBOX = "/e-mail/"
ADDRESS, OTHER = "pippa@example.org", "pluis@example.org"


@pytest.fixture
def owner() -> Owner:
    return make_owner()


@pytest.fixture
def client(owner: Owner) -> Client:
    """A browser that is signed in and has just proved the passphrase."""
    return _inside(owner)


def _inside(owner: Owner) -> Client:
    client = signed_in(visitor(), owner)
    prove(client, owner)
    return client


def give(client: Client, email: str = ADDRESS) -> Any:
    return client.post(MAILBOX, {"email": email, "move": "give"})


def link_in(mail: Sent) -> str:
    """Read the one link of a mail; give its path."""
    (link,) = re.findall(r"http://\S+", str(mail.body))
    return str(re.sub(r"^http://[^/]+", "", link))


def confirmed(client: Client, email: str = ADDRESS) -> None:
    give(client, email)
    assert visitor().post(link_in(outbox.outbox[-1])).status_code == 200


def test_nobody_needs_an_address(owner: Owner, client: Client) -> None:
    assert addresses.verified(owner.person) == ""
    assert client.get(MAILBOX).status_code == 200


def test_an_address_counts_only_once_it_is_confirmed(owner: Owner, client: Client) -> None:
    assert give(client)["Location"] == MAILBOX
    assert "nog niet bevestigd" in client.get(MAILBOX).content.decode()
    assert _known(owner) == ("", "", ADDRESS)
    visitor().post(link_in(outbox.outbox[0]))
    assert _known(owner) == (ADDRESS, ADDRESS, "")


def test_the_link_itself_changes_nothing(owner: Owner, client: Client) -> None:
    give(client)
    page = visitor().get(link_in(outbox.outbox[0]))
    assert page.status_code == 200
    assert ADDRESS in page.content.decode()
    assert addresses.verified(owner.person) == ""


def test_confirming_signs_nobody_in_and_nobody_out(owner: Owner, client: Client) -> None:
    give(client)
    mailbox = visitor()
    assert mailbox.post(link_in(outbox.outbox[0])).status_code == 200
    assert not is_in(mailbox)
    other = signed_in(visitor(), make_owner("Otto Oever"))
    give(client, OTHER)
    assert other.post(link_in(outbox.outbox[1])).status_code == 200
    assert is_in(other)
    assert addresses.verified(owner.person) == OTHER


def test_a_link_works_once(owner: Owner, client: Client) -> None:
    give(client)
    link = link_in(outbox.outbox[0])
    visitor().post(link)
    for answer in (visitor().get(link), visitor().post(link)):
        assert answer.status_code == 410
        assert "Deze link werkt niet meer" in answer.content.decode()
    assert addresses.verified(owner.person) == ADDRESS


@pytest.mark.parametrize("spoilt", ["x", "MQ:1xVCf3:RkhTkXF8miXsGfa9zD0PpccsS3tHZ8K99glB30oBOYg"])
def test_a_made_up_link_confirms_nothing(owner: Owner, client: Client, spoilt: str) -> None:
    give(client)
    assert visitor().post(f"/e-mail/bevestigen/{spoilt}/").status_code == 410
    assert addresses.verified(owner.person) == ""


def test_another_address_takes_over_only_when_it_is_confirmed(owner: Owner, client: Client) -> None:
    confirmed(client)
    give(client, OTHER)
    assert _known(owner) == (ADDRESS, ADDRESS, OTHER)
    visitor().post(link_in(outbox.outbox[-1]))
    assert _known(owner) == (OTHER, OTHER, "")
    assert EmailAddress.objects.count() == 1


def test_the_link_for_an_address_that_was_replaced_is_dead(owner: Owner, client: Client) -> None:
    give(client)
    give(client, OTHER)
    assert visitor().post(link_in(outbox.outbox[0])).status_code == 410
    assert _known(owner) == ("", "", OTHER)


def test_the_same_address_again_changes_nothing(owner: Owner, client: Client) -> None:
    confirmed(client)
    sent = len(outbox.outbox)
    give(client, ADDRESS.upper())
    assert _known(owner) == (ADDRESS, ADDRESS, "")
    assert len(outbox.outbox) == sent


def test_an_address_is_taken_back_with_everything(owner: Owner, client: Client) -> None:
    confirmed(client)
    give(client, OTHER)
    client.post(MAILBOX, {"move": "remove"})
    assert _known(owner) == ("", "", "")
    assert not EmailAddress.objects.exists()
    assert visitor().post(link_in(outbox.outbox[-1])).status_code == 410


def test_the_mail_is_sent_once_more_on_request(owner: Owner, client: Client) -> None:
    give(client)
    assert client.post(MAILBOX, {"move": "again"})["Location"] == MAILBOX
    assert len(outbox.outbox) == 2
    visitor().post(link_in(outbox.outbox[1]))
    assert addresses.verified(owner.person) == ADDRESS


def test_asking_again_without_an_address_sends_nothing(client: Client) -> None:
    assert client.post(MAILBOX, {"move": "again"})["Location"] == MAILBOX
    assert not outbox.outbox


@pytest.mark.parametrize("email", ["", "pippa", "pippa@", "a@b", "x" * 250 + "@example.org"])
def test_what_is_no_address_is_not_taken(owner: Owner, client: Client, email: str) -> None:
    answer = give(client, email)
    assert answer.status_code == 422
    assert not EmailAddress.objects.exists()


def test_a_line_break_adds_nobody_to_the_mail(client: Client) -> None:
    assert give(client, "pippa@example.org\nBcc: otto@example.org").status_code == 422
    assert not outbox.outbox


def test_changing_the_address_takes_the_passphrase_and_carries_the_form(owner: Owner) -> None:
    client = signed_in(visitor(), owner)
    answer = give(client)
    assert answer.status_code == 403
    assert f'name="email" value="{ADDRESS}"' in answer.content.decode()
    assert not outbox.outbox
    sent = {"email": ADDRESS, "move": "give", "passphrase": owner.passphrase}
    assert client.post(MAILBOX, sent)["Location"] == MAILBOX
    assert addresses.of(owner.person).waiting == ADDRESS


def test_brothers_and_sisters_share_an_address(owner: Owner, client: Client) -> None:
    sister = make_owner("Wilma Waterval")
    theirs = _inside(sister)
    confirmed(client)
    confirmed(theirs)
    assert addresses.people_at(ADDRESS.upper()) == [owner.person, sister.person]
    client.post(MAILBOX, {"move": "remove"})
    assert addresses.people_at(ADDRESS) == [sister.person]
    assert addresses.verified(sister.person) == ADDRESS


def test_an_address_that_nobody_confirmed_is_nobodys(owner: Owner, client: Client) -> None:
    give(client)
    assert addresses.people_at(ADDRESS) == []


def test_nobody_can_have_an_address_flooded(owner: Owner, client: Client) -> None:
    theirs = _inside(make_owner("Otto Oever"))
    for browser in (client, theirs, client):
        assert give(browser).status_code == 302
        browser.post(MAILBOX, {"move": "remove"})
    answer = give(theirs)
    assert answer.status_code == 429
    assert "Wacht een uur" in answer.content.decode()
    assert len(outbox.outbox) == 3


def test_nobody_can_mail_around(client: Client) -> None:
    answers = [give(client, f"nummer{n}@example.org") for n in range(12)]
    assert [answer.status_code for answer in answers] == [302] * 10 + [429] * 2
    assert len(outbox.outbox) == 10


def test_without_a_mail_server_the_address_waits_and_the_page_says_so(
    owner: Owner, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: EmailMessage, *_: object, **__: object) -> int:
        raise ConnectionRefusedError

    with monkeypatch.context() as without:
        without.setattr(Sent, "send", refuse)
        answer = give(client)
    assert answer.status_code == 503
    assert "De mail kon nu niet weg." in answer.content.decode()
    assert addresses.of(owner.person).waiting == ADDRESS
    client.post(MAILBOX, {"move": "again"})
    assert len(outbox.outbox) == 1


@pytest.mark.parametrize(
    ("language", "subject", "said"),
    [
        ("nl", "Is dit adres van jou?", "Iemand gaf dit adres op bij Klein Verzet."),
        ("en", "Is this your address?", "Somebody gave this address at Klein Verzet."),
    ],
)
def test_the_mail_is_plain_and_names_nobody(
    owner: Owner, language: str, subject: str, said: str
) -> None:
    owner.person.language = language
    owner.person.save()
    give(_inside(owner))
    (mail,) = outbox.outbox
    assert mail.subject == subject
    assert said in str(mail.body)
    assert owner.person.name not in f"{mail.subject}{mail.body}{mail.extra_headers}"
    assert mail.to == [ADDRESS]
    assert mail.message().get_content_type() == "text/plain"


def test_an_export_tells_the_addresses_and_erasing_ends_them(owner: Owner, client: Client) -> None:
    confirmed(client)
    give(client, OTHER)
    assert list(addresses.export(owner.person)) == [
        {"email": ADDRESS, "is_confirmed": True},
        {"email": OTHER, "is_confirmed": False},
    ]
    owner.person.delete()
    assert not EmailAddress.objects.exists()


def _known(owner: Owner) -> tuple[str, str, str]:
    """Give what the account repeats, what counts, and what waits."""
    owner.person.refresh_from_db()
    mailbox = addresses.of(owner.person)
    return owner.person.email, mailbox.verified, mailbox.waiting
