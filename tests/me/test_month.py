"""Somebody looks back at a month in five statements: their own words, and no test."""

import re
from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from kleinverzet.me import figures, months, notebook, rhythm
from kleinverzet.me.models import Notebook
from kleinverzet.me.notebook import STATEMENTS, Month, Pages
from tests.owners import Owner, make_owner, signed_in

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ALL = dict.fromkeys(STATEMENTS, 3)


@pytest.fixture
def otter(db: None) -> Owner:
    """Somebody with a vault."""
    return make_owner("Otter")


@pytest.fixture
def client(otter: Owner, monkeypatch: pytest.MonkeyPatch) -> Client:
    """A browser in which they are signed in, the vault open, in November."""
    signed = signed_in(Client(), otter)
    monkeypatch.setattr(months, "month_of", lambda now: "2026-11")
    return signed


def _months(owner: Owner) -> tuple[Month, ...]:
    pages = notebook.read(owner.keys).pages
    assert pages is not None
    return pages.months


def _read(answer: Any) -> str:
    return unescape(answer.content.decode())


def _send(client: Client, **marks: object) -> Any:
    return client.post(reverse("me:month"), {"month": "2026-11", **marks})


def test_five_answers_are_kept_for_this_month(otter: Owner, client: Client) -> None:
    assert _send(client, **ALL).status_code == 302
    assert _months(otter) == (Month("2026-11", ALL),)
    page = _read(client.get(reverse("me:growth")))
    assert page.count('class="mo__dot"') == len(STATEMENTS)
    assert page.count("<td>grotendeels</td>") == len(STATEMENTS)


def test_every_statement_may_stay_open(otter: Owner, client: Client) -> None:
    _send(client, kind="0", ground="")
    assert _months(otter) == (Month("2026-11", {"kind": 0}),)


def test_without_any_answer_nothing_is_kept(otter: Owner, client: Client) -> None:
    _send(client)
    assert _months(otter) == ()


def test_it_can_be_changed_within_the_month_and_taken_back(otter: Owner, client: Client) -> None:
    _send(client, kind="1", ground="4")
    assert 'name="kind" value="1" checked' in _read(client.get(reverse("me:month")))
    _send(client, kind="2", ground="")
    assert _months(otter) == (Month("2026-11", {"kind": 2}),)
    _send(client)
    assert _months(otter) == ()


def test_an_answer_that_is_none_of_the_five_words_is_not_taken(
    otter: Owner, client: Client
) -> None:
    answer = _send(client, kind="5", ground="2")
    assert answer.status_code == 422
    assert 'name="ground" value="2" checked' in _read(answer)
    assert _months(otter) == ()


@pytest.mark.parametrize(
    ("sent", "kept"),
    [("2026-11", "2026-11"), ("2026-10", "2026-10"), ("2026-09", "2026-11"), ("x", "2026-11")],
)
def test_a_form_of_last_month_still_counts_for_it_and_an_older_one_for_now(
    sent: str, kept: str
) -> None:
    assert months.meant(sent, NOW) == kept


@pytest.mark.parametrize(("day", "month"), [(1, "10"), (7, "10"), (8, "11"), (30, "11")])
def test_in_its_first_week_one_looks_back_on_the_month_before(day: int, month: str) -> None:
    assert months.at_hand(datetime(2026, 11, day, 12, tzinfo=UTC)) == f"2026-{month}"


def test_the_year_turns_in_january() -> None:
    assert months.meant("2026-12", datetime(2027, 1, 9, tzinfo=UTC)) == "2026-12"


def test_what_one_learned_stays_when_a_month_is_kept(otter: Owner, client: Client) -> None:
    opened = notebook.read(otter.keys)
    notebook.write(
        keys=otter.keys, opened=opened, pages=Pages("Geleerd.", (Month("2026-09", ALL),))
    )
    _send(client, kind="1")
    pages = notebook.read(otter.keys).pages
    assert pages == Pages("Geleerd.", (Month("2026-09", ALL), Month("2026-11", {"kind": 1})))


