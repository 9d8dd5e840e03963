"""Somebody who plans an appointment, past the pages: for tests that begin after that."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from kleinverzet.coach import envelopes, intake
from kleinverzet.coach.envelopes import Envelope
from kleinverzet.coach.models import Booking, Coach, Kind, Mode, Wish
from kleinverzet.coach.openings import Sought
from kleinverzet.coach.outcome import Done, Refused, Why
from kleinverzet.coach.words import Words
from tests.coach.cast import NOW

AT_PRACTICE = Sought(Kind.INTAKE, 60, Mode.PRACTICE)
ONLINE = Sought(Kind.INTAKE, 60, Mode.ONLINE)
WORDS = Words(
    name="Pippa Pluis", email="pippa@pond.example", phone="06 12345678",
    answers={"about": "Ik zeg altijd ja."},
)  # fmt: skip
GUARDIAN = "moeder@pond.example"


def at(hour: int, minute: int = 0, day: int = 25) -> datetime:
    """Give a moment in the week of the tests, by the practice's clock (one hour ahead)."""
    return datetime(2026, 11, day, hour - 1, minute, tzinfo=UTC)


def ask(starts_at: datetime, **more: Any) -> Done | Refused:
    """Try to plan an intake at the practice."""
    said: dict[str, Any] = {
        "sought": AT_PRACTICE, "words": WORDS, "guardian": "", "language": "nl",
        "zone": "Europe/Amsterdam", "form": uuid4(), "now": NOW,
    }  # fmt: skip
    return intake.book(starts_at=starts_at, **{**said, **more})


def plan(starts_at: datetime, **more: Any) -> Done:
    """Plan an intake at the practice, where that must succeed."""
    done = ask(starts_at, **more)
    assert isinstance(done, Done), done
    return done


def wish(form: UUID | None = None, **more: Any) -> Wish:
    """Let somebody wait for an intake at the practice."""
    said: dict[str, Any] = {
        "kind": Kind.INTAKE, "minutes": 60, "mode": Mode.PRACTICE, "from_day": NOW.date(),
        "to_day": at(9, day=30).date(), "form": form or uuid4(), "token_hash": uuid4().bytes,
        "made_at": NOW,
    }  # fmt: skip
    row = Wish(**{**said, **more})
    envelopes.seal(Envelope("pippa@pond.example", "nl", "Europe/Amsterdam"), row)
    row.save(force_insert=True)
    return row


def why(done: Done | Refused) -> Why | None:
    """Give why something was refused; None where it was done."""
    return done.why if isinstance(done, Refused) else None


def live(coach: Coach) -> list[Booking]:
    """Give the appointments of a coach that stand or are held, in their order."""
    rows = Booking.objects.filter(coach=coach, state__in=Booking.LIVE)
    return list(rows.order_by("starts_at"))
