"""The map of towns can be read: distances are true, and nothing lies on anything else."""

import itertools
import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kleinverzet.world import labels, maps
from kleinverzet.world.practice import Practice
from kleinverzet.world.towns import Region, Town

pytestmark = pytest.mark.usefixtures("site")


def test_a_town_lies_as_far_from_the_middle_as_its_drive_is_long() -> None:
    drawn = maps.drawn()
    widest = drawn.rings[0]
    for dot in drawn.dots:
        away = math.hypot(dot.x - 50, dot.y - 50)
        assert away == pytest.approx(dot.minutes * widest.radius / widest.minutes, abs=0.05)


def test_a_town_lies_in_its_own_direction_or_nearly() -> None:
    practice = Practice.load()
    for dot in maps.drawn().dots:
        east, north = Town.objects.get(name=dot.name).offset_from(practice)
        drawn, true = math.atan2(50 - dot.y, dot.x - 50), math.atan2(north, east)
        assert abs(math.remainder(drawn - true, math.tau)) < math.radians(25), dot.name


def test_no_two_numbers_touch_on_the_narrowest_phone() -> None:
    for one, other in itertools.combinations(maps.drawn().dots, 2):
        apart = math.hypot(one.x - other.x, one.y - other.y) / 100 * 304
        assert apart > 22, (one.name, other.name)


def test_no_name_covers_another_name_or_another_dot() -> None:
    dots = maps.drawn().dots
    boxes = {dot.name: labels.box((dot.name, dot.x, dot.y), dot.label) for dot in dots}
    for one, other in itertools.permutations(dots, 2):
        assert not boxes[one.name].overlap(boxes[other.name]), (one.name, other.name)
        point = labels.Box(other.x - 1, other.y - 1, other.x + 1, other.y + 1)
        assert not boxes[one.name].overlap(point), (one.name, other.name)
    assert not any(box.outside() for box in boxes.values())


def test_a_practice_without_towns_has_a_map_all_the_same() -> None:
    Town.objects.all().delete()
    drawn = maps.drawn()
    assert drawn.dots == ()
    assert [ring.minutes for ring in drawn.rings] == [10]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.floats(-0.3, 0.3), st.floats(-0.3, 0.3)), max_size=12))
def test_wherever_an_editor_puts_towns_they_stay_on_the_map(
    places: list[tuple[float, float]],
) -> None:
    practice = Practice.load()
    region = Region.objects.all()[0]
    Town.objects.all().delete()
    for number, (north, east) in enumerate(places):
        Town.objects.create(
            name=f"Plaats {number}",
            region=region,
            latitude=practice.latitude + north,
            longitude=practice.longitude + east,
        )
    dots = maps.drawn().dots
    assert len(dots) == len(places)
    assert all(0 <= dot.x <= 100 and 0 <= dot.y <= 100 for dot in dots)
