"""Whoever asks for a public page gets a copy that lay ready, and one that somebody else cannot see.

These run inside a transaction, where the program itself would keep nothing; it is told otherwise.
"""

import gzip
from collections.abc import Iterator
from typing import Any

import brotli  # type: ignore[import-untyped]
import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from kleinverzet.world import copies, current
from tests.world.asking import ARTICLES, CONTACT, HOME, ask

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site", "keeps")]


@pytest.fixture
def keeps(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let copies be kept, from none on."""
    monkeypatch.setattr(current, "is_settled", lambda: True)
    copies.store.clear()
    yield
    copies.store.clear()


def test_the_second_reader_costs_the_database_one_number_and_no_query() -> None:
    first = ask()
    with CaptureQueriesContext(connection) as asked:
        second = ask()
    assert first.status == 200
    assert first == second
    assert second.is_a_copy
    if connection.vendor == "sqlite":
        assert len(asked) == 0
    else:
        assert [query["sql"] for query in asked] == [current._ASK]


@pytest.mark.parametrize("path", [HOME, ARTICLES, "/en/", "/daden/", "/methode/"])
def test_a_copy_says_the_same_as_a_fresh_page_and_protects_as_much(path: str) -> None:
    kept = ask(path)
    fresh = ask(path, HTTP_COOKIE="vk=none")
    assert kept.is_a_copy
    assert not fresh.is_a_copy
    assert kept.body == fresh.body
    own = {"etag", "cache-control", "vary", "content-length"}
    policy = "content-security-policy"
    for name, text in fresh.headers.items():
        if name == policy:
            assert sorted(kept.headers[name].split("; ")) == sorted(text.split("; "))
        elif name not in own:
            assert kept.headers[name] == text, name
    assert policy in kept.headers
    assert kept.headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize(
    ("accepted", "form"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("br;q=0.5, gzip;q=0.8", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("BR", "br"),
        ("*", "br"),
        ("br;q=0, *;q=0.1", "gzip"),
        ("deflate", ""),
        ("identity", ""),
        ("gzip;q=nonsense", ""),
        ("", ""),
    ],
)
def test_a_copy_comes_in_the_best_form_that_is_taken(accepted: str, form: str) -> None:
    plain = ask()
    packed = ask(HTTP_ACCEPT_ENCODING=accepted)
    assert packed.headers.get("content-encoding", "") == form
    assert int(packed.headers["content-length"]) == len(packed.body)
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}[form]
    assert unpack(packed.body) == plain.body
    assert "Accept-Encoding" in packed.headers["vary"]
    assert form == "" or len(packed.body) < len(plain.body) / 2


def test_every_form_has_a_tag_of_its_own() -> None:
    tags = {ask(HTTP_ACCEPT_ENCODING=form).headers["etag"] for form in ("br", "gzip", "")}
    assert len(tags) == 3


def test_the_first_reader_gets_it_packed_as_well() -> None:
    assert ask(HTTP_ACCEPT_ENCODING="br").headers["content-encoding"] == "br"


@pytest.mark.parametrize("said", ["{}", "W/{}", '"other", {}', '"other",W/{} , "more"', "*"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_whoever_has_the_page_already_is_told_so(said: str, method: str) -> None:
    etag = ask().headers["etag"]
    answer = ask(method=method, HTTP_IF_NONE_MATCH=said.format(etag))
    assert answer.status == 304
    assert answer.body == b""
    assert answer.headers["etag"] == etag
    assert answer.headers["cache-control"] == "no-cache"
    assert "content-length" not in answer.headers


@pytest.mark.parametrize("said", ['"other"', "", '"other", "more"', "{packed}"])
def test_whoever_has_another_page_gets_this_one(said: str) -> None:
    packed = ask(HTTP_ACCEPT_ENCODING="gzip").headers["etag"]
    assert ask(HTTP_IF_NONE_MATCH=said.format(packed=packed)).status == 200


def test_a_page_that_changed_has_another_tag() -> None:
    before = ask().headers["etag"]
    page = Page.objects.get(slug="home", depth=2).specific
    page.lead = "Een heel andere zin."
    page.save()
    after = ask(HTTP_IF_NONE_MATCH=before)
    assert after.status == 200
    assert "Een heel andere zin." in after.text


def test_asking_for_the_head_gives_no_body() -> None:
    whole = ask()
    head = ask(method="HEAD")
    assert head.body == b""
    assert head.headers == whole.headers


@pytest.mark.parametrize(
    "cookie", [f"{settings.SESSION_COOKIE_NAME}=x", "vk=x", "a=b; messages=hello", "vk=;"]
)
def test_whoever_brings_something_of_their_own_gets_a_page_of_their_own(cookie: str) -> None:
    ask()
    assert not ask(HTTP_COOKIE=cookie).is_a_copy


def test_a_cookie_that_is_not_ours_changes_nothing() -> None:
    kept = ask()
    assert ask(HTTP_COOKIE="balance=3; csrftoken=abc") == kept


def test_a_question_passes_the_copies_by() -> None:
    assert not ask(f"{HOME}?page=2").is_a_copy
    assert not ask(CONTACT, method="POST").is_a_copy


def test_a_page_with_a_form_is_made_for_each_reader() -> None:
    first, second = ask(CONTACT), ask(CONTACT)
    assert "set-cookie" in first.headers
    assert first.headers["set-cookie"] != second.headers["set-cookie"]


@pytest.mark.parametrize("path", ["/cirkel/", "/nergens/", "/beheer/", "/media/geheim.jpg"])
def test_what_is_no_public_page_is_not_kept(path: str) -> None:
    ask(path)
    ask(path)
    assert copies.store.is_empty


def test_what_a_reader_says_of_themselves_changes_nothing() -> None:
    kept = ask()
    copies.store.clear()
    other = ask(
        HTTP_ACCEPT_LANGUAGE="en",
        HTTP_USER_AGENT="Somebody",
        HTTP_COOKIE="django_language=en",
        HTTP_REFERER="https://elsewhere.example/",
    )
    assert other == kept


def test_another_name_of_the_site_is_another_page() -> None:
    ask()
    assert ask(HTTP_HOST="elsewhere.example").status == 400
    assert ask().status == 200


def test_a_page_that_a_program_withholds_from_others_is_not_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(copies, "_NOT_FOR_ALL", ("",))
    assert not ask().is_a_copy
    assert copies.store.is_empty


def test_with_debug_nothing_is_kept(settings: object) -> None:
    settings.DEBUG = True  # type: ignore[attr-defined]
    assert not ask().is_a_copy


def test_a_page_that_was_changed_while_it_was_made_is_not_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def change_meanwhile(*made: Any) -> copies.Copy:
        page = Page.objects.get(url_path="/home/").specific
        page.lead = "Net veranderd."
        page.save()
        return make(*made)

    make = copies._made
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(copies, "_made", change_meanwhile)
        assert "Net veranderd." not in ask().text
    assert "Net veranderd." in ask().text


def _keys() -> list[copies.Key]:
    return list(copies.store._copies)


def test_inside_a_transaction_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert not ask().is_a_copy
    assert copies.store.is_empty


def test_without_the_number_pages_come_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> int:
        raise OSError("no database")

    ask()
    monkeypatch.setattr(current, "edition", fail)
    answer = ask()
    assert answer.status == 200
    assert not answer.is_a_copy


def test_the_store_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "MOST", 2)
    for path in (HOME, ARTICLES, "/daden/"):
        assert ask(path).is_a_copy
    assert [key.path for key in _keys()] == [ARTICLES, "/daden/"]
    monkeypatch.setattr(copies, "MOST_BYTES", ask(HOME, HTTP_ACCEPT_ENCODING="br").body.__len__())
    copies.store.clear()
    ask()
    assert copies.store.is_empty
