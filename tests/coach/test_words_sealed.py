"""What a visitor writes is read by the coach and by who has the link, and by nobody else."""

import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from kleinverzet.coach import envelopes, words
from kleinverzet.coach.envelopes import Envelope
from kleinverzet.coach.models import Booking, Coach, Wish
from kleinverzet.coach.words import Words
from kleinverzet.vault import keys as vault_keys
from kleinverzet.vault import sealing
from tests import canaries
from tests.coach.cast import NOW
from tests.coach.visits import GUARDIAN, WORDS, at, plan, wish
from tests.owners import Owner, make_owner

TOKEN = "een-geheim-in-een-link"
TEXTS = st.text(max_size=200)


def sealed_for(coach: Coach, written: Words = WORDS, token: str = TOKEN) -> Booking:
    """Give a row with words in it that is not saved."""
    row = Booking(coach=coach)
    words.seal(written, row, token)
    return row


@pytest.mark.django_db
def test_the_coach_and_who_has_the_link_read_it(coach: Coach, owner: Owner) -> None:
    done = plan(at(10))
    row = Booking.objects.get()
    assert words.for_coach(row, owner.keys) == WORDS
    assert words.for_visitor(row, done.token) == WORDS


@pytest.mark.django_db
def test_nobody_else_reads_it(coach: Coach) -> None:
    plan(at(10))
    row = Booking.objects.get()
    assert words.for_coach(row, make_owner("Ina Inham").keys) is None
    for token in ("", "x", TOKEN, "é" * 40, "x" * 1000, str(row.pk), str(row.form)):
        assert words.for_visitor(row, token) is None


@pytest.mark.django_db
def test_what_was_moved_to_another_appointment_opens_nothing(coach: Coach, owner: Owner) -> None:
    one, other = sealed_for(coach), sealed_for(coach, replace(WORDS, name="Otto Oever"))
    for name in ("for_coach", "for_visitor"):
        setattr(one, name, getattr(other, name))
    assert words.for_coach(one, owner.keys) is None
    assert words.for_visitor(one, TOKEN) is None


@pytest.mark.django_db
def test_bytes_that_do_not_open_are_no_fault(coach: Coach, owner: Owner) -> None:
    row, chance = sealed_for(coach), random.Random(7)
    whole = {name: getattr(row, name) for name in ("for_coach", "for_visitor")}
    for name, good in whole.items():
        for place in range(0, len(good), 37):
            bad = bytearray(good)
            bad[place] ^= 1 + chance.randrange(255)
            setattr(row, name, bytes(bad))
            assert _read(row, owner) == (None, WORDS) if name == "for_coach" else (WORDS, None)
        for cut in (b"", good[:-1], good[:1], bytes(9)):
            setattr(row, name, cut)
            assert None in _read(row, owner)
        setattr(row, name, good)
    row.key_number += 1
    assert words.for_coach(row, owner.keys) is None


def _read(row: Booking, owner: Owner) -> tuple[Words | None, Words | None]:
    return words.for_coach(row, owner.keys), words.for_visitor(row, TOKEN)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "payload",
    [{}, {"name": "x"}, {"name": 1, "email": [], "phone": "", "address": "", "whom": "me"}],
)
def test_what_somebody_slipped_in_is_no_words(
    coach: Coach, owner: Owner, payload: dict[str, Any]
) -> None:
    # Whoever can write to the database knows the coach's public key.
    row = sealed_for(coach)
    number, public = vault_keys.public_key(coach.person_id)
    place = sealing.bind(
        "appointment", table="coach_booking", row=str(row.pk), side="coach", key=number
    )
    row.for_coach = sealing.seal_to(public, payload | {"answers": {}, "age": None}, place)
    assert words.for_coach(row, owner.keys) is None


@pytest.mark.django_db
def test_any_words_come_back_as_they_were(coach: Coach, owner: Owner) -> None:
    @given(name=TEXTS, email=TEXTS, age=st.none() | st.integers(0, 120),
           answers=st.dictionaries(TEXTS, TEXTS, max_size=3))  # fmt: skip
    def check(**said: Any) -> None:
        row = sealed_for(coach, Words(**said))
        assert words.for_coach(row, owner.keys) == words.for_visitor(row, TOKEN) == Words(**said)

    check()


@pytest.mark.django_db
def test_an_envelope_belongs_to_its_row(coach: Coach) -> None:
    row, other = plan(at(10)).booking, plan(at(14)).booking
    waits = wish()
    assert envelopes.open_(waits) == Envelope("pippa@pond.example", "nl", "Europe/Amsterdam")
    for taken in (other.envelope, waits.envelope, b"", b"\x01", bytes(row.envelope)[:-1]):
        row.envelope = taken
        assert envelopes.open_(row) is None
    assert envelopes.open_(Wish(pk=row.pk, envelope=other.envelope)) is None


@pytest.mark.django_db
def test_a_copied_database_shows_no_word(coach: Coach) -> None:
    names = ("name", "email", "phone", "address", "answer", "guardian", "form", "waiting")
    said = {name: canaries.new(name) for name in names}
    form = uuid4()
    secret = {**said, "form": canaries.Canary("form", form.hex)}
    text = {name: canary.word for name, canary in secret.items()}
    written = Words(
        name=text["name"], email=f"{text['email']}@pond.example", phone=text["phone"],
        address=text["address"], whom="child", age=14, answers={"about": text["answer"]},
    )  # fmt: skip
    guardian = f"{text['guardian']}@pond.example"
    token = plan(at(10), words=written, guardian=guardian, form=form).token
    row = wish()
    envelopes.seal(Envelope(f"{text['waiting']}@pond.example", "nl", "UTC"), row)
    row.save()
    wanted = [*secret.values(), canaries.Canary("token", token)]
    cells = [cell.lower() for cell in _cells()]
    assert any(b"pippa" in cell or b"cora kade" in cell for cell in cells)  # the search finds
    for canary in wanted:
        for needle in canary.needles():
            assert not any(needle.lower() in cell for cell in cells), canary.name


def _cells() -> Iterator[bytes]:
    """Give every value of every table, as its bytes and as its text."""
    for model in apps.get_models(include_auto_created=True):
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            for value in (value for row in cursor.fetchall() for value in row):
                is_bytes = isinstance(value, bytes | memoryview)
                yield bytes(value) if is_bytes else str(value).encode()


@pytest.mark.django_db
def test_no_word_is_shown_where_an_object_is_printed(coach: Coach) -> None:
    done = plan(at(10), guardian=GUARDIAN)
    shown = repr((WORDS, done, envelopes.open_(done.booking), NOW))
    for word in (WORDS.name, WORDS.email, WORDS.phone, GUARDIAN, done.token, "ja."):
        assert word not in shown
