"""Whatever arrives, a page comes back that helps, in the reader's language."""

import re
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.cast import OTTO
from tests.me.walker import ADDRESSES, CALENDAR, Walker

FIELDS = (
    "tension", "setting", "presser", "pressure", "values", "yes", "safe", "helps", "words",
    "act", "own", "beside", "when", "then", "moment", "day", "hour", "title", "sentence",
)  # fmt: skip
NASTY = (
    "\x00", "a\x00b", "😀👩‍👩‍👧", "مرحبا بك", "\u202e omgedraaid", "<script>alert(1)</script>",
    "'; DROP TABLE me; --", "{{ 7*7 }}", "%(value)s %s %d", "x" * 600, "é\u0301", "\ufffd",
    "-1", "0", "6", "1e9", "NaN", "on", "own", "none", "null", "../../etc/passwd", "\n\r\t", " ",
)  # fmt: skip
words = st.one_of(st.sampled_from(NASTY), st.text(max_size=60), st.just("x" * 600))
forms = st.dictionaries(st.sampled_from(FIELDS), st.one_of(words, st.lists(words, max_size=6)))
moves = st.sampled_from(
    ("next", "back", "skip", "stay", "others", "again", "when:x", "then:say1", "?", "")
)
steps = st.lists(st.tuples(moves, forms), min_size=1, max_size=7)
KINDS = (
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/json",
    "text/plain",
    "",
)
quick = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.slow
@pytest.mark.parametrize("language", ["nl", "en"])
@quick
@given(walk=steps)
@example(walk=[("next", dict.fromkeys(FIELDS, "\x00"))])
@example(walk=[("next", {"values": list(NASTY)})])
def test_the_whole_walk_answers_anything(language: str, walk: list[tuple[str, Any]]) -> None:
    walker = Walker(language)
    for move, fields in walk:
        page = walker.go(move, **fields)
        assert walker.answer.status_code in {200, 422}
        assert f'<html lang="{language}">' in page
        assert walker.step
        raw = walker.answer.content.decode()
        assert "<script>alert" not in raw
        assert 'class="fault"' in raw or walker.answer.status_code == 200


@pytest.mark.slow
@quick
@given(fields=forms)
def test_the_calendar_file_answers_anything(fields: dict[str, Any]) -> None:
    walker = Walker()
    walker.walk_to_card(OTTO)
    answer = walker.client.post(CALENDAR["nl"], {"carried": walker.carried, **fields})
    assert answer.status_code in {200, 422}


@given(body=st.binary(max_size=400), kind=st.sampled_from(KINDS))
def test_any_body_of_any_type_gets_a_friendly_restart(body: bytes, kind: str) -> None:
    answer = Client(raise_request_exception=False).post(
        ADDRESSES["nl"], data=body, content_type=kind
    )
    assert answer.status_code == 400
    assert '<html lang="nl">' in answer.content.decode()


def test_a_field_that_is_too_long_keeps_its_text_and_says_how_long_it_may_be() -> None:
    walker = Walker()
    walker.go(**OTTO.tension)
    page = walker.go(yes="ja" * 100)
    assert walker.answer.status_code == 422
    assert "er passen 140 tekens, je hebt er 200." in page
    assert walker.value("yes") == "ja" * 100


def test_a_fault_is_tied_to_its_field_for_those_who_listen() -> None:
    walker = Walker()
    walker.go(**OTTO.tension)
    page = walker.go(yes="ja" * 100)
    assert 'aria-describedby="yes-hint yes-fault"' in page
    assert 'id="yes-fault"' in page
    assert 'role="alert"' in page


def test_markup_is_shown_as_it_was_typed_and_never_runs() -> None:
    walker = Walker()
    walker.go(**OTTO.tension)
    walker.go(**OTTO.who)
    walker.go("stay", words="<script>alert(1)</script>")
    raw = walker.answer.content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in raw
    assert "<script>alert" not in raw


def test_right_to_left_words_cannot_turn_the_page_around() -> None:
    walker = Walker()
    walker.go(**OTTO.tension)
    walker.go(yes="شجاعة")
    for _ in range(3):
        walker.go("skip")
    assert "<bdi>شجاعة</bdi>" in walker.text


def test_what_nobody_can_see_is_dropped_and_the_rest_is_kept() -> None:
    walker = Walker()
    walker.go(**OTTO.tension)
    walker.go(yes="mijn\x00 \x07rust 😀")
    walker.go("back")
    assert walker.value("yes") == "mijn rust 😀"


@pytest.mark.parametrize(
    ("language", "words"), [("nl", "Dat is meer dan we aankunnen"), ("en", "more than we can take")]
)
def test_a_megabyte_is_refused_before_it_is_read(language: str, words: str) -> None:
    walker = Walker(language)
    page = walker.go(words="x" * 1_000_000)
    assert walker.answer.status_code == 413
    assert words in page


def test_a_body_whose_length_is_a_lie_is_refused() -> None:
    answer = Client().post(
        ADDRESSES["nl"], data=b"", content_type="text/plain", CONTENT_LENGTH="-5"
    )
    assert answer.status_code == 400


def test_thousands_of_fields_are_refused() -> None:
    walker = Walker()
    walker.go(**{f"f{n}": "1" for n in range(500)})
    assert walker.answer.status_code == 400
    assert "Dit verzoek begrijpen we niet" in walker.text


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
@pytest.mark.parametrize(
    ("address", "language"), [("/cirkel/", "nl"), ("/en/circle/", "en"), ("/cirkel/agenda/", "nl")]
)
def test_a_wrong_method_gets_a_page_that_helps(method: str, address: str, language: str) -> None:
    answer = getattr(Client(), method)(address)
    assert answer.status_code == 405
    assert "POST" in answer["Allow"]
    assert f'<html lang="{language}">' in answer.content.decode()


@pytest.mark.parametrize(
    ("address", "language"),
    [
        ("/de/cirkel/", "nl"),
        ("/xx/", "nl"),
        ("/en/cirkel/", "en"),
        ("/circle/", "nl"),
        ("/en/nothing", "en"),
        ("/%00", "nl"),
    ],
)
def test_an_unknown_language_or_address_is_not_found_with_a_way_on(
    site: None, address: str, language: str
) -> None:
    answer = Client().get(address, follow=True)
    page = answer.content.decode()
    assert answer.status_code == 404
    assert f'<html lang="{language}">' in page
    assert re.search(r'<main.*href="/(en/circle|cirkel)/"', page, re.DOTALL)


def test_a_wrong_host_is_refused_with_a_page() -> None:
    answer = Client(raise_request_exception=False).get("/cirkel/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert "Dit verzoek begrijpen we niet" in answer.content.decode()
