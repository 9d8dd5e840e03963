"""Somebody at the doors of accounts, who fills in the real forms as a browser would."""

import re
from collections.abc import Iterator
from contextlib import suppress
from html import unescape
from typing import Any

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.sessions.models import Session as WebSession
from django.core import mail
from django.db.models import CharField, DateField, JSONField, TextField
from django.http import HttpResponse
from django.test import Client
from django_tasks_db.models import DBTaskResult

from kleinverzet.accounts import codes
from kleinverzet.vault.models import Session
from tests.owners import Owner

NAME = "Pippa Pluis"
PASSPHRASE = "vier losse natte stenen"
ANOTHER = "drie warme droge kiezels"
WRONG = "heel iets anders dan dat"

SIGN_IN, SIGN_UP, SIGN_OUT = "/inloggen/", "/meedoen/", "/uitloggen/"
CODE, NEW_CODE = "/herstelcode/", "/herstelcode/nieuw/"
LOST, BY_CODE, SET = "/wachtzin-kwijt/", "/wachtzin-kwijt/code/", "/wachtzin-kwijt/klaar/"
CHANGE, OLD_VAULT, SHUT, STAY = "/wachtzin/", "/oude-kluis/", "/sluiten/", "/open-houden/"


def browser(host: str = "localhost", **more: Any) -> Client:
    """Give a browser on the machine that the program runs on."""
    return Client(SERVER_NAME=host, **more)


def sign_up(client: Client, **fields: str) -> HttpResponse:
    """Fill in the form for a new account."""
    whole = {"username": NAME, "password1": PASSPHRASE, "birth_year": "1985", **fields}
    return client.post(SIGN_UP, whole)


def sign_in(client: Client, name: str = NAME, passphrase: str = PASSPHRASE) -> HttpResponse:
    """Fill in the form of who has an account."""
    return client.post(SIGN_IN, {"login": name, "password": passphrase})


def make_code(client: Client) -> str:
    """Make a recovery code by the pages, type its group over, and give it."""
    shown = client.post(NEW_CODE)
    code = groups_on(shown)
    client.post(CODE, {"proof": hidden(shown, "proof"), "code": code[asked_on(shown) - 1]})
    return " ".join(code)


def give_code(owner: Owner) -> str:
    """Give an owner a code that they have typed over, past the forms."""
    shown = codes.make(owner.person, owner.keys)
    codes.confirm(owner.person, shown.proof, shown.groups[shown.asked - 1])
    return " ".join(shown.groups)


def text(response: HttpResponse) -> str:
    """Give a page as it was sent."""
    return response.content.decode()


def same_but_for(response: HttpResponse, *typed: str) -> str:
    """Give a page without its token and without what was typed on it, to lay beside another."""
    page = re.sub(r'(csrfmiddlewaretoken" value=")[^"]+', r"\1", text(response))
    for words in typed:
        page = page.replace(words, "…")
    return page


def hidden(response: HttpResponse, name: str) -> str:
    """Give what a hidden field of a page carries."""
    found = re.search(rf'type="hidden" name="{name}" value="([^"]*)"', text(response))
    assert found, f"no hidden field {name}"
    return unescape(found[1])


def groups_on(response: HttpResponse) -> list[str]:
    """Give the groups of the recovery code that a page shows; none where it shows none."""
    return re.findall(r"</span><b>([A-Z2-7]{4})</b>", text(response))


def asked_on(response: HttpResponse) -> int:
    """Say which group a page asks to type over."""
    found = re.search(r"Typ groep (\d) over", text(response))
    assert found
    return int(found[1])


def is_open(client: Client) -> bool:
    """Tell whether somebody's vault is open in their browser."""
    return client.post(STAY).status_code == 204


def is_signed_in(client: Client) -> bool:
    """Tell whether somebody is signed in in their browser."""
    return "_auth_user_id" in client.session


def let_mails_go() -> list[Any]:
    """Do what waits in the queue, as the background would; give the mails that went out."""
    for row in DBTaskResult.objects.ready():
        with suppress(OSError):
            row.task.call(*row.args_kwargs["args"])
        row.delete()
    return mail.outbox


def link_in(message: Any) -> str:
    """Give the path of the link in a mail."""
    found = re.search(r"http://localhost:8000(/\S+)", message.body)
    assert found, message.body
    return found[1]


def sessions() -> str:
    """Give everything that all web sessions hold."""
    return str([row.get_decoded() for row in WebSession.objects.all()])


def every_text() -> Iterator[str]:
    """Give every word, date and structure that any table holds, session and task rows included."""
    yield sessions()
    for model in apps.get_models():
        kinds = (CharField, TextField, DateField, JSONField)
        names = [f.name for f in model._meta.concrete_fields if isinstance(f, kinds)]
        for row in model._default_manager.values_list(*names) if names else ():
            yield str(row)


def open_vaults() -> int:
    """Say how many vaults are open anywhere."""
    return Session.objects.filter(is_pending=False).count()


def ask_second_step(owner: Owner) -> None:
    """Let an owner have an app that gives codes."""
    Authenticator.objects.create(
        user=owner.person, type=Authenticator.Type.TOTP, data={"secret": "00"}
    )
