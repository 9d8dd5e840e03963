"""Where the practice comes, and how long the drive is: as filled in, or else estimated."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from kleinverzet.world import maps, offers, towns
from kleinverzet.world.practice import Practice
from kleinverzet.world.towns import Town

PRACTICE = Practice(name="x", town="Hier", latitude=52.2, longitude=5.1)
NEAR = {"latitude": st.floats(51.5, 53), "longitude": st.floats(4, 6.5)}


@given(**NEAR)
def test_a_drive_is_estimated_from_the_distance(latitude: float, longitude: float) -> None:
    town = Town(name="Daar", latitude=latitude, longitude=longitude)
    east, north = town.offset_from(PRACTICE)
    far = Town(name="Verder", latitude=PRACTICE.latitude + 2 * north / towns.KM_A_DEGREE,
               longitude=PRACTICE.longitude + 2 * (longitude - PRACTICE.longitude))  # fmt: skip
    assert towns.IN_TOWN <= town.minutes_from(PRACTICE) <= far.minutes_from(PRACTICE)
    assert (east > 0) == (longitude > PRACTICE.longitude)


def test_a_drive_that_somebody_filled_in_is_not_estimated() -> None:
    town = Town(name="Daar", latitude=52.9, longitude=6.0, drive=17)
    assert town.minutes_from(PRACTICE) == 17


def test_the_practices_own_town_takes_no_drive() -> None:
    assert Town(name="Hier", latitude=52.3, longitude=5.2).minutes_from(PRACTICE) == 0


@pytest.mark.parametrize("name", ["Loosdrecht", "Utrecht", "Amersfoort", "’s-Graveland", "Soest"])
def test_the_towns_of_the_practice_are_there(site: None, name: str) -> None:
    assert Town.objects.filter(name=name).exists()


def test_inner_rings_read_plain_trips(site: None) -> None:
    trips = {trip.town: trip for trip in offers.trips()}
    assert len(trips) == 17
    assert trips["Hilversum"].minutes == 0
    assert trips["Bussum"].minutes < trips["Amersfoort"].minutes
    assert trips["Utrecht"].is_estimate
    Town.objects.filter(name="Utrecht").update(drive=25)
    again = {trip.town: trip for trip in offers.trips()}
    assert (again["Utrecht"].minutes, again["Utrecht"].is_estimate) == (25, False)
    assert offers.practice_town() == "Hilversum"


def test_every_town_stands_on_the_map_as_far_out_as_its_drive_is_long(site: None) -> None:
    drawn = maps.drawn()
    assert len(drawn.dots) == 16
    for dot in drawn.dots:
        assert 0 <= dot.x <= 100
        assert 0 <= dot.y <= 100


def test_a_town_at_no_place_on_earth_is_refused(site: None) -> None:
    region = Town.objects.first().region  # type: ignore[union-attr]
    with pytest.raises(ValidationError):
        Town(name="Nergens", region=region, latitude=99, longitude=5).full_clean()


@pytest.mark.parametrize("phone", ["bel maar", "06", "06 12<script>"])
def test_a_phone_number_that_no_telephone_dials_is_refused(site: None, phone: str) -> None:
    practice = Practice.load()
    practice.phone = phone
    with pytest.raises(ValidationError, match=r"telefoonnummer|26"):
        practice.full_clean()
