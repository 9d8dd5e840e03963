"""Keeping a circle from its card: with an account, or by making one; nothing is typed twice."""

import re
from typing import Any

import pytest
from django.test import Client

from kleinverzet.accounts.models import Person
from kleinverzet.me import reflections
from kleinverzet.me.models import Reflection
from kleinverzet.vault import slots
from kleinverzet.vault.models import Letter
from tests.cast import OTTO, PIPPA
from tests.me.kept import story_of
from tests.me.walker import Walker
from tests.owners import Owner, make_owner, signed_in

pytestmark = pytest.mark.django_db
PASSPHRASE = "zeven lange natte dijken"


def test_a_card_is_kept_by_making_an_account_with_nothing_typed_twice() -> None:
    walker = _with_card()
    fields = _keep_fields(walker)
    assert _post(walker.client, "/bewaren/nieuw/", fields).status_code == 200
    answer = _post(walker.client, "/bewaren/nieuw/", fields | _account("Otter"))
    assert answer.status_code == 302
    page = walker.client.get("/mijn/").content.decode()
    otter = _owner("Otter")
    assert story_of(otter).answers.words == OTTO.situation["words"]
    assert f"/mijn/{reflections.every(otter.keys)[0].row.pk}/" in page


def test_a_faulty_name_keeps_the_card_on_the_page() -> None:
    walker = _with_card()
    make_owner("Otter")
    answer = _post(walker.client, "/bewaren/nieuw/", _keep_fields(walker) | _account("otter"))
    assert answer.status_code == 422
    assert walker.carried in answer.content.decode()
    assert not Reflection.objects.exists()


def test_a_card_is_kept_by_signing_in() -> None:
    owner = make_owner("Otter", PASSPHRASE)
    walker = _with_card()
    data = _keep_fields(walker) | {"login": "otter", "password": PASSPHRASE}
    assert _post(walker.client, "/bewaren/bekend/", data).status_code == 302
    walker.client.get("/mijn/")
    assert story_of(owner).answers.yes == OTTO.who["yes"]


def test_a_wrong_passphrase_seals_nothing_to_anybody() -> None:
    make_owner("Otter", PASSPHRASE)
    walker = _with_card()
    data = _keep_fields(walker) | {"login": "otter", "password": "niet de goede zin"}
    answer = _post(walker.client, "/bewaren/bekend/", data)
    assert walker.carried in answer.content.decode()
    assert not Letter.objects.exists()


def test_somebody_who_is_signed_in_keeps_it_with_one_more_press() -> None:
    owner = make_owner("Otter")
    walker = _with_card()
    signed_in(walker.client, owner)
    answer = _post(walker.client, "/mijn/bewaard/", _keep_fields(walker) | {"hard": "4"})
    assert answer.status_code == 302
    assert story_of(owner).hard == 4


def test_pressing_twice_keeps_it_once() -> None:
    owner = make_owner("Otter")
    walker = _with_card()
    signed_in(walker.client, owner)
    fields = _keep_fields(walker)
    first, second = (_post(walker.client, "/mijn/bewaard/", fields) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert len(reflections.every(owner.keys)) == 1


def test_a_shut_vault_asks_for_the_passphrase_and_then_keeps_it() -> None:
    owner = make_owner("Otter", PASSPHRASE)
    walker = _with_card()
    signed_in(walker.client, owner, vault_open=False)
    fields = _keep_fields(walker)
    asked = _post(walker.client, "/mijn/bewaard/", fields)
    assert asked.status_code == 423
    assert fields["carried"] in asked.content.decode()
    kept = _post(walker.client, "/mijn/bewaard/", fields | {"passphrase": PASSPHRASE})
    assert kept.status_code == 302
    assert story_of(owner).answers.tension == 2


def test_a_card_that_was_changed_on_the_way_is_kept_by_nobody() -> None:
    owner = make_owner("Otter")
    walker = _with_card()
    signed_in(walker.client, owner)
    fields = _keep_fields(walker)
    fields["carried"] = fields["carried"][:-2]
    assert _post(walker.client, "/mijn/bewaard/", fields).status_code == 400
    assert not Reflection.objects.exists()


def test_the_page_that_leads_to_keeping_changes_nothing() -> None:
    walker = _with_card()
    answer = walker.client.post("/bewaren/", {"carried": walker.carried})
    assert answer.status_code == 200
    assert not Reflection.objects.exists()
    assert not Letter.objects.exists()


def test_two_taps_keep_that_something_is_up_and_it_is_finished_later() -> None:
    owner = make_owner("Otter")
    client = signed_in(Client(SERVER_NAME="localhost"), owner)
    assert client.get("/mijn/er-schuurt-iets/").status_code == 200
    answer = _post(client, "/mijn/er-schuurt-iets/", {"tension": "4"})
    begun = reflections.every(owner.keys)[0]
    assert begun.story is not None
    assert (begun.story.answers.tension, begun.story.is_whole) == (4, False)
    assert answer["Location"] == f"/mijn/{begun.row.pk}/"
    walker = _own_walker(client, f"/mijn/{begun.row.pk}/cirkel/")
    assert "tension=4" in walker.picked
    walker.card(PIPPA)
    fields = _keep_fields(walker)
    assert fields["begun"] == str(begun.row.pk)
    _post(client, "/mijn/bewaard/", fields)
    whole = story_of(owner)
    assert whole.is_whole
    assert whole.began == begun.story.began
    assert whole.answers.words == PIPPA.situation["words"]


def test_a_quick_entry_with_no_known_strength_is_refused_clearly() -> None:
    client = signed_in(Client(SERVER_NAME="localhost"), make_owner())
    assert _post(client, "/mijn/er-schuurt-iets/", {"tension": "9"}).status_code == 400


class _OwnWalker(Walker):
    """Walks the circle among one's own pages."""

    def __init__(self, client: Client, address: str) -> None:
        self.client, self.address, self.language = client, address, "nl"
        self.answer = client.get(address)

    def go(self, move: str = "next", **fields: Any) -> str:
        self.answer = self.client.post(
            self.address, {"carried": self.carried, "move": move, **fields}
        )
        return self.text

    def card(self, person: Any) -> str:
        return self.walk_to_card(person)


def _own_walker(client: Client, address: str) -> _OwnWalker:
    return _OwnWalker(client, address)


def _with_card() -> Walker:
    walker = Walker()
    walker.walk_to_card(OTTO)
    return walker


def _keep_fields(walker: Walker) -> dict[str, str]:
    """Give what the page between card and vault sends on."""
    found = {"carried": walker.carried}
    if begun := re.search(r'name="begun" value="([^"]+)"', walker.text):
        found["begun"] = begun[1]
    page = walker.client.post("/bewaren/", found).content.decode()
    once = re.search(r'name="once" value="([^"]+)"', page)
    assert once
    return found | {"once": once[1]}


def _account(name: str) -> dict[str, str]:
    return {"username": name, "password1": PASSPHRASE, "email": "", "birth_year": "1990"}


def _owner(name: str) -> Owner:
    person = Person.objects.get(name=name)
    keys = slots.open_with_passphrase(person, PASSPHRASE)
    assert keys is not None
    return Owner(person, PASSPHRASE, keys)


def _post(client: Client, address: str, data: dict[str, str]) -> Any:
    return client.post(address, data)
