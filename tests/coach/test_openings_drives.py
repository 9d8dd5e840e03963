"""Drives between towns are kept for as long as nothing about them changes, and no longer."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from kleinverzet.world import drives, offers
from kleinverzet.world.practice import Practice
from kleinverzet.world.towns import Town


@pytest.fixture
def settled(transactional_db: None, site: None) -> Iterator[None]:
    """The site, with every change committed as in real use."""
    yield
    drives._kept.clear()


def test_drives_are_estimated_once_and_anew_when_a_town_changes(settled: None) -> None:
    before = offers.drives()
    assert offers.drives() is before
    town = Town.objects.get(name="Zeist")
    town.drive = before.minutes["", "Zeist"] + 7
    town.save()
    assert offers.drives().minutes["", "Zeist"] == before.minutes["", "Zeist"] + 7
    assert offers.drives().minutes["Soest", "Zeist"] == before.minutes["Soest", "Zeist"]


def test_drives_start_from_where_the_practice_went(settled: None) -> None:
    before = offers.drives().minutes["", "Zeist"]
    practice = Practice.load()
    practice.latitude, practice.longitude = 52.089, 5.231
    practice.save()
    assert offers.drives().minutes["", "Zeist"] < before


def test_what_was_taken_back_is_never_kept(settled: None) -> None:
    before = offers.drives()
    with transaction.atomic():
        Town.objects.filter(name="Zeist").delete()
        assert "Zeist" not in offers.drives().towns
        transaction.set_rollback(True)
    assert offers.drives() is before


def test_every_pair_of_places_has_its_drive_and_none_takes_no_time(settled: None) -> None:
    found = offers.drives()
    places = sorted(("", *found.towns))
    pairs = {(a, b) for a in places for b in places if a <= b} - {("", "")}
    assert set(found.minutes) == pairs
    assert min(found.minutes.values()) > 0
    assert found.practice_town in found.towns
