"""Somebody wants to know what is kept of them, and reads the table on the privacy page."""

import re
from html import unescape

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from kleinverzet.consent import personal_data
from kleinverzet.consent.personal_data import Readers
from kleinverzet.me.models import Nudge, Reflection
from kleinverzet.vault.models import Slot
from kleinverzet.world import kept_data
from kleinverzet.world.messages import Message
from kleinverzet.world.reads import Reads
from kleinverzet.world.towns import Town


def test_everything_that_says_something_about_people_stands_in_it_once() -> None:
    told = [entry for entry in personal_data.entries() if entry.kind != "impersonal"]
    assert len(kept_data.table()) == len(told)
    assert {kind.why for kind in kept_data.table()} == {str(entry.why) for entry in told}


def test_what_says_nothing_about_anybody_stays_out() -> None:
    assert str(_entry(Town).why) not in {kind.why for kind in kept_data.table()}


def test_what_is_about_you_comes_first() -> None:
    is_personal = [kind.is_personal for kind in kept_data.table()]
    assert is_personal == sorted(is_personal, reverse=True)
    assert not is_personal[-1]


def test_every_line_answers_every_question() -> None:
    for kind in kept_data.table():
        assert all((kind.why, kind.readers, kind.kept_for, kind.erased))


def test_only_its_owner_reads_what_is_sealed_to_them() -> None:
    sealed = {entry.model for entry in _held() if entry.read_by is Readers.OWNER}
    names = {field.name for model in sealed for field in model._meta.get_fields()}
    assert Reflection in sealed
    assert names & {"sealed", "payload", "ciphertext"}


def test_what_the_operator_can_see_is_said_so() -> None:
    assert _entry(Nudge).read_by is Readers.OPERATOR
    assert "beheert" in _line(Nudge).readers


def test_nobody_reads_the_keys() -> None:
    assert _entry(Slot).read_by is Readers.NOBODY


def test_the_practice_reads_what_is_written_to_it() -> None:
    assert "praktijk" in _line(Message).readers
    assert "30 dagen" in _line(Message).kept_for


def test_the_number_of_readers_leads_back_to_nobody() -> None:
    assert not _line(Reads).is_personal


def test_the_texts_follow_the_language() -> None:
    for entry in _held():
        assert not isinstance(entry.why, str), f"{entry.model} is said in one language only"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_table_has_a_row_for_each_kind_and_a_name_for_each_cell(language: str) -> None:
    with override(language):
        kinds = kept_data.table()
        html = render_to_string("world/blocks/data_table.html", {"kinds": kinds})
    rows = re.findall(r'<tr role="row">(.*?)</tr>', html, re.DOTALL)
    assert len(rows) == len(kinds)
    for row, kind in zip(rows, kinds, strict=True):
        assert kind.why in unescape(row)
        assert len(re.findall(r'data-label="[^"]+"', row)) == 4


def _held() -> list[personal_data.Entry]:
    return [entry for entry in personal_data.entries() if entry.kind == "holds"]


def _entry(model: type) -> personal_data.Entry:
    return next(entry for entry in personal_data.entries() if entry.model is model)


def _line(model: type) -> kept_data.Kind:
    why = str(_entry(model).why)
    return next(kind for kind in kept_data.table() if kind.why == why)
