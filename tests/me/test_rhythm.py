"""When somebody is left in peace, and how they settle that."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from kleinverzet.consent import personal_data
from kleinverzet.me import nudges, rhythm
from kleinverzet.me.models import Nudge, Rhythm
from tests.cast import OTTO, PIPPA
from tests.me.nudged import ADDRESS, confirm_address, keep
from tests.owners import Owner, make_owner, signed_in

PAGE = "/mijn/seintjes/"
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
# Clocks that change by an hour, by half an hour, on another day than ours, and not at all.
ZONES = ("Europe/Amsterdam", "Australia/Lord_Howe", "America/Paramaribo", "America/Nuuk")
MINUTE = timedelta(minutes=1)

minutes_of_a_day = st.times().map(lambda at: at.replace(second=0, microsecond=0))
rhythms = st.builds(
    Rhythm, quiet_from=minutes_of_a_day, quiet_until=minutes_of_a_day, zone=st.sampled_from(ZONES)
)
any_moment = st.datetimes(
    min_value=datetime(2026, 1, 1),  # noqa: DTZ001
    max_value=datetime(2027, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
)
# The nights in which the clocks of the zones above change.
near_a_change = st.builds(
    lambda day, minutes: day + timedelta(minutes=minutes),
    st.sampled_from(
        [datetime(2026, month, day, tzinfo=UTC)
         for month, day in ((3, 28), (3, 29), (10, 24), (10, 25), (4, 4), (10, 3))]
    ),
    st.integers(min_value=0, max_value=48 * 60),
)  # fmt: skip


@given(at=any_moment | near_a_change, own=rhythms)
def test_nobody_is_nudged_in_their_quiet_hours(at: datetime, own: Rhythm) -> None:
    moved = rhythm.after_quiet(at, own)
    assert not rhythm.is_quiet(moved, own)
    assert rhythm.after_quiet(moved, own) == moved


@given(at=any_moment | near_a_change, own=rhythms)
def test_a_nudge_waits_no_longer_than_the_quiet_hours_last(at: datetime, own: Rhythm) -> None:
    moved = rhythm.after_quiet(at, own)
    assert moved >= at.replace(second=0, microsecond=0)
    if moved != at:
        assert rhythm.is_quiet(at, own)
        assert rhythm.is_quiet(moved - MINUTE, own)
        assert moved.second == 0


@given(at=any_moment, end=minutes_of_a_day, zone=st.sampled_from(ZONES))
def test_the_same_time_twice_means_no_quiet_hours(at: datetime, end: time, zone: str) -> None:
    own = Rhythm(quiet_from=end, quiet_until=end, zone=zone)
    assert rhythm.after_quiet(at, own) == at


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-11-25T21:59+01:00", "2026-11-25T21:59+01:00"),
        ("2026-11-25T22:00+01:00", "2026-11-26T07:00+01:00"),
        ("2026-11-26T06:59+01:00", "2026-11-26T07:00+01:00"),
        ("2026-11-26T07:00+01:00", "2026-11-26T07:00+01:00"),
        # The night of 29 March is an hour shorter, that of 25 October an hour longer.
        ("2026-03-28T22:00+01:00", "2026-03-29T07:00+02:00"),
        ("2026-10-24T22:00+02:00", "2026-10-25T07:00+01:00"),
    ],
)
def test_the_usual_night_ends_at_seven_on_the_clock(at: str, expected: str) -> None:
    moved = rhythm.after_quiet(datetime.fromisoformat(at), Rhythm())
    assert moved == datetime.fromisoformat(expected)


def test_quiet_hours_that_end_in_the_hour_that_is_skipped_end_when_it_is() -> None:
    own = Rhythm(quiet_from=time(22), quiet_until=time(2, 30), zone="Europe/Amsterdam")
    moved = rhythm.after_quiet(datetime(2026, 3, 28, 23, 0, tzinfo=UTC), own)
    assert moved.astimezone(AMSTERDAM) == datetime(2026, 3, 29, 3, 0, tzinfo=AMSTERDAM)


def test_a_zone_that_is_no_more_falls_back_on_the_houses_own() -> None:
    assert rhythm.zone_of("Atlantis/Poseidonis") == AMSTERDAM


# ---- The page ------------------------------------------------------------------------


@pytest.fixture
def pippa(db: None) -> Owner:
    return make_owner()


@pytest.fixture
def client(pippa: Owner) -> Client:
    return signed_in(Client(), pippa)


def save(client: Client, **other: str) -> Any:
    said = {"quiet_from": "21:30", "quiet_until": "08:15", "zone": "America/Aruba"}
    return client.post(PAGE, {"move": "save", **(said | other)})


def test_everybody_begins_with_quiet_nights_and_without_mail(pippa: Owner) -> None:
    own = rhythm.of(pippa.person)
    assert (own.by_mail, own.quiet_from, own.quiet_until) == (False, time(22), time(7))
    assert not own.monthly


def test_what_was_settled_stays(client: Client, pippa: Owner) -> None:
    assert save(client, monthly="on").status_code == 302
    own = rhythm.of(pippa.person)
    assert (own.quiet_from, own.quiet_until) == (time(21, 30), time(8, 15))
    assert own.zone == "America/Aruba"
    assert own.monthly
    page = client.get(PAGE).content.decode()
    assert 'value="21:30"' in page
    assert '<option value="America/Aruba" selected>' in page


def test_mail_needs_a_confirmed_address(client: Client, pippa: Owner) -> None:
    save(client, by_mail="on")
    assert not rhythm.of(pippa.person).by_mail
    confirm_address(pippa)
    save(client, by_mail="on")
    assert rhythm.of(pippa.person).by_mail
    assert ADDRESS in client.get(PAGE).content.decode()


def test_without_mail_what_is_planned_stays_on_the_page(client: Client, pippa: Owner) -> None:
    confirm_address(pippa)
    save(client, by_mail="on")
    nudge = plan(pippa)
    save(client)
    nudge.refresh_from_db()
    assert nudge.channel == Nudge.Channel.FEED
    assert "zonder mail" in client.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"quiet_from": "laat"}, "Schrijf de tijd zo: 15:30."),
        ({"quiet_until": ""}, "Vul een tijd in."),
        ({"zone": "Atlantis/Poseidonis"}, "Kies een tijdzone uit de lijst."),
    ],
    ids=["no time", "empty", "no zone"],
)
def test_what_cannot_be_understood_gets_a_clear_word(
    client: Client, pippa: Owner, wrong: dict[str, str], words: str
) -> None:
    answer = save(client, **wrong)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert rhythm.of(pippa.person).quiet_from == time(22)


def plan(owner: Owner, who: Any = PIPPA) -> Nudge:
    return nudges.plan(
        reflection=keep(owner, who),
        due_at=timezone.now() + timedelta(days=3),
        channel="mail",
        zone="Europe/Amsterdam",
        language="nl",
    )


def test_the_page_shows_what_comes_and_what_it_is_for(client: Client, pippa: Owner) -> None:
    plan(pippa)
    page = client.get(PAGE).content.decode()
    assert "per mail" in page
    assert "Ik stuur die foto niet door." in page


def test_a_nudge_is_put_off_and_called_off_there(client: Client, pippa: Owner) -> None:
    nudge = plan(pippa)
    before = nudge.due_at
    client.post(PAGE, {"move": f"week:{nudge.pk}"})
    nudge.refresh_from_db()
    assert nudge.due_at > before
    client.post(PAGE, {"move": f"cancel:{nudge.pk}"})
    assert not Nudge.objects.exists()


@pytest.mark.parametrize("move", ["cancel:{}", "week:{}", "hour:x", "cancel:", "cancel:²"])
def test_nobody_moves_somebody_elses_nudge(client: Client, move: str) -> None:
    nudge = plan(make_owner("Otto Oever"), OTTO)
    assert client.post(PAGE, {"move": move.format(nudge.pk)}).status_code == 302
    assert Nudge.objects.get().due_at == nudge.due_at


def test_with_the_vault_shut_nothing_of_it_shows(pippa: Owner) -> None:
    plan(pippa)
    page = signed_in(Client(), pippa, vault_open=False).get(PAGE)
    assert page.status_code == 423
    assert "per mail" not in page.content.decode()


def test_a_rhythm_is_exported_and_erased(pippa: Owner) -> None:
    rhythm.renew_feed(pippa.person)
    entry = next(entry for entry in personal_data.entries() if entry.model is Rhythm)
    assert entry.export
    assert entry.erase
    assert list(entry.export(pippa.person, pippa.keys)) == [
        {
            "by_mail": False,
            "quiet_from": "22:00",
            "quiet_until": "07:00",
            "zone": "Europe/Amsterdam",
            "has_calendar_address": True,
            "monthly": False,
        }
    ]
    assert entry.erase(pippa.person) == 1
    assert not Rhythm.objects.exists()
