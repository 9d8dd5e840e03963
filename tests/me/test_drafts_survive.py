"""What somebody wrote survives a vault that shut and a session that ended."""

from html import unescape

import pytest
from django.test import Client

from tests.me.kept import keep, story_of
from tests.owners import Owner, make_owner, signed_in

pytestmark = pytest.mark.django_db
SAID = {"outcome": "did", "tension": "2", "noticed": "Ik zei het, en niemand schrok."}


@pytest.fixture
def otter() -> Owner:
    """Somebody with a vault."""
    return make_owner("Otter")


def test_a_vault_that_shut_meanwhile_keeps_the_words_and_saves_with_the_passphrase(
    otter: Owner,
) -> None:
    kept = keep(otter)
    client = signed_in(Client(), otter, vault_open=False)
    address = f"/mijn/{kept.row.pk}/terugkijken/"
    asked = client.post(address, SAID)
    assert asked.status_code == 423
    assert SAID["noticed"] in unescape(asked.content.decode())
    wrong = client.post(address, SAID | {"passphrase": "niet mijn zin"})
    assert wrong.status_code == 423
    assert SAID["noticed"] in unescape(wrong.content.decode())
    assert "niet mijn zin" not in wrong.content.decode()
    client.post(address, SAID | {"passphrase": otter.passphrase})
    assert [one.noticed for one in story_of(otter, kept).check_ins] == [SAID["noticed"]]


def test_signing_out_in_another_tab_hands_the_form_back(otter: Owner) -> None:
    kept = keep(otter)
    client = Client()
    answer = client.post(f"/mijn/{kept.row.pk}/terugkijken/", SAID)
    page = unescape(answer.content.decode())
    assert answer.status_code == 403
    assert SAID["noticed"] in page
    assert f'action="/mijn/{kept.row.pk}/terugkijken/"' in page
    signed_in(client, otter)
    client.post(f"/mijn/{kept.row.pk}/terugkijken/", SAID)
    assert len(story_of(otter, kept).check_ins) == 1


def test_a_page_that_is_opened_while_signed_out_leads_to_signing_in(otter: Owner) -> None:
    answer = Client().get("/mijn/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/inloggen/")


def test_no_private_page_is_kept_by_a_browser(otter: Owner) -> None:
    kept = keep(otter)
    client = signed_in(Client(), otter)
    for address in ("/mijn/", f"/mijn/{kept.row.pk}/", "/mijn/groei/", "/mijn/seintjes/"):
        assert "no-store" in client.get(address)["Cache-Control"], address
