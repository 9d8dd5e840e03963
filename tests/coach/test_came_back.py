"""An older copy of the database brings back what a visitor had erased: it is erased again."""

from datetime import timedelta
from typing import Any

import pytest

from kleinverzet import reappeared
from kleinverzet.coach import links, reminding, retention, waiting
from kleinverzet.coach.models import Booking, Coach, Link, Wish
from kleinverzet.vault import erased
from tests.coach import letters
from tests.coach.cast import NOW
from tests.coach.visits import WORDS, at, plan, wish

pytestmark = pytest.mark.django_db

Rows = list[tuple[type[Any], list[dict[str, Any]]]]


def copy() -> Rows:
    """Give all that visitors wrote, as a backup would."""
    return [(model, list(model.objects.values())) for model in (Booking, Link, Wish)]


def put_back(rows: Rows) -> None:
    """Let what is there be what was there when it was copied."""
    for model, _ in reversed(rows):
        model.objects.all().delete()
    for model, kept in rows:
        model.objects.bulk_create([model(**row) for row in kept])


def test_what_lies_ahead_is_called_off_again_and_only_the_coach_is_told(coach: Coach) -> None:
    done = plan(at(10))
    before = copy()
    retention.erase(done.booking, NOW)
    put_back(before)
    letters.throw_away()
    assert retention.erase_again(NOW) == 1
    row = Booking.objects.get()
    assert row.state == Booking.State.CANCELLED
    assert {bytes(row.for_coach), bytes(row.for_visitor), bytes(row.envelope)} == {b""}
    assert links.find(done.token, Link.Opens.MANAGE) is None
    assert letters.to(WORDS.email) == []
    assert len(letters.waiting()) == 1
    assert retention.erase_again(NOW) == 0


def test_what_is_past_goes_whole_again(coach: Coach) -> None:
    done = plan(at(10))
    before = copy()
    retention.erase(done.booking, at(12))
    put_back(before)
    assert retention.erase_again(at(12)) == 1
    assert not Booking.objects.exists()


def test_who_left_the_list_is_offered_nothing(coach: Coach) -> None:
    waits = wish()
    before = copy()
    waiting.withdraw(waits, NOW)
    put_back(before)
    assert waiting.withdraw_again(NOW) == 1
    assert waiting.look(NOW) == 0
    row = Wish.objects.get()
    assert (row.state, bytes(row.envelope)) == (Wish.State.ENDED, b"")
    assert waiting.withdraw_again(NOW) == 0


def test_all_of_it_happens_before_the_program_serves(coach: Coach) -> None:
    ours, theirs, waits = plan(at(10)), plan(at(14)), wish()
    before = copy()
    retention.erase(ours.booking, NOW)
    waiting.withdraw(waits, NOW)
    put_back(before)
    assert reappeared.erase() == 2
    assert links.find(ours.token, Link.Opens.MANAGE) is None
    assert links.find(theirs.token, Link.Opens.MANAGE) is not None


def test_what_cannot_be_noted_is_not_erased(coach: Coach, monkeypatch: pytest.MonkeyPatch) -> None:
    done, waits = plan(at(10)), wish()
    monkeypatch.setattr(erased, "note", _broken)
    with pytest.raises(OSError, match="full"):
        retention.erase(done.booking, NOW)
    with pytest.raises(OSError, match="full"):
        waiting.withdraw(waits, NOW)
    assert links.find(done.token, Link.Opens.MANAGE) is not None
    assert Wish.objects.get().state == Wish.State.WAITING


def test_nobody_is_reminded_twice_because_a_backup_does_not_know(coach: Coach) -> None:
    reminded, to_come = plan(at(10, day=27)).booking, plan(at(15, day=27)).booking
    now = at(12, day=26)
    assert reminding.pass_over(now - timedelta(hours=5), now) == 1
    reminded.refresh_from_db()
    assert reminded.reminded_at == now
    assert reminding.send_due(now) == 0
    assert reminding.send_due(at(15, day=26)) == 1
    to_come.refresh_from_db()
    assert to_come.reminded_at == at(15, day=26)


def test_who_was_due_before_the_backup_still_is(coach: Coach) -> None:
    plan(at(10, day=27))
    now = at(12, day=26)
    assert reminding.pass_over(now - timedelta(hours=1), now) == 0
    assert reminding.send_due(now) == 1


def _broken(_id: object) -> None:
    raise OSError("the disk is full")