def test_a_notebook_that_changes_underneath_is_read_again(
    otter: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    notebook.write(keys=otter.keys, opened=notebook.read(otter.keys), pages=Pages("Eerst."))
    stale = notebook.read(otter.keys)
    notebook.write(keys=otter.keys, opened=notebook.read(otter.keys), pages=Pages("Daarna."))
    fresh = notebook.read
    found = iter([stale])
    monkeypatch.setattr(notebook, "read", lambda keys: next(found, None) or fresh(keys))
    months.keep(otter.keys, "2026-11", {"kind": 1})
    assert fresh(otter.keys).pages == Pages("Daarna.", (Month("2026-11", {"kind": 1}),))


def test_a_notebook_that_cannot_be_read_is_never_overwritten(otter: Owner, client: Client) -> None:
    _send(client, kind="1")
    Notebook.objects.update(sealed=b"x")
    answer = _send(client, kind="2")
    assert answer.status_code == 409
    assert "Je schrift kunnen we nu niet lezen." in _read(answer)
    assert 'name="kind" value="2" checked' in _read(answer)
    assert bytes(Notebook.objects.get().sealed) == b"x"


def test_it_is_asked_for_only_when_wanted_and_that_is_one_press(
    otter: Owner, client: Client
) -> None:
    before = _read(client.get(reverse("me:growth")))
    assert "Vraag het me elke maand" in before
    client.post(reverse("me:month"), {"monthly": "yes"})
    assert rhythm.of(otter.person).monthly
    after = _read(client.get(reverse("me:growth")))
    assert "Vraag het niet meer" in after
    assert after.count("Kijk terug op november") == before.count("Kijk terug op november") + 1
    _send(client, kind="1")
    assert "Kijk terug op november" not in _read(client.get(reverse("me:growth")))
    client.post(reverse("me:month"), {"monthly": "no"})
    assert not rhythm.of(otter.person).monthly


def test_a_month_without_an_answer_leaves_a_gap_and_no_line() -> None:
    pages = Pages(months=tuple(Month(f"2026-{m:02}", {"kind": 2}) for m in (6, 7, 9, 11)))
    look = next(one for one in months.looks_of(pages, NOW) if one.words.startswith("Ik kon mild"))
    assert len(look.line.dots) == 4
    assert len(look.line.stretches) == 1
    assert [said.day.month for said in look.said] == [6, 7, 9, 11]


def test_the_picture_shows_a_year_and_the_table_all_of_it() -> None:
    pages = Pages(months=(Month("2024-01", ALL), Month("2025-12", ALL), Month("2026-11", ALL)))
    for look in months.looks_of(pages, NOW):
        assert len(look.line.dots) == 2
        assert len(look.said) == 3
        assert look.last is not None
        assert look.last.words == "grotendeels"


def test_what_is_no_month_is_passed_over() -> None:
    pages = Pages(months=(Month("ooit", ALL), Month("2026-13", ALL), Month("2026-11", ALL)))
    assert all(len(look.said) == 1 for look in months.looks_of(pages, NOW))


_marks = st.dictionaries(st.sampled_from(STATEMENTS), st.integers(0, notebook.HIGHEST))
_past = st.dictionaries(st.integers(0, 30), _marks)


@given(_past)
def test_every_dot_lies_inside_the_picture_and_stands_in_the_table(
    past: dict[int, dict[str, int]],
) -> None:
    last = 2026 * 12 + 10
    names = {back: f"{(last - back) // 12}-{(last - back) % 12 + 1:02}" for back in past}
    pages = Pages(months=tuple(Month(names[back], past[back]) for back in sorted(past)[::-1]))
    looks = months.looks_of(pages, NOW)
    for name, look in zip(STATEMENTS, looks, strict=True):
        told = [back for back, marks in past.items() if name in marks]
        assert len(look.said) == len(told)
        assert len(look.line.dots) == sum(back < months.SHOWN for back in told)
        for dot in look.line.dots:
            assert 0 < float(dot.x.removesuffix("%")) < 100
            assert figures.height(notebook.HIGHEST) <= dot.y <= figures.height(0)
        neighbours = {(dot.x, dot.y) for dot in look.line.dots}
        for part in look.line.stretches:
            assert {(part.x1, part.y1), (part.x2, part.y2)} <= neighbours


def test_the_page_claims_no_norm_and_no_diagnosis(client: Client) -> None:
    for address in ("me:growth", "me:month"):
        page = _read(client.get(reverse(address)))
        assert re.search(r"Dit is geen test: er is geen norm en er komt geen diagnose uit\.", page)


def test_both_languages_show_the_same_five(client: Client) -> None:
    for language in ("nl", "en"):
        with translation.override(language):
            page = _read(client.get(reverse("me:month")))
        assert f'<html lang="{language}">' in page
        assert page.count("<fieldset") == len(STATEMENTS)


def test_a_month_is_that_of_the_clock_where_the_house_stands() -> None:
    assert months.month_of(datetime(2026, 11, 30, 23, 30, tzinfo=UTC)) == "2026-12"
    assert months.month_of(timezone.now())
