"""Nobody but an editor comes to the desk, by any address; and editors only to what is theirs."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import resolve, reverse

from kleinverzet.world import desk, editors
from tests.owners import make_owner, signed_in
from tests.world.desk import addresses, at_the_desk, make_editor

pytestmark = pytest.mark.django_db

EVERY = sorted(set(addresses()))
SHUT = [(address, name) for address, name in EVERY if not desk.is_open(name)]


def test_the_walk_goes_past_every_address() -> None:
    assert len(EVERY) > 190
    for address, name in EVERY:
        found = resolve(address)
        led = ":".join([*found.namespaces, found.url_name or ""])
        assert led == name, f"{address} leads to {led} and not to {name}"


def test_whoever_is_not_signed_in_is_sent_to_the_door_of_the_house() -> None:
    client = Client(SERVER_NAME="localhost")
    for address, name in EVERY:
        answer = client.get(address)
        assert answer.status_code == 302, name
        assert answer.url == f"{reverse('account_login')}?next={address}", name
        assert client.post(address).status_code == 403, name


def test_whoever_is_no_editor_gets_a_plain_no_and_nothing_else() -> None:
    client = signed_in(Client(SERVER_NAME="localhost"), make_owner("Pippa Pluis"))
    for address, name in EVERY:
        for answer in (client.get(address), client.post(address)):
            assert answer.status_code == 403, f"{name} {address}"
            assert "wagtail" not in answer.content.decode().lower(), name


def test_a_door_that_was_left_ajar_by_a_permission_alone_stays_shut() -> None:
    owner = make_owner("Otto Oever")
    permissions = editors.found().permissions.all()
    owner.person.user_permissions.set(permissions)
    assert owner.person.has_perm("wagtailadmin.access_admin")
    assert signed_in(Client(), owner).get("/beheer/").status_code == 403


def test_an_editor_who_is_dismissed_is_out_at_once() -> None:
    petra = make_editor()
    client = at_the_desk(petra)
    assert client.get("/beheer/").status_code == 200
    editors.dismiss(petra.person)
    assert client.get("/beheer/").status_code == 403


def test_what_would_make_accounts_or_pass_by_their_vault_is_shut_to_editors() -> None:
    client = at_the_desk()
    families = (
        "wagtailusers_",
        "wagtailsites:",
        "wagtailadmin_password_reset",
        "wagtailadmin_workflows:",
        "wagtailadmin_collections:",
        "wagtailadmin_login",
    )
    names = {name for _, name in SHUT}
    assert all(any(name.startswith(family) for name in names) for family in families)
    for address, name in SHUT:
        answer = client.get(address)
        if name in desk.ELSEWHERE:
            assert answer.url == reverse(desk.ELSEWHERE[name])
        elif name:
            assert answer.status_code == 404, name
        assert client.post(address).status_code in {302, 404}, name


def test_people_cannot_be_acted_upon_many_at_a_time() -> None:
    client = at_the_desk()
    for model in ("accounts/person/delete", "accounts/person/assign_role", "auth/group/delete"):
        assert client.get(f"/beheer/bulk/{model}/").status_code == 404


def test_every_open_address_is_one_that_wagtail_has() -> None:
    names = {name for _, name in EVERY}
    assert names >= desk.OPEN | desk.SHUT | desk.FRAMED | set(desk.ELSEWHERE)
    assert all(any(name.startswith(family) for name in names) for family in desk.FAMILIES)


def test_a_form_from_elsewhere_is_refused_at_every_address() -> None:
    petra = make_editor()
    client = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    signed_in(client, petra, vault_open=False)
    for address, name in EVERY:
        assert client.post(address).status_code == 403, name


@pytest.mark.parametrize(("language", "said"), [("nl", "Afbeeldingen"), ("en", "Images")])
def test_the_desk_speaks_the_language_of_its_editor(language: str, said: str) -> None:
    page = at_the_desk(make_editor(language=language)).get("/beheer/").content.decode()
    assert f'lang="{language}"' in page
    assert said in page


def test_the_desk_runs_no_script_but_from_files_and_asks_nobody_else() -> None:
    client = at_the_desk()
    policy = client.get("/beheer/")["Content-Security-Policy"]
    for part in ("script-src 'self'", "default-src 'none'", "frame-ancestors 'none'",
                 "connect-src 'self'", "form-action 'self'", "base-uri 'none'"):  # fmt: skip
        assert part in policy.split("; "), part
    assert "http" not in policy


def test_no_page_of_the_site_is_wider_open_for_it() -> None:
    policy = Client().get("/")["Content-Security-Policy"]
    assert not any(name in policy for name in ("frame-src", "blob:", "data:", "unsafe"))


def test_wagtail_never_logs_anybody_in() -> None:
    assert settings.AUTHENTICATION_BACKENDS == ["kleinverzet.accounts.backend.PassphraseBackend"]
    for path in ("/_util/login/", "/beheer/login/", "/beheer/password_reset/"):
        assert Client().get(path).status_code in {302, 404}
    assert "wagtailcore_login" not in {name for _, name in EVERY}
